"""Plain functions that make things: each with sane defaults, so a test names only what matters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from secrets import token_bytes
from typing import Any
from uuid import UUID

from klankbord.cases.models import Case
from klankbord.config.pinning import pin_founder
from klankbord.handling.adapting import begin_copy, switch_on, texts_of, write_copy
from klankbord.handling.channel import Seat, cases_of, enter
from klankbord.intake.activities import make_activity
from klankbord.intake.drafts import Draft
from klankbord.intake.models import Activity
from klankbord.intake.services import Receipt, submit
from klankbord.kit.clock import today
from klankbord.kit.vault import members
from klankbord.organisations import pins
from klankbord.organisations.members import Member
from klankbord.organisations.models import Installation, Membership, Organisation, Unit
from klankbord.organisations.services import (
    add_unit,
    certify,
    found_installation,
    found_organisation,
    join,
    open_account,
    sign_in,
)
from klankbord.organisations.services.founding import Joined, OpenAccount
from klankbord.rules.library import LANGUAGES
from klankbord.rules.procedures.adapting import Writing
from tests import kept

FOUNDED = date(2026, 9, 1)
NOON = datetime(2026, 11, 23, 12, 37, 21, tzinfo=UTC)  # a Monday, at no round time
TODAY = NOON.date()
STORY = "Op de laatste avond werd er met mij gelachen."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the cast: who they are, and how they come in."""

    name: str
    mail: str
    passphrase: str = field(repr=False)
    membership: UUID
    recovery: str = field(repr=False)
    joined: Joined = field(repr=False)

    def member(self, at: datetime = NOON) -> Member:
        """Sign in."""
        return sign_in(mail=self.mail, passphrase=self.passphrase, code="", at=at)


@dataclass(frozen=True, slots=True)
class House:
    """An organisation with its people by first name."""

    organisation: Organisation
    people: Mapping[str, Person]
    units: Mapping[str, Unit]

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    @property
    def slug(self) -> str:
        return self.organisation.slug


@dataclass(frozen=True, slots=True)
class Told:
    """A report that was received: what the reporter holds, and the row of the case."""

    receipt: Receipt
    seat: Seat
    case: Case

    @property
    def reference(self) -> str:
        return self.case.reference


def a_house(
    slug: str = "ravelijn",
    name: str = "Ravelijn",
    *,
    profile: str = "youth",
    country: str = "BE",
    people: Mapping[str, Sequence[str]],
    founder: str,
    certified: Sequence[str] | None = None,
    units: Mapping[str, str] | None = None,
) -> House:
    """Found an organisation; `units` maps a person to the unit they work in.

    Founded once by each process, and after that put back as it was: making keys for six people
    takes longer than most of what is tested with them.
    """
    about = (slug, name, profile, country, people, founder, certified, units)
    house: House = kept.house(
        (repr(about), pins.pepper(), members.PASSPHRASE_COST, Installation.objects.exists()),
        lambda: _founded(
            slug, name, profile=profile, country=country, people=people, founder=founder,
            certified=certified, units=units or {},
        ),
        lambda house: (person.joined.pair for person in house.people.values()),
    )  # fmt: skip
    pin_founder(house.organisation.id, house[founder].joined.pair)
    return house


def _founded(
    slug: str,
    name: str,
    *,
    profile: str,
    country: str,
    people: Mapping[str, Sequence[str]],
    founder: str,
    certified: Sequence[str] | None,
    units: Mapping[str, str],
) -> House:
    found_installation()
    organisation = found_organisation(
        slug=slug, name=name, profile=profile, country=country, on=FOUNDED,
        telephone="0470 00 01 12", telephone_hours="dag en nacht",
    )  # fmt: skip
    rows = {unit: add_unit(organisation, name=unit) for unit in sorted(set(units.values()))}
    cast = {
        first: a_person(organisation, first, roles, unit=rows.get(units.get(first, "")))
        for first, roles in people.items()
    }
    vouching = cast[founder].joined
    pin_founder(organisation.id, vouching.pair)
    for first in [founder, *(people if certified is None else certified)]:
        if first == founder and cast[first].joined.row.certificates.get().signatures.exists():
            continue
        certify(cast[first].joined.row, signer=vouching.row.id, pair=vouching.pair, on=FOUNDED)
    return House(organisation, cast, rows)


