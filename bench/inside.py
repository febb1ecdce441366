"""What must be done inside the installation: fill it with cases, measure the floor.

`python -m bench.inside fill 9900` and `python -m bench.inside floor 40`, in the environment of the
server that is measured: the same database, the same disk, in the same run.
"""

import os
import sys
import time
from collections import Counter
from secrets import token_bytes
from statistics import median
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klankbord.config.settings")

import django

django.setup()

from django.db import transaction

from klankbord.cases.hands import Hand
from klankbord.cases.models import NOBODY, Case, Overseer, Tally, WorkItem
from klankbord.cases.services import Beginning, begin_case
from klankbord.cases.tallies import compact
from klankbord.intake.models import SealedReceipt
from klankbord.kit.clock import day_number, now, today
from klankbord.kit.vault.codes import reporter_keys
from klankbord.kit.vault.entries import HEAD0, Header, seal_entry
from klankbord.kit.vault.pairs import new_pair
from klankbord.kit.vault.wraps import wrap_key
from klankbord.organisations import pins
from klankbord.organisations.models import Membership
from klankbord.organisations.queries import named, readers_keys
from klankbord.rules.entries import Answers, IdentityGiven, ReportReceived

STORY = "Op de laatste avond werd er met mij gelachen. " * 30
ENTRIES = 6
PARTS = 2  # file and identity
AT_ONCE = 250


def fill(number: int) -> None:
    """Seal this many reports to one reader, without the code's Argon2id: nobody comes back."""
    house = named("ravelijn")
    assert house is not None
    noor = Membership.objects.get(organisation=house, account__mail="noor@ravelijn.example")
    keys = readers_keys(house)[noor.id]
    form = Answers("report", 1, "nl", {"happened": STORY, "kind": ["bullying"]})
    for start in range(0, number, AT_ONCE):
        with transaction.atomic():
            for _ in range(min(AT_ONCE, number - start)):
                begin_case(
                    Beginning(
                        organisation=house, writer=Hand(uuid4(), new_pair()),
                        lookup=token_bytes(32), readers=(keys,), overseers=(),
                        report=ReportReceived(form), identity=IdentityGiven(form),
                        why="chosen", due_day=day_number(today()) + 2,
                    ),
                    at=now(),
                )  # fmt: skip


def count(number: int) -> None:
    """So many cases that the coordinator counts, without a word in them: only their plain side."""
    house = named("ravelijn")
    assert house is not None
    people = {it.account.mail: it for it in Membership.objects.filter(organisation=house)}
    els, noor = (people[f"{who}@ravelijn.example"] for who in ("els", "noor"))
    day = day_number(today())
    for start in range(0, number, AT_ONCE):
        cases = [
            Case(reference=f"B-{uuid4().hex[:10]}", organisation=house, opened_day=day - it % 300)
            for it in range(start, min(start + AT_ONCE, number))
        ]
        with transaction.atomic():
            Case.objects.bulk_create(cases)
            Overseer.objects.bulk_create(Overseer(case=it, membership=els) for it in cases)
            WorkItem.objects.bulk_create(
                WorkItem(case=it, clock="answer", assignee=noor, due_day=it.opened_day + 2)
                for it in cases
            )
            facts = Counter(
                (what, days, who)
                for it in cases
                for what, days, who in (
                    (Tally.CAME, it.opened_day, NOBODY),
                    (Tally.OPEN, it.opened_day, NOBODY),
                    (Tally.WAITING, it.opened_day + 2, NOBODY),
                    (Tally.WITH, it.opened_day + 2, noor.id),
                )
            )
            Tally.objects.bulk_create(
                Tally(overseer=els, what=what, day=days, who=who, number=times)
                for (what, days, who), times in facts.items()
            )
    compact()


def floor(times: int, readers: int = 1) -> float:
    """Milliseconds of what no submission can do without: the median of `times`.

    The code's Argon2id, the sealing and signing of its entries, the wraps, one durable commit.
    """
    return median(_floor_once(readers) for _ in range(times))


def _floor_once(readers: int) -> float:
    body, key, holder, place = STORY.encode(), token_bytes(32), new_pair(), uuid4()
    begin = time.perf_counter()
    keys = reporter_keys("1234567890123456789", pepper=pins.pepper(), salt=pins.code_salt())
    for seq in range(ENTRIES):
        header = Header(place, place, seq, place, 0, 1, HEAD0)
        seal_entry(header, key=key, signer=place, seed=keys.pair.sign, body=body)
    for _ in range(PARTS * (readers + 1)):
        wrap_key(
            key, to=holder.box_pub, organisation=place, case=place, compartment=place, epoch=0,
            holder=place,
        )  # fmt: skip
    with transaction.atomic():
        SealedReceipt.objects.create(id=token_bytes(32), sealed=body * 4, expires_hour=1)
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    what, number = sys.argv[1], int(sys.argv[2])
    if what == "fill":
        fill(number)
    elif what == "count":
        count(number)
    else:
        print(floor(number))
