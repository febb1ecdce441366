"""The language stands in the path and nowhere else (vault §2.9)."""

import pytest
from django.test import Client, RequestFactory
from django.urls import get_script_prefix
from django.utils import translation

from klankbord.kit.pages.language import path_in, same_page, split_path

PATHS = [
    ("/", "nl", "/"),
    ("/ravelijn/", "nl", "/ravelijn/"),
    ("/fr", "fr", "/"),
    ("/fr/", "fr", "/"),
    ("/fr/ravelijn/c/2", "fr", "/ravelijn/c/2"),
    ("/en/werk/", "en", "/werk/"),
    ("/de/", "de", "/"),
    ("/de-brug/", "nl", "/de-brug/"),  # an organisation
    ("/de-brug", "nl", "/de-brug"),
    ("/de/de-brug/", "de", "/de-brug/"),
    ("/fr/fr/", "fr", "/fr/"),  # only once
    ("/nl/", "nl", "/nl/"),  # Dutch has no prefix
    ("/FR/", "nl", "/FR/"),
    ("/fra/", "nl", "/fra/"),
    ("/ar/", "nl", "/ar/"),
    ("/ravelijn/fr/", "nl", "/ravelijn/fr/"),
    ("/fr\n/", "nl", "/fr\n/"),
    ("//fr/", "nl", "//fr/"),
    ("", "nl", ""),
]


@pytest.mark.parametrize(("path", "code", "rest"), PATHS)
def test_a_path_falls_apart_in_language_and_page(path: str, code: str, rest: str) -> None:
    assert split_path(path) == (code, rest)


@pytest.mark.parametrize("code", ["nl", "fr", "en", "de"])
@pytest.mark.parametrize("page", ["/", "/ravelijn/c/2", "/de-brug/"])
def test_a_written_path_reads_back(code: str, page: str) -> None:
    assert split_path(path_in(code, page)) == (code, page)


@pytest.mark.parametrize(
    ("path", "organisation", "code", "link"),
    [
        ("/ravelijn/", "ravelijn", "nl", "/de-brug/"),
        ("/fr/ravelijn/", "ravelijn", "fr", "/fr/de-brug/"),
        ("/de-brug/", "de-brug", "nl", "/de-brug/"),
        ("/de/de-brug/", "de-brug", "de", "/de/de-brug/"),
        ("/en", "", "en", "/en/de-brug/"),
    ],
)
def test_links_keep_the_language(
    site: Client, path: str, organisation: str, code: str, link: str
) -> None:
    response = site.get(path)
    shown = response.content.decode().partition("\n")[0]
    assert shown == f"{organisation}|{code}|{link}"
    assert response["Content-Language"] == code


def test_the_browser_does_not_choose_the_language(site: Client) -> None:
    response = site.get("/ravelijn/", headers={"Accept-Language": "fr"})
    assert response["Content-Language"] == "nl"


def test_one_request_leaves_no_language_to_the_next(site: Client) -> None:
    before = (get_script_prefix(), translation.get_language())
    site.get("/fr/ravelijn/")
    assert (get_script_prefix(), translation.get_language()) == before


def test_an_error_page_speaks_the_language_of_the_path(site: Client) -> None:
    page = site.get("/fr/fail/value/").content.decode()
    assert '<html lang="fr"' in page
    assert 'href="/fr/exit"' in page


def test_the_same_page_is_offered_in_every_language_without_its_query() -> None:
    request = RequestFactory().get("/fr/ravelijn/c/2?zoek=iets")
    request.LANGUAGE_CODE, request.path_info = split_path(request.path_info)
    offered = {page.code: (page.path, page.current) for page in same_page(request)}
    assert offered == {
        "nl": ("/ravelijn/c/2", False),
        "fr": ("/fr/ravelijn/c/2", True),
        "en": ("/en/ravelijn/c/2", False),
        "de": ("/de/ravelijn/c/2", False),
    }
