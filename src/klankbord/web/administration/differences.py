"""What differs between two versions, in words: which text, what it was, what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from klankbord.organisations.models import Organisation
from klankbord.rules.library import LANGUAGES
from klankbord.rules.periods import Period, periods
from klankbord.rules.profiles.changes import ORDER, Change, changes
from klankbord.rules.profiles.own import Part, Words, in_language
from klankbord.rules.profiles.reading import shipped
from klankbord.web.administration.editing import language_name
from klankbord.web.components.templatetags.components import full_day


@dataclass(frozen=True, slots=True)
class Difference:
    """One text: where it stands, and how it read and reads; empty is not there."""

    where: str
    old: str
    new: str


def differences(
    organisation: Organisation, part: Part, language: str, old: Words, new: Words
) -> tuple[Difference, ...]:
    """Every text of a part that differs."""
    names = _names(organisation, part, language, old, new)
    return tuple(_told(change, names) for change in changes(old, new))


def _told(change: Change, names: Mapping[str, str]) -> Difference:
    path = change.path
    if path[-1] == ORDER:
        return Difference(
            gettext("The order"), _listed(change.old, names), _listed(change.new, names)
        )
    if path[0] == "closures":
        was, now = _days(change.old), _days(change.new)
        return Difference(gettext("Days off"), _periods(was - now), _periods(now - was))
    words = [
        names.get(step) or name_of_field(step) for step in path if step not in {"texts", "block"}
    ]
    where = ": ".join(word for word in words if word)
    return Difference(where, _value(path, change.old), _value(path, change.new))


def _listed(keys: str, names: Mapping[str, str]) -> str:
    return ", ".join(names.get(key, key) for key in keys.split())


def _days(text: str) -> set[date]:
    return {date.fromisoformat(day) for day in text.split()}


def _periods(days: set[date]) -> str:
    return "\n".join(period_text(it) for it in periods(days))


def period_text(it: Period) -> str:
    """A period in words."""
    if it.first == it.last:
        return full_day(it.first)
    return gettext("%(first)s to %(last)s") % {
        "first": full_day(it.first),
        "last": full_day(it.last),
    }


def _value(path: tuple[str, ...], text: str) -> str:
    if path[-1] in {"retired", "no_alleged_person"}:
        return gettext("yes") if text else gettext("no")
    return text


def _names(
    organisation: Organisation, part: Part, language: str, old: Words, new: Words
) -> dict[str, str]:
    """What blocks and categories are called, by their key."""
    if part is Part.PAGE:
        return {it["key"]: it["title"] for words in (old, new) for it in words["block"]}
    if part is not Part.CATEGORIES:
        return {}
    tables = shipped(organisation.profile, organisation.profile_version, LANGUAGES[0])
    own = {
        line["key"]: in_language(
            {code: text.get("label", "") for code, text in line["texts"].items()}, LANGUAGES[0]
        )
        for words in (old, new)
        for line in words["category"]
        if line.get("texts")
    }
    return own | {it["key"]: it["label"] for it in tables.get("category", [])}


def name_of_field(key: str) -> str:
    """What a text is called, by its key."""
    if key in LANGUAGES:
        return language_name(key)
    return {
        "hero": gettext("The question at the top"),
        "lede": gettext("The lines below it"),
        "doubt": gettext("For whoever doubts"),
        "title": gettext("Title"),
        "paragraphs": gettext("Text"),
        "category": "",
        "label": gettext("Name"),
        "example": gettext("Example"),
        "retired": gettext("Switched off"),
        "no_alleged_person": gettext("Nobody did it"),
        "discretion": gettext("With discretion"),
        "duties": gettext("With duties"),
        "confidential": gettext("In confidence"),
        "secrecy": gettext("Professional secrecy"),
        "counsellor": gettext("Somebody who listens"),
        "counsellors": gettext("Several people who listen"),
        "unit": gettext("A part of the organisation"),
        "report": gettext("What somebody tells"),
        "reporter": gettext("Who tells it"),
        "short": gettext("On the card"),
        "long": gettext("The whole promise"),
        "telephone": gettext("Telephone"),
        "hours": gettext("Hours"),
        "exit_address": gettext("Where “Leave quickly” leads"),
        "region": gettext("Region"),
        "opening": gettext("When you are there"),
        "brand": gettext("Main colour"),
        "on_brand": gettext("Text on a button"),
        "brand_tint": gettext("Soft colour"),
        "paper": gettext("Paper"),
    }.get(key, key)
