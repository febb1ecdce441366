"""Errors at fields whose names are made of a key."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def at(errors: Mapping[str, str], name: str) -> str:
    """What is wrong with the field of this name; nothing if it is fine."""
    return errors.get(name, "") if errors else ""
