"""Days and moments in words: "today", "Tuesday 24 November", "today at 10:12"."""

from datetime import date, datetime, timedelta

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

register = template.Library()


@register.filter
def day_words(day: date | None, today: date) -> str:
    """A day as people say it, seen from `today`; nothing for no day."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = day.date()
    near = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    return near.get((day - today).days) or _named(day, today)


@register.filter
def due_words(day: date | None, today: date) -> str:
    """The last day of a promise: "tomorrow, Tuesday 24 November"."""
    if day is None:
        return ""
    said, named = day_words(day, today), _weekday(day, today)
    return named if abs((day - today).days) > 1 else f"{said}, {named}"


@register.filter
def moment_words(moment: datetime, today: date) -> str:
    """A moment (aware, in its place's own time): "yesterday, 20:41"."""
    time = date_format(moment, pgettext("time of day, in Django's date format", "H:i"))
    return f"{day_words(moment.date(), today)}, {time}"


@register.filter
def due_tone(day: date | None, today: date) -> str:
    """How near a last day is: late, now (today or tomorrow), soon (within three days), later."""
    if day is None:
        return ""
    left = day - today
    if left < timedelta(0):
        return "late"
    if left <= timedelta(1):
        return "now"
    return "soon" if left <= timedelta(3) else "later"


def _named(day: date, today: date) -> str:
    if day.year == today.year:
        return date_format(day, pgettext("day and month, in Django's date format", "j F"))
    return date_format(day, pgettext("full day, in Django's date format", "j F Y"))


def _weekday(day: date, today: date) -> str:
    return f"{date_format(day, 'l')} {_named(day, today)}"
