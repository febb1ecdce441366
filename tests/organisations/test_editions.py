"""An organisation's own words from draft to history, and what everybody sees meanwhile (P12)."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from klankbord.kit.clock import day_number
from klankbord.kit.journal.models import Line
from klankbord.organisations.models import Edition, Organisation
from klankbord.organisations.own import (
    draft_steps,
    drafts_of,
    history_of,
    our_words,
    starting_words,
    theme_of,
    version_of,
    with_drafts,
)
from klankbord.organisations.queries import calendar_of, profile_of
from klankbord.organisations.services import (
    NothingWaits,
    back_to_ours,
    drop_draft,
    go_back,
    publish,
    undo_draft,
    write_draft,
)
from klankbord.rules.library import Refused
from klankbord.rules.profiles.own import Part, Words
from klankbord.rules.profiles.reading import load_profile
from tests.given import TODAY, House

pytestmark = pytest.mark.django_db
PAGE = (Part.PAGE, "nl")
DAYS = (Part.CALENDAR, "")


def again(house: House) -> Organisation:
    """The row as the next page reads it."""
    return Organisation.objects.get(id=house.organisation.id)


def hero(text: str, house: House) -> Words:
    return {**our_words(house.organisation, *PAGE), "hero": text}


def written(house: House, text: str, *, public: bool = True, on: date = TODAY) -> None:
    by = house["bert"].membership
    write_draft(house.organisation, *PAGE, hero(text, house), by=by, on=on)
    if public:
        publish(house.organisation, [PAGE], by=by, on=on)


def test_a_draft_is_seen_by_nobody_until_it_is_published(house: House) -> None:  # P12
    written(house, "Nog niet", public=False)
    assert profile_of(again(house), "nl") == load_profile("youth", 1, "nl")
    assert profile_of(with_drafts(again(house)), "nl").page.hero == "Nog niet"
    publish(house.organisation, [PAGE], by=house["bert"].membership, on=TODAY)
    assert profile_of(again(house), "nl").page.hero == "Nog niet"
    assert drafts_of(house.organisation) == {}


def test_the_neighbour_keeps_its_own_words(house: House, neighbour: House) -> None:
    written(house, "Van Ravelijn")
    assert profile_of(again(neighbour), "nl") == load_profile("youth", 1, "nl")


def test_every_change_that_waits_can_be_undone(house: House) -> None:
    for text in ("een", "twee", "drie"):
        written(house, text, public=False)
    assert draft_steps(house.organisation, *PAGE) == 3
    undo_draft(house.organisation, *PAGE)
    assert drafts_of(house.organisation)[PAGE].words["hero"] == "twee"
    drop_draft(house.organisation, *PAGE)
    assert drafts_of(house.organisation) == {}
    with pytest.raises(NothingWaits):
        undo_draft(house.organisation, *PAGE)
    with pytest.raises(NothingWaits):
        drop_draft(house.organisation, *PAGE)
    with pytest.raises(NothingWaits):
        publish(house.organisation, [PAGE], by=house["bert"].membership, on=TODAY)


def test_history_says_who_which_day_and_goes_back(house: House) -> None:  # P12
    written(house, "een", on=date(2026, 11, 1))
    written(house, "twee", on=date(2026, 11, 2))
    newest, first, founded = history_of(house.organisation)
    assert (first.words["hero"], first.published) == ("een", date(2026, 11, 1))
    assert newest.written_by == house["bert"].membership
    assert founded.written_by is None
    go_back(house.organisation, first.id, by=house["bert"].membership, on=TODAY)
    assert profile_of(again(house), "nl").page.hero == "een"
    assert len(history_of(house.organisation)) == 4
    go_back(house.organisation, founded.id, by=house["bert"].membership, on=TODAY)
    assert profile_of(again(house), "nl") == load_profile("youth", 1, "nl")


def test_nobody_goes_back_to_a_draft_or_to_a_version_of_the_neighbour(
    house: House, neighbour: House
) -> None:
    written(house, "een")
    by = neighbour["bas"].membership
    theirs = history_of(house.organisation)[0].id
    assert version_of(neighbour.organisation, theirs) is None
    with pytest.raises(NothingWaits):
        go_back(neighbour.organisation, theirs, by=by, on=TODAY)
    written(house, "twee", public=False)
    draft = drafts_of(house.organisation)[PAGE].id
    assert version_of(house.organisation, draft) is None
    with pytest.raises(NothingWaits):
        go_back(house.organisation, draft, by=by, on=TODAY)


def test_beginning_with_our_text_again_is_a_draft_like_any_other(house: House) -> None:
    written(house, "een")
    back_to_ours(house.organisation, *PAGE, by=house["bert"].membership, on=TODAY)
    assert profile_of(again(house), "nl").page.hero == "een"
    publish(house.organisation, [PAGE], by=house["bert"].membership, on=TODAY)
    assert profile_of(again(house), "nl") == load_profile("youth", 1, "nl")


def test_the_journal_says_which_part_and_never_what_it_says(house: House) -> None:
    written(house, "Vertel het")
    line = Line.objects.get(deed="page_published")
    assert (line.subject, line.actor) == ("page.nl", house["bert"].membership)
    assert line.day == day_number(TODAY)
    go_back(house.organisation, history_of(house.organisation)[1].id,
            by=house["bert"].membership, on=TODAY)  # fmt: skip
    assert Line.objects.filter(deed="page_taken_back", subject="page.nl").exists()


def test_unsound_words_are_refused_and_nothing_is_kept(house: House) -> None:
    with pytest.raises(Refused, match="hero"):
        written(house, "", public=False)
    assert Edition.objects.count() == 0


def test_a_page_asks_the_database_nothing_more(
    house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """At most one question, the first time after a publication; then none."""
    written(house, "een")
    row = again(house)
    with django_assert_num_queries(1):
        profile_of(row, "nl")
    with django_assert_num_queries(0):
        assert profile_of(again_cached(row), "nl").page.hero == "een"
        assert theme_of(row) is None


def again_cached(row: Organisation) -> Organisation:
    """Another row of the same organisation, as another page has it."""
    same = Organisation(id=row.id, edition=row.edition, profile=row.profile)
    same.profile_version = row.profile_version
    return same


def test_a_publication_that_was_undone_by_the_database_is_remembered_by_nobody(
    house: House,
) -> None:
    from django.db import transaction

    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():  # noqa: PT012
        written(house, "verkeerd")
        assert profile_of(again(house), "nl").page.hero == "verkeerd"
        raise Undone
    written(house, "juist")
    assert profile_of(again(house), "nl").page.hero == "juist"


def test_days_off_move_the_promised_day_and_can_be_taken_back(house: House) -> None:  # R-002-44
    by = house["bert"].membership
    words = {"closures": ["2026-11-24"], "region": "flemish", "opening": {"nl": "Van 9 tot 17"}}
    write_draft(house.organisation, *DAYS, words, by=by, on=TODAY)
    assert calendar_of(again(house)).is_working_day(date(2026, 11, 24))
    assert not calendar_of(with_drafts(again(house))).is_working_day(date(2026, 11, 24))
    publish(house.organisation, [DAYS], by=by, on=TODAY)
    assert not calendar_of(again(house)).is_working_day(date(2026, 11, 24))
    assert not calendar_of(again(house)).is_working_day(date(2027, 7, 12 - 1))
    assert profile_of(again(house), "fr").page.opening == "Van 9 tot 17"
    go_back(house.organisation, history_of(house.organisation)[1].id, by=by, on=TODAY)
    assert calendar_of(again(house)).is_working_day(date(2026, 11, 24))


def test_the_number_that_was_given_at_founding_comes_back(house: House) -> None:
    by, reach = house["bert"].membership, (Part.REACH, "")
    words = {"telephone": "0470 99 99 99", "hours": {"nl": "overdag"}, "exit_address": ""}
    write_draft(house.organisation, *reach, words, by=by, on=TODAY)
    publish(house.organisation, [reach], by=by, on=TODAY)
    assert (again(house).telephone, again(house).telephone_hours) == ("0470 99 99 99", "overdag")
    founded = history_of(house.organisation)[1]
    go_back(house.organisation, founded.id, by=by, on=TODAY)
    assert (again(house).telephone, again(house).telephone_hours) == (
        "0470 00 01 12",
        "dag en nacht",
    )


def test_a_renamed_category_keeps_the_old_word_through_versions(house: House) -> None:  # R-000-15
    by, kinds = house["bert"].membership, (Part.CATEGORIES, "")

    def named(label: str) -> Words:
        own = {"key": "own_1", "texts": {"nl": {"label": label, "example": "Zo."}}}
        return {"category": [own, *our_words(house.organisation, *kinds)["category"]]}

    for label in ("Ontgroening", "Doop"):
        write_draft(house.organisation, *kinds, named(label), by=by, on=TODAY)
        publish(house.organisation, [kinds], by=by, on=TODAY)
    profile = profile_of(again(house), "nl")
    labels = {it.key: it.label for it in profile.all_categories}
    assert (labels["own_1"], labels["own_2"]) == ("Ontgroening", "Doop")
    assert "own_1" not in {it.key for it in profile.categories}
    founded = history_of(house.organisation)[-1]
    go_back(house.organisation, founded.id, by=by, on=TODAY)
    profile = profile_of(again(house), "nl")
    assert {"own_1", "own_2"} <= {it.key for it in profile.all_categories}
    assert profile.categories == load_profile("youth", 1, "nl").categories


def test_words_that_no_longer_fit_give_way_to_ours(house: House) -> None:
    written(house, "een")
    Edition.objects.filter(published_day=day_number(TODAY)).update(words={"hero": "x", "block": 3})
    assert profile_of(again(house), "nl") == load_profile("youth", 1, "nl")


def test_an_editor_begins_with_what_everybody_sees(house: House) -> None:
    assert starting_words(again(house), *PAGE) == our_words(house.organisation, *PAGE)
    written(house, "een")
    assert starting_words(again(house), *PAGE)["hero"] == "een"
