"""Errors at fields whose names are made of a key, and days off as periods."""

from collections.abc import Mapping

from django import template

from klankbord.rules.periods import Period
from klankbord.web.administration.differences import period_text

register = template.Library()


@register.filter
def at(errors: Mapping[str, str], name: str) -> str:
    """What is wrong with the field of this name; nothing if it is fine."""
    return errors.get(name, "") if errors else ""


@register.filter
def period(it: Period) -> str:
    """`24 December 2026 to 2 January 2027`, or one day."""
    return period_text(it)
