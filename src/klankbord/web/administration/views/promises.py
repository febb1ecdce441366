"""What who listens promises, by confidentiality regime (P1), and the words of the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext

from klankbord.organisations.queries import profile_of
from klankbord.rules.profiles.own import Part, Words
from klankbord.rules.profiles.own_proof import LONGEST, claims_secrecy
from klankbord.rules.profiles.shape import Regime
from klankbord.web.access import ADMINISTRATOR, AdministratorRequest, allow
from klankbord.web.administration import editing
from klankbord.web.administration.differences import name_of_field
from klankbord.web.components.asked import Errors

PROMISES = "administration/promises.html"
VOCABULARY = "administration/vocabulary.html"
PARTS = ("title", "short", "long")
#: The words that the pages use, in the order of the screen.
WORDS = ("counsellor", "counsellors", "unit", "report", "reporter")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise on the screen, and who makes it."""

    regime: str
    name: str
    roles: tuple[str, ...]
    title: str
    short: str
    long: str


@allow(ADMINISTRATOR)
def promises(request: AdministratorRequest, language: str) -> HttpResponse:
    """Each regime keeps its own promise; a jurist should look along."""
    page = editing.frame(request, Part.PROMISES, editing.known_language(language))
    words = editing.words_now(request.organisation, Part.PROMISES, language)
    profile = profile_of(request.organisation, language)
    sent = editing.typed(request)
    if sent:
        words = {
            regime: {name: _one_line(sent.get(f"{name}-{regime}", "")) for name in PARTS}
            for regime in words
        }
    asked = [
        Promise(
            regime,
            name_of_field(regime),
            tuple(it.title for it in profile.roles if it.reads and it.regime == regime),
            *(words[regime][name] for name in PARTS),
        )
        for regime in map(str, profile.promises)
        if regime in words
    ]
    errors = _errors(words) if sent else {}
    page |= {"promises": asked}
    if request.method != "POST" or errors:
        return editing.show(request, PROMISES, page, errors)
    return editing.keep(request, PROMISES, page, Part.PROMISES, language, words)


@allow(ADMINISTRATOR)
def vocabulary(request: AdministratorRequest, language: str) -> HttpResponse:
    """How people, parts and reports are called here."""
    page = editing.frame(request, Part.VOCABULARY, editing.known_language(language))
    words = editing.words_now(request.organisation, Part.VOCABULARY, language)
    sent = editing.typed(request)
    if sent:
        words = {**words, **{key: _one_line(sent.get(f"word-{key}", "")) for key in WORDS}}
    page |= {"words": [(key, name_of_field(key), words[key]) for key in WORDS]}
    errors = _word_errors({key: words[key] for key in WORDS}) if sent else {}
    if request.method != "POST" or errors:
        return editing.show(request, VOCABULARY, page, errors)
    return editing.keep(request, VOCABULARY, page, Part.VOCABULARY, language, words)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _errors(words: Words) -> Errors:
    errors: Errors = {}
    for regime, promise in words.items():
        found = {f"{name}-{regime}": promise[name] for name in PARTS}
        longest = {f"{name}-{regime}": LONGEST[name] for name in PARTS}
        errors |= editing.check(found, longest, gettext("A promise cannot be left empty."))
        if regime != Regime.SECRECY and claims_secrecy(promise["short"]):
            errors[f"short-{regime}"] = gettext(
                "Whoever makes this promise has no professional secrecy. Leave that word out of"
                " the short line."
            )
    return errors


def _word_errors(words: Mapping[str, str]) -> Errors:
    found = {f"word-{key}": word for key, word in words.items()}
    longest = dict.fromkeys(found, LONGEST["word"])
    return editing.check(found, longest, gettext("Fill in a word."))
