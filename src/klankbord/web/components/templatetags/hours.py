"""Weekly hours in words, in the language of the page."""

from collections.abc import Iterable

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext

from klankbord.rules.presence import Slot, Stretch, stretches
from klankbord.web.components.templatetags.components import enumerated

register = template.Library()


@register.filter
def hours_words(hours: Iterable[Slot]) -> str:
    """`Monday to Thursday from 9:00 to 12:00 and from 13:00 to 17:00; Saturday from …`."""
    return "; ".join(f"{_days(it)} {_spans(it.spans)}" for it in stretches(hours))


@register.filter
def span_words(hours: Iterable[Slot]) -> str:
    """The hours of one day: `from 9:00 to 12:00 and from 13:00 to 17:00`."""
    return _spans(tuple((it.start, it.end) for it in hours))


@register.filter
def hours_typed(hours: Iterable[Slot]) -> str:
    """The hours of one day as somebody types them: `9:00-12:00, 13:00-17:00`."""
    return ", ".join(f"{_clock(it.start)}-{_clock(it.end)}" for it in hours)


def _days(stretch: Stretch) -> str:
    first, last = str(WEEKDAYS[stretch.first]), str(WEEKDAYS[stretch.last])
    if stretch.first == stretch.last:
        return first
    if stretch.last == stretch.first + 1:
        return enumerated([first, last])
    return gettext("%(first)s to %(last)s") % {"first": first, "last": last}


def _spans(spans: Iterable[tuple[int, int]]) -> str:
    return enumerated(
        [
            gettext("from %(start)s to %(end)s") % {"start": _clock(start), "end": _clock(end)}
            for start, end in spans
        ]
    )


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}"
