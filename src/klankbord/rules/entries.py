"""What can happen in a case: a closed set of entries, and the bytes in which they are signed.

A case is the list of its entries. Nothing else about it is stored, so whatever somebody wants to
know of a case must be derivable from these classes. The bytes that were signed are the bytes that
are kept: they are read strictly, because a reader that forgives decides what was meant.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, get_args, get_origin, get_type_hints
from uuid import UUID

from klankbord.rules.course import Course, WorkNoted
from klankbord.rules.kept import Answers as Answers
from klankbord.rules.kept import CleanCopy as CleanCopy
from klankbord.rules.kept import KeptFile as KeptFile

VERSION = 1


class EntryNotUnderstood(ValueError):
    """The bytes are not an entry of this version. Says nothing of what they hold."""


@dataclass(frozen=True, slots=True)
class ListedHolder:
    """One who holds the key: a member or the reporter, with the fingerprint (hex) of their key."""

    id: UUID
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ReporterKeys:
    """The reporter's public keys (hex): pinned in the first entry, or in one that says so."""

    id: UUID
    box: str
    sign: str


@dataclass(frozen=True, slots=True)
class KeysArranged:
    """Who can read a compartment from here on (R-000-31, R-004-038).

    `of` names the compartment, inside the seal: a row that was given another name is noticed. The
    list of the identity stands in the file as well. `commit` (hex) fixes which key belongs to the
    epoch. `why` is said by whoever arranged it.
    """

    kind: ClassVar[str] = "keys_arranged"
    of: str
    epoch: int
    commit: str
    holders: tuple[ListedHolder, ...]
    why: str
    reporter: ReporterKeys | None = None


@dataclass(frozen=True, slots=True)
class ReportReceived:
    """Somebody told something. The exclusions are the reporter's own (vault: before sealing)."""

    kind: ClassVar[str] = "report_received"
    form: Answers
    files: tuple[KeptFile, ...] = ()
    unit: UUID | None = None
    excluded_members: tuple[UUID, ...] = ()
    excluded_groups: tuple[str, ...] = ()
    excluded_words: str = ""
    danger: bool = False
    first_answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """A holiday or an activity, as it was called when somebody came by its link (R-001-42)."""

    id: UUID
    name: str
    from_day: date
    until_day: date
    unit: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReportOfActivity(ReportReceived):
    """Somebody told something by way of the link or the QR of an activity (R-001-42).

    In the same place as any report, so that nothing outside the seal tells the two apart.
    """

    kind: ClassVar[str] = "report_of_activity"
    activity: Activity = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class IdentityGiven:
    """Who the reporter is and how to reach them safely; empty for somebody who stays unknown."""

    kind: ClassVar[str] = "identity_given"
    form: Answers


@dataclass(frozen=True, slots=True)
class ReportEntered:
    """A member wrote down what was told (R-000-36, R-004-137).

    `how` it came in and `told_by` are words of `rules.telling`; `told_on` is the day that counts:
    paper may lie on a desk for days (P27). `gone_through`: whoever told it went through it too.
    """

    kind: ClassVar[str] = "report_entered"
    how: str
    told_by: str
    told_on: date
    gone_through: bool = False


@dataclass(frozen=True, slots=True)
class ReporterJoined:
    """Somebody from outside gets a place, with a start code that the writer has seen (P2, P30)."""

    kind: ClassVar[str] = "reporter_joined"
    keys: ReporterKeys
    whose: str


@dataclass(frozen=True, slots=True)
class ReporterRenewed:
    """Whoever has a start code made a code that nobody else has seen; signed by the old keys."""

    kind: ClassVar[str] = "reporter_renewed"
    keys: ReporterKeys


