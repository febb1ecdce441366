"""An organisation's own words over ours: what they may change, and what they may not (P12)."""

from typing import Any

import pytest

from klankbord.rules.forms.shape import ALLEGED, DANGER
from klankbord.rules.library import Refused
from klankbord.rules.profiles.changes import changes
from klankbord.rules.profiles.own import Own, Part, laid_over, next_key, settled
from klankbord.rules.profiles.own_proof import claims_secrecy, leads_elsewhere, part_findings
from klankbord.rules.profiles.reading import load_profile, own_profile, shipped
from klankbord.rules.profiles.shape import Profile, Regime

BLOCK = {"key": "own_1", "title": "Ons kamp", "paragraphs": ["Ook daar."]}
OWN_CATEGORY = {
    "key": "own_1",
    "texts": {"nl": {"label": "Ontgroening", "example": "Je moet iets doen dat je niet wil."}},
}


def youth(own: Own, language: str = "nl") -> Profile:
    return own_profile("youth", 1, language, own)


def page(**changed: Any) -> dict[str, Any]:
    ours = shipped("youth", 1, "nl")["page"]
    return {**{key: ours[key] for key in ("hero", "lede", "doubt", "block")}, **changed}


def findings(part: Part, words: Any, profile: str = "youth") -> tuple[str, ...]:
    tables = shipped(profile, 1, "nl")
    return part_findings(part, words, shipped=tables, country="BE", our_host="punt.example.org")


def test_without_own_words_everything_is_as_we_ship_it() -> None:
    for language in ("nl", "fr", "en", "de"):
        assert youth({}, language) == load_profile("youth", 1, language)
    assert laid_over(shipped("youth", 1, "nl"), {}, "nl") == shipped("youth", 1, "nl")


def test_blocks_are_added_changed_moved_and_taken_out() -> None:  # R-000-41, P12
    ours = page()["block"]
    own = youth({(Part.PAGE, "nl"): page(hero="Vertel het", block=[BLOCK, ours[2], ours[0]])})
    assert own.page.hero == "Vertel het"
    assert [block.key for block in own.page.blocks] == ["own_1", "does_not", "what_is"]


def test_a_language_that_was_not_filled_in_falls_back_on_our_text() -> None:  # P12
    own = {(Part.PAGE, "nl"): page(hero="Vertel het")}
    assert youth(own, "fr").page == load_profile("youth", 1, "fr").page


def test_an_employer_writes_what_employees_may_expect_of_it() -> None:  # R-002-03, P12
    ours = shipped("employer", 1, "nl")["page"]
    blocks = [
        {**block, "paragraphs": ["Wij luisteren."]} if block["key"] == "employer" else block
        for block in ours["block"]
    ]
    words = {**{key: ours[key] for key in ("hero", "lede", "doubt")}, "block": blocks}
    own = own_profile("employer", 1, "nl", {(Part.PAGE, "nl"): words})
    block = own.page.block("employer")
    assert block is not None
    assert block.paragraphs == ("Wij luisteren.",)


def test_own_words_are_proven_as_a_profile_is() -> None:
    with pytest.raises(Refused, match="hero"):
        youth({(Part.PAGE, "nl"): page(hero=" ")})
    with pytest.raises(Refused, match="two of them"):
        youth({(Part.PAGE, "nl"): page(block=[BLOCK, BLOCK])})


# Categories ---------------------------------------------------------------------------------------


def words_of(*lines: dict[str, Any]) -> dict[str, Any]:
    return {"category": list(lines)}


def own_of(*lines: dict[str, Any]) -> Own:
    return {(Part.CATEGORIES, ""): words_of(*lines)}


def test_categories_of_their_own_stand_among_ours_in_their_order() -> None:  # R-000-15
    own = youth(own_of(OWN_CATEGORY, {"key": "sexual"}, {"key": "bullying", "retired": True}))
    keys = [category.key for category in own.categories]
    assert keys[:2] == ["own_1", "sexual"]
    assert "bullying" not in keys
    assert keys[-1] == "other"
    assert own.categories[0].option.traits == {ALLEGED}


