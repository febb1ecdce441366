"""A report comes in: from draft to sealed case, in one transaction, once."""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from klankbord.agenda import promises
from klankbord.agenda.queries import Card, roster
from klankbord.agenda.times import alerts
from klankbord.cases.errors import TextTooLong
from klankbord.cases.files import FileRefused, Keeping, forget_files, keep_upload, keeping
from klankbord.cases.hands import Hand
from klankbord.cases.services import Beginning, begin_case, tell_new_readers
from klankbord.handling.procedures import first_procedure
from klankbord.intake.drafts import Draft
from klankbord.intake.receipts import (
    Receipt,
    forget_receipt,
    keep_receipt,
    receipt_of,
)
from klankbord.kit.budgets import For, within
from klankbord.kit.clock import HOME, day_number
from klankbord.kit.files.handler import SealedUpload
from klankbord.kit.outbox.services import queue_now
from klankbord.kit.throttle import LaneName, kdf_slot
from klankbord.kit.tokens.services import AlreadySpent, is_spent, spend
from klankbord.kit.vault.codes import ReporterKeys, reporter_keys
from klankbord.organisations import pins
from klankbord.organisations.certification import CertifiedKeys
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import (
    addresses_of,
    profile_of,
    units_of,
    upwards,
)
from klankbord.rules.codes import new_code
from klankbord.rules.entries import (
    Answers,
    IdentityGiven,
    KeptFile,
    ReportReceived,
    of_activity,
)
from klankbord.rules.forms.answers import in_danger, split_compartments
from klankbord.rules.forms.reading import load_form
from klankbord.rules.forms.shape import Form, Option, with_options
from klankbord.rules.naming import could_mean
from klankbord.rules.readers import Candidate, Choice, chosen_readers, excluded_by

__all__ = [
    "AlreadyReceived",
    "FileRefused",
    "Keeping",
    "NobodyLeft",
    "Readers",
    "Receipt",
    "TextTooLong",
    "alerted",
    "drop_file",
    "drop_files",
    "forget_receipt",
    "form_of",
    "keep_file",
    "keeping",
    "receipt_of",
    "submit",
    "who_will_read",
]

ALL_CODES = 10**19


class NobodyLeft(Exception):
    """Everybody who could read is excluded, away or without a certified key."""


class AlreadyReceived(Exception):
    """This form was sent before, and its receipt is gone."""


@dataclass(frozen=True, slots=True)
class Readers:
    """Who will read a report, and who will not.

    `refused` were chosen but their key does not lead back to a founder; `excluded` must not read.
    `on_call` has duty and may know of it: see `alerted`.
    """

    readers: tuple[Card, ...]
    refused: tuple[Card, ...]
    excluded: tuple[Card, ...]
    overseers: tuple[Card, ...]
    keys: tuple[CertifiedKeys, ...]
    on_call: tuple[Card, ...] = ()

    @property
    def nobody(self) -> bool:
        """Whether there is nobody to seal to."""
        return not self.readers


def form_of(organisation: Organisation, draft: Draft, language: str) -> Form:
    """The draft's form with the organisation's own options, in a language."""
    units = tuple(
        Option(unit.id.hex, "\u2003" * unit.depth + unit.name) for unit in units_of(organisation)
    )
    form = load_form(draft.form, draft.version, language)
    return with_options(form, profile_of(organisation, language).options(units, draft.answers))


def keep_file(
    draft: Draft, upload: SealedUpload, *, on: date, want: Keeping = Keeping.PROPOSED
) -> KeptFile:
    """Add a file to a draft, kept as was asked. Raises `FileRefused`."""
    kept = keep_upload(
        upload, already=len(draft.files), on=on, want=want, budget=draft.organisation
    )
    draft.files.append(kept)
    return kept


def drop_file(draft: Draft, blob: UUID) -> None:
    """Take a file out of a draft and off the disk."""
    forget_files(file for file in draft.files if file.blob == blob)
    draft.files[:] = [file for file in draft.files if file.blob != blob]


def drop_files(draft: Draft) -> None:
    """Take every file of a draft off the disk: somebody stopped."""
    forget_files(draft.files)
    draft.files.clear()


