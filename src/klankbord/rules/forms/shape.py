"""What a form is: sections on pages, fields in sections, options in fields."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

UNKNOWN = "unknown"
RATHER_NOT = "rather_not"
#: In a `when`: the earlier question was left open.
UNANSWERED = "unanswered"
#: In a `when`: a word that starts with this names a trait of options instead of an option.
TRAIT = ":"

#: Traits of options that the rules themselves know.
ALLEGED = "alleged"
DANGER = "danger"


#: One way in which a condition holds: each of these fields has one of these words.
Alternative = tuple[tuple[str, tuple[str, ...]], ...]
#: Any of the alternatives; none at all means always.
When = tuple[Alternative, ...]


class FieldKind(StrEnum):
    """What is asked for; the value is the word in the file."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    DATE = "date"
    DATE_FUZZY = "date_fuzzy"
    TIME_FUZZY = "time_fuzzy"
    PERSON = "person"
    CONTACT = "contact"
    ADDRESS = "address"
    FILE = "file"
    MEMBERS = "members"
    SIGNATURE = "signature"
    CHECK = "check"
    ROWS = "rows"


#: Kinds whose answer is one of the options.
CHOOSING = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.YES_NO})
#: Kinds whose answer is written freely by a person.
FREE_TEXT = frozenset(
    {FieldKind.TEXT, FieldKind.LONG, FieldKind.PERSON, FieldKind.CONTACT, FieldKind.ADDRESS}
)
DATES = frozenset({FieldKind.DATE, FieldKind.DATE_FUZZY})


class Compartment(StrEnum):
    """Which sealed part of the case an answer goes to."""

    FILE = "file"
    IDENTITY = "identity"


class Register(StrEnum):
    """How much of an answer may enter the anonymised register."""

    NO = "no"
    AS_IS = "as_is"
    MONTH = "month"
    BAND = "band"
    YES_NO = "yes_no"


class Asks(StrEnum):
    """Who fills the form in."""

    REPORTER = "reporter"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Option:
    """A stored word, the text people see, an everyday example and what is known of the option."""

    word: str
    text: str
    example: str = ""
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    `comes_from` names the form and the field whose earlier answer stands here to begin with.
    `ahead`: the day may lie ahead, as that of a plan does. `finding`: the finding of a procedure
    that the answer fills; `tells`: a finding, or a step whose outcome it shows, as a paper form
    does, without making it.
    A field of the kind `rows` asks its own `fields` again and again, at most `most` times.
    """

    key: str
    kind: FieldKind
    label: str
    help: str = ""
    example: str = ""
    options: tuple[Option, ...] = ()
    when: When = ()
    required: bool = False
    compartment: Compartment = Compartment.FILE
    register: Register = Register.NO
    finding: str = ""
    source: str = ""
    options_from: str = ""
    comes_from: tuple[str, str] | None = None
    ahead: bool = False
    tells: str = ""
    fields: tuple["Field", ...] = ()
    most: int = 0

    @property
    def fact(self) -> str:
        """What the answer is in a procedure: a finding, the outcome of a step, a condition."""
        return self.finding or self.tells or (self.key if self.kind is FieldKind.CHECK else "")

    @property
    def own_options(self) -> tuple[Option, ...]:
        """The options without "I don't know" and "I'd rather not say"."""
        return tuple(o for o in self.options if o.word not in (UNKNOWN, RATHER_NOT))

    def option(self, word: object) -> Option | None:
        """The option with this stored word, if the field has it."""
        return next((option for option in self.options if option.word == word), None)

    def row(self, number: int) -> tuple["Field", ...]:
        """The questions of one row (from 1), each under a name of its own on the page."""
        return tuple(
            replace(field, key=f"{self.key}.{number}.{field.key}") for field in self.fields
        )


@dataclass(frozen=True, slots=True)
class Words:
    """The texts that every question of a form shares, in one language.

    The last three are of forms on one page, for members: `needed` (nothing may stay open here),
    `no_day` (this is not a whole day) and `not_asked` (another answer makes this one idle).
    """

    yes: str
    no: str
    unknown: str
    rather_not: str
    future_date: str
    too_long: str
    missing: str
    months: tuple[str, ...]
    needed: str = ""
    no_day: str = ""
    not_asked: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question page on screen, one numbered block on paper.

    `paragraphs` is what one should know here; a block may hold nothing else.
    """

    key: str
    title: str
    intro: str
    fields: tuple[Field, ...]
    step: str
    words: Words
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One of the few steps a reporter sees on top of every page; on one page, a heading."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form in one language, as it stood in one version."""

    key: str
    version: int
    language: str
    asks: Asks
    valid_from: date
    source: str
    steps: tuple[Step, ...]
    sections: tuple[Section, ...]
    words: Words
    title: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order in which they are asked."""
        return tuple(field for section in self.sections for field in section.fields)

    def section(self, key: str) -> Section:
        """The section with this key; KeyError if there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def field(self, key: str) -> Field:
        """The field with this key; KeyError if there is none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


def with_options(form: Form, given: Mapping[str, tuple[Option, ...]]) -> Form:
    """The form with the organisation's own options in its fields (`options_from`).

    Conditions on a trait (`:alleged`) become conditions on the words that have that trait.
    A list that is not given stays empty, and its question is not shown.
    """
    filled = {field.key: _with_own_options(field, given) for field in form.fields}
    sections = tuple(
        replace(section, fields=tuple(_settled(filled[f.key], filled) for f in section.fields))
        for section in form.sections
    )
    return replace(form, sections=sections)


def _with_own_options(field: Field, given: Mapping[str, tuple[Option, ...]]) -> Field:
    if field.fields:
        return replace(field, fields=tuple(_with_own_options(it, given) for it in field.fields))
    if not field.options_from:
        return field
    return replace(field, options=given.get(field.options_from, ()) + _standard_options(field))


def _settled(field: Field, by_key: Mapping[str, Field]) -> Field:
    expanded = _expanded(field.when, by_key)
    return field if expanded == field.when else replace(field, when=expanded)


def _standard_options(field: Field) -> tuple[Option, ...]:
    return tuple(o for o in field.options if o.word in (UNKNOWN, RATHER_NOT))


def _expanded(when: When, by_key: Mapping[str, Field]) -> When:
    return tuple(
        tuple((key, _words_of(values, by_key[key])) for key, values in alternative)
        for alternative in when
    )


def _words_of(values: tuple[str, ...], field: Field) -> tuple[str, ...]:
    # The trait itself stays, so that filling the options a second time still works.
    traits = {value.removeprefix(TRAIT) for value in values if value.startswith(TRAIT)}
    return values + tuple(option.word for option in field.options if traits & option.traits)
