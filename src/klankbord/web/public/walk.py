"""The walk through a form: which page somebody is on, what was before, what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from klankbord.intake.drafts import Draft
from klankbord.organisations.models import Organisation
from klankbord.rules.forms.answers import chosen, visible
from klankbord.rules.forms.reading import latest_form
from klankbord.rules.forms.shape import DANGER, Field, FieldKind, Form, Section

DRAWN_BY_THE_PAGE = frozenset({FieldKind.FILE, FieldKind.MEMBERS})


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the few steps on top of the page."""

    title: str
    is_done: bool
    is_now: bool
    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Walk:
    """A place in the form: page `number` (from 1), given what was answered so far."""

    form: Form
    number: int
    answers: Mapping[str, object] = field(repr=False)

    @property
    def section(self) -> Section:
        """The questions of this page."""
        return self.form.sections[self.number - 1]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The questions that are asked on this page. All of them, where one may open another:
        without script nothing opens, so the page shows what could be asked."""
        own = {it.key for it in self.section.fields}
        return tuple(
            it for it in self.section.fields if visible(it, self.answers) or _depends_on(it) & own
        )

    @property
    def before(self) -> int | None:
        """The page before this one, if there is one."""
        return next((it for it in range(self.number - 1, 0, -1) if self._is_asked(it)), None)

    @property
    def following(self) -> int | None:
        """The next page with something to ask; nothing: time to check."""
        return next(
            (
                it
                for it in range(self.number + 1, len(self.form.sections) + 1)
                if self._is_asked(it)
            ),
            None,
        )

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The steps on top of the page."""
        return marks(self.form, self.section.step)

    @property
    def kind(self) -> FieldKind | None:
        """FILE or MEMBERS for a page that draws itself."""
        return next((it.kind for it in self.section.fields if it.kind in DRAWN_BY_THE_PAGE), None)

    @property
    def tells_of_danger(self) -> bool:
        """Whether something on this very page says that somebody may be in danger now."""
        here = {it.key for it in self.section.fields}
        return any(
            it.key in here and DANGER in option.traits
            for it, option in chosen(self.form, self.answers)
        )

    def with_answers(self, answers: Mapping[str, object]) -> Walk:
        """The same page after something was answered."""
        return Walk(self.form, self.number, answers)

    def _is_asked(self, number: int) -> bool:
        section = self.form.sections[number - 1]
        return any(
            it.kind in DRAWN_BY_THE_PAGE or visible(it, self.answers) for it in section.fields
        )


def _depends_on(it: Field) -> set[str]:
    return {key for alternative in it.when for key, _ in alternative}


def marks(form: Form, step: str) -> tuple[Mark, ...]:
    """The steps on top of a page, the one called `step` being now."""
    now = [it.key for it in form.steps].index(step)
    return tuple(
        Mark(it.title, place < now, place == now, place + 1, len(form.steps))
        for place, it in enumerate(form.steps)
    )


def page_of(form: Form, key: str) -> int:
    """The number of the page with this section; KeyError if there is none."""
    return {section.key: place for place, section in enumerate(form.sections, 1)}[key]


def new_draft(organisation: Organisation, key: str, *, on: date, language: str) -> Draft:
    """An empty draft of this form as it stands today."""
    form = latest_form(key, language, on)
    return Draft(
        organisation=organisation.id,
        language=language,
        begun=on,
        form=form.key,
        version=form.version,
    )
