"""Our own first path segments can never become an organisation's name, nor the other way round."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from klankbord.config.reserved import LANGUAGE_PREFIXES


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern.url_patterns, route)


def fixed_first_segments() -> set[str]:
    first = {route.split("/")[0] for route in routes(get_resolver().url_patterns)}
    return {segment for segment in first if segment and not re.search(r"[<(^]", segment)}


@pytest.mark.parametrize("segment", sorted(fixed_first_segments()))
def test_a_first_segment_of_ours_is_reserved(segment: str) -> None:
    assert segment in settings.RESERVED_NAMES


def test_languages_and_static_files_are_reserved() -> None:
    codes = {code for code, _ in settings.LANGUAGES}
    assert codes <= settings.RESERVED_NAMES
    assert settings.STATIC_URL.strip("/") in settings.RESERVED_NAMES
    assert codes - {settings.LANGUAGE_CODE} == LANGUAGE_PREFIXES
