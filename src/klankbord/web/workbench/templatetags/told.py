"""How something was told to somebody who works here, in words."""

from django import template
from django.utils.translation import gettext_lazy

from klankbord.rules.telling import How, ToldBy

register = template.Library()

WAYS = {
    How.SPOKEN: gettext_lazy("told face to face"),
    How.PHONE: gettext_lazy("by telephone"),
    How.LETTER: gettext_lazy("in a letter"),
    How.MAIL: gettext_lazy("by e-mail"),
    How.WHATSAPP: gettext_lazy("by WhatsApp"),
    How.COUNTER: gettext_lazy("on paper at the counter"),
}
PEOPLE = {
    ToldBy.THEMSELVES: gettext_lazy("the person it happened to"),
    ToldBy.BYSTANDER: gettext_lazy("somebody who saw or heard it"),
    ToldBy.PARENT: gettext_lazy("a parent or carer"),
    ToldBy.FRIEND: gettext_lazy("a friend or relative"),
    ToldBy.COLLEAGUE: gettext_lazy("somebody who works here"),
    ToldBy.SOMEBODY: gettext_lazy("somebody else, or nobody knows"),
}


@register.simple_tag
def told_ways() -> list[tuple[str, str]]:
    """How something can come in, each with its words."""
    return [(way, str(text)) for way, text in WAYS.items()]


@register.simple_tag
def told_people() -> list[tuple[str, str]]:
    """Who can tell something, each with its words."""
    return [(person, str(text)) for person, text in PEOPLE.items()]


@register.filter
def told_way(word: str) -> str:
    """How it came in, in words."""
    return str(WAYS.get(How(word), "")) if word in set(How) else ""


@register.filter
def told_person(word: str) -> str:
    """Who told it, in words."""
    return str(PEOPLE[ToldBy(word)]) if word in set(ToldBy) else ""
