"""A second case that begins while the first goes on: a complaint, while the guidance continues.

It is sealed to whoever began it and to the same person from outside, under the code they have.
Nothing of the first story goes along; who must not read goes along. The link is written where only
whoever began it reads it, in both: nobody else learns that the one belongs to the other.
"""

from collections.abc import Sequence
from datetime import datetime

from klankbord.agenda.promises import first_answer_by
from klankbord.agenda.queries import colleagues
from klankbord.cases.entering import Entered
from klankbord.cases.errors import NotCertified
from klankbord.cases.models import FILE, Case, Overseer
from klankbord.cases.services import Beginning, begin_case, tell_new_readers
from klankbord.cases.writing import OpenPen, writing
from klankbord.handling.happening import today_of
from klankbord.handling.pages import excluded_from
from klankbord.handling.procedures import start_of
from klankbord.kit.clock import day_number
from klankbord.organisations.certification import CertifiedKeys
from klankbord.organisations.queries import readers_keys
from klankbord.rules.entries import (
    Answers,
    CaseLinked,
    Happened,
    IdentityGiven,
    ReportEntered,
    ReporterKeys,
    ReportReceived,
)
from klankbord.rules.forms.reading import latest_form
from klankbord.rules.readers import exclusion_open, report_of
from klankbord.rules.seats import Whose, counts, live_seats
from klankbord.rules.telling import How, ToldBy

#: The form with which such a case begins: empty, for its story is still to be told there.
FORM = "report"


def begin_linked(pen: OpenPen, procedure: str, *, at: datetime) -> Case:
    """Begin the second case. Runs inside the pen's transaction. Raises `NotCertified`."""
    opened, on = pen.opened, today_of(at)
    organisation, hand = opened.row.organisation, opened.hand
    readers = _readers(pen)
    people = colleagues(organisation, on, "nl")
    reading = {keys.holder for keys in readers}
    due = first_answer_by(organisation, on, [it for it in people if it.membership in reading])
    report = report_of(pen.happened)
    language = report.form.language if report else "nl"
    empty = Answers(FORM, latest_form(FORM, language, on).version, language, {})
    known = _reporter(pen.happened)
    told = ReportEntered(How.SPOKEN, ToldBy.SOMEBODY, on)
    row = begin_case(
        Beginning(
            organisation=organisation,
            writer=hand,
            lookup=b"",
            readers=readers,
            overseers=tuple(
                Overseer.objects.filter(case=opened.row).values_list("membership", flat=True)
            ),
            report=ReportReceived(
                form=empty,
                excluded_members=tuple(sorted(excluded_from(opened, people))),
                excluded_groups=report.excluded_groups if report else (),
                excluded_words=_open_words(report, pen.happened),
                first_answer_by=due,
            ),
            identity=IdentityGiven(empty),
            why="linked",
            due_day=day_number(due),
            started=start_of(organisation, procedure, on=on),
            entered=None if known else Entered(told, reads=True, whose=Whose.REPORTER),
            known=known,
        ),
        at=at,
    )
    _link(pen, row, at=at)
    tell_new_readers(row, reading - {hand.id}, at=at)
    return row


def _readers(pen: OpenPen) -> tuple[CertifiedKeys, ...]:
    """Whoever of the house begins it; when the reporter does, those who listen to them now."""
    opened = pen.opened
    keys = readers_keys(opened.row.organisation)
    outside = opened.hand.id in opened.seats
    wanted = opened.listed(FILE) if outside else (opened.hand.id,)
    found = tuple(keys[it] for it in wanted if it in keys)
    if not found:
        raise NotCertified
    return found


def _reporter(happened: Sequence[Happened]) -> ReporterKeys | None:
    """The keys of whoever told it, if nobody else can have them."""
    for id, seat in live_seats(happened).items():
        if seat.whose is Whose.REPORTER and counts(happened, id):
            return seat.keys
    return None


def _open_words(report: ReportReceived | None, happened: Sequence[Happened]) -> str:
    """A name that the reporter typed and that nobody has settled is settled there as well."""
    return report.excluded_words if report and exclusion_open(happened) else ""


def _link(pen: OpenPen, row: Case, *, at: datetime) -> None:
    hand, first = pen.opened.hand, pen.opened.row
    name = f"notes:{hand.id.hex}"
    pen.own_compartment(name)
    pen.write(CaseLinked(row.id, row.reference), name)
    with writing(row.id, hand, at=at) as other:
        other.own_compartment(name)
        other.write(CaseLinked(first.id, first.reference), name)
