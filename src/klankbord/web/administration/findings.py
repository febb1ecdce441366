"""What a proof found, in the words of a page: the sentence, the name it is about, and its field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from klankbord.web.administration.editing import language_name

_NAME = re.compile(r"(?P<name>[\w.]+)(?:,[ \w,]+)?: (?P<said>.+)", re.S)


@dataclass(frozen=True, slots=True)
class Found:
    """`name` as it stands in the file; `step` and `part` where it belongs to a step."""

    name: str
    said: str
    step: str = ""
    part: str = ""
    language: str = ""


def told(findings: Iterable[str], steps: Iterable[str]) -> tuple[Found, ...]:
    """Every finding, with the step that it is about."""
    known = frozenset(steps)
    return tuple(_told(it, known) for it in findings)


def _told(finding: str, steps: frozenset[str]) -> Found:
    found = _NAME.fullmatch(finding)
    if found is None:
        return Found("", finding)
    path = found["name"].removeprefix("step.").split(".")
    said, language = _in_words(found["said"])
    step = path[0] if path[0] in steps else ""
    return Found(found["name"], said, step, ".".join(path[1:]) if step else "", language)


def _in_words(said: str) -> tuple[str, str]:
    for pattern, sentence in _sentences():
        if found := re.match(pattern, said):
            words = found.groupdict()
            code = words.get("language", "")
            return sentence % {**words, "language": language_name(code) if code else ""}, code
    return said, ""


def _sentences() -> tuple[tuple[str, str], ...]:
    return (
        (r"the text is empty", gettext("Write something here, in Dutch too.")),
        (
            r"the translation in (?P<language>\w\w) (is missing|is empty)",
            gettext("Write this in %(language)s as well."),
        ),
        (
            r"the translation in (?P<language>\w\w) has another number of lines",
            gettext("In %(language)s there are more or fewer lines than in Dutch."),
        ),
        (r"this step is never reached", gettext("No step leads here any more.")),
        (r"this ending is never reached", gettext("No case can come to this ending any more.")),
        (r"a case can get stuck here", gettext("A case could get stuck here and never end.")),
        (
            r"the step (?P<other>\w+) does not exist",
            gettext("It names the step “%(other)s”, which is not there."),
        ),
        (
            r"(?P<other>\w+) is optional and may be skipped",
            gettext("A case may not end without “%(other)s”, so that step may not be left out."),
        ),
        (
            r"nobody can hold any of its roles here",
            gettext("Nobody here can be this. Choose a role that your organisation has."),
        ),
        (r"there must be at least one role", gettext("Choose at least one role.")),
        (
            r"nothing that it counts from may be known",
            gettext("There is a way on which the day from which this counts is not known."),
        ),
    )
