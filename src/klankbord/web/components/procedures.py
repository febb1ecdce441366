"""Procedures in the words of a page: terms, and what differs between two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from klankbord.rules.procedures.changes import Change, What, procedure_changes
from klankbord.rules.procedures.sentences import (
    Kind,
    Length,
    NotATerm,
    Sentence,
    Unit,
    read_sentence,
)
from klankbord.rules.procedures.shape import OPENING, START, Procedure, Step


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in words: where it is, how it was and how it is; empty is not there."""

    where: str
    old: str
    new: str


def differences(old: Procedure, new: Procedure, roles: Mapping[str, str]) -> tuple[Difference, ...]:
    """What differs between two versions in the language of the page. `roles`: titles by key."""
    return tuple(
        Difference(
            _where(it), "\n".join(_words(it, it.old, old, roles)),
            "\n".join(_words(it, it.new, new, roles)),
        )
        for it in procedure_changes(old, new)
    )  # fmt: skip


def _words(
    change: Change, said: tuple[str, ...], procedure: Procedure, roles: Mapping[str, str]
) -> Iterator[str]:
    if change.what is What.SUCCESSION:
        yield ", ".join(roles.get(role, role) for role in said)
    elif change.what is What.TERM:
        yield from (_term(text, procedure) for text in said)
    else:
        yield from (text for text in said if text)


def _where(change: Change) -> str:
    of = {
        What.TITLE: gettext("Title"),
        What.INTRO: gettext("What you must know first"),
        What.HANDBOOK: gettext("Place in the handbook, changed on, approved on"),
        What.SUCCESSION: gettext("who can be this, in which order"),
        What.STEP_ADDED: gettext("a new step"),
        What.STEP_GONE: gettext("this step is taken out"),
        What.NAME: gettext("title"),
        What.GUIDANCE: gettext("something to hold on to"),
        What.REPORTER: gettext("what the reporter reads"),
        What.WHO: gettext("who does it"),
        What.TERM: gettext("by when"),
        What.MAY: gettext("may be left out now"),
        What.MUST: gettext("may not be left out any more"),
        What.OUTCOME: gettext("how it can end"),
        What.COURSE: gettext("when it comes, what it asks or where it leads"),
    }[change.what]
    return f"{change.where}: {of}" if change.where else of


def _term(text: str, procedure: Procedure) -> str:
    try:
        return term_in_words(read_sentence(text), procedure)
    except NotATerm:
        return text


def terms_in_words(step: Step, procedure: Procedure) -> tuple[str, ...]:
    """By when a step must be done: every sentence of its term."""
    sentences = step.term.sentences if step.term else ()
    return tuple(term_in_words(it, procedure) for it in sentences)


def term_in_words(sentence: Sentence, procedure: Procedure) -> str:
    """One sentence of a term in the language of the page."""
    start = start_in_words(sentence.start, procedure)
    said = {
        Kind.AFTER: gettext("%(length)s after: %(start)s"),
        Kind.IMMEDIATELY: gettext("at once after: %(start)s"),
        Kind.MEETING: gettext("the next meeting of the %(body)s after: %(start)s"),
        Kind.ON: gettext("on the day: %(start)s"),
        Kind.EVERY: gettext("every %(length)s after: %(start)s"),
    }[sentence.kind]
    length = length_in_words(sentence.length) if sentence.length else ""
    words = said % {"length": length, "start": start, "body": _body(sentence.body)}
    if not sentence.working_day:
        return words
    return gettext("%(term)s, or the next working day") % {"term": words}


def start_in_words(start: str, procedure: Procedure) -> str:
    """From where a term counts."""
    name, _, part = start.partition(".")
    if name == START:
        return gettext("the start of this procedure")
    if name == OPENING:
        return gettext("the day on which this step came up")
    if name in procedure.days:
        return procedure.days[name].title
    step = procedure.by_key.get(name)
    title = step.title if step else name
    if part == "due":
        return gettext("the last day for “%(step)s”") % {"step": title}
    if part == "consent":
        return gettext("the consent for “%(step)s”") % {"step": title}
    return f"“{title}”"


def length_in_words(length: Length) -> str:
    """`5 working days`."""
    n = length.number
    said = {
        Unit.WORKING_DAYS: ngettext("%(n)d working day", "%(n)d working days", n),
        Unit.DAYS: ngettext("%(n)d day", "%(n)d days", n),
        Unit.WEEKS: ngettext("%(n)d week", "%(n)d weeks", n),
        Unit.MONTHS: ngettext("%(n)d month", "%(n)d months", n),
        Unit.YEARS: ngettext("%(n)d year", "%(n)d years", n),
    }[length.unit]
    return said % {"n": n}


def _body(body: str) -> str:
    return {"board": gettext("board"), "daily_board": gettext("daily board")}.get(body, body)
