"""A procedure in words: by when, only if, where a way leads, and where a bar lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from klankbord.handling.picture import Odd as OddOne
from klankbord.rules.procedures.drawing import Bar, Chart, Counts, Fact, Place, Span, Way, share
from klankbord.rules.procedures.sentences import Kind, Length, Sentence, Unit
from klankbord.rules.procedures.shape import CONCERNED, REPORTER, Procedure
from klankbord.rules.procedures.standing import Odd

register = template.Library()

#: How many units wide a bar is drawn.
WIDTH = 1000
#: The least that can be seen.
SLIVER = 12


@register.filter
def spoken_of(place: Place) -> str:
    """A step as one names it: its number, or its title."""
    return place.label or f"“{place.title}”"


@register.filter
def all_spoken_of(places: tuple[Place, ...]) -> str:
    """Several steps."""
    return ", ".join(spoken_of(it) for it in places)


@register.simple_tag
def leads(way: Way, others: Mapping[str, str]) -> str:
    """Where a way leads: `→ 5a, 5b`, `■ Closed`, `⇒ Another procedure`."""
    parts = []
    if way.leads_to:
        parts.append(f"→ {all_spoken_of(way.leads_to)}")
    if way.starts:
        parts.append(gettext("begins beside it: %(title)s") % {"title": _other(way.starts, others)})
    if way.converts_to:
        parts.append(f"⇒ {_other(way.converts_to, others)}")
    if way.ends:
        parts.append(f"■ {way.ends}")
    return " · ".join(parts)


def _other(key: str, others: Mapping[str, str]) -> str:
    return others.get(key, key)


@register.simple_tag
def only_if(alternatives: tuple[tuple[Fact, ...], ...], roles: Mapping[str, str]) -> str:
    """A condition in words: the alternatives, each with all that must hold."""
    said = [
        gettext(" and ").join(_fact(fact, roles) for fact in alternative)
        for alternative in alternatives
    ]
    return gettext(", or ").join(said)


def _fact(fact: Fact, roles: Mapping[str, str]) -> str:
    title = fact.title
    if fact.step:
        title = gettext("step %(step)s") % {"step": spoken_of(fact.step)}
    words = [f"“{roles.get(word, word) if fact.seat else word}”" for word in fact.words]
    if fact.unknown:
        words.append(gettext("not done yet") if fact.step else gettext("not known"))
    return f"{title.rstrip('?')}: {gettext(' or ').join(words)}"


@register.filter
def term_words(term: tuple[Sentence, Counts]) -> str:
    """A sentence of a term: `within 15 working days after step 2b`."""
    sentence, counts = term
    after = _after(counts)
    match sentence.kind:
        case Kind.IMMEDIATELY:
            return gettext("at once, %(after)s") % {"after": after}
        case Kind.ON:
            return gettext("on the day that was agreed: %(day)s") % {"day": counts.title}
        case Kind.MEETING:
            body = _body(sentence.body)
            return gettext("at the first meeting of the %(body)s %(after)s") % {
                "body": body, "after": after,
            }  # fmt: skip
        case Kind.EVERY:
            length = _length(sentence.length)
            return gettext("every %(length)s %(after)s") % {"length": length, "after": after}
    return gettext("within %(length)s %(after)s") % {
        "length": _length(sentence.length), "after": after,
    }  # fmt: skip


def _after(counts: Counts) -> str:
    match counts.word:
        case "start":
            return gettext("after the start")
        case "opening":
            return gettext("as soon as it is its turn")
        case "due":
            return gettext("after the last day of step %(step)s") % {"step": _step(counts)}
        case "consent":
            return gettext("after the consent for step %(step)s") % {"step": _step(counts)}
        case "step":
            return gettext("after step %(step)s") % {"step": _step(counts)}
    return gettext("after this day: %(day)s") % {"day": counts.title}


def _step(counts: Counts) -> str:
    return spoken_of(counts.place) if counts.place else counts.title


def _length(length: Length | None) -> str:
    if length is None:
        return ""
    n = length.number
    said = {
        Unit.WORKING_DAYS: ngettext("%(n)s working day", "%(n)s working days", n),
        Unit.DAYS: ngettext("%(n)s day", "%(n)s days", n),
        Unit.WEEKS: ngettext("%(n)s week", "%(n)s weeks", n),
        Unit.MONTHS: ngettext("%(n)s month", "%(n)s months", n),
        Unit.YEARS: ngettext("%(n)s year", "%(n)s years", n),
    }[length.unit]
    return said % {"n": n}


def _body(body: str) -> str:
    known = {"board": gettext("board"), "daily_board": gettext("executive committee")}
    return known.get(body, body)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar in units of `WIDTH`: from where, how long, and with which class."""

    x: int
    width: int
    css: str


