"""The help lines: danger first, and honest about who listens and who also takes reports."""

from datetime import date, timedelta

import pytest

from klankbord.rules.directory import (
    Anonymous,
    HelpLine,
    countries,
    help_groups,
    help_lines,
    lines_about,
    proof,
    read_directory,
    structure_findings,
    urgent,
)
from klankbord.rules.library import LANGUAGES, NotInLibrary, Refused, file_text, parse


def line(key: str, country: str = "be", language: str = "nl") -> HelpLine:
    return next(one for one in help_lines(country, language) if one.key == key)


@pytest.mark.parametrize("country", ["be", "nl"])
def test_every_directory_is_sound_in_four_languages(country: str) -> None:
    assert country in countries()
    assert proof(country) == ()


@pytest.mark.parametrize("country", ["be", "nl"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_comes_first_and_then_somebody_to_talk_to(country: str, language: str) -> None:  # P7
    lines = urgent(country, language)
    assert lines[0].telephone == "112"
    assert any("talk" in one.topics for one in lines)
    assert help_groups(country, language)[0].key == "danger"


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("nl", ["112", "101", "106", "1813", "102"]),
        ("fr", ["112", "101", "107", "0800 32 123", "103"]),
        ("de", ["112", "101", "108"]),
    ],
)
def test_the_first_lines_speak_the_language_of_the_page(language: str, numbers: list[str]) -> None:
    assert [one.telephone for one in urgent("be", language)] == numbers


def test_under_each_heading_who_speaks_the_language_comes_first() -> None:
    group = next(g for g in help_groups("be", "fr") if g.key == "day_and_night")
    spoken = ["fr" in one.spoken for one in group.lines]
    assert spoken == sorted(spoken, reverse=True)


def test_dutch_organisations_show_dutch_lines() -> None:  # P10
    assert [one.key for one in urgent("nl", "nl")] == [
        "emergency",
        "luisterlijn",
        "suicide_line",
        "kindertelefoon",
    ]
    assert "tele_onthaal" not in {one.key for one in help_lines("nl", "nl")}


def test_a_help_line_says_whether_it_takes_reports_or_only_listens() -> None:
    assert not line("line_1712").takes_reports
    assert "geen meldpunt" in line("line_1712").note
    assert line("veilig_thuis", "nl").takes_reports


def test_a_help_line_says_whether_one_can_stay_nameless() -> None:
    assert line("awel").anonymous == Anonymous.YES
    assert line("veilig_thuis", "nl").anonymous == Anonymous.PARTLY


def test_thoughts_of_suicide_have_lines_of_their_own() -> None:  # R-000-12
    assert {one.telephone for one in lines_about("suicide", "be", "nl")} == {"1813", "0800 32 123"}
    assert [one.telephone for one in lines_about("suicide", "nl", "nl")] == ["113"]


@pytest.mark.parametrize("country", ["be", "nl"])
def test_somebody_who_did_something_finds_help_too(country: str) -> None:  # R-000-44
    assert "stop_it_now" in {one.key for one in lines_about("i_did", country, "nl")}


def test_whistleblowers_in_the_netherlands_find_advice() -> None:  # R-002-43
    assert line("whistleblowers", "nl").dial == "0881331000"


def test_hours_that_nobody_confirmed_are_called_so() -> None:
    assert not line("awel").hours_hold(line("awel").last_checked)
    confirmed = line("tele_onthaal")
    assert confirmed.hours_hold(confirmed.last_checked + timedelta(days=183))
    assert not confirmed.hours_hold(confirmed.last_checked + timedelta(days=184))


def test_a_number_is_dialled_without_its_spaces() -> None:
    assert line("suicide_prevention").dial == "080032123"
    assert line("nupraatikerover").dial == ""


@pytest.mark.parametrize("country", ["be", "nl"])
def test_every_line_can_be_reached_and_names_its_source(country: str) -> None:
    for one in help_lines(country, "nl"):
        assert one.telephone or one.web
        assert one.source.startswith("https://")
        assert isinstance(one.last_checked, date)


def test_the_words_are_those_of_the_field() -> None:
    assert line("police").name == "Dringende hulp van politie"
    assert "staat niet op de telefoonrekening" in line("line_1712").note
    assert "Ga liefst binnen 7 dagen. Later mag ook." in line("sexual_violence_centre").about
    assert "je hebt geen afspraak nodig" in line("sexual_violence_centre").hours


def test_a_country_without_a_directory_has_none() -> None:
    with pytest.raises(NotInLibrary):
        help_groups("xx", "nl")


SOUND = file_text("directory", "be", "nl")


@pytest.mark.parametrize(
    ("old", "new", "names", "says"),
    [
        ('group = "danger"', 'group = "moon"', "emergency", "moon"),
        ('anonymous = "no"', 'anonymous = "maybe"', "emergency", "anonymous"),
        ("takes_reports = false", "takes_report = false", "emergency", "takes_report"),
        ("last_checked = 2026-11-22", 'last_checked = "soon"', "emergency", "last_checked"),
        ('key = "police"', 'key = "emergency"', "emergency", "two lines"),
        ('spoken = ["nl", "fr", "en", "de"]', 'spoken = ["xx"]', "emergency", "xx"),
    ],
)
def test_a_broken_directory_is_refused_by_name(old: str, new: str, names: str, says: str) -> None:
    broken = SOUND.replace(old, new, 1)
    assert broken != SOUND
    found = structure_findings(parse(broken))
    assert any(names in finding and says in finding for finding in found), found
    with pytest.raises(Refused):
        read_directory(broken, {}, "nl")


def test_a_line_that_cannot_be_reached_is_refused() -> None:
    broken = SOUND.replace('web = "https://www.nupraatikerover.be"\n', "")
    assert any("no way to reach" in finding for finding in structure_findings(parse(broken)))
    assert structure_findings({})
