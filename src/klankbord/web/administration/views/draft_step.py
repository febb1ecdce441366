"""One step of a copy, and who can be what: what organisations really adapt, as a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from klankbord.handling.adapting import ours, texts_of
from klankbord.kit.clock import today
from klankbord.rules.library import LANGUAGES, Raw, parse
from klankbord.rules.procedures.adapting import Writing
from klankbord.rules.procedures.sentences import NotATerm, Sentence, Unit, read_sentence
from klankbord.rules.procedures.structure import as_list
from klankbord.rules.translation import leaves
from klankbord.web.access import ADMINISTRATOR, AdministratorRequest, allow
from klankbord.web.administration.editing import language_name, typed
from klankbord.web.administration.findings import Found
from klankbord.web.administration.views.draft import draft_frame, keep
from klankbord.web.administration.views.procedures import role_titles
from klankbord.web.components.asked import Errors, again
from klankbord.web.components.procedures import length_in_words

STEP = "administration/draft_step.html"
SEATS = "administration/draft_seats.html"
LINES = frozenset({"guidance"})
MOST_ROLES = 8
MOST_NUMBER = 999


@dataclass(frozen=True, slots=True)
class Field:
    """A text in one language, with what the proof says of it."""

    name: str
    part: str
    value: str
    error: str = ""


@allow(ADMINISTRATOR)
def step(request: AdministratorRequest, key: str, number: int) -> HttpResponse:
    """Write a step anew in every language; its length of time; whether it may be left out."""
    page = draft_frame(request, key)
    if page is None:
        return redirect("administration:procedure", request.organisation.slug, key)
    raw = _tables_of(page)
    if not 0 < number <= len(raw["step"]):
        raise Http404
    table, sent = raw["step"][number - 1], typed(request)
    writing = Writing(texts_of(page["draft"]))
    page |= {"step": table, "number": number}
    page |= _asked(writing, table, page["found"], sent)
    if request.method != "POST" or sent is None:
        return render(request, STEP, page)
    if sent.get("do") == "off":
        writing.switch_off(table["key"])
    elif errors := _term_errors(page["terms"]):
        return again(request, STEP, page, errors)
    else:
        _write(writing, table, sent, page["terms"])
    keep(request, key, writing.texts)
    return redirect("administration:draft", request.organisation.slug, key)


@allow(ADMINISTRATOR)
def seats(request: AdministratorRequest, key: str) -> HttpResponse:
    """Who can be what, in which order; and steps of ours that come back."""
    page = draft_frame(request, key)
    if page is None:
        return redirect("administration:procedure", request.organisation.slug, key)
    raw = _tables_of(page)
    sent, roles = typed(request), role_titles(request.organisation)
    page["roles"] = roles
    page["seats"] = [
        (seat, table["title"], _choices(seat, table["succession"], roles, sent))
        for seat, table in raw["who"].items()
    ]
    if request.method != "POST" or sent is None:
        return render(request, SEATS, page)
    writing = Writing(texts_of(page["draft"]))
    if back := sent.get("back"):
        writing.switch_on(back, ours(key, today()))
    else:
        for seat in raw["who"]:
            writing.put(("who", seat, "succession"), _succession(seat, sent))
    keep(request, key, writing.texts)
    return redirect("administration:draft", request.organisation.slug, key)


def _tables_of(page: dict[str, Any]) -> Raw:
    """The copy as tables. Raises Http404 while only the whole text can be written."""
    raw: Raw | None = page["raw"]
    if raw is None:
        raise Http404
    return raw


def _paths(table: Raw) -> list[tuple[str, ...]]:
    outcomes = [("outcome", word, "title") for word in table.get("outcome", {})]
    return [("title",), ("guidance",), ("reporter",), *outcomes]


def _asked(
    writing: Writing, table: Raw, found: tuple[Found, ...], sent: Mapping[str, str] | None
) -> dict[str, Any]:
    """Every text by language, and every sentence of the term, as kept or as it was sent."""
    files = {code: leaves(_tables(writing, code, table)) for code in LANGUAGES}
    languages = []
    for code in LANGUAGES:
        asked = [_field(code, path, files[code], table, found, sent) for path in _paths(table)]
        languages.append((code, language_name(code), asked, any(it.error for it in asked)))
    optional = "optional" in sent if sent else bool(table.get("optional"))
    mine = [it for it in found if it.step == table["key"]]
    return {"languages": languages, "terms": _terms(table, sent), "optional": optional,
            "mine": mine, "units": [unit.value for unit in Unit]}  # fmt: skip


def _tables(writing: Writing, code: str, table: Raw) -> Raw:
    if code == LANGUAGES[0]:
        return table
    raw = parse(writing.texts.of(code))
    return dict(raw.get("step", {}).get(table["key"], {}))


def _field(
    code: str, path: tuple[str, ...], kept: Mapping[tuple[str, ...], Any], table: Raw,
    found: tuple[Found, ...], sent: Mapping[str, str] | None,
) -> Field:  # fmt: skip
    part, name = ".".join(path), f"{'-'.join(path)}-{code}"
    value = sent.get(name, "") if sent else "\n".join(as_list(kept.get(path, "")))
    errors = (it.said for it in found if (it.step, it.part) == (table["key"], part)
              and it.language in ("", code))  # fmt: skip
    return Field(name, path[0] if path[0] != "outcome" else "outcome", value, next(errors, ""))


@dataclass(frozen=True, slots=True)
class Timed:
    """A sentence of the term whose length can be changed."""

    at: int
    sentence: Sentence
    now: str
    number: str
    unit: str

    @property
    def field(self) -> str:
        """The name of its field."""
        return f"term-{self.at}"


def _terms(table: Raw, sent: Mapping[str, str] | None) -> list[Timed]:
    found = []
    for at, text in enumerate(_sentences(table)):
        try:
            sentence = read_sentence(text)
        except NotATerm:
            continue
        if sentence.length is None:
            continue
        number = sent.get(f"term-{at}", "") if sent else str(sentence.length.number)
        unit = sent.get(f"unit-{at}", "") if sent else sentence.length.unit.value
        found.append(Timed(at, sentence, length_in_words(sentence.length), number, unit))
    return found


def _sentences(table: Raw) -> list[str]:
    term = table.get("term", [])
    return [str(it) for it in as_list(term["latest"] if isinstance(term, dict) else term)]


def _term_errors(terms: list[Timed]) -> Errors:
    return {
        f"term-{it.at}": gettext("Write a number from 1 to %(most)d.") % {"most": MOST_NUMBER}
        for it in terms
        if not (it.number.isdecimal() and 0 < int(it.number[:9]) <= MOST_NUMBER)
        or it.unit not in set(Unit)
    }


def _write(writing: Writing, table: Raw, sent: Mapping[str, str], terms: list[Timed]) -> None:
    here = ("step", table["key"])
    for path in _paths(table):
        words = {code: sent.get(f"{'-'.join(path)}-{code}", "") for code in LANGUAGES}
        lists = path[0] in LINES
        writing.say(
            (*here, *path), {code: _lines(it) if lists else it for code, it in words.items()}
        )
    writing.put((*here, "optional"), True if "optional" in sent else None)
    if terms:
        latest = ("latest",) if isinstance(table["term"], dict) else ()
        writing.put((*here, "term", *latest), _term(table, terms))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _term(table: Raw, terms: list[Timed]) -> Any:
    sentences = _sentences(table)
    for it in terms:
        length = it.sentence.length
        if length and (str(length.number), length.unit.value) != (it.number, it.unit):
            _, _, rest = sentences[it.at].partition(" after ")
            every = "every " if sentences[it.at].startswith("every ") else ""
            sentences[it.at] = f"{every}{int(it.number)} {it.unit} after {rest}"
    return sentences[0] if isinstance(table["term"], str) else sentences


def _choices(
    seat: str, succession: list[str], roles: Mapping[str, str], sent: Mapping[str, str] | None
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """A place in the succession: its field, who was chosen, and all who can be."""
    chosen = _succession(seat, sent) if sent and f"{seat}-1" in sent else succession
    known = {**roles, **{role: role for role in succession if role not in roles}}
    places = [*chosen, "", ""][:MOST_ROLES]
    return [(f"{seat}-{at}", it, list(known.items())) for at, it in enumerate(places, start=1)]


def _succession(seat: str, sent: Mapping[str, str]) -> list[str]:
    given = (sent.get(f"{seat}-{at}", "") for at in range(1, MOST_ROLES + 1))
    return list(dict.fromkeys(role for role in given if role.isidentifier()))
