"""The shipped profiles: who listens, what is promised, and how each kind of organisation speaks."""

from datetime import date

import pytest

from klankbord.rules.library import LANGUAGES, NotInLibrary, Refused, file_text
from klankbord.rules.profiles.proof import proof, text_findings
from klankbord.rules.profiles.reading import (
    latest_profile,
    load_profile,
    profile_keys,
    read_profile,
)
from klankbord.rules.profiles.shape import Lead, Profile, Regime

ALL = ("bureau", "employer", "sector", "welfare", "youth")


def profile(key: str, language: str = "nl") -> Profile:
    return load_profile(key, 1, language)


def all_texts(one: Profile) -> str:
    blocks = [text for b in one.page.blocks for text in (b.title, *b.paragraphs)]
    promises = [text for p in one.promises.values() for text in (p.title, p.short, p.long)]
    categories = [text for c in one.categories for text in (c.label, c.example)]
    doors = [text for d in one.all_doors for text in (d.title, d.text)]
    page = [one.page.hero, one.page.lede, one.page.doubt]
    return "\n".join([*blocks, *promises, *categories, *doors, *page])


def test_these_are_the_kinds_of_organisation() -> None:
    assert profile_keys() == ALL


@pytest.mark.parametrize("key", ALL)
def test_every_profile_is_sound_in_four_languages(key: str) -> None:
    assert proof(key, 1) == ()
    for language in LANGUAGES:
        assert profile(key, language).language == language


@pytest.mark.parametrize("key", ALL)
def test_a_profile_differs_between_languages_only_in_its_words(key: str) -> None:
    def skeleton(one: Profile) -> tuple[object, ...]:
        return (
            one.lead,
            one.doors and [door.key for door in one.all_doors],
            [(r.key, r.regime, r.reads, r.oversees) for r in one.roles],
            [(g.key, g.roles) for g in one.groups],
            [(c.key, c.no_alleged_person, c.danger) for c in one.categories],
            [o.word for o in (*one.relations, *one.capacities, *one.families)],
            one.mail_hours,
            one.first_answer_working_days,
            [b.key for b in one.page.blocks],
        )

    assert len({str(skeleton(profile(key, language))) for language in LANGUAGES}) == 1


@pytest.mark.parametrize("key", ALL)
def test_who_listens_has_a_regime_and_its_promise(key: str) -> None:  # P1, K2
    one = profile(key)
    for role in one.roles:
        if role.reads:
            assert role.regime != Regime.NONE
            assert one.promise(role.key) is not None
        if role.regime == Regime.NONE:
            assert one.promise(role.key) is None


def test_a_contact_person_promises_discretion_and_to_tell_you() -> None:  # P1, R-000-30, R-000-33
    promise = profile("youth").promise("contact_person")
    assert promise is not None
    assert promise.regime == Regime.DISCRETION
    assert "altijd" in promise.short
    assert "geen beroepsgeheim" in promise.long
    assert "zonder jouw toestemming" not in promise.short + promise.long


def test_a_responsible_promises_to_name_the_duties_beforehand() -> None:  # P1, P4
    one = profile("welfare")
    promise = one.promise("responsible")
    assert promise is not None
    assert promise.regime == Regime.DUTIES
    assert "vooraf" in promise.short
    assert one.role("counsellor").regime == Regime.CONFIDENTIAL  # K26


def test_a_counsellor_does_nothing_without_consent_except_in_acute_danger() -> None:  # P1, R-003-22
    for key in ("employer", "bureau", "welfare"):
        promise = profile(key).promise("counsellor")
        assert promise is not None
        assert promise.regime == Regime.CONFIDENTIAL
        assert "toestemming" in promise.short
        assert "acuut gevaar" in promise.short


@pytest.mark.parametrize("key", ALL)
def test_nobody_claims_professional_secrecy_that_the_profile_does_not_give(key: str) -> None:  # P1
    one = profile(key)
    assert Regime.SECRECY not in {role.regime for role in one.roles}
    assert "beroepsgeheim" not in all_texts(one).replace("geen beroepsgeheim", "")