@dataclass(frozen=True, slots=True)
class MessageSent:
    """A message between the reporter and those who read the case."""

    kind: ClassVar[str] = "message_sent"
    text: str
    files: tuple[KeptFile, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteTaken:
    """A reader's own note, in a compartment that nobody else can open (R-002-19)."""

    kind: ClassVar[str] = "note_taken"
    text: str


@dataclass(frozen=True, slots=True)
class CaseLinked:
    """One handler knows that another case belongs with this one; in that handler's notes (P25)."""

    kind: ClassVar[str] = "case_linked"
    other: UUID
    reference: str


@dataclass(frozen=True, slots=True)
class CaseUnlinked:
    """It does not belong with it after all."""

    kind: ClassVar[str] = "case_unlinked"
    other: UUID


@dataclass(frozen=True, slots=True)
class EarlierFacts:
    """Whether earlier facts are known: `yes`, `no`, `unknown`; in the handler's notes (P25)."""

    kind: ClassVar[str] = "earlier_facts"
    known: str


@dataclass(frozen=True, slots=True)
class CaseRead:
    """A member opened the case: written once per member and day."""

    kind: ClassVar[str] = "case_read"


@dataclass(frozen=True, slots=True)
class ExclusionSettled:
    """A counsellor read the name that the reporter typed and said whom it means.

    Until this is written nobody gets access. `members` may be empty: it means nobody who works
    with this organisation here; `note` says how that was found out.
    """

    kind: ClassVar[str] = "exclusion_settled"
    members: tuple[UUID, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ReportWithdrawn:
    """The reporter asks to stop. It closes nothing by itself (R-000-04)."""

    kind: ClassVar[str] = "report_withdrawn"
    text: str


@dataclass(frozen=True, slots=True)
class ReportResumed:
    """The reporter wants to go on after all."""

    kind: ClassVar[str] = "report_resumed"


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """A reader closed the case, with a reason that the reporter can read (R-000-04)."""

    kind: ClassVar[str] = "case_closed"
    reason: str
    text: str
    referred_to: str = ""


@dataclass(frozen=True, slots=True)
class CaseReopened:
    """A reader took the case up again."""

    kind: ClassVar[str] = "case_reopened"
    text: str


Entry = (
    KeysArranged
    | ReportReceived
    | ReportOfActivity
    | IdentityGiven
    | ReportEntered
    | ReporterJoined
    | ReporterRenewed
    | MessageSent
    | NoteTaken
    | CaseLinked
    | CaseUnlinked
    | EarlierFacts
    | CaseRead
    | ExclusionSettled
    | ReportWithdrawn
    | ReportResumed
    | CaseClosed
    | CaseReopened
    | Course
    | WorkNoted
)

#: What stands in one reader's own notes: no news for anybody else.
OWN_NOTES = (NoteTaken, CaseLinked, CaseUnlinked, EarlierFacts)

KINDS: Mapping[str, type[Entry]] = MappingProxyType({kind.kind: kind for kind in get_args(Entry)})


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Stands for an entry whose signature cannot be checked: that it is there, not what it says."""

    kind: ClassVar[str] = "unchecked"


@dataclass(frozen=True, slots=True)
class Happened:
    """An opened entry: what, when, by whom and at which place in the case."""

    seq: int
    compartment: str
    epoch: int
    at: datetime
    by: UUID
    entry: Entry | Unchecked = field(repr=False)


def of_activity(report: ReportReceived, activity: Activity) -> ReportOfActivity:
    """The same report, told by way of an activity."""
    same = {item.name: getattr(report, item.name) for item in fields(report)}
    return ReportOfActivity(**same, activity=activity)


def write_entry(entry: Entry, *, at: datetime) -> bytes:
    """The bytes to sign: UTF-8 JSON, keys sorted, without floats or NaN. `at` carries its zone."""
    body = {"v": VERSION, "kind": entry.kind, "at": at.isoformat(timespec="seconds")}
    return json.dumps(
        body | _plain(entry), sort_keys=True, ensure_ascii=False, allow_nan=False
    ).encode()


def read_entry(body: bytes) -> tuple[Entry, datetime]:
    """The entry in these bytes, and when it was written. Raises `EntryNotUnderstood`."""
    try:
        data = json.loads(
            body.decode(),
            object_pairs_hook=_without_duplicates,
            parse_constant=_refuse,
            parse_float=_refuse,
        )
        if _exactly(int, data.pop("v")) != VERSION:  # True is 1 too
            raise EntryNotUnderstood
        at = _moment(data.pop("at"))
        return _built(KINDS[data.pop("kind")], data), at
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        # The cause would carry the words of a report into a traceback.
        raise EntryNotUnderstood from None


def _without_duplicates(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    pairs = list(pairs)
    if len({key for key, _ in pairs}) != len(pairs):
        raise EntryNotUnderstood
    return dict(pairs)


def _refuse(_text: str) -> None:
    raise EntryNotUnderstood


def _plain(value: Any) -> Any:
    match value:
        case UUID():
            return value.hex
        case date():
            return value.isoformat()
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
        case float():
            raise TypeError
        case str() | int() | None:
            return value
    return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}


@cache
def _shape(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {item.name: hints[item.name] for item in fields(kind)}


def _built(kind: Any, data: Any) -> Any:
    shape = _shape(kind)
    if set(data) != set(shape):
        raise EntryNotUnderstood
    return kind(**{name: _typed(shape[name], value) for name, value in data.items()})


def _typed(hint: Any, value: Any) -> Any:
    choices = [choice for choice in get_args(hint) if choice is not type(None)]
    if type(None) in get_args(hint):
        return None if value is None else _typed(choices[0], value)
    if get_origin(hint) is tuple:
        return tuple(_typed(choices[0], item) for item in _exactly(list, value))
    if hint is UUID:
        return UUID(hex=_exactly(str, value))
    if hint is date:
        return _day(value)
    if hint in (str, int, bool):
        return _exactly(hint, value)
    if get_origin(hint) is not None:
        return MappingProxyType(_mapped(get_args(hint)[1], _exactly(dict, value)))
    return _built(hint, _exactly(dict, value))


def _mapped(hint: Any, value: dict[str, Any]) -> dict[str, Any]:
    if hint is Any:  # the answers of a form: checked by the form itself
        return value
    return {key: _typed(hint, item) for key, item in value.items()}


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise EntryNotUnderstood
    return value


def _moment(value: Any) -> datetime:
    at = datetime.fromisoformat(_exactly(str, value))
    if at.tzinfo is None:  # without a zone it would be another moment on another machine
        raise EntryNotUnderstood
    return at


def _day(value: Any) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", _exactly(str, value)):
        raise EntryNotUnderstood
    return date.fromisoformat(value)
