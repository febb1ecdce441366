"""What it can be about, what is promised, the words and the number of the house (P12)."""

import pytest
from django.test import Client

from klankbord.organisations.own import our_words
from klankbord.rules.profiles.own import Part
from tests import given
from tests.given import House, a_report
from tests.web.administration.writing import (
    ABOUT,
    KINDS,
    PAGES,
    kinds,
    page,
    public,
    publish_all,
)
from tests.web.desks import signed_in

pytestmark = pytest.mark.django_db


def test_a_category_of_their_own_is_asked_in_the_form(bert: Client, house: House) -> None:
    """R-000-15: an open list of categories, with everyday examples."""
    assert "label-own_1" in bert.post(ABOUT, kinds(house, do="add")).content.decode()
    new = kinds(house, **{"label-own_1": "Ontgroening", "example-own_1": "Je moet iets doen."})
    new["order"] = "own_1 " + new["order"]
    assert bert.post(ABOUT, new).status_code == 302
    assert "Ontgroening" in page(bert, KINDS)
    publish_all(bert, "categories.")
    assert "people read “Ontgroening”" in page(bert, f"{PAGES}onderwerpen/fr/")


def test_a_category_that_is_switched_off_stays_in_what_was_told(bert: Client, house: House) -> None:
    """R-000-15: a stored word never changes its meaning."""
    told = a_report(house, reader="noor")
    bert.post(ABOUT, kinds(house, off="bullying"))
    publish_all(bert, "categories.")
    assert "Pesten of buitensluiten" not in page(bert, "/beheer/ravelijn/voorbeeld/kinds/")
    noor = signed_in(Client(), house["noor"])
    assert "Bullying or leaving out" in page(noor, f"/en/werk/{told.reference}/")


def test_who_is_in_danger_always_finds_a_place(bert: Client, house: House) -> None:
    bert.post(ABOUT, kinds(house, off="suicidal_thoughts other bullying"))
    publish_all(bert, "categories.")
    shown = page(bert, KINDS)
    assert 'value="suicidal_thoughts"' in shown
    assert 'value="other"' in shown
    assert 'value="bullying"' not in shown


def test_a_category_needs_a_name_and_an_example(bert: Client, house: House) -> None:
    sent = kinds(house, **{"label-own_1": "", "example-own_1": ""})
    sent["order"] += " own_1"
    shown = bert.post(ABOUT, sent).content.decode()
    assert "Give it a name" in shown
    assert "Give an everyday example" in shown


def test_a_promise_is_changed_for_its_own_regime_only(bert: Client, house: House) -> None:  # P1
    address = f"{PAGES}beloften/nl/"
    assert "Let somebody who knows the law look along" in page(bert, address)
    sent = {
        f"{name}-{regime}": f"{name} {regime}"
        for regime in ("discretion", "confidential")
        for name in ("title", "short", "long")
    }
    bert.post(address, sent)
    assert "Did somebody who knows the law look along?" in page(bert, f"{PAGES}nakijken/")
    publish_all(bert, "promises.nl")
    card = public(bert)
    assert "short discretion" in card
    assert "short confidential" not in card  # nobody here listens under it
    refused = bert.post(address, {**sent, "short-discretion": "Wij hebben beroepsgeheim."})
    assert "has no professional secrecy" in refused.content.decode()


def test_words_of_the_house_are_changed(bert: Client, house: House) -> None:
    address = f"{PAGES}woorden/nl/"
    ours = our_words(house.organisation, Part.VOCABULARY, "nl")
    sent = {f"word-{key}": text for key, text in ours.items()}
    assert bert.post(address, {**sent, "word-unit": ""}).status_code == 422
    bert.post(address, {**sent, "word-counsellors": "luisteraars", "word-report": "verhaal"})
    publish_all(bert, "vocabulary.nl")
    shown = public(bert, "/ravelijn/k/")
    assert "uit deze luisteraars:" in shown
    assert "dat er een verhaal is" in shown


def test_number_hours_and_the_way_out_are_the_organisations_own(bert: Client, house: House) -> None:
    """P7"""
    address = f"{PAGES}bereikbaar/"
    sent = {"telephone": "0470 12 34 56", "hours-nl": "overdag", "hours-fr": "en journée",
            "exit_address": "https://weer.example/"}  # fmt: skip
    for wrong in ("http://weer.example/", "https://localhost/", "weer.example"):
        answer = bert.post(address, {**sent, "exit_address": wrong})
        assert answer.status_code == 422
        assert "Write the whole address of another website" in answer.content.decode()
    assert bert.post(address, {**sent, "telephone": "bel"}).status_code == 422
    bert.post(address, sent)
    assert "0470&nbsp;12&nbsp;34&nbsp;56" not in public(bert)
    publish_all(bert, "reach.")
    assert "0470&nbsp;12&nbsp;34&nbsp;56" in public(bert)
    assert "en journée" in public(bert, "/fr/ravelijn/")
    left = Client().get("/exit", {"o": "ravelijn"})
    assert left.headers["Location"] == "https://weer.example/"


def test_a_house_without_a_story_door_has_no_categories_to_break_on(
    db: None, trusting: None
) -> None:
    """P11: the sectoral point takes no reports; its page says so instead of failing."""
    house = given.a_house(
        "koepel", "Koepel", profile="sector", founder="stijn",
        people={"stijn": ["officer", "administrator"]},
    )  # fmt: skip
    stijn = signed_in(Client(), house["stijn"])
    assert stijn.get("/beheer/koepel/paginas/onderwerpen/nl/").status_code == 200
    assert stijn.get("/beheer/koepel/paginas/nakijken/").status_code == 200