@register.simple_tag
def bar(span: Span, chart: Chart) -> Drawn:
    """Where a bar lies on the scale; never too short to be seen."""
    x = share(span.first, chart, WIDTH)
    end = share(span.last, chart, WIDTH)
    width = max(end - x, SLIVER)
    css = {Bar.DONE: "kb-fill", Bar.NOW: "kb-fill-now", Bar.AHEAD: "kb-fill-soft"}[span.kind]
    return Drawn(min(x, WIDTH - width), width, css)


@register.simple_tag
def closed_bars(chart: Chart) -> tuple[Drawn, ...]:
    """The holidays and closures on the scale."""
    one = max(WIDTH // (chart.days + 1), 3)
    return tuple(
        Drawn(share(first, chart, WIDTH), share(last, chart, WIDTH) - share(first, chart, WIDTH)
              + one, "kb-fill-shut")
        for first, last in chart.closed
    )  # fmt: skip


@register.simple_tag
def today_on(chart: Chart, today: date) -> int | None:
    """Where today lies; nothing if it is outside the scale."""
    return share(today, chart, WIDTH) if chart.first <= today <= chart.last else None


@register.simple_tag
def scale_days(chart: Chart) -> tuple[date, ...]:
    """Four days along the scale, the first and the last among them."""
    step = (chart.last - chart.first) / 3
    days = (*(chart.first + step * n for n in range(3)), chart.last)
    return tuple(dict.fromkeys(days))


@register.filter
def odd_words(it: OddOne) -> str:
    """Something that was done otherwise than the procedure says."""
    said = {
        Odd.NOT_ON_PATH: gettext("Done, but not on the path: nothing follows from it."),
        Odd.DONE_ALREADY: gettext("Two people noted the same step."),
        Odd.BEFORE_ANOTHER: gettext("Done before the step for which it normally waits."),
        Odd.WITHOUT_THE_USUAL: gettext("Done without what normally comes first."),
        Odd.WITHOUT_CONSENT: gettext("Done without consent."),
        Odd.NOT_POSSIBLE: gettext("It could not end that way then: nothing follows from it."),
        Odd.BARRED: gettext("Done by somebody who stays out of this case."),
        Odd.REASON_MISSING: gettext("The reason is missing."),
        Odd.REFERRAL_MISSING: gettext("To whom was referred is missing."),
        Odd.DAY_MISSING: gettext("A day is missing."),
        Odd.EXTENDED_TOO_LATE: gettext("The term was extended after its last day."),
        Odd.EXTENDED_TOO_FAR: gettext("The term was extended further than is allowed."),
    }.get(it.problem.kind, gettext("This goes otherwise than the procedure says."))
    return f"{it.title}: {said}" if it.title else said


@register.simple_tag
def seat_words(procedure: Procedure, seat: str) -> str:
    """Who takes a step: the title of the seat."""
    if seat == REPORTER:
        return gettext("the reporter")
    if seat == CONCERNED:
        return gettext("the person it happened to")
    return procedure.seats[seat].title


@register.filter
def long_day_short(day: date) -> str:
    """A day on the scale: `14 Dec`."""
    return date_format(day, "j M")
