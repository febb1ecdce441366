"""Days off, the region's own day, and when people are there: the promised days follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext

from klankbord.kit.clock import today
from klankbord.rules.library import LANGUAGES
from klankbord.rules.periods import Period, periods
from klankbord.rules.profiles.own import Part, Words
from klankbord.rules.profiles.own_proof import LONGEST
from klankbord.rules.terms import REGIONAL_DAYS, SATURDAY, days_off
from klankbord.web.access import ADMINISTRATOR, AdministratorRequest, allow
from klankbord.web.administration import editing
from klankbord.web.components.asked import Errors

TEMPLATE = "administration/days.html"
LONGEST_CLOSURE = timedelta(days=62)
REGIONS = frozenset(word for _, word in REGIONAL_DAYS)
MOST_AHEAD = 250  # days off that still have to come
FURTHEST = timedelta(days=3 * 366)


@allow(ADMINISTRATOR)
def days(request: AdministratorRequest) -> HttpResponse:
    """Add or take out days, choose the region, say when people are there."""
    page = editing.frame(request, Part.CALENDAR, "")
    words = editing.words_now(request.organisation, Part.CALENDAR, "")
    sent = editing.typed(request)
    country, errors = request.organisation.country, Errors()
    if sent:
        words, errors = _sent(words, sent, today())
    opening = words.get("opening", {})
    page |= {
        "today": today(),
        "sent": sent or {},
        "closures": [it for it in _closed(words) if it.last >= today()],
        "regions": [(it, _region(it)) for where, it in REGIONAL_DAYS if where == country],
        "region": words.get("region", ""),
        "holidays": _coming(country, words.get("region", ""), today()),
        "opening": [
            (code, editing.language_name(code), opening.get(code, "")) for code in LANGUAGES
        ],
    }
    if request.method != "POST" or errors:
        return editing.show(request, TEMPLATE, page, errors)
    return editing.keep(request, TEMPLATE, page, Part.CALENDAR, "", words)


def _closed(words: Words) -> tuple[Period, ...]:
    return periods(map(date.fromisoformat, words["closures"]))


def _sent(words: Words, sent: Mapping[str, str], on: date) -> tuple[Words, Errors]:
    """What the screen makes of the days, and what is wrong with what was typed."""
    texts = {code: " ".join(sent.get(f"opening-{code}", "").split()) for code in LANGUAGES}
    fields = {f"opening-{code}": text for code, text in texts.items() if text}
    errors = editing.check(fields, dict.fromkeys(fields, LONGEST["hours"]), "")
    closed = _without(words["closures"], sent.get("out", ""))
    if sent.get("first") or sent.get("last") or "add" in sent:
        first = _day(sent.get("first", ""))
        last = _day(sent["last"]) if sent.get("last") else first
        errors |= _wrong_days(first, last, on)
        if first and last and not errors:
            closed |= {day.isoformat() for day in Period(first, last).days}
    if sum(day >= on.isoformat() for day in closed) > MOST_AHEAD:
        errors["first"] = gettext("That is too many days off. Take some out first.")
    made = {
        "closures": sorted(closed),
        "region": sent.get("region", "") if sent.get("region", "") in REGIONS else "",
        "opening": {code: text for code, text in texts.items() if text},
    }
    return made, errors


def _without(closures: Iterable[str], out: str) -> set[str]:
    """The days that stay when a period is taken out: `2026-12-24:2027-01-02`."""
    first, _, last = out.partition(":")
    return {day for day in closures if not (out and first <= day <= last)}


def _wrong_days(first: date | None, last: date | None, on: date) -> Errors:
    if first is None:
        return {"first": gettext("Fill in the first day, such as 24-12-2026.")}
    if last is None:
        return {"last": gettext("Fill in the last day, or leave it empty for one day.")}
    if last < first:
        return {"last": gettext("The last day comes before the first. Turn them around.")}
    if last < on:
        return {"last": gettext("These days are over. Fill in days that still have to come.")}
    if last - first > LONGEST_CLOSURE:
        return {"last": gettext("This is longer than two months. Is the year right?")}
    if last - on > FURTHEST:
        return {"last": gettext("This is more than three years from now. Is the year right?")}
    return {}


def _day(text: str) -> date | None:
    """A day as a browser sends it, or as people type it where it has no calendar."""
    parts = text.replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 3 and len(parts[2]) == 4:
        parts.reverse()
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None


def _coming(country: str, region: str, on: date) -> list[date]:
    known = (country, region) if (country, region) in REGIONAL_DAYS else (country, "")
    found = days_off(*known, on.year) | days_off(*known, on.year + 1)
    return [day for day in sorted(found) if day >= on and day.weekday() < SATURDAY][:6]


def _region(word: str) -> str:
    return {
        "flemish": gettext("Flemish Community (11 July)"),
        "french": gettext("French Community (27 September)"),
        "german": gettext("German-speaking Community (15 November)"),
        "brussels": gettext("Brussels-Capital Region (8 May)"),
    }[word]
