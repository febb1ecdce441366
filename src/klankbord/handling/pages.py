"""What a page about a case shows: opened entries, turned into lines for people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from klankbord.agenda.queries import Card, colleagues, initials
from klankbord.cases.files import IMAGES, files_in
from klankbord.cases.known import without_key
from klankbord.cases.models import FILE, IDENTITY
from klankbord.cases.opening import OpenCase
from klankbord.handling.telling import Told, told_in
from klankbord.kit.clock import HOME, day_of
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import every_unit_of, names_of, profile_of
from klankbord.rules.course import StepDone, WorkNoted
from klankbord.rules.entries import (
    Activity,
    Answers,
    CaseClosed,
    CaseReopened,
    Entry,
    Happened,
    IdentityGiven,
    KeptFile,
    KeysArranged,
    MessageSent,
    NoteTaken,
    ReportOfActivity,
    ReportReceived,
    ReportResumed,
    ReportWithdrawn,
    Unchecked,
)
from klankbord.rules.forms.answers import SummaryRow, summary
from klankbord.rules.forms.reading import load_form
from klankbord.rules.forms.shape import Option, with_options
from klankbord.rules.profiles.shape import Regime
from klankbord.rules.readers import (
    excluded_in,
    exclusion_open,
    newest_list,
    report_of,
    stands,
)
from klankbord.rules.seats import Standing, standing

#: Why a list of readers changed, where an entry beside it says so better.
TOLD_ELSEWHERE = frozenset({"new_keys", "passed_on", "start_code", "renewed"})


@dataclass(frozen=True, slots=True)
class FileLine:
    """An attachment as a line: its id, its number in the case and what it is."""

    id: UUID
    number: int
    name: str
    type: str
    size: int
    which: str  # "both", "clean" or "original", see KeptFile
    shows: bool  # a clean picture, that can be shown in the page


@dataclass(frozen=True, slots=True)
class Item:
    """Something that happened, for the thread of a page. `by` is empty for the reporter.

    `joined` and `left` name who came on the list of readers with it, and who went.
    """

    seq: int
    kind: str
    at: datetime
    by: str
    by_reporter: bool
    mine: bool
    new: bool
    entry: Entry | Unchecked = field(repr=False)
    files: tuple[FileLine, ...] = field(repr=False, default=())
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    told: Told | None = field(repr=False, default=None)
    noted: WorkNoted | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who can read the case, since when and why."""

    id: UUID
    name: str
    initials: str
    role_title: str
    regime: Regime
    why: str
    since: date
    is_reporter: bool
    reads_identity: bool
    still_listens: bool  # holds a reading role today
    away_until: date | None = None
    substitute: str = ""
    substitute_id: UUID | None = None  # who could be let in meanwhile (R-002-44)


@dataclass(frozen=True, slots=True)
class Page:
    """What both sides of a case see of it."""

    case_id: UUID
    reference: str
    organisation: Organisation
    opened: date
    form: str  # with which it began
    activity: Activity | None = field(repr=False)  # by whose link somebody came
    items: tuple[Item, ...] = field(repr=False)
    readers: tuple[Reader, ...]
    report: tuple[SummaryRow, ...] = field(repr=False)
    report_files: tuple[FileLine, ...] = field(repr=False)
    first_answer_by: date | None
    answered: bool
    closed: CaseClosed | None = field(repr=False)
    withdrawn: bool
    danger: bool
    excluded: tuple[str, ...] = field(repr=False)
    exclusion_words: str = field(repr=False)
    exclusion_open: bool
    identity_open: bool  # whoever opened the case holds the identity's key
    trouble: tuple[str, ...]
    standing: Standing

    @property
    def nobody_listens(self) -> bool:
        """Whether everybody who can read has stopped doing that work."""
        return not any(it.still_listens for it in self.readers if not it.is_reporter)

    @property
    def several_read(self) -> bool:
        """Whether somebody's access can end without leaving nobody to answer."""
        return sum(not it.is_reporter for it in self.readers) > 1

    @property
    def can_write(self) -> bool:
        """Whether anything may be added: not while what is stored does not fit."""
        return not self.trouble