def a_person(
    organisation: Organisation,
    first: str,
    roles: Sequence[str],
    *,
    unit: Unit | None = None,
    account: OpenAccount | None = None,
) -> Person:
    """Somebody with an account and a membership, whose keys nobody vouched for yet."""
    mail = f"{first}@{organisation.slug}.example"
    passphrase = f"{first} wandelt langs de rivier"
    opened = account or open_account(
        mail=mail, name=f"{first.title()} {organisation.name}", passphrase=passphrase
    )
    joined = join(
        opened, organisation, roles=roles, on=FOUNDED, unit=unit, telephone="0470 00 02 01",
        public_mail=mail,
    )  # fmt: skip
    return Person(
        opened.row.name, opened.row.mail, passphrase, joined.row.id, opened.recovery, joined
    )


def ravelijn() -> House:
    """A youth movement with two contact persons, and people in every other role."""
    return a_house(
        people={
            "noor": ["contact_person"],
            "tarik": ["contact_person"],
            "els": ["coordinator"],
            "joris": ["board"],
            "bert": ["administrator"],
            "wout": ["leader"],
        },
        founder="noor",
        units={"noor": "Provincie Oost", "tarik": "Provincie West"},
    )


def de_brug() -> House:
    """A welfare organisation: amina listens, koen is responsible, dora handles complaints by the
    mandate of dirk, who is director; chris chairs, vic is vice-chair, sofie counts."""
    return a_house(
        "de-brug", "Buurtwerk De Brug", profile="welfare",
        people={
            "amina": ["counsellor"], "koen": ["responsible"], "dirk": ["director"],
            "dora": ["complaint_delegate"], "chris": ["chair"], "vic": ["vice_chair"],
            "quinten": ["quality_officer"], "sofie": ["coordinator"], "milan": ["staff"],
            "nele": ["administrator"],
        },
        founder="amina",
    )  # fmt: skip


def the_neighbour() -> House:
    """Another organisation of the same installation: must never see anything."""
    return a_house(
        "molenbeemd", "Molenbeemd",
        people={"nadia": ["contact_person"], "bas": ["administrator"], "cleo": ["coordinator"]},
        founder="nadia",
    )  # fmt: skip


def a_draft(
    house: House,
    *,
    answers: Mapping[str, Any] | None = None,
    reader: str = "",
    choice: str = "",
    must_not: Sequence[str] = (),
    must_not_groups: Sequence[str] = (),
    must_not_words: str = "",
    language: str = "nl",
    on: date = TODAY,
) -> Draft:
    """What somebody typed; by default a short story and nothing else."""
    return Draft(
        organisation=house.organisation.id,
        language=language,
        begun=on,
        answers=dict({"happened": STORY, "kind": ["bullying"]} if answers is None else answers),
        choice=choice or ("person" if reader else "anyone"),
        person=house[reader].membership if reader else None,
        must_not_members=[house[name].membership for name in must_not],
        must_not_groups=list(must_not_groups),
        must_not_words=must_not_words,
    )


def a_report(
    house: House, *, at: datetime = NOON, draft: Draft | None = None, **about: Any
) -> Told:
    """A report that was received. `about` is what `a_draft` takes."""
    receipt = submit(house.organisation, draft or a_draft(house, **about), token=a_token(), at=at)
    seat = enter(house.organisation, receipt.code)
    return Told(receipt, seat, Case.objects.get(id=cases_of(seat)[0].id))


def an_own_procedure(
    house: House, key: str, by: str, *, titles: Mapping[str, str], on: date = TODAY, go: bool = True
) -> None:
    """A sound copy of a procedure with other titles for its steps; switched on unless not `go`."""
    who = house[by].membership
    copy = begin_copy(house.organisation, key, by=who, on=on)
    writing = Writing(texts_of(copy))
    for step, title in titles.items():
        writing.say(("step", step, "title"), dict.fromkeys(LANGUAGES, title))
    write_copy(house.organisation, key, writing.texts, by=who, on=on)
    if go:
        switch_on(house.organisation, key, by=who, on=on)


def an_activity(house: House, by: str, *, name: str = "Zomerkamp", **about: Any) -> Activity:
    """An activity with a link, by default from today on for a week."""
    first = about.pop("from_day", today())
    return make_activity(
        house.organisation, name=name, from_day=first,
        until_day=about.pop("until_day", first + timedelta(days=6)),
        by=house[by].membership, on=about.pop("on", today()), **about,
    )  # fmt: skip


def a_token() -> bytes:
    """The random part of a form's token."""
    return token_bytes(16)


def membership(person: Person) -> Membership:
    """The row of somebody's membership."""
    return Membership.objects.get(id=person.membership)
