"""What the screens share on which an organisation's own words are written.

What is typed is never lost: it comes back in its field when something is wrong with it, and also
after a session that ended while somebody was writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from klankbord.kit.clock import today
from klankbord.organisations.models import Organisation
from klankbord.organisations.own import Version, draft_steps, drafts_of, our_words, starting_words
from klankbord.organisations.services import Place, write_draft
from klankbord.rules.library import LANGUAGES, Refused
from klankbord.rules.profiles.own import PER_LANGUAGE, Part, Words
from klankbord.web.access import AdministratorRequest
from klankbord.web.administration.own import own_organisation
from klankbord.web.components.asked import Errors, again, said, say, taken_up

PAGES: Mapping[Part, str] = {
    Part.PAGE: "page_text",
    Part.CATEGORIES: "categories",
    Part.PROMISES: "promises",
    Part.VOCABULARY: "vocabulary",
    Part.REACH: "reach",
    Part.THEME: "colours",
    Part.CALENDAR: "days",
}
#: Screens with a language in their address, also where the part holds for all languages.
WITH_LANGUAGE = PER_LANGUAGE | {Part.CATEGORIES}


def title_of(part: Part) -> str:
    """What a part is called on the screens."""
    return {
        Part.PAGE: gettext("Texts of the public pages"),
        Part.CATEGORIES: gettext("What it can be about"),
        Part.PROMISES: gettext("What we promise"),
        Part.VOCABULARY: gettext("Words"),
        Part.REACH: gettext("Telephone and leaving quickly"),
        Part.THEME: gettext("Colours"),
        Part.CALENDAR: gettext("Days off and opening hours"),
    }[part]


def about(part: Part) -> str:
    """What can be done on the screen of a part, in one line."""
    return {
        Part.PAGE: gettext("The question at the top, and the blocks of “How it works”"),
        Part.CATEGORIES: gettext("What people can choose in the form, with everyday examples"),
        Part.PROMISES: gettext("What whoever listens promises, on the card and before the form"),
        Part.VOCABULARY: gettext("How you call people, parts and reports"),
        Part.REACH: gettext("Your own number, its hours, and where “Leave quickly” leads"),
        Part.THEME: gettext("Your own colours, as long as everybody can read them"),
        Part.CALENDAR: gettext("When an answer takes longer, and when you are there"),
    }[part]


def language_name(code: str) -> str:
    """`Dutch`, in the language of the page; nothing for what holds in all of them."""
    return str(translation.get_language_info(code)["name_translated"]) if code else ""


def full_title(part: Part, language: str) -> str:
    """What a part in a language is called."""
    return f"{title_of(part)} ({language_name(language)})" if language else title_of(part)


def titles() -> dict[str, str]:
    """What every part is called, by the word that the journal has for it."""
    return {
        name_of(part, code).rstrip("."): full_title(part, code)
        for part in Part
        for code in languages(part)
    }


def address_of(organisation: Organisation, part: Part, language: str = "") -> str:
    """Where a part is written."""
    where = [organisation.slug]
    if part in WITH_LANGUAGE:
        where.append(language or LANGUAGES[0])
    return reverse(f"administration:{PAGES[part]}", args=where)


def known_language(language: str) -> str:
    """The language in the address. Raises Http404 if it is none of ours."""
    if language not in LANGUAGES:
        raise Http404
    return language


def typed(request: AdministratorRequest) -> Mapping[str, str] | None:
    """What was sent, now or for this address in a session that ended; nothing if nothing was."""
    if request.method == "POST":
        return {name: _clean(text) for name, text in request.POST.items()}
    kept = taken_up(request, request.path)
    return {name: _clean(text) for name, text in kept.items()} or None


def _clean(text: object) -> str:
    return str(text).replace("\0", "").replace("\r\n", "\n").strip()


def words_now(organisation: Organisation, part: Part, language: str) -> Words:
    """The draft if there is one, or what is public now."""
    waiting = drafts_of(organisation).get((part, language))
    return waiting.words if waiting else starting_words(organisation, part, language)


def keep(
    request: AdministratorRequest,
    template: str,
    page: Mapping[str, Any],
    part: Part,
    language: str,
    words: Words,
) -> HttpResponse:
    """Keep what was written, for nobody to see yet, and show the screen anew."""
    organisation = request.organisation
    if words == words_now(organisation, part, language):
        return redirect(request.path)
    try:
        write_draft(organisation, part, language, words, by=writer(request), on=today())
    except Refused:
        sentence = gettext("Something in it does not fit. Look over what you wrote and save again.")
        return show(request, template, page, {"": sentence})
    say(request, "saved")
    return redirect(request.path)


def writer(request: AdministratorRequest) -> UUID:
    """The membership with which somebody looks after this organisation."""
    lines = request.member.administers
    return next(it.id for it in lines if it.organisation == request.organisation.id)


def frame(
    request: AdministratorRequest, part: Part, language: str, shown: str = ""
) -> dict[str, Any]:
    """What every editor shows around its form; `shown` is the language on the screen."""
    organisation = own_organisation(request)
    now = starting_words(organisation, part, language)
    return {
        "here": "administration",
        "organisation": organisation,
        "part": part.value,
        "language": shown or language,
        "title": title_of(part),
        "tabs": tabs(organisation, part, shown or language),
        "is_ours": now == our_words(organisation, part, language),
        "steps": draft_steps(organisation, part, language),
        "place": name_of(part, language),
        "said": said(request),
    }


def tabs(organisation: Organisation, part: Part, language: str) -> list[tuple[str, str, bool]]:
    """The same screen in every language: address, name, and whether it is this one."""
    if part not in WITH_LANGUAGE:
        return []
    return [
        (address_of(organisation, part, code), language_name(code), code == language)
        for code in LANGUAGES
    ]


def show(
    request: AdministratorRequest, template: str, page: Mapping[str, Any], errors: Errors
) -> HttpResponse:
    """The screen; with errors it says above and at each field what to mend."""
    if errors:
        return again(request, template, page, errors)
    return render(request, template, page)


def name_of(part: Part, language: str) -> str:
    """A part and its language in one word, as a form sends it: `page.nl`."""
    return f"{part}.{language}"


def place_named(text: str) -> Place | None:
    """The part and language that a form sent; nothing if there is no such thing."""
    part, _, language = text.partition(".")
    if part not in set(Part) or language not in languages(Part(part)):
        return None
    return Part(part), language


def languages(part: Part) -> tuple[str, ...]:
    """The languages a part is kept in; one empty one where it holds for all."""
    return LANGUAGES if part in PER_LANGUAGE else ("",)


def by_place(waiting: Mapping[tuple[str, str], Version]) -> list[Version]:
    """Everything that waits, in the order of the screens."""
    order = [part.value for part in Part]
    return sorted(waiting.values(), key=lambda it: (order.index(it.part), it.language))


def too_long(most: int) -> str:
    """A text that does not fit."""
    return gettext("This is too long: at most %(number)d characters. Make it shorter.") % {
        "number": most
    }


def check(found: Mapping[str, str], longest: Mapping[str, int], empty: str) -> Errors:
    """What is wrong with these texts, by field: `longest` has the most each may be."""
    errors = {name: empty for name, text in found.items() if not text}
    return errors | {
        name: too_long(longest[name]) for name, text in found.items() if len(text) > longest[name]
    }


def moved(keys: Iterable[str], key: str, step: int) -> list[str]:
    """A list with one of its items a place up (-1) or down (1); at the end it stays."""
    order = list(keys)
    at = order.index(key)
    to = min(max(at + step, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    return order