def test_people_come_first_at_a_youth_movement_and_a_welfare_organisation() -> None:  # P8
    assert {profile(key).lead for key in ("youth", "welfare")} == {Lead.PEOPLE}


def test_the_telephone_leads_at_a_bureau_and_its_employers() -> None:  # P10
    for key in ("bureau", "employer"):
        one = profile(key)
        assert one.lead == Lead.TELEPHONE
        assert not one.story_form
        assert one.first_answer_working_days == 1  # R-002-47
        assert "binnen één dag" in one.page.lede
        assert "tell" not in [door.key for door in one.doors]


def test_the_sectoral_point_takes_no_reports_from_users() -> None:  # P11
    one = profile("sector")
    assert one.lead == Lead.ORGANISATIONS
    assert not one.takes_stories
    assert not one.reading_roles
    assert "voor organisaties" in one.page.hero
    assert {"tell", "code"}.isdisjoint(door.key for door in one.doors)


def test_every_door_of_the_sources_is_there_at_a_youth_movement() -> None:
    """P9, R-000-06, R-000-24, R-000-37, R-000-44, R-002-46"""
    doors = [door.key for door in profile("youth").doors]
    assert doors == ["tell", "question", "call_back", "advice", "visit", "i_did", "code"]


def test_a_welfare_organisation_has_the_doors_that_fit_it() -> None:  # P9
    doors = [door.key for door in profile("welfare").doors]
    assert doors == ["tell", "question", "call_back", "advice", "i_did", "code"]


def test_the_call_back_leads_at_a_bureau_and_an_employer() -> None:  # P10, R-002-46
    for key in ("bureau", "employer"):
        assert profile(key).doors[0].key == "call_back"
        assert profile(key).door_to("report") is None


def test_a_call_back_is_promised_within_one_day_wherever_it_is_offered() -> None:  # R-002-47
    for key in ("bureau", "employer", "welfare", "youth"):
        door = profile(key).door_to("call_back")
        assert door is not None
        assert door.within_days == 1


@pytest.mark.parametrize("key", ALL)
def test_the_letter_of_a_door_says_nothing_and_is_its_own(key: str) -> None:
    """Vault 2.9: it stands in somebody's history."""
    letters = [door.letter for door in profile(key).all_doors if door.form]
    assert all(len(letter) == 1 for letter in letters)
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize(
    ("written", "instead", "finding"),
    [
        ('form = "question"', 'form = "nothing"', "door question: the form nothing does not"),
        ('letter = "b"', 'letter = "bb"', "door question: its letter must be one letter"),
        ('letter = "b"', 'letter = "a"', "door question: another door has the letter a too."),
        ("within_days = 1", "within_days = -1", "door call_back: within_days must be"),
    ],
)
def test_a_door_that_leads_nowhere_is_refused(written: str, instead: str, finding: str) -> None:
    text = file_text("profiles", "youth.1", "nl").replace(written, instead, 1)
    assert any(it.startswith(finding) for it in text_findings(text, {}))


def test_the_employers_people_never_read_nor_count() -> None:  # R-002-18
    """Nobody in the line of command gets a key; a committee and an officer of their own do."""
    for role in profile("employer").roles:
        assert not role.oversees
        assert role.listens == (role.key in {"counsellor", "outside_counsellor"})
        if role.key in {"competent_authority", "director", "manager", "chair", "vice_chair"}:
            assert not role.reads


def test_administrators_never_read_nor_count() -> None:  # promise 3
    for key in ALL:
        role = profile(key).role("administrator")
        assert not role.reads
        assert not role.oversees


def test_a_team_reads_together_only_where_the_profile_has_one() -> None:  # P13
    assert [key for key in ALL if profile(key).team] == ["youth"]


def test_groups_that_can_be_kept_out_are_named() -> None:
    groups = {group.key: group.roles for group in profile("youth").groups}
    assert set(groups) == {"leaders", "board", "staff"}
    assert "contact_person" not in {role for roles in groups.values() for role in roles}