def who_will_read(organisation: Organisation, draft: Draft, *, on: date, language: str) -> Readers:
    """The people to whom the draft would be sealed if it were sent now (R-000-02, P13)."""
    choice = draft.chosen
    if choice is Choice.TEAM and not profile_of(organisation, language).team:
        choice = Choice.ANYONE
    units = upwards(units_of(organisation), unit_of(draft)) if unit_of(draft) else ()

    def pick(people: Sequence[Candidate], excluded: Collection[UUID]) -> Sequence[Candidate]:
        return chosen_readers(choice, draft.person, people, units=units, excluded=excluded)

    chosen = [draft.person] if choice is Choice.PERSON and draft.person else []
    return readers_of(organisation, draft, pick, on=on, language=language, chosen=chosen)


Pick = Callable[[Sequence[Candidate], Collection[UUID]], Sequence[Candidate]]


def readers_of(
    organisation: Organisation, draft: Draft, pick: Pick, *, on: date, language: str,
    also: UUID | None = None, chosen: Collection[UUID] = (),
) -> Readers:  # fmt: skip
    """Whoever `pick` takes out of the readers, given whom the draft excludes.

    `also` is a member who may hold a key though no reporter could choose them. Whoever a typed name
    could mean is left out too, unless they were `chosen` by name.
    """
    profile = profile_of(organisation, language)
    people = roster(organisation, on, language)
    excluded = excluded_by(
        draft.must_not_members,
        draft.must_not_groups,
        roles_of_groups={group.key: group.roles for group in profile.groups},
        everybody=[card.candidate for card in people.everybody],
    )
    names = {card.membership: card.name for card in people.everybody}
    excluded |= could_mean(draft.must_not_words, names) - set(chosen)
    able_to_read = [
        card for card in people.everybody
        if card.listens or (card.membership == also and card.handles)
    ]  # fmt: skip
    cards = {card.membership: card for card in able_to_read}
    # Chosen twice: whoever would have read but for a key that cannot be believed is named.
    meant, able = (
        [cards[it.membership] for it in pick(candidates, excluded)]
        for candidates in (
            [card.candidate for card in able_to_read],
            [card.candidate for card in able_to_read if card.reads],
        )
    )
    overseeing = {role.key for role in profile.roles if role.oversees}
    return Readers(
        readers=tuple(able),
        refused=tuple(card for card in meant if not card.reads),
        excluded=tuple(card for card in people.everybody if card.membership in excluded),
        overseers=tuple(
            card
            for card in people.everybody
            if overseeing & set(card.roles) and card.membership not in excluded
        ),
        keys=tuple(people.keys[card.membership] for card in able),
        on_call=tuple(card for card in people.on_call if card.membership not in excluded),
    )


def alerted(organisation: Organisation, readers: Readers) -> tuple[Card, ...] | None:
    """Who gets a mail without content at once when there is danger (P7).

    None when the organisation does not do so; nobody when whoever has duty must not know.
    """
    return readers.on_call if alerts(organisation) else None


def unit_of(draft: Draft) -> UUID | None:
    """The local group or department: as the reporter says, and unasked that of the activity."""
    if draft.activity and "unit" not in draft.answers:
        return draft.activity.unit
    try:
        return UUID(hex=str(draft.answers.get("unit", "")))
    except ValueError:
        return None


def first_answer_by(
    organisation: Organisation, on: date, readers: Sequence[Card] = (), *, form: str = ""
) -> date:
    """The last day of the promise, by those who would read; it adapts when they are away (K20).

    The profile's number of working days; behind a door with a term of its own, such as the
    call-back, that many calendar days (R-002-47). As long as nobody was chosen, whoever is there.
    """
    people = readers or promises.whoever_is_there(roster(organisation, on, "nl"))
    door = profile_of(organisation, "nl").door_to(form)
    if door and door.within_days:
        return promises.called_back_by(organisation, on, people, door.within_days)
    return promises.first_answer_by(organisation, on, people)


