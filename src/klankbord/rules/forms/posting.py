"""One posted answer, by the kind of its question: what is stored of what somebody typed.

Nothing here blocks a person: a word that a question does not offer is dropped, and a date that is
no date is kept as the words it was typed in.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from klankbord.rules.forms.shape import Field, FieldKind

#: Characters in one answer. A sealed entry holds at most one MiB.
LONGEST_TEXT = 200_000
#: Members or groups in one answer; more is not a person ticking boxes.
MOST_MEMBERS = 500

Posted = Mapping[str, list[str]]

# Control characters mean nothing in a story and some stores refuse them; tab and newline stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """A person's text without what cannot be stored: null bytes, controls, half characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LONE_SURROGATE.sub("\ufffd", _CONTROL.sub("", text)).strip()


def text_of(data: Posted, name: str) -> str:
    given = data.get(name) or [""]
    return clean(str(given[-1]))


def _read_text(field: Field, data: Posted) -> object:
    return text_of(data, field.key) or None


def _read_choice(field: Field, data: Posted) -> object:
    posted = data.get(field.key) or []
    return next((word for word in reversed(posted) if field.option(word)), None)


def _read_choices(field: Field, data: Posted) -> object:
    posted = set(data.get(field.key) or [])
    return [option.word for option in field.options if option.word in posted] or None


def _read_date(field: Field, data: Posted) -> object:
    parts = {part: text_of(data, f"{field.key}-{part}") for part in ("day", "month", "year")}
    words = text_of(data, f"{field.key}-words") or text_of(data, field.key)
    given = {part: number for part, text in parts.items() if (number := _number(text)) is not None}
    typed = " ".join(text for text in parts.values() if text)
    if typed and (len(given) < sum(map(bool, parts.values())) or not _is_possible(given)):
        # What was typed is no date: it stays, as words.
        return {"words": f"{typed} {words}".strip()}
    value: dict[str, object] = dict(given)
    if words:
        value["words"] = words
    return value or None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None


def _is_possible(given: Mapping[str, int]) -> bool:
    try:
        # 2000 is a leap year: a 29 February without a year may have been.
        date(given.get("year", 2000), given.get("month", 1), given.get("day", 1))
    except ValueError:
        return False
    return given.get("year", 2000) >= 1900


def _read_time(field: Field, data: Posted) -> object:
    words = text_of(data, field.key)
    return {"words": words} if words else None


def _read_members(field: Field, data: Posted) -> object:
    posted = dict.fromkeys(clean(str(word))[:64] for word in data.get(field.key) or [])
    return [word for word in posted if word][:MOST_MEMBERS] or None


def _read_check(field: Field, data: Posted) -> object:
    note = text_of(data, f"{field.key}-note")
    said = text_of(data, field.key)
    if not said:
        return {"note": note} if note else None
    return {"done": said != "no", "note": note}


def _read_rows(field: Field, data: Posted) -> object:
    return [row.values for row in rows_of(field, data)] or None


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it was posted: its questions by the names they had on the page."""

    fields: tuple[Field, ...]
    values: dict[str, object]


def rows_of(field: Field, data: Posted) -> tuple[Row, ...]:
    found = []
    for number in range(1, field.most + 1):
        fields = field.row(number)
        given = [READERS[it.kind](it, data) for it in fields]
        values = {
            it.key: value
            for it, value in zip(field.fields, given, strict=True)
            if value is not None
        }
        if values:
            found.append(Row(fields, values))
    return tuple(found)


def _read_nothing(field: Field, data: Posted) -> object:
    return None


READERS: dict[FieldKind, Callable[[Field, Posted], object]] = {
    FieldKind.TEXT: _read_text,
    FieldKind.LONG: _read_text,
    FieldKind.PERSON: _read_text,
    FieldKind.CONTACT: _read_text,
    FieldKind.ADDRESS: _read_text,
    FieldKind.SIGNATURE: _read_text,
    FieldKind.CHOICE: _read_choice,
    FieldKind.YES_NO: _read_choice,
    FieldKind.CHOICES: _read_choices,
    FieldKind.DATE: _read_date,
    FieldKind.DATE_FUZZY: _read_date,
    FieldKind.TIME_FUZZY: _read_time,
    FieldKind.MEMBERS: _read_members,
    FieldKind.CHECK: _read_check,
    FieldKind.ROWS: _read_rows,
    FieldKind.FILE: _read_nothing,
}