def test_a_youth_movements_categories() -> None:  # R-000-09 R-000-10 R-000-11 R-000-13 R-000-14
    keys = [category.key for category in profile("youth").categories]
    wanted = {"physical", "psychological", "feeling_bad", "suicidal_thoughts", "sexual", "bullying"}
    assert wanted <= set(keys)
    assert keys[-1] == "other"  # R-000-15


def test_children_are_never_asked_about_fraud() -> None:
    text = all_texts(profile("youth")).lower()
    assert "fraude" not in text
    assert "corruptie" not in text


def test_feeling_bad_and_thoughts_of_suicide_accuse_nobody() -> None:  # R-000-17
    for key in ("youth", "welfare"):
        nobody = {c.key for c in profile(key).categories if c.no_alleged_person}
        assert nobody == {"feeling_bad", "suicidal_thoughts"}
        assert [c.key for c in profile(key).categories if c.danger] == ["suicidal_thoughts"]


def test_an_employers_categories_of_conduct() -> None:
    # R-002-30, R-002-31, R-002-32, R-002-33, R-003-04, R-003-05, R-003-06, R-003-07, R-003-08
    keys = {category.key for category in profile("employer").categories}
    assert {"bullying", "sexual_intimidation", "intimidation", "aggression"} <= keys
    assert "discrimination" in keys


def test_an_employers_categories_of_integrity() -> None:
    # R-003-09, R-003-10, R-003-11, R-003-12, R-003-13, R-002-37, R-002-39
    keys = {category.key for category in profile("employer").categories}
    assert {"fraud", "leaking", "misuse_of_email", "misuse_of_means"} <= keys
    assert {"irregularity", "abuse"} <= keys


def test_an_employees_own_experience_and_what_one_sees_are_two_families() -> None:  # R-002-34
    one = profile("employer")
    assert [option.word for option in one.families] == ["own", "observed"]
    assert (one.vocabulary["own_reporter"], one.vocabulary["own_report"]) == ("klager", "klacht")
    assert one.vocabulary["observed_reporter"] == "melder"  # R-002-35


def test_workload_and_employment_terms_belong_with_the_manager() -> None:  # R-002-27
    block = profile("employer").page.block("not_for")
    assert block is not None
    assert "Werkdruk" in block.paragraphs[0]


def test_an_employee_reads_what_to_expect_of_the_employer() -> None:  # R-002-03, R-002-07, K17
    block = profile("employer").page.block("employer")
    assert block is not None
    assert "50 mensen of meer" in " ".join(block.paragraphs)


def test_nobody_is_asked_to_mail_or_app_what_it_is_about() -> None:  # R-002-20, R-002-46
    for key in ("employer", "bureau", "youth", "welfare"):
        block = profile(key).page.block("how")
        assert block is not None
        assert "te schrijven" in " ".join(block.paragraphs)


def test_the_public_page_says_what_a_contact_person_is_does_and_does_not() -> None:  # R-000-41
    one = profile("youth")
    keys = [block.key for block in one.page.blocks]
    assert keys == ["what_is", "does", "does_not", "who_may_come", "others", "how"]
    not_done = one.page.block("does_not")
    assert not_done is not None
    assert "geen hulpverleners" in not_done.paragraphs[0]  # R-000-19
    assert "schuld" in not_done.paragraphs[1]  # R-000-28


def test_anybody_involved_may_come() -> None:  # R-000-34, R-000-35
    words = [option.word for option in profile("youth").relations]
    assert words[:5] == ["member", "leader", "board_member", "volunteer", "parent"]
    assert words[-1] == "other"


def test_mail_leaves_only_in_hours_that_fit_the_organisation() -> None:
    assert profile("youth").mail_hours == tuple(range(7, 23))
    assert profile("employer").mail_hours == (8, 16)


def test_two_people_vouch_for_a_new_key_at_an_employer() -> None:
    assert profile("employer").certifiers == 2
    assert profile("youth").certifiers == 1


