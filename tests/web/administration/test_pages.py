"""A volunteer writes the organisation's own pages: save, look, publish, go back (P12)."""

import re
from typing import Any

import pytest
from django.test import Client

from klankbord.organisations.models import Edition, Organisation
from klankbord.organisations.own import our_words
from klankbord.organisations.queries import calendar_of
from klankbord.rules.profiles.own import Part
from tests.given import House, a_report
from tests.web.desks import SIGN_IN, sign_in, signed_in

pytestmark = pytest.mark.django_db
PAGES = "/en/beheer/ravelijn/paginas/"
HOME, KINDS = "/nl/ravelijn/", "/en/beheer/ravelijn/voorbeeld/kinds/"
TEXT, ABOUT, DAYS = f"{PAGES}tekst/nl/", f"{PAGES}onderwerpen/nl/", f"{PAGES}dagen/"


@pytest.fixture
def bert(client: Client, house: House) -> Client:
    """The administrator, who is a volunteer and knows nothing of computers."""
    return signed_in(client, house["bert"])


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def texts(house: House, **changed: str) -> dict[str, str]:
    """The form with our texts in it, as the browser sends it."""
    ours = our_words(house.organisation, Part.PAGE, "nl")
    sent = {name: ours[name] for name in ("hero", "lede", "doubt")}
    sent["order"] = " ".join(block["key"] for block in ours["block"])
    for block in ours["block"]:
        sent[f"title-{block['key']}"] = block["title"]
        sent[f"text-{block['key']}"] = "\r\n\r\n".join(block["paragraphs"])
    return {**sent, **changed}


def kinds(house: House, **changed: str) -> dict[str, str]:
    keys = [it["key"] for it in our_words(house.organisation, Part.CATEGORIES, "")["category"]]
    return {"order": " ".join(keys), **changed}


def publish_all(client: Client, *places: str) -> Any:
    answer = client.post(f"{PAGES}nakijken/", {"place": places})
    assert answer.status_code == 302
    return answer


def public(client: Client, address: str = "/ravelijn/") -> str:
    return page(Client(), address)


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


# Categories ---------------------------------------------------------------------------------------


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


# Promises, words, number --------------------------------------------------------------------------


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
    bert.post(address, {**sent, "word-unit": "ploeg"})
    publish_all(bert, "vocabulary.nl")
    assert "ploeg" in page(bert, address)


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


# Colours ------------------------------------------------------------------------------------------

OURS = {"brand": "#0e5a61", "on_brand": "#ffffff", "brand_tint": "#e3efee", "paper": "#faf7f2"}


def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(
    bert: Client, house: House
) -> None:
    """R-001-40"""
    answer = bert.post(f"{PAGES}kleuren/", {**OURS, "brand": "#FFCC00"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Text on a button on main colour is hard to read: the contrast is 1.5" in shown
    assert 'name="brand" value="#826800"' in shown
    assert Edition.objects.count() == 0
    assert bert.post(f"{PAGES}kleuren/", {**OURS, "brand": "#826800"}).status_code == 302
    publish_all(bert, "theme.")
    assert "/ravelijn/s/" in public(bert)


def test_looking_first_keeps_nothing_and_what_is_no_colour_is_said(
    bert: Client, house: House
) -> None:
    shown = bert.post(f"{PAGES}kleuren/", {**OURS, "brand": "#5a2ca0", "look": "1"})
    assert shown.status_code == 200
    assert 'fill="#5a2ca0"' in shown.content.decode()
    wrong = bert.post(f"{PAGES}kleuren/", {**OURS, "paper": "red;}body{display:none"})
    assert wrong.status_code == 422
    assert "Choose a colour" in wrong.content.decode()
    assert Edition.objects.count() == 0


# Days ---------------------------------------------------------------------------------------------


def test_days_off_are_added_as_periods_and_taken_out(bert: Client, house: House) -> None:
    bert.post(DAYS, {"first": "2026-12-24", "last": "2027-01-02", "add": "1"})
    assert "24 December 2026 to 2 January 2027" in page(bert, DAYS)
    bert.post(DAYS, {"first": "5/5/2027", "region": "flemish", "opening-nl": "Van 9 tot 17"})
    shown = page(bert, DAYS)
    assert "5 May 2027" in shown
    publish_all(bert, "calendar.")
    row = Organisation.objects.get(id=house.organisation.id)
    assert len(row.closures) == 11
    assert calendar_of(row).region == "flemish"
    assert "Van 9 tot 17" in public(bert)
    bert.post(DAYS, {"out": "2026-12-24:2027-01-02", "region": "flemish"})
    assert "24 December 2026" not in page(bert, DAYS)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "", "Fill in the first day"),
        ("morgen", "", "Fill in the first day"),
        ("2026-12-24", "soon", "Fill in the last day"),
        ("2026-12-24", "2026-12-20", "The last day comes before the first"),
        ("2020-12-24", "2020-12-25", "These days are over"),
        ("2026-12-24", "2028-01-02", "longer than two months"),
        ("2062-12-24", "2062-12-25", "more than three years"),
    ],
)
def test_days_that_cannot_be_meant_come_back(
    bert: Client, house: House, first: str, last: str, said: str
) -> None:
    answer = bert.post(DAYS, {"first": first, "last": last, "add": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert not first or f'value="{first}"' in shown
    assert Edition.objects.count() == 0


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
