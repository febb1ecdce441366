"""The pieces that pages are made of: form fields by kind, dates in words, menus and languages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse
from django.utils import formats, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from klankbord.directory.queries import HelpLine
from klankbord.kit.pages.language import SamePage, same_page
from klankbord.organisations.queries import profile_of
from klankbord.rules.profiles.shape import Regime, Role
from klankbord.web.components.fields import form_field, printed_field
from klankbord.web.components.forms import FormPage

register = template.Library()

COUNTRY_CODES: Mapping[str, str] = {"BE": "32", "NL": "31"}

register.simple_tag(form_field)
register.simple_tag(printed_field)


@register.inclusion_tag("components/_form.html")
def form_page(page: FormPage) -> dict[str, object]:
    """A whole form on one page: headings, sections as fieldsets, numbers as on paper."""
    return {"page": page}


@register.inclusion_tag("components/_form_print.html")
def printed_form(page: FormPage) -> dict[str, object]:
    """A whole form as on paper, filled in or empty: the same numbers and words (P27)."""
    return {"page": page}


@register.simple_tag
def current_language() -> str:
    """The language of this page, for `lang`."""
    return translation.get_language()


@register.simple_tag(takes_context=True)
def languages(context: Context) -> tuple[SamePage, ...]:
    """This page in every language."""
    return same_page(context["request"])


@register.filter
def menu(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """The pages of an organisation that are always one click away."""
    organisation = getattr(request, "organisation")  # noqa: B009 - mypy does not know it
    slug = organisation.slug
    pages = (
        (reverse("public:info", args=[slug]), gettext("How it works")),
        (reverse("public:help", args=[slug]), gettext("Help lines")),
    )
    if not profile_of(organisation, translation.get_language()).reports_from_public:  # P11
        return pages
    return (*pages, (reverse("public:code", args=[slug]), gettext("I have a code")))


@register.filter
def long_day(day: date) -> str:
    """`tuesday 24 November`: the day of the week and the date, as this language writes it."""
    return formats.date_format(day, pgettext("date with the day of the week", "l j F"))


@register.filter
def full_day(day: date) -> str:
    """`24 November 2026`."""
    return formats.date_format(day, pgettext("date with the year", "j F Y"))


@register.filter
def until(first: date, last: date) -> str:
    """`18 December to 20 December 2026`, or the one day that it is."""
    if first == last:
        return full_day(last)
    told = formats.date_format(first, pgettext("date without the year", "j F"))
    return gettext("%(first)s to %(last)s") % {
        "first": told if first.year == last.year else full_day(first),
        "last": full_day(last),
    }


@register.filter
def near_day(at: date, today: date) -> str:
    """`today`, `yesterday`, or the date; with the year when it is another one than now."""
    day = at.date() if isinstance(at, datetime) else at
    if day == today:
        return gettext("today")
    if (today - day).days == 1:
        return gettext("yesterday")
    if day.year != today.year:
        return full_day(day)
    return formats.date_format(day, pgettext("date without the year", "j F"))


@register.filter
def next_day(day: date, today: date) -> str:
    """When something is to come, in a sentence: `today`, `tomorrow`, `on Tuesday 24 November`."""
    near = {0: gettext("today"), 1: gettext("tomorrow")}
    said = near.get((day - today).days)
    return said or gettext("on %(day)s") % {"day": long_day(day)}


def meanwhile(why: str) -> str:
    """The reason of whoever reads while a colleague is away; nothing for another reason."""
    word, _, until = why.partition(":")
    if word != "away":
        return ""
    try:
        day = date.fromisoformat(until)
    except ValueError:
        return ""
    return gettext("while a colleague is away, until %(day)s") % {"day": full_day(day)}


@register.filter
def dial(number: str) -> str:
    """What a telephone dials for a number as people write it."""
    plain = number.replace("(0)", "")
    plus = "+" if plain.strip().startswith("+") else ""
    return plus + "".join(sign for sign in plain if sign in "0123456789#*")


@register.filter
def listening_under(roles: Iterable[Role], regime: Regime) -> tuple[str, ...]:
    """What those are called who read under this promise (P1)."""
    return tuple(role.title for role in roles if role.reads and role.regime == regime)


@register.filter
def names(people: Sequence[Any]) -> str:
    """`Noor Bracke, Tarik Maes and Saskia De Wit`."""
    return enumerated([str(getattr(person, "name", person)) for person in people])


def enumerated(words: Sequence[str]) -> str:
    """`a, b and c`, in the language of the page."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s and %(last)s") % {
        "first": ", ".join(words[:-1]),
        "last": words[-1],
    }


@register.filter
def first_name(name: str) -> str:
    """How we speak of somebody after their full name was said once."""
    return name.split(" ")[0]


@register.filter
def number_text(number: str) -> SafeString:
    """A number that stays on one line."""
    return mark_safe(template.defaultfilters.force_escape(number).replace(" ", "&nbsp;"))  # noqa: S308


@register.filter
def dial_abroad(number: str, country: str) -> str:
    """A number as a messenger's link wants it: digits only, the country first.

    A number without a country is one of `country` (`BE`, `NL`).
    """
    dialled = dial(number)
    if dialled.startswith(("+", "00")):
        return dialled.removeprefix("+").removeprefix("00")
    if country not in COUNTRY_CODES:
        return dialled
    return COUNTRY_CODES[country] + dialled.removeprefix("0")


@register.filter
def spoken(codes: Sequence[str]) -> str:
    """`Dutch, French and English`: languages by their codes, in the language of the page."""
    return enumerated([_language_name(code) for code in codes])


@register.filter
def hours_hold(line: HelpLine, on: date) -> bool:
    """Whether a help line's hours were confirmed, and not too long ago."""
    return line.hours_hold(on)


def _language_name(code: str) -> str:
    try:
        name = str(translation.get_language_info(code)["name_translated"])
    except KeyError:
        return code
    return name.lower() if translation.get_language() == "fr" else name
