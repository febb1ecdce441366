"""What the work list is measured with, made inside the installation: open items, and two cases.

`python -m bench.inside_work youth_contact 100` seals cases that go by a procedure (`none`: by none)
and says the reference of the last; `items 9900` spreads plain work items over them. In the
environment of the server that is measured.
"""

import itertools
import os
import sys
from secrets import token_bytes
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klankbord.config.settings")

import django

django.setup()

from django.db import transaction

from bench.inside import STORY
from klankbord.cases.hands import Hand
from klankbord.cases.models import InboxRow, WorkItem
from klankbord.cases.services import Beginning, begin_case
from klankbord.handling.procedures import start_of
from klankbord.kit.clock import day_number, now, today
from klankbord.kit.vault.pairs import new_pair
from klankbord.organisations.models import Membership
from klankbord.organisations.queries import named, readers_keys
from klankbord.rules.entries import Answers, IdentityGiven, ReportReceived

DAYS = 199  # on which they are due, around today: no divisor of the number of cases


def items(number: int) -> None:
    """Open things for noor, each in a case that she reads, on days around today."""
    noor = _noor()
    mine = list(InboxRow.objects.filter(membership=noor).values_list("case", flat=True))
    first = day_number(today()) - DAYS // 2
    WorkItem.objects.bulk_create(
        (
            WorkItem(case_id=case, clock="act", assignee=noor, due_day=first + n % DAYS)
            for n, case in zip(range(number), itertools.cycle(mine), strict=False)
        ),
        batch_size=1000,
    )


def cases(key: str, number: int) -> str:
    """Reports to noor that go by this procedure, or by none; the reference of the last."""
    house, noor = named("ravelijn"), _noor()
    assert house is not None
    started = None if key == "none" else start_of(house, key, on=today())
    keys, reference = readers_keys(house)[noor.id], ""
    form = Answers("report", 1, "nl", {"happened": STORY, "kind": ["bullying"]})
    for _ in range(number):
        new = Beginning(
            organisation=house, writer=Hand(uuid4(), new_pair()), lookup=token_bytes(32),
            readers=(keys,), overseers=(), report=ReportReceived(form),
            identity=IdentityGiven(form), why="chosen", due_day=day_number(today()) + 2,
            started=started,
        )  # fmt: skip
        with transaction.atomic():
            reference = begin_case(new, at=now()).reference
    return reference


def _noor() -> Membership:
    return Membership.objects.get(account__mail="noor@ravelijn.example")


if __name__ == "__main__":
    what, number = sys.argv[1], int(sys.argv[2])
    if what == "items":
        items(number)
    else:
        print(cases(what, number))
