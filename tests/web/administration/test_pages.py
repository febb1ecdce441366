"""A volunteer writes the organisation's own pages: save, look, publish, go back (P12)."""

import re

import pytest
from django.test import Client

from klankbord.organisations.models import Edition
from klankbord.rules.profiles.own import Part
from tests.given import House
from tests.web.administration.writing import (
    ABOUT,
    DAYS,
    KINDS,
    PAGES,
    TEXT,
    page,
    public,
    publish_all,
    texts,
)
from tests.web.desks import SIGN_IN, sign_in, signed_in

pytestmark = pytest.mark.django_db


def test_everything_is_on_one_page_with_whose_text_it_is(bert: Client, house: House) -> None:
    shown = page(bert, PAGES)
    assert shown.count("kb-go") == len(Part)
    assert "our text" in shown
    bert.post(TEXT, texts(house, hero="Vertel het"))
    assert "not public yet" in page(bert, PAGES)
    publish_all(bert, "page.nl")
    assert "yours: Dutch" in page(bert, PAGES)


def test_what_is_saved_is_seen_in_the_preview_and_by_nobody_else(
    bert: Client, house: House
) -> None:
    """P12: an unpublished text stands on no public page."""
    answer = bert.post(TEXT, texts(house, hero="Praat met ons"))
    assert (answer.status_code, answer.headers["Location"]) == (302, TEXT)
    assert "Nobody else sees it yet." in page(bert, TEXT)
    assert "Praat met ons" in page(bert, "/beheer/ravelijn/voorbeeld/home/")
    for address in ("/ravelijn/", "/ravelijn/i/", "/fr/ravelijn/", "/ravelijn/c/1/"):
        assert "Praat met ons" not in public(bert, address)
    publish_all(bert, "page.nl")
    assert "Praat met ons" in public(bert)
    assert "Praat met ons" not in public(bert, "/fr/ravelijn/")


def test_the_editor_says_that_a_language_falls_back_on_our_text(bert: Client, house: House) -> None:
    bert.post(TEXT, texts(house, hero="Praat met ons"))
    publish_all(bert, "page.nl")
    assert "You have not written anything in this language yet." in page(bert, f"{PAGES}tekst/fr/")
    assert "You have not written anything in this language yet." not in page(bert, TEXT)


def test_blocks_move_come_and_go_and_nothing_typed_is_lost(bert: Client, house: House) -> None:
    sent = texts(house, do="add", hero="Half geschreven")
    shown = bert.post(TEXT, sent).content.decode()
    assert "title-own_1" in shown
    assert "Half geschreven" in shown
    shown = bert.post(TEXT, texts(house, do="out:does_not")).content.decode()
    assert "back:does_not" in shown
    assert Edition.objects.count() == 0
    order = "does what_is own_1 does_not who_may_come others how"
    changed = {"title-own_1": "Op kamp", "text-own_1": "Een.\r\n\r\n\r\nTwee."}
    bert.post(TEXT, texts(house, order=order, gone="does_not", **changed))
    publish_all(bert, "page.nl")
    info = public(bert, "/ravelijn/i/")
    assert info.index("Wat doen we wel?") < info.index("Wat is een aanspreekpersoon?")
    assert '<p class="govuk-body">Een.</p><p class="govuk-body">Twee.</p>' in info
    assert "Wat doen we niet?" not in info


def test_what_is_typed_is_text_and_never_markup(bert: Client, house: House) -> None:
    bert.post(TEXT, texts(house, hero="<script>alert(1)</script> & <b>hier</b>"))
    for shown in (page(bert, TEXT), page(bert, f"{PAGES}nakijken/"), page(bert, PAGES)):
        assert "<script>alert" not in shown
    publish_all(bert, "page.nl")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in public(bert)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("hero", "", "Write something here"),
        ("hero", "a" * 121, "at most 120 characters"),
        ("title-does", "", "Give this block a title"),
        ("text-does", " \r\n ", "Write something in this block"),
        ("text-does", "a" * 1300, "Put an empty line in between"),
    ],
)
def test_a_text_that_does_not_fit_comes_back_with_what_to_do(
    bert: Client, house: House, name: str, typed: str, said: str
) -> None:
    answer = bert.post(TEXT, texts(house, **{name: typed, "lede": "Dit blijft staan."}))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert shown.count(said) == 2  # above, and at the field
    assert f'href="#{name}"' in shown
    assert "Dit blijft staan." in shown
    assert Edition.objects.count() == 0


