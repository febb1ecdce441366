"""Who may read a case: the reporter's choice, the people on duty, less whoever must not.

Pure: takes opened entries and lists of people, gives people. Who *can* read is who holds a key;
these rules decide to whom a key may be given.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from klankbord.rules.course import PersonBarred, PersonCleared
from klankbord.rules.entries import (
    Entry,
    ExclusionSettled,
    Happened,
    KeysArranged,
    ReportReceived,
)

#: The relations to a case that keep somebody from reading it; a power relation only from acting.
KEEPS_OUT = frozenset({"accused", "close_to_accused"})


class Choice(StrEnum):
    """What a reporter says about who may read."""

    PERSON = "person"
    ANYONE = "anyone"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could read. `unit` is theirs (none: the whole organisation).

    `outside` is somebody from another organisation, such as a bureau; `bound` is somebody who must
    take certain steps once they know (P4). Both are a deliberate choice, where there are others.
    `substitute` takes over while they are away; `on_call` has duty today; `soon` is there on one of
    the days within which an answer is promised.
    """

    membership: UUID
    roles: tuple[str, ...]
    unit: UUID | None
    away: bool = False
    outside: bool = False
    bound: bool = False
    substitute: UUID | None = None
    on_call: bool = False
    soon: bool = True


def excluded_by(
    members: Collection[UUID],
    groups: Collection[str],
    *,
    roles_of_groups: Mapping[str, Collection[str]],
    everybody: Iterable[Candidate],
) -> frozenset[UUID]:
    """Everybody who is ticked, by name or by a group of which they hold a role."""
    barred = {role for group in groups for role in roles_of_groups.get(group, ())}
    found = frozenset(members)
    if not barred:  # then nobody has to ask who works here
        return found
    return found | {person.membership for person in everybody if barred & set(person.roles)}


def on_duty(
    readers: Sequence[Candidate], *, units: Sequence[UUID], excluded: Collection[UUID]
) -> tuple[Candidate, ...]:
    """Who answers when it makes no difference to the reporter.

    `units` goes from the reporter's own group upwards; the first with somebody on duty counts,
    after that everybody on duty in the organisation. Whoever is away is replaced by their
    substitute (K20). When all are away it waits for them, and the promise says until when: a story
    is never refused for a holiday. Of several, whoever has duty by the rota, else whoever is there
    soon.
    """
    able = [it for it in counsellors(readers) if it.membership not in excluded]
    present = [it for it in able if not it.away] or able
    for unit in units:
        found = [it for it in present if it.unit == unit]
        found = found or _standing_in(able, unit, present)
        if found:
            return _nearest(found)
    return _nearest(present)


def _standing_in(
    able: Iterable[Candidate], unit: UUID, present: Sequence[Candidate]
) -> list[Candidate]:
    substitutes = {it.substitute for it in able if it.away and it.unit == unit}
    return [it for it in present if it.membership in substitutes]


def _nearest(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    by_rota = [it for it in found if it.on_call]
    return tuple(by_rota or [it for it in found if it.soon] or found)


def named_readers(
    readers: Sequence[Candidate],
    named: Collection[UUID],
    *,
    units: Sequence[UUID],
    excluded: Collection[UUID],
) -> tuple[Candidate, ...]:
    """The people whom a member names for what they were told; nobody named: whoever is on duty."""
    if not named:
        return on_duty(readers, units=units, excluded=excluded)
    return tuple(
        person
        for person in readers
        if person.membership in named and person.membership not in excluded
    )


def counsellors(readers: Sequence[Candidate]) -> Sequence[Candidate]:
    """The organisation's own counsellors; others only where there are none of these.

    Whoever is served by a bureau has nobody else. Elsewhere somebody from outside is chosen by
    name: by who does not want to tell it inside, or when nobody inside is left. And nobody who
    skips a question sets off a procedure with duties (P4, K26).
    """
    own = [person for person in readers if not person.outside]
    return [person for person in own if not person.bound] or own or readers


def chosen_readers(
    choice: Choice,
    person: UUID | None,
    readers: Sequence[Candidate],
    *,
    units: Sequence[UUID],
    excluded: Collection[UUID],
) -> tuple[Candidate, ...]:
    """The people to whom a report is sealed; empty when nobody is left (R-000-02, P13)."""
    if choice is Choice.PERSON:
        return tuple(
            reader
            for reader in readers
            if reader.membership == person and reader.membership not in excluded
        )
    if choice is Choice.TEAM:
        return tuple(it for it in counsellors(readers) if it.membership not in excluded)
    return on_duty(readers, units=units, excluded=excluded)


def report_of(happened: Iterable[Happened]) -> ReportReceived | None:
    """The report with which a case began, if the reader holds its compartment."""
    return next((it.entry for it in happened if isinstance(it.entry, ReportReceived)), None)


def exclusion_open(happened: Sequence[Happened]) -> bool:
    """Whether a name that the reporter typed still waits for somebody to say whom it means."""
    report = report_of(happened)
    return bool(
        report
        and report.excluded_words
        and not any(isinstance(it.entry, ExclusionSettled) for it in happened)
    )


def excluded_in(
    happened: Sequence[Happened],
    *,
    roles_of_groups: Mapping[str, Collection[str]],
    everybody: Iterable[Candidate],
) -> frozenset[UUID]:
    """Everybody who must not read this case, as it stands now."""
    report = report_of(happened)
    if report is None:
        return frozenset()
    settled = frozenset(
        member
        for it in happened
        if isinstance(it.entry, ExclusionSettled)
        for member in it.entry.members
    )
    return (
        settled
        | barred_in(happened)
        | excluded_by(
            report.excluded_members,
            report.excluded_groups,
            roles_of_groups=roles_of_groups,
            everybody=everybody,
        )
    )


def barred_in(happened: Iterable[Happened]) -> frozenset[UUID]:
    """Everybody who became known as the alleged person, or as close to them (K9)."""
    barred: dict[UUID, set[str]] = {}
    for it in happened:
        if isinstance(it.entry, PersonBarred):
            barred.setdefault(it.entry.member, set()).add(it.entry.relation)
        elif isinstance(it.entry, PersonCleared):
            barred.get(it.entry.member, set()).discard(it.entry.relation)
    return frozenset(member for member, relations in barred.items() if relations & KEEPS_OUT)


def newest_list(happened: Iterable[Happened], compartment: str) -> KeysArranged | None:
    """The list of who can read a compartment, as it was last signed in that compartment."""
    newest: KeysArranged | None = None
    for it in happened:
        if isinstance(it.entry, KeysArranged) and it.entry.of == it.compartment == compartment:
            newest = it.entry
    return newest


def stands(happened: Iterable[Happened], begin: type[Entry], end: type[Entry]) -> bool:
    """Whether the last of two opposite entries (withdrawn, resumed) is the first kind."""
    state = False
    for it in happened:
        if isinstance(it.entry, begin):
            state = True
        elif isinstance(it.entry, end):
            state = False
    return state
