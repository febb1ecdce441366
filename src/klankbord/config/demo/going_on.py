"""How far the cases of the demo have come: steps taken, seriousness estimated, people let in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from secrets import token_bytes
from uuid import UUID

from klankbord.config.demo.cases import Deed, Judged, Story
from klankbord.config.demo.people import Person
from klankbord.handling.asking import note_consent
from klankbord.handling.casework import give_access
from klankbord.handling.estimating import Estimate, estimate
from klankbord.handling.mending import start_procedure
from klankbord.handling.steps import Doing, do_step
from klankbord.organisations.members import Member
from klankbord.organisations.services import sign_in
from klankbord.rules.course import Spoken
from klankbord.rules.severity.reading import load_scheme

MembersByName = Mapping[tuple[str, str], UUID]


def go_on(
    story: Story, reference: str, members: MembersByName, people: Mapping[str, Person],
    at: datetime,
) -> None:  # fmt: skip
    """Take a case of the demo as far as its story goes."""
    began = at - timedelta(days=story.days_ago)
    reader = _signed_in(people[story.reader], began)
    if story.procedure:
        start_procedure(
            reader, reference, key=story.procedure, reason="Het gaat over onze werking.", at=began
        )
    if story.also:
        give_access(
            reader, reference, membership=members[story.house, story.also], identity=True,
            why="Beslist over klachten.", at=began,
        )  # fmt: skip
    for deed in story.deeds:
        moment = at - timedelta(days=deed.days_ago)
        if isinstance(deed, Judged):
            _judge(reader, reference, deed, members.get((story.house, deed.second)), moment)
        else:
            _do(_signed_in(people[deed.who or story.reader], moment), reference, deed, at)


def _signed_in(person: Person, at: datetime) -> Member:
    return sign_in(mail=person.mail, passphrase=person.passphrase, code="", at=at)


def _do(member: Member, reference: str, deed: Deed, today: datetime) -> None:
    moment = today - timedelta(days=deed.days_ago)
    if deed.said:
        note_consent(member, reference, step=deed.step, answer=Spoken.YES, how=deed.said, at=moment)
    doing = Doing(
        outcome=deed.outcome, on=moment.date(), round=1, findings=deed.findings, note=deed.note,
        days={name: (today - timedelta(days=ago)).date() for name, ago in deed.days.items()},
    )  # fmt: skip
    do_step(member, reference, step=deed.step, doing=doing, token=token_bytes(16), at=moment)


def _judge(
    member: Member, reference: str, judged: Judged, second: UUID | None, at: datetime
) -> None:
    dangers = load_scheme("colours", 1, "nl").dangers
    made = Estimate(
        level=judged.level, dangers={danger.key: "no" for danger in dangers},
        marks=judged.marks, reason=judged.reason, second=second,
    )  # fmt: skip
    estimate(member, reference, made=made, at=at)