def test_a_session_that_ended_costs_no_text(client: Client, house: House) -> None:
    """The page asks to sign in, and brings everything that was typed back."""
    answer = client.post(TEXT, texts(house, hero="Lang over nagedacht"))
    carried = answer.content.decode()
    assert "Lang over nagedacht" in carried
    sent = texts(house, hero="Lang over nagedacht")
    fields = {f"kept-{name}": text for name, text in sent.items()} | {"kept-path": TEXT}
    answer = sign_in(client, house["bert"], **fields)
    assert answer.headers["Location"] == TEXT
    assert "Lang over nagedacht" in page(client, TEXT)
    assert SIGN_IN not in answer.headers["Location"]


# Publishing and going back ------------------------------------------------------------------------


def test_what_changes_is_read_before_it_is_public(bert: Client, house: House) -> None:
    bert.post(TEXT, texts(house, hero="Praat met ons"))
    bert.post(DAYS, {"first": "2026-12-24"})
    shown = page(bert, f"{PAGES}nakijken/")
    assert "The question at the top" in shown
    assert "Is er iets gebeurd dat niet oké voelt?" in shown
    assert "24 December 2026" in shown
    publish_all(bert, "page.nl")
    assert "Praat met ons" in public(bert)
    assert "24 December 2026" in page(bert, f"{PAGES}nakijken/")


def test_days_off_are_read_as_periods_and_only_what_changes(bert: Client, house: House) -> None:
    bert.post(DAYS, {"first": "2026-12-24", "last": "2027-01-02"})
    publish_all(bert, "calendar.")
    bert.post(DAYS, {"first": "2027-04-06", "last": "2027-04-09"})
    shown = page(bert, f"{PAGES}nakijken/")
    assert "6 April 2027 to 9 April 2027" in shown
    assert "December" not in shown


def test_publishing_nothing_or_what_is_gone_is_said(bert: Client, house: House) -> None:
    assert "Nothing waits to be published." in page(bert, f"{PAGES}nakijken/")
    bert.post(TEXT, texts(house, hero="Praat met ons"))
    for places, said in (([], "Tick at least one part"), (["page.fr"], "meanwhile")):
        answer = bert.post(f"{PAGES}nakijken/", {"place": places})
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_a_change_is_undone_before_and_after_it_is_public(bert: Client, house: House) -> None:
    for text in ("Een", "Twee"):
        bert.post(TEXT, texts(house, hero=text))
    undo = {"place": "page.nl", "what": "last"}
    assert bert.post(f"{PAGES}terug/", undo).headers["Location"] == TEXT
    assert 'value="Een"' in page(bert, TEXT)
    publish_all(bert, "page.nl")
    history = page(bert, f"{PAGES}eerder/")
    assert house["bert"].name in history
    assert "As it was at the start" in history
    newest = re.findall(r"eerder/([0-9a-f-]{36})/", history)[0]
    shown = page(bert, f"{PAGES}eerder/{newest}/")
    assert "What changed then" in shown
    assert "Is er iets gebeurd dat niet oké voelt?" in shown
    assert f"Written by {house['bert'].name}." in shown
    first = re.findall(r"eerder/([0-9a-f-]{36})/", history)[-1]
    assert "Make this one public again" in page(bert, f"{PAGES}eerder/{first}/")
    assert bert.post(f"{PAGES}eerder/{first}/").status_code == 302
    assert "Is er iets gebeurd dat niet oké voelt?" in public(bert)


def test_the_journal_says_what_was_published_and_by_whom(bert: Client, house: House) -> None:
    bert.post(TEXT, texts(house, hero="Praat met ons"))
    publish_all(bert, "page.nl")
    journal = page(bert, "/en/beheer/ravelijn/logboek/")
    assert "Published: Texts of the public pages (Dutch)" in journal
    assert "Praat met ons" not in journal


def test_undoing_what_is_no_part_is_not_there(bert: Client, house: House) -> None:
    assert bert.post(f"{PAGES}terug/", {"place": "spell.nl"}).status_code == 404
    assert bert.get(f"{PAGES}terug/").headers["Location"] == PAGES
    assert bert.get(f"{PAGES}tekst/ar/").status_code == 404
    assert bert.get("/beheer/ravelijn/voorbeeld/nergens/").status_code == 404


def test_the_neighbours_administrator_finds_nothing(
    client: Client, house: House, neighbour: House
) -> None:
    bas = signed_in(client, neighbour["bas"])
    before = Edition.objects.count()
    for address in (PAGES, TEXT, ABOUT, DAYS, f"{PAGES}nakijken/", f"{PAGES}eerder/", KINDS):
        assert bas.get(address).status_code == 404
    assert bas.post(TEXT, texts(house, hero="Van de buren")).status_code == 404
    assert bas.post(f"{PAGES}nakijken/", {"place": "page.nl"}).status_code == 404
    assert Edition.objects.count() == before
