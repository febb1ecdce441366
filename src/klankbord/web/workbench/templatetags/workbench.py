"""Words of this desk."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext

from klankbord.handling.casework import CasePage, Item
from klankbord.handling.mending import CORRECTABLE
from klankbord.handling.stepform import filled_in
from klankbord.handling.todo import Task
from klankbord.rules.procedures.shape import Condition, Letter, Outcome, Procedure
from klankbord.rules.procedures.who import Because
from klankbord.web.components.templatetags.components import meanwhile

register = template.Library()


@register.filter
def access_reason(why: str) -> str:
    """Why somebody can read: what a person wrote, or what the system noted as one word."""
    match why:
        case "chosen":
            return gettext("chosen by the reporter")
        case "team":
            return gettext("reads along with the team, as the reporter was told")
        case "on_duty":
            return gettext("on duty when it came in")
        case "linked":
            return gettext("began this beside another conversation")
        case "entered":
            return gettext("named by whoever wrote it down")
        case "code_withdrawn":
            return gettext("the start code was withdrawn")
        case "reporter":
            return gettext("the reporter wanted it so")
        case "back":
            return gettext("the colleague is back")
    return meanwhile(why) or why


@register.filter
def because(word: str) -> str:
    """Why somebody who comes first does not act."""
    return {
        Because.VACANT: gettext("nobody has this role"),
        Because.AWAY: gettext("is away"),
        Because.ACCUSED: gettext("is the alleged person"),
        Because.CLOSE_TO_ACCUSED: gettext("is close to the alleged person"),
        Because.IN_POWER_RELATION: gettext("is in a power relation"),
        Because.EXCLUDED: gettext("the reporter does not want it"),
        Because.MANDATE_BY_BARRED: gettext("has the mandate from somebody who is involved"),
        Because.ACTED_AS_ANOTHER: gettext("has another part in this case already"),
        Because.NO_LONGER_IN_ROLE: gettext("no longer has this role"),
    }.get(Because(word), word)


@register.filter
def correctable(happened: Item) -> bool:
    """Whether something that was noted can be put right."""
    return isinstance(happened.entry, CORRECTABLE) and not happened.by_reporter


@register.filter
def printable(happened: Item) -> bool:
    """Whether a form was filled in with it, which can be printed (P27)."""
    return filled_in(happened) is not None


@register.filter
def item(of: Mapping[str, Any] | None, key: str) -> Any:
    """One value of a mapping whose key is no plain word."""
    return (of or {}).get(key, "")


@register.simple_tag
def get_typed(typed: Mapping[str, str], name: str) -> str:
    """What was typed in a field."""
    return typed.get(name, "")


@register.simple_tag
def withheld(task: Task, outcome: Outcome) -> str:
    """Why a step cannot end this way yet; empty if it can."""
    lacking = next((it for it in task.standing.withheld if it.outcome == outcome.key), None)
    return gettext("Not possible yet: something else comes first.") if lacking else ""


@register.filter
def titles(outcomes: Iterable[Outcome]) -> str:
    """What these outcomes are called, one after the other."""
    return ", ".join(it.title for it in outcomes)


@register.inclusion_tag("workbench/_finding.html")
def finding(procedure: Procedure, key: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """A fact that a step asks: the options of the procedure, and that nobody knows it yet."""
    known = procedure.findings[key]
    return {"it": known, "name": f"finding-{key}", "chosen": typed.get(f"finding-{key}", "")}


@register.inclusion_tag("workbench/_condition.html")
def condition(it: Condition, typed: Mapping[str, str]) -> dict[str, Any]:
    """A condition that somebody judges: yes or no, with a note (R-004-131)."""
    return {
        "it": it,
        "chosen": typed.get(f"check-{it.key}", ""),
        "note": typed.get(f"note-{it.key}", ""),
    }


@register.inclusion_tag("workbench/_written_day.html")
def written_day(
    procedure: Procedure, task: Task, name: str, typed: Mapping[str, str],
    errors: Mapping[str, str] | None,
) -> dict[str, Any]:  # fmt: skip
    """A day that a step writes down; some are written down with some endings only."""
    field = f"day-{name}"
    always = name in (*task.step.records, *task.step.may_record)
    among = [it.title for it in task.step.outcomes if name in it.records and it.title]
    only = "" if always or len(task.step.outcomes) == 1 else ", ".join(among)
    hint = gettext("Only with: %(outcome)s") % {"outcome": only} if only else ""
    title = procedure.days[name].title if name in procedure.days else name
    return {
        "name": field, "label": title, "value": typed.get(field, ""),
        "error": (errors or {}).get(field, ""), "hint": hint,
    }  # fmt: skip


@register.inclusion_tag("workbench/_written_day.html")
def corrected_day(
    work: CasePage, name: str, day: date, typed: Mapping[str, str],
    errors: Mapping[str, str] | None,
) -> dict[str, Any]:  # fmt: skip
    """A day that was written down, to be put right."""
    known = work.todo.course.procedure.days.get(name) if work.todo else None
    field = f"day-{name}"
    return {
        "name": field, "label": known.title if known else name, "hint": "",
        "value": typed.get(field) or day.isoformat(), "error": (errors or {}).get(field, ""),
    }  # fmt: skip


@register.inclusion_tag("workbench/_letter.html")
def letter_parts(procedure: Procedure, task: Task, typed: Mapping[str, str]) -> dict[str, Any]:
    """The parts of what is written to the reporter, each in a box of its own (R-004-182).

    What belongs to some endings only stands apart, under their names.
    """
    keys = {task.step.letter: ""} | {it.letter: it.title for it in task.step.outcomes}
    letters = {title: procedure.letters[key] for key, title in keys.items() if key in
               procedure.letters}  # fmt: skip
    groups: dict[str, list[tuple[str, str, str]]] = {"": []}
    for part, title in {p: t for it in letters.values() for p, t in it.parts.items()}.items():
        among = [outcome for outcome, it in letters.items() if part in it.parts]
        only = "" if len(among) == len(letters) else ", ".join(filter(None, among))
        field = f"letter-{part}"
        groups.setdefault(only, []).append((field, title, typed.get(field, "")))
    return {
        "title": next(iter(letters.values())).title if len(letters) == 1 else _a_letter(letters),
        "parts": [(only, some) for only, some in groups.items() if some],
        "to_reporter": any(it.to_reporter for it in letters.values()),
    }


def _a_letter(letters: Mapping[str, Letter]) -> str:
    return gettext("What you write to the reporter") if letters else ""
