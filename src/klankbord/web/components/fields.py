"""How one question of a form looks: on screen by its kind, on paper with the same words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString

from klankbord.rules.forms.answers import Problem, answer_text
from klankbord.rules.forms.shape import Field, FieldKind, Option, Words

MOST_RADIOS = 14  # more than this many options become a list to choose from
MOST_RADIOS_IN_A_ROW = 4
EMPTY_ROWS_ON_PAPER = 3

TEMPLATES: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "text",
    FieldKind.PERSON: "text",
    FieldKind.CONTACT: "text",
    FieldKind.TIME_FUZZY: "text",
    FieldKind.SIGNATURE: "text",
    FieldKind.LONG: "long",
    FieldKind.ADDRESS: "long",
    FieldKind.CHOICE: "radios",
    FieldKind.YES_NO: "radios",
    FieldKind.CHOICES: "checkboxes",
    FieldKind.DATE: "date",
    FieldKind.DATE_FUZZY: "date",
    FieldKind.CHECK: "check",
    FieldKind.ROWS: "rows",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """A field as it stands on the page: its name, what was answered, what to look at again."""

    field: Field
    title: str
    answer: Any = dataclasses.field(repr=False)
    problems: tuple[Problem, ...] = ()
    number: str = ""
    small: bool = False
    rows: tuple[tuple[SafeString, ...], ...] = ()

    @property
    def id(self) -> str:
        """Where a link to this question leads."""
        return f"f-{self.field.key}"

    @property
    def title_says_it(self) -> bool:
        """Whether the title of the page already asks this question."""
        return self.field.label == self.title

    @property
    def size(self) -> str:
        """Of the question: `m` on a page of its own, `s` among others."""
        return "s" if self.small else "m"

    @property
    def error(self) -> str:
        """What cannot stay as it is."""
        return next((it.text for it in self.problems if not it.soft), "")

    @property
    def doubt(self) -> Problem | None:
        """What we ask about once; it may stay as it is."""
        return next((it for it in self.problems if it.soft), None)

    @property
    def described_by(self) -> str:
        """The ids of the hint and the message, for a screen reader."""
        said = {
            f"{self.id}-hint": self.field.help or self.field.example,
            f"{self.id}-error": self.error or self.doubt,
        }
        return " ".join(name for name, is_there in said.items() if is_there)

    @property
    def text(self) -> str:
        """The answer in one line or in many."""
        if isinstance(self.answer, Mapping):
            return str(self.answer.get("words", ""))
        return str(self.answer or "")

    @property
    def parts(self) -> Mapping[str, Any]:
        """The parts of a date, or of a condition with a note."""
        return self.answer if isinstance(self.answer, Mapping) else {}

    @property
    def said_no(self) -> bool:
        """Whether a condition was judged, and does not hold."""
        return self.parts.get("done") is False

    @property
    def has_room(self) -> bool:
        """Whether there can be one more row."""
        return len(self.rows) < self.field.most

    @property
    def with_words(self) -> bool:
        """Whether a date may also be told in words."""
        return self.field.kind is FieldKind.DATE_FUZZY

    @property
    def options(self) -> tuple[tuple[Option, bool], ...]:
        """Every option, and whether it is the answer."""
        given = self.answer if isinstance(self.answer, list) else [self.answer]
        return tuple((option, option.word in given) for option in self.field.options)

    @property
    def many(self) -> bool:
        """Whether there are too many options for a page of radios."""
        return len(self.field.options) > (MOST_RADIOS_IN_A_ROW if self.in_row else MOST_RADIOS)

    @property
    def in_row(self) -> bool:
        """Whether this is a question of one row of several."""
        return "." in self.field.key

    @property
    def lines(self) -> int:
        """How high a field of many lines is."""
        if self.in_row or self.field.kind is FieldKind.ADDRESS:
            return 3
        return 5 if self.small else 8


def form_field(
    asked: Field,
    answers: Mapping[str, object],
    problems: Iterable[Problem] = (),
    title: str = "",
    number: str = "",
    small: bool = False,
    more: str = "",
) -> SafeString:
    """One question on govuk-frontend's classes, by its kind. Files and people draw themselves.

    `more`: the key of the rows that are to have an empty one beyond those that were filled in.
    """
    name = TEMPLATES.get(asked.kind)
    if name is None:
        return SafeString("")
    problems = tuple(problems or ())
    own = tuple(problem for problem in problems if problem.field == asked.key)
    answer = answers.get(asked.key)
    shown = Shown(asked, title, answer, own, number, small, _rows(asked, answer, problems, more))
    if name == "radios" and shown.many:
        name = "select"
    return SafeString(get_template(f"components/fields/{name}.html").render({"it": shown}))


def _rows(
    asked: Field, answer: object, problems: tuple[Problem, ...], more: str
) -> tuple[tuple[SafeString, ...], ...]:
    """Every row that was filled in, and an empty one if there is none, or if one was asked for."""
    if not asked.fields:
        return ()
    filled = answer if isinstance(answer, list) else []
    rows = [*filled, {}][: asked.most] if more == asked.key or not filled else filled
    return tuple(
        tuple(
            form_field(named, {named.key: row.get(own.key)}, problems, small=True)
            for own, named in zip(asked.fields, asked.row(place), strict=True)
        )
        for place, row in enumerate(rows, 1)
    )


def printed_field(
    asked: Field,
    answers: Mapping[str, object],
    words: Words,
    title: str = "",
    number: str = "",
) -> SafeString:
    """One question as a paper form has it: filled in, or with room to write."""
    answer = answers.get(asked.key)
    shown = Shown(asked, title, answer, number=number, rows=_printed_rows(asked, answer, words))
    told = answer_text(asked, answer, words)
    page = get_template("components/_field_print.html")
    return SafeString(page.render({"it": shown, "told": told}))


def _printed_rows(asked: Field, answer: object, words: Words) -> tuple[tuple[SafeString, ...], ...]:
    if not asked.fields:
        return ()
    filled = answer if isinstance(answer, list) and answer else [{}] * EMPTY_ROWS_ON_PAPER
    return tuple(tuple(printed_field(own, row, words) for own in asked.fields) for row in filled)