def page_of(
    opened: OpenCase, *, on: date, language: str, people: Sequence[Card] | None = None
) -> Page:
    """The page of an opened case, in one language. `people`: of the house, if read already."""
    organisation = opened.row.organisation
    everybody = people or colleagues(organisation, on, language)
    cards = {card.membership: card for card in everybody}
    names = _names(opened, cards)
    report = report_of(opened.happened)
    told = told_in(opened.happened, organisation, language)
    return Page(
        case_id=opened.row.id,
        reference=opened.row.reference,
        organisation=organisation,
        opened=day_of(opened.row.opened_day),
        form=report.form.form if report else "",
        activity=report.activity if isinstance(report, ReportOfActivity) else None,
        items=_items(opened, names, told),
        readers=_readers(opened, cards, names),
        report=answers_in_words(report.form, organisation, language) if report else (),
        report_files=_file_lines(opened, report.files) if report else (),
        first_answer_by=report.first_answer_by if report else None,
        answered=any(
            it.by in names and (isinstance(it.entry, MessageSent) or _is_letter(it.entry))
            for it in opened.happened
        ),
        closed=_closed(opened.happened),
        withdrawn=stands(opened.happened, ReportWithdrawn, ReportResumed),
        danger=bool(report and report.danger),
        excluded=tuple(
            cards[member].name for member in excluded_from(opened, cards.values())
            if member in cards
        ),
        exclusion_words=report.excluded_words if report else "",
        exclusion_open=exclusion_open(opened.happened),
        identity_open=IDENTITY in opened.compartments,
        trouble=tuple(sorted(opened.trouble)),
        standing=standing(opened.happened),
    )  # fmt: skip


def _is_letter(entry: Entry | Unchecked) -> bool:
    """Whether the reporter got it in writing, by the procedure."""
    return isinstance(entry, StepDone) and bool(entry.letter)


def excluded_from(opened: OpenCase, everybody: Iterable[Card]) -> frozenset[UUID]:
    """Everybody who must not read this case, as it stands now (R-000-31)."""
    profile = profile_of(opened.row.organisation, "nl")
    return excluded_in(
        opened.happened,
        roles_of_groups={group.key: group.roles for group in profile.groups},
        everybody=(card.candidate for card in everybody),
    )


def answers_in_words(
    form: Answers, organisation: Organisation, language: str
) -> tuple[SummaryRow, ...]:
    """What was answered, question by question; questions that were left open are left out."""
    units = tuple(Option(unit.id.hex, unit.name) for unit in every_unit_of(organisation))
    shaped = with_options(
        load_form(form.form, form.version, language),
        profile_of(organisation, language).options(units, form.answers),
    )
    return tuple(row for row in summary(shaped, form.answers) if row.text)


def identity_of(opened: OpenCase, language: str) -> tuple[SummaryRow, ...] | None:
    """Who the reporter is, for whoever holds that compartment; None for the others."""
    if IDENTITY not in opened.compartments:
        return None
    given = next((it.entry for it in opened.happened if isinstance(it.entry, IdentityGiven)), None)
    report = report_of(opened.happened)
    if given is None or report is None:
        return ()
    # Whether a question was asked depends on an answer in the file ("may we know who you are?").
    both = replace(given.form, answers={**report.form.answers, **given.form.answers})
    rows = answers_in_words(both, opened.row.organisation, language)
    return tuple(row for row in rows if row.field_key in given.form.answers)


def _names(opened: OpenCase, people: Mapping[UUID, Card]) -> dict[UUID, str]:
    mentioned = {it.by for it in opened.happened} | {
        holder.id for _, entry in _lists(opened.happened) for holder in entry.holders
    }
    mentioned -= set(opened.seats)
    names = {member: people[member].name for member in mentioned if member in people}
    return names | names_of(mentioned - set(names)) if mentioned - set(names) else names


def _items(
    opened: OpenCase, names: Mapping[UUID, str], told: Mapping[int, Told]
) -> tuple[Item, ...]:
    outside = opened.hand.id
    noted = {it.entry.of: it.entry for it in opened.happened if isinstance(it.entry, WorkNoted)}
    numbers = {file.blob: number for number, file in files_in(opened.happened)}
    joined, left = _comings_and_goings(opened, names)
    seats = opened.seats
    return tuple(
        Item(
            seq=it.seq,
            kind=it.entry.kind,
            at=it.at.astimezone(HOME),
            by=names.get(it.by, ""),
            by_reporter=it.by in seats,
            mine=it.by == opened.hand.id,
            new=it.seq >= opened.seen and it.by != opened.hand.id,
            entry=it.entry,
            files=_lines(_files_at(it.entry, noted.get(it.seq)), numbers),
            joined=joined.get(it.seq, ()),
            left=left.get(it.seq, ()),
            told=told.get(it.seq),
            noted=noted.get(it.seq),
        )
        for it in reversed(opened.happened)
        if not _behind_the_scenes(it)
        and (outside not in opened.seats or _for_the_reporter(told.get(it.seq)))
    )


Named = dict[int, tuple[str, ...]]