def test_what_is_not_offered_any_more_still_says_what_was_chosen() -> None:  # R-000-15
    own = youth(own_of({"key": "bullying", "retired": True}))
    offered = own.options()["categories"]
    chosen = own.options((), {"kind": ["bullying", "other"]})["categories"]
    assert "bullying" not in {option.word for option in offered}
    assert "Pesten of buitensluiten" in {option.text for option in chosen}


def test_ours_keep_their_name_and_get_an_example_of_their_own() -> None:
    texts = {"nl": {"label": "Fraude", "example": "Op de bus wordt altijd met jou gelachen."}}
    own = youth(own_of({"key": "bullying", "texts": texts}))
    assert own.categories[0].label == "Pesten of buitensluiten"
    assert own.categories[0].example == texts["nl"]["example"]
    ours = load_profile("youth", 1, "fr").categories[0]
    assert youth(own_of({"key": "bullying", "texts": texts}), "fr").categories[0] == ours


def test_an_own_category_without_a_translation_is_read_in_the_language_it_has() -> None:
    assert youth(own_of(OWN_CATEGORY), "fr").categories[0].label == "Ontgroening"


def test_danger_and_something_else_cannot_be_switched_off() -> None:  # R-000-12, R-000-15
    for key in ("suicidal_thoughts", "other"):
        assert findings(Part.CATEGORIES, words_of({"key": key, "retired": True}))
    own = youth(own_of({"key": "suicidal_thoughts"}))
    assert own.categories[0].option.traits == {DANGER}


def test_another_name_makes_another_category_and_keeps_the_old_one() -> None:  # R-000-15
    before = words_of({"key": "bullying"}, OWN_CATEGORY)
    renamed = {**OWN_CATEGORY, "texts": {"nl": {"label": "Doop", "example": "Iets."}}}
    after = settled(before, words_of(renamed, {"key": "bullying"}))
    keys = {line["key"]: line for line in after["category"]}
    assert keys["own_2"]["texts"]["nl"]["label"] == "Doop"
    assert keys["own_1"]["texts"]["nl"]["label"] == "Ontgroening"
    assert keys["own_1"]["retired"]


def test_a_translation_or_another_example_makes_no_other_category() -> None:
    texts = {
        "nl": {"label": "Ontgroening", "example": "Een ander voorbeeld."},
        "fr": {"label": "Baptême", "example": "Un exemple."},
    }
    after = settled(words_of(OWN_CATEGORY), words_of({**OWN_CATEGORY, "texts": texts}))
    assert [line["key"] for line in after["category"]] == ["own_1"]


def test_what_was_taken_out_stays_for_reports_that_chose_it() -> None:
    after = settled(words_of(OWN_CATEGORY, {"key": "bullying"}), words_of({"key": "bullying"}))
    assert after["category"][-1] == {**OWN_CATEGORY, "retired": True}


def test_a_new_word_is_one_that_nobody_had() -> None:
    assert next_key([]) == "own_1"
    assert next_key([{"key": "own_9"}, {"key": "own_2"}, {"key": "bullying"}]) == "own_10"


def test_an_own_category_needs_a_name_and_an_example() -> None:
    assert findings(Part.CATEGORIES, words_of({"key": "own_1", "texts": {"nl": {"label": "x"}}}))
    assert findings(Part.CATEGORIES, words_of({"key": "fraud"}))
    assert not findings(Part.CATEGORIES, words_of(OWN_CATEGORY))


# Promises -----------------------------------------------------------------------------------------


def promise(**changed: str) -> dict[str, Any]:
    return {"title": "Zorgzaam", "short": "We zeggen het je altijd.", "long": "Lang.", **changed}


def test_each_regime_keeps_its_own_promise() -> None:  # P1
    own = youth({(Part.PROMISES, "nl"): {"discretion": promise()}})
    assert own.promises[Regime.DISCRETION].short == "We zeggen het je altijd."
    ours = load_profile("youth", 1, "nl").promises[Regime.CONFIDENTIAL]
    assert own.promises[Regime.CONFIDENTIAL] == ours


def test_nobody_promises_under_a_regime_that_nobody_has() -> None:  # P1
    assert findings(Part.PROMISES, {"secrecy": promise()})
    assert findings(Part.PROMISES, {"none": promise()})


