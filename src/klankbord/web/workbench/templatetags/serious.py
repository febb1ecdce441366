"""Words and fields of an estimate of how serious something is."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext

from klankbord.rules.severity.shape import UNKNOWN, Addressee, Criterion, Danger, Level, Scheme
from klankbord.web.components.templatetags.components import enumerated

register = template.Library()

#: The levels that have a sign of their own: a circle, a triangle, a square, a diamond.
COLOURS = frozenset({"green", "yellow", "red", "black"})


@register.filter
def level_word(level: Level) -> str:
    """The one word for a level: `Red` of `Red: a boundary was seriously crossed`."""
    return level.title.partition(":")[0].strip()


@register.filter
def level_words(levels: Iterable[Level]) -> str:
    """The words of several levels."""
    return enumerated([level_word(level) for level in levels])


@register.filter
def levels_for_two(scheme: Scheme) -> str:
    """The levels that nobody decides alone."""
    return level_words(level for level in scheme.levels if level.two_people)


@register.filter
def coloured(level: Level) -> bool:
    """Whether a level has a sign of its own."""
    return level.key in COLOURS


@register.filter
def titles(items: Iterable[Any]) -> str:
    """The titles of several things."""
    return enumerated([item.title for item in items])


@register.filter
def addressee(who: Addressee) -> str:
    """For whom a response is."""
    return {
        Addressee.ALLEGED: gettext("For the alleged person"),
        Addressee.CONCERNED: gettext("For the person it happened to"),
        Addressee.BYSTANDERS: gettext("For those who were there"),
        Addressee.ORGANISATION: gettext("In the organisation"),
    }[who]


@register.simple_tag
def ticked(typed: Mapping[str, str], prefix: str, key: str) -> bool:
    """Whether a box was ticked."""
    return bool(typed.get(prefix + key))


@register.inclusion_tag("workbench/_danger_question.html")
def danger(
    it: Danger, typed: Mapping[str, str], errors: Mapping[str, str] | None
) -> dict[str, Any]:
    """A question that comes first, with what to do at once after a yes or a doubt."""
    name = f"danger-{it.key}"
    return {
        "it": it,
        "name": name,
        "error": (errors or {}).get(name, ""),
        "chosen": typed.get(name, ""),
        "acted": bool(typed.get(f"acted-{it.key}")),
        "answers": (
            ("yes", gettext("Yes")), ("no", gettext("No")), (UNKNOWN, gettext("I do not know")),
        ),
    }  # fmt: skip


@register.inclusion_tag("workbench/_criterion.html")
def criterion(scheme: Scheme, it: Criterion, typed: Mapping[str, str]) -> dict[str, Any]:
    """Something to weigh: each level in words, and that nobody knows it yet."""
    return {
        "it": it,
        "levels": [(level, it.levels[level.key]) for level in scheme.levels],
        "chosen": typed.get(f"mark-{it.key}", ""),
    }
