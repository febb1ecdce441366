"""Days and moments for those who work with cases: when something is due, when it was said."""

from datetime import date, datetime, timedelta

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from klankbord.cases.services import Clock
from klankbord.web.components.templatetags.components import long_day, near_day

register = template.Library()


@register.filter
def due_words(day: date | None, today: date) -> str:
    """The last day of a promise: "tomorrow, Tuesday 24 November"; nothing without one."""
    if day is None:
        return ""
    near = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    said = near.get((day - today).days)
    if said:
        return f"{said}, {long_day(day)}"
    # Another year is said: in November, "28 November" would be taken for this week.
    return long_day(day) if day.year == today.year else f"{long_day(day)} {day.year}"


@register.filter
def due_tone(day: date | None, today: date) -> str:
    """How near a last day is: late, now (today or tomorrow), soon (within three days), later."""
    if day is None:
        return ""
    if day < today:
        return "late"
    if day - today <= timedelta(days=1):
        return "now"
    return "soon" if day - today <= timedelta(days=3) else "later"


@register.filter
def clock_words(clock: str) -> str:
    """What waits, as coarse as it is stored: no finer word is known without a key."""
    return {
        Clock.ACKNOWLEDGE: gettext("Read the report and answer"),
        Clock.ANSWER: gettext("Answer the reporter"),
        Clock.ACT: gettext("Take a step"),
        Clock.DECIDE: gettext("Judge or decide"),
        Clock.NOTIFY: gettext("Let somebody know"),
        Clock.FOLLOW_UP: gettext("Do what was promised"),
        Clock.REVIEW: gettext("Look back, afterwards"),
    }.get(Clock(clock), clock)


@register.filter
def moment_words(moment: datetime, today: date) -> str:
    """A moment in its own time zone: "yesterday, 20:41"."""
    time = date_format(moment, pgettext("time of day, in Django's date format", "H:i"))
    return f"{near_day(moment, today)}, {time}"