@pytest.mark.parametrize(
    "word", ["beroepsgeheim", "secret professionnel", "professional secrecy", "Berufsgeheimnis"]
)
def test_a_short_promise_never_claims_professional_secrecy(word: str) -> None:  # P1
    assert claims_secrecy(f"Wij hebben {word}.")
    assert findings(Part.PROMISES, {"discretion": promise(short=f"Wij: {word}.")})
    assert not findings(Part.PROMISES, {"discretion": promise(long=f"Wij hebben geen {word}.")})


# Number, exit, colours, days ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://www.meteo.be/nl", True),
        ("https://nieuws.example", True),
        ("http://www.meteo.be", False),
        ("https://punt.example.org/ravelijn/", False),
        ("https://x.punt.example.org", False),
        ("https://punt.example.org.", False),
        ("https://PUNT.example.org", False),
        ("https://user:pw@elsewhere.example", False),
        ("https://elsewhere.example:8443/", False),
        ("https://elsewhere.example:x/", False),
        ("https://127.0.0.1/", False),
        ("https://[::1]/", False),
        ("https://localhost/", False),
        ("javascript:alert(1)", False),
        ('https://weer.example/"><script>', False),
        ("https://weer.example/\nx", False),
        ("", False),
    ],
)
def test_leaving_quickly_leads_to_another_website_and_never_to_ours(
    address: str, leads: bool
) -> None:
    assert leads_elsewhere(address, "punt.example.org") is leads


def test_hours_and_exit_are_those_of_the_organisation() -> None:
    reach = {
        "telephone": "0470 00 01 12",
        "hours": {"nl": "dag en nacht", "fr": "jour et nuit"},
        "exit_address": "https://weer.example/",
    }
    assert not findings(Part.REACH, reach)
    own = {(Part.REACH, ""): reach}
    assert youth(own, "fr").page.telephone_hours == "jour et nuit"
    assert youth(own, "de").page.telephone_hours == "dag en nacht"
    assert youth(own, "de").page.exit_address == "https://weer.example/"
    assert findings(Part.REACH, {**reach, "telephone": "bel ons"})
    assert findings(Part.REACH, {**reach, "exit_address": "http://weer.example/"})


def test_colours_that_cannot_be_read_are_refused() -> None:  # R-001-40
    ours = {"brand": "#0e5a61", "on_brand": "#ffffff", "brand_tint": "#e3efee", "paper": "#faf7f2"}
    assert not findings(Part.THEME, ours)
    assert any(
        "on_brand on brand" in it for it in findings(Part.THEME, {**ours, "brand": "#ffcc00"})
    )
    assert findings(Part.THEME, {**ours, "brand": "red;}*{display:none"})


def test_days_off_are_days_and_regions_are_those_of_the_country() -> None:
    assert not findings(Part.CALENDAR, {"closures": ["2026-12-24"], "region": "flemish"})
    assert findings(Part.CALENDAR, {"closures": ["kerst"]})
    assert findings(Part.CALENDAR, {"closures": [], "region": "atlantis"})


def test_a_text_that_is_too_long_for_a_telephone_is_refused() -> None:
    assert findings(Part.PAGE, page(hero="a" * 121))
    assert findings(Part.PAGE, page(block=[{**BLOCK, "paragraphs": []}]))
    assert findings(Part.VOCABULARY, {"unit": ""})
    assert findings(Part.VOCABULARY, {"spell": "x"})


# What changed -------------------------------------------------------------------------------------


def test_a_change_is_told_text_by_text() -> None:
    ours = page()
    new = page(hero="Vertel het", block=[*ours["block"], BLOCK])
    found = {change.path: (change.old, change.new) for change in changes(ours, new)}
    assert found == {
        ("hero",): (ours["hero"], "Vertel het"),
        ("block", "own_1", "title"): ("", "Ons kamp"),
        ("block", "own_1", "paragraphs"): ("", "Ook daar."),
    }


def test_another_order_is_a_change_and_nothing_is_none() -> None:
    ours = page()
    moved = page(block=list(reversed(ours["block"])))
    assert [change.path for change in changes(ours, moved)] == [("block", "order")]
    assert changes(ours, ours) == ()
