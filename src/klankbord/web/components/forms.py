"""A form on one page of a desk: begun with what is known, taken from a POST, shown or printed.

A view does no more than this:

    page = FormPage(form, begun(form, earlier=..., facts=...))           # GET
    page = taken(form, posted(request), today=today(), facts=..., elsewhere=...)  # POST
    if page.settled:
        ... seal `page.sealed` ...
    return render(request, ..., {"page": page})                          # {% form_page page %}
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest

from klankbord.rules.forms.answers import Answers, Posted, Problem, split_compartments
from klankbord.rules.forms.onepage import read_page
from klankbord.rules.forms.shape import CHOOSING, Field, FieldKind, Form, Section

#: The button under rows: the page comes back with one more, and nothing else happens.
MORE = "more"
#: Drawn by pages that know the people and the files.
NOT_DRAWN = frozenset({FieldKind.FILE, FieldKind.MEMBERS})


@dataclass(frozen=True, slots=True)
class Block:
    """A section with its number, and its questions with theirs (`4`, `4.2`)."""

    number: str
    section: Section
    fields: tuple[tuple[str, Field], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks under one heading; the only part of a form has none."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form as it stands on the page.

    `elsewhere`: findings, conditions (by key) and outcome (by the key of the step) that the page
    around it asks; their questions are not drawn. `taken`:
    whether it was posted to be done. `more`: the rows for which one more was asked instead.
    """

    form: Form
    answers: Answers = field(default_factory=dict, repr=False)
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    elsewhere: frozenset[str] = frozenset()
    taken: bool = False
    more: str = ""

    @property
    def settled(self) -> bool:
        """Whether it was posted and nothing is left to look at again."""
        return self.taken and not self.problems

    @property
    def hard_problems(self) -> tuple[Problem, ...]:
        """What the summary above the page lists."""
        return tuple(problem for problem in self.problems if not problem.soft)

    @property
    def sealed(self) -> tuple[dict[str, object], dict[str, object]]:
        """What is kept: the answers for the file, and those that say who somebody is."""
        return split_compartments(self.form, self.answers)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Everything to draw, numbered as on paper."""
        several = len(self.form.steps) > 1
        blocks = tuple(self._blocks())
        found = (
            Part(
                step.title if several else "",
                tuple(b for b in blocks if b.section.step == step.key),
            )
            for step in self.form.steps
        )
        return tuple(part for part in found if part.blocks)

    def _blocks(self) -> Iterator[Block]:
        for place, section in enumerate(self.form.sections, 1):
            fields = tuple(
                (f"{place}.{number}" if len(section.fields) > 1 else "", it)
                for number, it in enumerate(section.fields, 1)
                if self._is_drawn(it)
            )
            if fields or section.paragraphs:
                yield Block(str(place), section, fields)

    def _is_drawn(self, it: Field) -> bool:
        if it.kind in NOT_DRAWN or (it.fact and it.fact in self.elsewhere):
            return False
        return it.kind not in CHOOSING or bool(it.own_options)


def posted(request: HttpRequest) -> Posted:
    """Everything that was posted, by name."""
    return dict(request.POST.lists())


def taken(
    form: Form,
    data: Posted,
    *,
    today: date,
    facts: Answers | None = None,
    elsewhere: Collection[str] = (),
    whole: bool = True,
) -> FormPage:
    """The page after a POST. `facts`, `elsewhere` (those of the facts are, always) and `whole` are
    those of `rules.forms.onepage.read_page`.
    """
    there = frozenset(facts or ()).union(elsewhere)
    read = read_page(form, data, today=today, facts=facts, elsewhere=there, whole=whole)
    if data.get(MORE):
        return FormPage(form, read.values, elsewhere=there, more=data[MORE][-1])
    return FormPage(form, read.values, read.problems, there, taken=True)


def resumed(form: Form, data: Posted, *, today: date, elsewhere: frozenset[str]) -> FormPage:
    """The page as it was typed in a session that ended meanwhile: all of it, and no reproach."""
    return FormPage(form, read_page(form, data, today=today).values, elsewhere=elsewhere)
