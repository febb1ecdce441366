"""The organisation's own colours, refused as long as somebody could not read them (R-001-40)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.http import HttpResponse
from django.utils.translation import gettext

from klankbord.rules.contrast import (
    CHOSEN,
    COLOUR,
    LEAST,
    PAIRS,
    Theme,
    Unreadable,
    contrast,
    nearest,
    unreadable,
)
from klankbord.rules.profiles.own import Part
from klankbord.web.access import ADMINISTRATOR, AdministratorRequest, allow
from klankbord.web.administration import editing
from klankbord.web.components.asked import Errors

TEMPLATE = "administration/colours.html"
SHOWN = PAIRS[:3]  # the pairs that a reporter sees most


@dataclass(frozen=True, slots=True)
class Sample:
    """Two colours of a theme beside each other, and whether they can be read."""

    text: str
    ground: str
    said: str
    contrast: str
    fits: bool


@allow(ADMINISTRATOR)
def colours(request: AdministratorRequest) -> HttpResponse:
    """Choose, look, and keep; what cannot be read is refused with the nearest that can."""
    page = editing.frame(request, Part.THEME, "")
    sent = editing.typed(request)
    before = asdict(Theme(**editing.words_now(request.organisation, Part.THEME, "")))
    chosen = {name: sent.get(name, "").lower() for name in CHOSEN} if sent else before
    errors = _not_colours(chosen)
    theme = Theme(**{name: Theme().tokens[name] if name in errors else chosen[name]
                     for name in CHOSEN})  # fmt: skip
    page |= {
        "fields": [(name, _name(name), _hint(name), chosen[name]) for name in CHOSEN],
        "theme": theme,
        "samples": [_sample(theme, *pair) for pair in SHOWN],
    }
    if sent and not errors and (found := unreadable(theme)):
        errors = {_at_fault(found[0], chosen, before): _refusal(found[0])}
        page["proposal"] = nearest(theme)
    if request.method != "POST" or errors or "look" in request.POST:
        return editing.show(request, TEMPLATE, page, errors)
    return editing.keep(request, TEMPLATE, page, Part.THEME, "", asdict(theme))


def _not_colours(chosen: Mapping[str, str]) -> Errors:
    said = gettext("Choose a colour, or write it as # and six signs, such as #0e5a61.")
    return {name: said for name, text in chosen.items() if not COLOUR.fullmatch(text)}


def _at_fault(pair: Unreadable, chosen: Mapping[str, str], before: Mapping[str, str]) -> str:
    """The field at which the refusal stands: of the pair, the colour that was just changed."""
    of_the_pair = [name for name in CHOSEN if name in (pair.text, pair.ground)]
    changed = [name for name in of_the_pair if chosen[name] != before[name]]
    return (changed or of_the_pair or list(CHOSEN))[0]


def _refusal(pair: Unreadable) -> str:
    return gettext(
        "%(text)s on %(ground)s is hard to read: the contrast is %(contrast)s and must be at least"
        " %(least)s. Below is the nearest colour that can be read."
    ) % {
        "text": _name(pair.text),
        "ground": _name(pair.ground).lower(),
        "contrast": f"{pair.contrast:.1f}",
        "least": LEAST,
    }


def _sample(theme: Theme, text: str, ground: str) -> Sample:
    tokens = theme.tokens
    measured = contrast(tokens[text], tokens[ground])
    said = gettext("%(text)s on %(ground)s") % {
        "text": _name(text),
        "ground": _name(ground).lower(),
    }
    return Sample(tokens[text], tokens[ground], said, f"{measured:.1f}", measured >= LEAST)


def _name(token: str) -> str:
    return {
        "brand": gettext("Main colour"),
        "on_brand": gettext("Text on a button"),
        "brand_tint": gettext("Soft colour"),
        "paper": gettext("Paper"),
        "brand_strong": gettext("Main colour, darker"),
        "ink": gettext("Text"),
        "ink_soft": gettext("Soft text"),
        "surface": gettext("White"),
        "danger": gettext("Red of an error"),
    }[token]


def _hint(token: str) -> str:
    return {
        "brand": gettext("Buttons and links. Often the colour of your logo."),
        "on_brand": gettext("Mostly white."),
        "brand_tint": gettext("Behind notes and initials: a very light kind of your main colour."),
        "paper": gettext("Behind the whole page: nearly white."),
    }[token]