def submit(
    organisation: Organisation, draft: Draft, *, token: bytes, at: datetime,
    also: Callable[[], None] = lambda: None,
) -> Receipt:  # fmt: skip
    """Seal a draft for its readers and make the reporter's code.

    The receipt is written in the same transaction, under the form's token: the same form sent
    twice gives the same receipt and one case. `also` is what has to be stored along with it, in
    that one commit. Raises `NobodyLeft`, `AlreadyReceived`,
    `TextTooLong` and `kit.throttle.Busy`.
    """
    if is_spent(token):
        return again(token, at=at)
    on = at.astimezone(HOME).date()
    readers = who_will_read(organisation, draft, on=on, language=draft.language)
    if readers.nobody:
        raise NobodyLeft
    lane: LaneName = "report" if within(organisation.id, For.REPORTS) else "report_beyond"
    code, keys = draw_code(lane)
    due = first_answer_by(organisation, on, readers.readers, form=draft.form)
    report, identity = entries_of(organisation, draft, due)
    new = Beginning(
        organisation=organisation,
        writer=Hand(uuid4(), keys.pair),
        lookup=keys.lookup,
        readers=readers.keys,
        overseers=tuple(card.membership for card in readers.overseers),
        report=report,
        identity=identity,
        why=_why(draft),
        due_day=day_number(due),
        started=first_procedure(organisation, draft.form, readers.readers[0].regime, on=on),
    )
    names = tuple(card.name for card in readers.readers)
    try:
        with transaction.atomic():
            spend(token, at)
            case = begin_case(new, at=at)
            told = [keys.holder for keys in new.readers]
            tell_new_readers(case, told, at=at, at_once=report.danger)
            told_at_once = alert(organisation, readers, at=at) if report.danger else None
            receipt = Receipt(
                code, case.reference, names, due, draft.language, report.danger, draft.form,
                told_at_once,
            )  # fmt: skip
            keep_receipt(token, receipt, at=at)
            also()
    except AlreadySpent:
        return again(token, at=at)
    return receipt


def alert(organisation: Organisation, readers: Readers, *, at: datetime) -> tuple[str, ...] | None:
    """Send whoever has duty the mail without content, at once: somebody may be in danger (P7).

    Returns their names; None where the organisation does not do so.
    """
    people = alerted(organisation, readers)
    for address in addresses_of(card.membership for card in people or ()):
        queue_now(address=address, now=at)
    return None if people is None else tuple(card.name for card in people)


def _why(draft: Draft) -> str:
    """The word that says why these people can read; the pages put it in words."""
    return {Choice.PERSON: "chosen", Choice.TEAM: "team", Choice.ANYONE: "on_duty"}[draft.chosen]


def again(token: bytes, *, at: datetime) -> Receipt:
    """The receipt of a form that was sent before. Raises `AlreadyReceived` when it is gone."""
    receipt = receipt_of(token, at=at)
    if receipt is None:
        raise AlreadyReceived
    return receipt


def draw_code(lane: LaneName = "report") -> tuple[str, ReporterKeys]:
    """A new code of twenty digits, and its keys. Raises `kit.throttle.Busy`."""
    code = new_code(secrets.randbelow(ALL_CODES))
    with kdf_slot(lane):
        return code, reporter_keys(code[:-1], pepper=pins.pepper(), salt=pins.code_salt())


def entries_of(
    organisation: Organisation, draft: Draft, due: date
) -> tuple[ReportReceived, IdentityGiven]:
    """The draft as the case keeps it: what was told, and apart from it who told it."""
    form = form_of(organisation, draft, draft.language)
    told, identity = split_compartments(form, draft.answers)
    report = ReportReceived(
        form=Answers(draft.form, draft.version, draft.language, told),
        files=tuple(draft.files),
        unit=unit_of(draft),
        excluded_members=tuple(draft.must_not_members),
        excluded_groups=tuple(draft.must_not_groups),
        excluded_words=draft.must_not_words,
        danger=in_danger(form, draft.answers),
        first_answer_by=due,
    )
    if draft.activity:
        report = of_activity(report, draft.activity)
    return report, IdentityGiven(Answers(draft.form, draft.version, draft.language, identity))