def test_leaving_goes_to_the_weather_of_the_country() -> None:
    assert profile("youth").page.exit_address == "https://www.meteo.be/nl"
    assert profile("youth", "fr").page.exit_address == "https://www.meteo.be/fr"
    assert profile("employer").page.exit_address == "https://www.knmi.nl"


def test_the_latest_profile_is_the_one_in_force_that_day() -> None:
    assert latest_profile("youth", "nl", date(2026, 12, 1)) is profile("youth")
    with pytest.raises(NotInLibrary):
        latest_profile("youth", "nl", date(2020, 1, 1))
    with pytest.raises(NotInLibrary):
        load_profile("circus", 1, "nl")


def test_an_unknown_role_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        profile("youth").role("wizard")
    assert profile("youth").page.block("nowhere") is None


SOUND = file_text("profiles", "youth.1", "nl")


@pytest.mark.parametrize(
    ("old", "new", "names", "says"),
    [
        ('lead = "people"', 'lead = "parrot"', "lead", "parrot"),
        ('lead = "people"', "", "lead", "missing"),
        ("team = true", "team = 1", "team", "kind"),
        ("team = true", "team = true\nmascot = 1", "profile", "mascot"),
        ("mail_hours = [7, ", "mail_hours = [24, ", "mail_hours", "from 0 to 23"),
        ("mail_hours = [7, ", 'mail_hours = ["7", ', "mail_hours", "from 0 to 23"),
        ("certifiers = 1", "certifiers = 0", "certifiers", "at least one"),
        ("certifiers = 1", "certifiers = true", "certifiers", "kind"),
        ('regime = "discretion"', 'regime = "gossip"', "contact_person", "gossip"),
        ('regime = "discretion"', 'regime = "none"', "contact_person", "regime"),
        ('regime = "discretion"', 'regime = "secrecy"', "contact_person", "secrecy"),
        ('roles = ["leader"]', 'roles = ["cook"]', "group leaders", "cook"),
        ('key = "leaders"', 'key = "board"', "group board", "two of them"),
        ('key = "discretion"', 'key = "silence"', "promise silence", "regime"),
        ('unit = "groep"\n', "", "vocabulary.unit", "missing"),
        ('hero = "Is er iets gebeurd dat niet oké voelt?"', "", "page", "hero"),
        ("danger = true", "dangerous = true", "suicidal_thoughts", "dangerous"),
        ('label = "Het bestuur"', 'label = ""', "group.board.label", "empty"),
    ],
)
def test_a_broken_profile_is_refused_by_name(old: str, new: str, names: str, says: str) -> None:
    broken = SOUND.replace(old, new, 1)
    assert broken != SOUND
    found = text_findings(broken, {})
    assert any(names in finding and says in finding for finding in found), found
    with pytest.raises(Refused):
        read_profile(broken, {}, "nl")


def test_a_form_that_nobody_can_read_is_refused() -> None:
    found = text_findings(SOUND.replace("reads = true", "reads = false"), {})
    assert any("nobody can read" in finding for finding in found)


def test_a_form_with_nothing_to_choose_from_is_refused() -> None:
    broken = SOUND.replace("[[relation]]", "[[capacity]]")
    assert any("relation: the form has nothing" in f for f in text_findings(_unique(broken), {}))


def _unique(text: str) -> str:
    """The same text with every key of a capacity used once."""
    first, *rest = text.split('[[capacity]]\nkey = "')
    return first + "".join(
        f'[[capacity]]\nkey = "c{number}_{part}' for number, part in enumerate(rest)
    )


def test_a_profile_without_a_translation_is_refused_by_name() -> None:
    french = file_text("profiles", "youth.1", "fr").replace("unit = ", "units = ", 1)
    found = text_findings(SOUND, {"fr": french})
    assert any("vocabulary.unit:" in finding and "fr" in finding for finding in found)
    assert any("vocabulary.units" in finding for finding in found)
    assert "TOML" in text_findings("=", {})[0]