def _comings_and_goings(opened: OpenCase, names: Mapping[UUID, str]) -> tuple[Named, Named]:
    """By the place of each list of readers: who is new on it, and who was on the one before."""
    joined: Named = {}
    left: Named = {}
    seats, before = set(opened.seats), set[UUID]()
    for seq, entry in _lists(opened.happened):
        listed = {holder.id for holder in entry.holders} - seats
        joined[seq] = tuple(sorted(names.get(it, "?") for it in listed - before))
        left[seq] = tuple(sorted(names.get(it, "?") for it in before - listed))
        before = listed
    return joined, left


def _lists(happened: Iterable[Happened]) -> Iterable[tuple[int, KeysArranged]]:
    """The lists of who reads the file, the oldest first, each with its place in the case."""
    for it in happened:
        if isinstance(it.entry, KeysArranged) and it.entry.of == it.compartment == FILE:
            yield it.seq, it.entry


def _behind_the_scenes(it: Happened) -> bool:
    """Copies of lists and the reporter's identity stand elsewhere on the page."""
    if isinstance(it.entry, KeysArranged):
        copied = not it.entry.of == it.compartment == FILE
        return copied or it.entry.why in TOLD_ELSEWHERE or _entered(it)
    return isinstance(it.entry, IdentityGiven | WorkNoted)


def _entered(it: Happened) -> bool:
    """The first list of a report that a member wrote down: what was written says it all."""
    return it.seq == 0 and isinstance(it.entry, KeysArranged) and it.entry.reporter is None


def _files_at(entry: Entry | Unchecked, noted: WorkNoted | None) -> tuple[KeptFile, ...]:
    own = entry.files if isinstance(entry, MessageSent | StepDone) else ()
    return (*own, *(noted.files if noted else ()))


def _for_the_reporter(told: Told | None) -> bool:
    """Of the course a reporter sees what the procedure says in their words, and their letters."""
    return told is None or told.for_reporter


def _file_lines(opened: OpenCase, files: Sequence[KeptFile]) -> tuple[FileLine, ...]:
    return _lines(files, {file.blob: number for number, file in files_in(opened.happened)})


def _lines(files: Sequence[KeptFile], numbers: Mapping[UUID, int]) -> tuple[FileLine, ...]:
    return tuple(
        FileLine(
            file.blob,
            numbers[file.blob],
            file.name,
            file.type,
            file.size,
            file.which,
            bool(file.clean and file.clean.type in IMAGES),
        )
        for file in files
    )


def _readers(
    opened: OpenCase, people: Mapping[UUID, Card], names: Mapping[UUID, str]
) -> tuple[Reader, ...]:
    """The newest signed list, with the entry by which each came on it."""
    listed = newest_list(opened.happened, FILE)
    if listed is None:
        return ()
    since: dict[UUID, tuple[date, str]] = {}
    for it in opened.happened:
        if isinstance(it.entry, KeysArranged) and it.entry.of == it.compartment == FILE:
            present = {holder.id for holder in it.entry.holders}
            since = {member: told for member, told in since.items() if member in present}
            for arrived in present - set(since):
                since[arrived] = (it.at.astimezone(HOME).date(), it.entry.why)
    identity = set(opened.listed(IDENTITY))
    seats = opened.seats
    readers = []
    gone = without_key(opened, listed.holders)
    for holder in listed.holders:
        if holder.id in gone:
            continue
        card, is_reporter = people.get(holder.id), holder.id in seats
        name = "" if is_reporter else card.name if card else names.get(holder.id, "?")
        day, why = since[holder.id]
        readers.append(
            Reader(
                id=holder.id,
                name=name,
                initials=initials(name) if name else "",
                role_title=card.role_title if card else "",
                regime=card.regime if card else Regime.NONE,
                why=why,
                since=day,
                is_reporter=is_reporter,
                reads_identity=holder.id in identity,
                still_listens=bool(card and card.handles),
                away_until=card.away_until if card else None,
                substitute=card.substitute if card else "",
                substitute_id=card.substitute_id if card else None,
            )
        )
    return tuple(readers)


def _closed(happened: Iterable[Happened]) -> CaseClosed | None:
    closed: CaseClosed | None = None
    for it in happened:
        if isinstance(it.entry, CaseClosed):
            closed = it.entry
        elif isinstance(it.entry, CaseReopened):
            closed = None
    return closed


def notes_in(items: Iterable[Item]) -> tuple[Item, ...]:
    """The reader's own notes among what happened."""
    return tuple(item for item in items if isinstance(item.entry, NoteTaken))


def headline_of(report: ReportReceived, organisation: Organisation, language: str) -> str:
    """What a report is about, in the organisation's words; else by its form: "Call me back"."""
    labels = {it.key: it.label for it in profile_of(organisation, language).all_categories}
    kinds = report.form.answers.get("kind", ())
    chosen = ", ".join(labels[word] for word in kinds if word in labels)
    return chosen or load_form(report.form.form, report.form.version, language).title
