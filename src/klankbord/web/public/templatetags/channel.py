"""What happened in a case and who reads it, in words for the reporter."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import template
from django.utils.translation import gettext

from klankbord.handling.channel import Item
from klankbord.handling.own_steps import OwnStep
from klankbord.handling.way import Present
from klankbord.rules.course import (
    ConsentAsked,
    ConsentSpoken,
    ProcedureReopened,
    SeverityAssessed,
    Spoken,
    StepCorrected,
    StepDone,
    TermExtended,
)
from klankbord.rules.entries import CaseReopened, ExclusionSettled, KeysArranged, ReportWithdrawn
from klankbord.rules.procedures.shape import Procedure
from klankbord.web.components.templatetags.components import full_day, long_day, meanwhile, names

register = template.Library()

OUR_WORDS = frozenset({"linked", "barred"}) | frozenset(
    {"", "chosen", "team", "on_duty", "reporter", "own", "back", "entered", "left"}
)


@register.filter
def event(item: Item) -> str:
    """One line of the thread that is not a message."""
    if item.told:
        return _of_the_course(item)
    who = item.by or gettext("Somebody")
    if item.by_reporter:
        own = {
            "report_received": gettext("What you told has arrived"),
            "report_of_activity": gettext("What you told has arrived"),
            "keys_arranged": _list_changed_by_you(item),
            "reporter_renewed": gettext("You made a code of your own"),
            "report_withdrawn": gettext("You asked to stop"),
            "report_resumed": gettext("You want to go on after all"),
        }
        return own.get(item.kind, "")
    theirs = {
        "report_received": gettext("%(who)s wrote down what was told"),
        "report_entered": gettext("%(who)s wrote down how it came in"),
        "reporter_joined": gettext("%(who)s gave a start code"),
        "case_read": gettext("%(who)s read this"),
        "keys_arranged": _list_changed(item),
        "exclusion_settled": gettext("%(who)s wrote down whom you meant by the name"),
        "case_closed": gettext("%(who)s closed this"),
        "case_reopened": gettext("%(who)s took this up again"),
    }
    return theirs.get(item.kind, "") % {"who": who}


def _of_the_course(item: Item) -> str:
    """What was done in the procedure, in one line. What somebody found out is not in it."""
    told, who = item.told, item.by or gettext("Somebody")
    words = {"who": who, "title": told.title if told else ""}
    match item.entry:
        case StepDone():
            return _done(item, words)
        case ConsentAsked(question=question):
            return gettext("%(who)s asked for your consent: “%(question)s”") % {
                **words, "question": question,
            }  # fmt: skip
        case ConsentSpoken(answer=answer, on=on):
            return _spoken(item, answer) % {**words, "day": full_day(on)}
        case TermExtended(until=until):
            said = gettext("%(who)s needs more time, until %(day)s, for: %(title)s")
            return said % {**words, "day": full_day(until)}
        case SeverityAssessed(second_outside=other):
            said = gettext(
                "%(who)s decided something together with somebody from outside: %(other)s"
            )
            return said % {**words, "other": other}
        case ProcedureReopened():
            return gettext("%(who)s took this up again, at: %(title)s") % words
        case StepCorrected(instead=None):
            return gettext("%(who)s took back what was noted wrongly: %(title)s") % words
        case StepCorrected():
            return gettext("%(who)s corrected what was noted: %(title)s") % words
    return words["title"]


def _done(item: Item, words: dict[str, str]) -> str:
    told = item.told
    if told is None:
        return ""
    if item.by_reporter:
        said = gettext("You: %(title)s") % words
        return f"{said}: {told.outcome}" if told.outcome else said
    said = gettext("%(title)s: done, says %(who)s") % words
    return f"{said}. {told.ends_so}" if told.ends_so else said


def _spoken(item: Item, answer: str) -> str:
    """What was said by word of mouth, without a word that ranks it (P22)."""
    if item.by_reporter:
        return gettext("You said that your consent does not stand for: %(title)s")
    said = {
        Spoken.YES: gettext("Consent given orally on %(day)s, noted by %(who)s: %(title)s"),
        Spoken.NO: gettext("Consent refused orally on %(day)s, noted by %(who)s: %(title)s"),
        Spoken.WITHDRAWN: gettext(
            "Consent taken back orally on %(day)s, noted by %(who)s: %(title)s"
        ),
    }
    return said.get(Spoken(answer), "%(title)s") if answer in set(Spoken) else "%(title)s"


@dataclass(frozen=True, slots=True)
class DayAsked:
    """A day that somebody names with a choice; `only` is that choice, if there are others."""

    field: str
    title: str
    only: str


@register.filter
def days_of(own: OwnStep, procedure: Procedure) -> list[DayAsked]:
    """The days that a step writes down, but for the day of signing, which is today."""
    several = len(own.outcomes) > 1
    return [
        DayAsked(f"day-{name}", procedure.days[name].title, outcome.title if several else "")
        for outcome in own.outcomes
        if not own.signs_by(outcome)
        for name in (*own.step.records, *outcome.records)
    ]


@register.filter
def of(values: Mapping[str, str], name: str) -> str:
    """One value of a mapping whose key is no plain word."""
    return values.get(name, "")


@register.filter
def whom(told: Present) -> str:
    """Who takes a step, for the reporter: yourself, a name, or what somebody is in the house."""
    others = names(told.names or told.seats)
    if told.mine and others:
        return gettext("you, or %(others)s with you") % {"others": others}
    if told.mine:
        return gettext("you")
    return others or gettext("the person it happened to")


@register.filter
def when(told: Present) -> str:
    """By when, in words. No word where no day is known: nothing is promised that nobody knows."""
    if told.mine or (told.due.day is None and not told.due.no_meeting):
        return ""
    if told.due.day is None:
        return gettext("at the next meeting, of which the day is not known yet")
    if told.overdue:
        said = gettext("this should have been done by %(day)s; you may ask us why it is not")
        return said % {"day": long_day(told.due.day)}
    if told.due.at_once:
        return gettext("we do this first, as soon as we can")
    return gettext("by %(day)s at the latest") % {"day": long_day(told.due.day)}


def _list_changed_by_you(item: Item) -> str:
    if isinstance(item.entry, KeysArranged) and item.entry.why == "left":
        return gettext("Stopped working here:") + f" {names(item.left)}"
    said = [gettext("You decided who can read this")] if not item.joined and not item.left else []
    if item.joined:
        said.append(gettext("You gave %(names)s access") % {"names": names(item.joined)})
    if item.left:
        said.append(gettext("You ended the access of %(names)s") % {"names": names(item.left)})
    return ". ".join(said)


def _list_changed(item: Item) -> str:
    """With %(who)s still in it."""
    if isinstance(item.entry, KeysArranged) and item.entry.why == "left":
        return gettext("Stopped working here:") + f" {_safe(item.left)}"
    said = [] if item.joined or item.left else [gettext("%(who)s changed who can read this")]
    if item.joined:
        said.append(gettext("%(who)s gave access to:") + f" {_safe(item.joined)}")
    if item.left:
        said.append(gettext("%(who)s ended the access of:") + f" {_safe(item.left)}")
    return ". ".join(said)


def _safe(people: tuple[str, ...]) -> str:
    return names(people).replace("%", "%%")


@register.filter
def reason(item: Item) -> str:
    """What somebody wrote down as the reason of something that is not a message."""
    match item.entry:
        case KeysArranged(why=word):
            if word == "reporter" and item.left and not item.by_reporter:
                return gettext("because you do not want this person to read it")
            if word == "code_withdrawn":
                return gettext("because a start code was withdrawn")
            return "" if word in OUR_WORDS else meanwhile(word) or f"“{word}”"
        case ConsentSpoken(how=text) | TermExtended(reason=text) | ProcedureReopened(reason=text):
            return f"“{text}”" if text else ""
        case ExclusionSettled(note=text) | CaseReopened(text=text) | ReportWithdrawn(text=text):
            return f"“{text}”" if text else ""
    return ""


@register.filter
def why(word: str) -> str:
    """Why somebody can read: a word of ours, or what was written by whoever gave access."""
    return (
        {
            "chosen": gettext("You chose this person"),
            "team": gettext("You chose the team"),
            "on_duty": gettext("Was there when you wrote"),
            "entered": gettext("Was told, or named when it was written down"),
            "reporter": gettext("You chose this person later"),
            "linked": gettext("Follows you up already"),
        }.get(word)
        or meanwhile(word)
        or word
    )
