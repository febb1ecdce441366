"""What it can be about: ours and the organisation's own, with everyday examples (R-000-15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext

from klankbord.organisations.models import Organisation
from klankbord.rules.profiles.own import (
    Part,
    Words,
    categories,
    in_language,
    next_key,
    stays_offered,
)
from klankbord.rules.profiles.own_proof import LONGEST, MOST_CATEGORIES
from klankbord.rules.profiles.reading import shipped
from klankbord.web.access import ADMINISTRATOR, AdministratorRequest, allow
from klankbord.web.administration import editing
from klankbord.web.components.asked import Errors

TEMPLATE = "administration/categories.html"


@dataclass(frozen=True, slots=True)
class Line:
    """A category on the screen: `ours` is our name for it, empty for one of their own."""

    key: str
    label: str
    example: str
    ours: str = ""
    our_example: str = ""
    elsewhere: str = ""  # its name in another language, where this one has none
    nobody: bool = False
    retired: bool = False
    stays: bool = False


@allow(ADMINISTRATOR)
def categories_page(request: AdministratorRequest, language: str) -> HttpResponse:
    """Write them in one language; order and what is switched off hold for all languages."""
    language = editing.known_language(language)
    page = editing.frame(request, Part.CATEGORIES, "", language)
    words = editing.words_now(request.organisation, Part.CATEGORIES, "")
    lines = _lines(request.organisation, words, language)
    sent = editing.typed(request)
    if sent:
        lines = _sent(lines, sent)
    if sent and "do" in sent:
        return editing.show(request, TEMPLATE, {**page, "lines": _done(lines, sent["do"])}, {})
    page |= {"lines": lines}
    errors = _errors(lines) if sent else {}
    if request.method != "POST" or errors:
        return editing.show(request, TEMPLATE, page, errors)
    return editing.keep(
        request, TEMPLATE, page, Part.CATEGORIES, "", _words(words, lines, language)
    )


def _lines(organisation: Organisation, words: Words, language: str) -> list[Line]:
    tables = shipped(organisation.profile, organisation.profile_version, language).get(
        "category", []
    )
    ours = {it["key"]: it for it in tables}
    texts = {line["key"]: line.get("texts", {}) for line in words["category"]}
    return [
        _line(it, ours.get(it["key"]), texts.get(it["key"], {}), language)
        for it in categories(tables, words, language)
    ]


def _line(
    raw: Mapping[str, Any],
    ours: Mapping[str, Any] | None,
    texts: Mapping[str, Mapping[str, str]],
    language: str,
) -> Line:
    here = texts.get(language, {})
    names = {code: text.get("label", "") for code, text in texts.items()}
    return Line(
        key=raw["key"],
        label=here.get("label", ""),
        example=here.get("example", ours["example"] if ours else ""),
        ours=ours["label"] if ours else "",
        our_example=ours["example"] if ours else "",
        elsewhere="" if ours or here.get("label") else in_language(names, language),
        nobody=bool(raw.get("no_alleged_person")),
        retired=bool(raw.get("retired")),
        stays=bool(ours and stays_offered(dict(ours))),
    )


def _sent(lines: list[Line], sent: Mapping[str, str]) -> list[Line]:
    known = {line.key: line for line in lines}
    keys = list(dict.fromkeys(sent.get("order", "").split()))[: 4 * MOST_CATEGORIES]
    listed = [known.get(key, Line(key, "", "")) for key in keys if key.isidentifier()]
    off = sent.get("off", "").split()
    return [
        replace(
            line,
            label=" ".join(sent.get(f"label-{line.key}", "").split()),
            example=" ".join(sent.get(f"example-{line.key}", "").split()),
            nobody=line.nobody if line.ours else f"nobody-{line.key}" in sent,
            retired=line.key in off and not line.stays,
        )
        for line in listed
    ] + [line for key, line in known.items() if key not in keys]


def _done(lines: list[Line], deed: str) -> list[Line]:
    """The screen after a button: `up:…`, `down:…`, `off:…`, `on:…`, or `add`."""
    what, _, key = deed.partition(":")
    by_key = {line.key: line for line in lines}
    if what == "add":
        return [*lines, Line(next_key({"key": known} for known in by_key), "", "")]
    if key not in by_key:
        return lines
    if what in {"off", "on"}:
        off = what == "off" and not by_key[key].stays
        return [replace(line, retired=off) if line.key == key else line for line in lines]
    return [by_key[it] for it in editing.moved(by_key, key, -1 if what == "up" else 1)]


def _words(before: Words, lines: list[Line], language: str) -> Words:
    texts = {line["key"]: dict(line.get("texts", {})) for line in before["category"]}
    return {"category": [_kept(line, texts.get(line.key, {}), language) for line in lines]}


def _kept(line: Line, texts: dict[str, Any], language: str) -> dict[str, Any]:
    own = {"label": line.label, "example": line.example}
    if line.ours:
        own = {} if line.example in {"", line.our_example} else {"example": line.example}
    texts = {**texts, language: {name: text for name, text in own.items() if text}}
    kept: dict[str, Any] = {"key": line.key}
    if texts := {code: text for code, text in texts.items() if text}:
        kept["texts"] = texts
    if line.nobody and not line.ours:
        kept["no_alleged_person"] = True
    if line.retired:
        kept["retired"] = True
    return kept


def _errors(lines: list[Line]) -> Errors:
    errors: Errors = {}
    for line in lines:
        errors |= _line_errors(line)
    if sum(not line.retired for line in lines) > MOST_CATEGORIES:
        errors["add"] = gettext(
            "There are too many to choose from: at most %(number)d. Switch one off."
        ) % {"number": MOST_CATEGORIES}
    return errors


def _line_errors(line: Line) -> Errors:
    label, example = f"label-{line.key}", f"example-{line.key}"
    errors: Errors = {}
    if len(line.label) > LONGEST["label"]:
        errors[label] = editing.too_long(LONGEST["label"])
    if len(line.example) > LONGEST["example"]:
        errors[example] = editing.too_long(LONGEST["example"])
    if line.ours or line.retired or (line.elsewhere and not line.label and not line.example):
        return errors
    if not line.label:
        errors[label] = gettext("Give it a name that a reporter understands, or switch it off.")
    if not line.example:
        errors[example] = gettext("Give an everyday example: it helps people to choose.")
    return errors
