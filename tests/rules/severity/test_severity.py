"""Severity: danger first, the worst criterion sets the floor, and two people for the worst."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.rules.library import Refused, file_text, versions
from klankbord.rules.procedures.reading import load_procedure
from klankbord.rules.procedures.shape import Procedure
from klankbord.rules.severity.judging import (
    Judgement,
    Objection,
    by_step,
    first,
    objections,
    response,
    weigh,
)
from klankbord.rules.severity.reading import (
    ALL_KEYS,
    load_scheme,
    proof,
    read_scheme,
    scheme_keys,
    text_findings,
)
from klankbord.rules.severity.shape import UNKNOWN, Addressee

COLOURS = load_scheme("colours", 1, "nl")
LADDER = load_scheme("ladder", 1, "nl")
SAFE = {danger.key: "no" for danger in COLOURS.dangers}
CRITERIA = [criterion.key for criterion in COLOURS.criteria]
LEVELS = [level.key for level in COLOURS.levels]
GREEN = dict.fromkeys(CRITERIA, "green")


def judged(level: str, marks: dict[str, str], **more: object) -> tuple[Objection, ...]:
    judgement = Judgement(level, **({"by": "Noor", "dangers": SAFE} | more))  # type: ignore[arg-type]
    return objections(COLOURS, weigh(COLOURS, marks), judgement)


@pytest.mark.parametrize("key", scheme_keys())
def test_every_shipped_scheme_is_sound_in_four_languages(key: str) -> None:
    for version, _ in versions("severity", key):
        assert proof(key, version) == ()
        for language in ("fr", "en", "de"):
            assert load_scheme(key, version, language).title


def test_danger_is_asked_before_any_level_and_a_doubt_counts() -> None:
    assert len(COLOURS.dangers) == 3
    assert first(COLOURS, SAFE) == ()
    assert len(first(COLOURS, {})) == 3
    assert [d.key for d in first(COLOURS, SAFE | {"evidence": UNKNOWN})] == ["evidence"]


def test_a_level_does_not_stand_while_nothing_is_done_about_the_danger() -> None:
    danger = SAFE | {"in_danger": "yes"}

    assert judged("green", GREEN, dangers=danger) == (Objection.DANGER_FIRST,)
    assert judged("green", GREEN, dangers=danger, acted_on=("in_danger",)) == ()


def test_the_worst_criterion_sets_the_floor() -> None:
    weighed = weigh(COLOURS, GREEN | {"freedom": "red", "effect": "yellow"})

    assert weighed.floor is not None
    assert weighed.floor.key == "red"
    assert [criterion.key for criterion in weighed.set_by] == ["freedom"]


def test_it_is_never_a_sum() -> None:
    weighed = weigh(COLOURS, dict.fromkeys(CRITERIA, "yellow"))

    assert weighed.floor is not None
    assert weighed.floor.key == "yellow"


def test_six_times_green_is_green_and_one_other_never() -> None:
    assert judged("green", GREEN) == ()
    assert judged("green", GREEN | {"place": "yellow"}) == (Objection.BELOW_THE_FLOOR,)


def test_below_the_floor_needs_a_reason_and_above_it_does_not() -> None:
    marks = GREEN | {"place": "yellow"}

    assert judged("green", marks, reason="A school play, everybody laughed") == ()
    assert judged("red", marks, second="Tarik") == ()


def test_what_nobody_knows_asks_what_is_missing_and_is_not_green() -> None:
    marks = GREEN | {"agreement": UNKNOWN}
    weighed = weigh(COLOURS, marks)

    assert [criterion.key for criterion in weighed.missing] == ["agreement"]
    assert len(weighed.asks_for) == 2
    assert judged("green", marks) == (Objection.SOMETHING_UNKNOWN,)
    assert judged("yellow", marks) == ()


def test_nothing_known_has_no_floor_and_everything_to_ask() -> None:
    weighed = weigh(COLOURS, {})

    assert weighed.floor is None
    assert len(weighed.missing) == 6


@pytest.mark.parametrize("level", ["red", "black"])
def test_red_and_black_are_decided_by_two_people(level: str) -> None:
    marks = GREEN | {"freedom": level}

    assert judged(level, marks) == (Objection.SECOND_PERSON,)
    assert judged(level, marks, second="Noor") == (Objection.SECOND_PERSON,)
    assert judged(level, marks, second="Tarik") == ()


def test_leaving_red_behind_takes_two_people_too() -> None:
    marks = GREEN | {"freedom": "red"}

    assert judged("yellow", marks, reason="It was a game") == (Objection.SECOND_PERSON,)


def test_who_is_alone_asks_somebody_outside_and_the_reporter_is_told() -> None:
    """P23."""
    alone = Judgement(
        "red", by="Noor", second="the contact of the next province", outside=True, dangers=SAFE
    )

    assert objections(COLOURS, weigh(COLOURS, GREEN | {"freedom": "red"}), alone) == ()
    assert alone.tell_reporter


def test_no_consent_great_inequality_and_force_are_black() -> None:
    """P15."""
    for criterion, words in (
        ("agreement", "duidelijk niet"),
        ("freedom", "geweld"),
        ("equality", "groot"),
    ):
        black = next(c for c in COLOURS.criteria if c.key == criterion).levels["black"]
        assert words in black


def test_a_yellow_that_comes_back_proposes_red_and_people_decide() -> None:
    weighed = weigh(COLOURS, GREEN | {"effect": "yellow"}, ("comes_back", "knew"))

    assert [level.key for level in weighed.raised] == ["red"]
    assert judged("yellow", GREEN | {"effect": "yellow"}) == ()


def test_the_response_grows_with_the_colour() -> None:
    """P15: red must register and give aftercare, black must also decide who outside must know."""

    def must(level: str, *, everything: bool = False) -> set[str]:
        items = response(COLOURS, level, registers_everything=everything)
        return {step for item in items if item.must for step in item.steps}

    assert "register" not in must("yellow")
    assert "register" in must("yellow", everything=True)
    assert {"register", "aftercare", "safety_advice"} <= must("red")
    assert "authority_notice" in must("black") - must("red")
    assert [item.key for item in response(COLOURS, "green") if item.must] == ["affirm"]


def test_a_grave_response_forgets_nobody() -> None:
    for level in ("red", "black"):
        assert {item.to for item in response(COLOURS, level)} == set(Addressee)


def test_one_rung_of_the_ladder_is_chosen_with_a_reason() -> None:
    """R-002-37, R-002-38, R-002-39."""
    assert [level.key for level in LADDER.levels] == ["irregularity", "violation", "abuse"]
    safe = {danger.key: "no" for danger in LADDER.dangers}
    weighed = weigh(LADDER, {})

    assert objections(LADDER, weighed, Judgement("violation", by="Noor", dangers=safe)) == (
        Objection.REASON_MISSING,
    )
    reasoned = Judgement("violation", "Money was taken", "Noor", dangers=safe)
    assert objections(LADDER, weighed, reasoned) == ()


def test_a_level_that_does_not_exist_is_no_judgement() -> None:
    assert judged("purple", GREEN) == (Objection.UNKNOWN_LEVEL,)


@given(st.dictionaries(st.sampled_from(CRITERIA), st.sampled_from([*LEVELS, UNKNOWN, "purple"])))
def test_whatever_is_marked_the_floor_is_the_worst_and_nothing_raises(
    marks: dict[str, str],
) -> None:
    weighed = weigh(COLOURS, marks)
    known = [LEVELS.index(word) for word in marks.values() if word in LEVELS]

    assert (weighed.floor.rank if weighed.floor else None) == max(known, default=None)
    assert len(weighed.missing) == 6 - len(known)
    assert not hasattr(weighed, "score")


MAIN = file_text("severity", "colours.1", "nl")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('key = "colours"', "", "key"),
        ('key = "colours"', 'key = "colours"\nscore = 3', "score"),
        ('[[danger]]\nkey = "in_danger"', "[[danger]]", "danger"),
        ('key = "still_in_contact"', 'key = "in_danger"', "danger in_danger"),
        ('to = "alleged"', 'to = "everybody"', "level green.response name"),
        ('black = "Er was dreiging, agressie of geweld."', "", "criterion freedom.levels"),
        ('higher = "red"', 'higher = "yellow"', "factor comes_back"),
        ('higher = "red"', 'higher = "purple"', "factor comes_back"),
        ("two_people = true", 'two_people = "yes"', "two_people"),
        ('asks_for = ["Wat is gewoon', 'asks_for = []\nold = ["Wat is gewoon', "criterion fitting"),
    ],
)
def test_a_broken_scheme_is_refused_with_its_key(old: str, new: str, key: str) -> None:
    assert MAIN.count(old) >= 1
    found = text_findings(MAIN.replace(old, new, 1), {})

    assert any(key in sentence for sentence in found), found


def test_the_heaviest_level_is_never_decided_alone() -> None:
    found = text_findings(MAIN.replace("two_people = true\n", ""), {})

    assert "level black.two_people: the heaviest level is never decided alone." in found


def test_an_unsound_copy_and_a_missing_translation_are_refused() -> None:
    with pytest.raises(Refused):
        read_scheme(MAIN.replace('key = "colours"', ""), {})
    with pytest.raises(Refused):
        read_scheme(MAIN, {"fr": "title = 'x'"}, "fr")
    assert text_findings("=", {})[0].startswith("This is not a TOML file")


def test_every_key_of_the_format_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs" / "severity.md").read_text(encoding="utf-8")

    for word in sorted({*ALL_KEYS, *Addressee}):
        assert f"`{word}`" in page, word


# The response of a level becomes steps

USED_BY = {
    "colours": [("transgressive", 1), ("transgressive", 2), ("youth_contact", 1)],
    "ladder": [("integrity_report_be", 1), ("integrity_report_nl", 1)],
    "plain": [("complaint", 1)],
}
WHERE = [
    (scheme, level.key, load_procedure(*procedure, "nl"))
    for scheme, procedures in USED_BY.items()
    for level in load_scheme(scheme, 1, "nl").levels
    for procedure in procedures
]


def possible(procedure: Procedure, finding: str, level: str) -> set[str]:
    """The steps that a case of this level may need."""
    return {
        step.key
        for step in procedure.steps
        if not step.when
        or any(level in dict(way).get(finding, frozenset({level})) for way in step.when)
    }


@pytest.mark.parametrize(("scheme", "level", "procedure"), WHERE)
def test_every_task_of_a_level_is_a_step_that_a_case_of_that_level_may_need(
    scheme: str, level: str, procedure: Procedure
) -> None:
    """P15: for each procedure that estimates by the scheme, in each of its versions."""
    levels = {it.key for it in load_scheme(scheme, 1, "nl").levels}
    finding = next(key for key, it in procedure.findings.items() if set(it.options) == levels)
    tasks = [item for item in response(load_scheme(scheme, 1, "nl"), level) if item.must]
    found = by_step(tasks, possible(procedure, finding, level))

    assert "" not in found, found.get("")


def test_a_task_is_done_in_the_first_step_that_the_case_needs() -> None:
    stop = [item for item in response(COLOURS, "red") if item.key == "stop"]

    assert by_step(stop, {"protect", "intervene"}).keys() == {"intervene"}
    assert by_step(stop, {"protect"}).keys() == {"protect"}
    assert by_step(stop, set()).keys() == {""}


def test_measures_towards_an_employee_are_the_employers() -> None:
    """P17, R-004-084."""
    measures = [item for item in response(COLOURS, "black") if item.key == "measures"]

    assert by_step(measures, {"employer_measures"}).keys() == {"employer_measures"}


@pytest.mark.parametrize(
    ("level", "track"),
    [
        ("green", ["name", "affirm", "listen"]),
        ("yellow", ["stop", "name", "listen", "limit", "agree", "aftercare"]),
        ("red", ["advice", "stop", "name", "limit", "agree", "measures", "supervise"]),
        ("black", ["advice", "stop", "name", "limit", "measures", "help", "outside"]),
    ],
)
def test_each_colour_has_its_own_response(level: str, track: list[str]) -> None:
    """P15: green says what is all right and stops nothing; black also decides about outside."""
    keys = [item.key for item in response(COLOURS, level)]

    assert set(track) <= set(keys)
    assert ("stop" in keys) is (level != "green")
    assert ("outside" in keys) is (level == "black")
    assert ("supervise" in keys) is (level in ("red", "black"))


def test_a_level_for_which_nothing_was_weighed_needs_a_reason() -> None:
    assert judged("yellow", {}) == (Objection.REASON_MISSING,)
    assert judged("yellow", {}, reason="Told in a hurry on a camp") == ()


def test_a_task_that_no_step_does_is_refused() -> None:
    found = text_findings(
        MAIN.replace('must = true, steps = ["safety_advice"]', "must = true", 1), {}
    )

    assert "level red.response advice: no step does this task." in found


@given(
    st.dictionaries(st.sampled_from(CRITERIA), st.sampled_from([*LEVELS, UNKNOWN])),
    st.sampled_from(LEVELS),
    st.sampled_from(["", "A reason"]),
    st.sampled_from(["", "Noor", "Tarik"]),
)
def test_whatever_two_people_decide_red_and_black_are_never_decided_alone(
    marks: dict[str, str], level: str, reason: str, second: str
) -> None:
    """P15, P23: nor left behind without a reason, nor called green while something is unknown."""
    found = judged(level, marks, reason=reason, second=second)
    floor = weigh(COLOURS, marks).floor
    grave = {"red", "black"} & {level, floor.key if floor else ""}

    assert (Objection.SECOND_PERSON in found) is (bool(grave) and second != "Tarik")
    if floor and LEVELS.index(level) < floor.rank:
        assert (Objection.BELOW_THE_FLOOR in found) is not bool(reason)
    if level == "green" and set(marks.values()) != {"green"}:
        assert found or reason
