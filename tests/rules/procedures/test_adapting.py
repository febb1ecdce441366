"""A copy of a procedure, rewritten: only what was changed differs, and the proof judges it."""

from datetime import date

import pytest

from klankbord.rules.library import LANGUAGES, Refused, parse, versions
from klankbord.rules.procedures.adapting import Texts, Writing, headed, shipped
from klankbord.rules.procedures.changes import What, procedure_changes
from klankbord.rules.procedures.proof import text_findings
from klankbord.rules.procedures.reading import procedure_keys, read_procedure
from klankbord.rules.procedures.shape import Procedure

TODAY = date(2026, 11, 28)
NEWEST = [(key, versions("procedures", key)[-1][0]) for key in procedure_keys()]


def read(texts: Texts, language: str = "nl") -> Procedure:
    return read_procedure(texts.main, texts.translations, language)


def in_all(words: str) -> dict[str, str]:
    return {code: f"{words} ({code})" for code in LANGUAGES}


@pytest.mark.parametrize(("key", "version"), NEWEST)
def test_a_copy_that_nobody_touched_is_the_file_as_it_was_written(key: str, version: int) -> None:
    ours = shipped(key, version)

    assert Writing(ours).texts == ours


def test_a_text_changes_in_every_language_and_nothing_else_does() -> None:
    ours = shipped("complaint", 1)
    writing = Writing(ours)
    writing.say(("step", "sign", "title"), in_all("Zet je naam eronder"))

    assert {code: read(writing.texts, code).step("sign").title for code in LANGUAGES} == in_all(
        "Zet je naam eronder"
    )
    changed = [
        (old, new)
        for old, new in zip(ours.main.splitlines(), writing.texts.main.splitlines(), strict=True)
        if old != new
    ]
    assert len(changed) == 1
    assert text_findings(writing.texts.main, writing.texts.translations) == ()


def test_remarks_in_the_file_stay_where_they_are() -> None:
    writing = Writing(shipped("complaint", 1))
    writing.put(("who", "receiver", "succession"), ["director", "chair"])

    assert "# The drawing of the source knows four" in writing.texts.main
    assert read(writing.texts).seats["receiver"].succession == ("director", "chair")


def test_a_term_is_a_sentence_of_the_closed_set() -> None:
    writing = Writing(shipped("complaint", 1))
    writing.put(("step", "hand_over", "term"), "soon")
    found = text_findings(writing.texts.main, writing.texts.translations)

    assert any(it.startswith("hand_over.term:") for it in found)


def test_a_line_of_guidance_that_one_language_lacks_is_named() -> None:
    writing = Writing(shipped("complaint", 1))
    lines = {code: ["een", "twee"] for code in LANGUAGES} | {"fr": ["un"]}
    writing.say(("step", "sign", "guidance"), lines)
    found = text_findings(writing.texts.main, writing.texts.translations)

    assert found == ("step.sign.guidance: the translation in fr has another number of lines.",)


def test_a_text_that_may_lack_goes_in_every_language() -> None:
    writing = Writing(shipped("complaint", 1))
    writing.say(("step", "sign", "guidance"), {code: [] for code in LANGUAGES})

    assert read(writing.texts, "de").step("sign").guidance == ()
    assert text_findings(writing.texts.main, writing.texts.translations) == ()


OPTIONAL = [
    (key, version, step.key)
    for key, version in NEWEST
    for step in read(shipped(key, version)).steps
    if step.optional
]


@pytest.mark.parametrize(("key", "version", "step"), OPTIONAL)
def test_a_step_that_is_switched_off_and_on_again_leads_where_it_led(
    key: str, version: int, step: str
) -> None:
    ours = shipped(key, version)
    writing = Writing(ours)
    writing.switch_off(step)
    assert step not in {it["key"] for it in parse(writing.texts.main)["step"]}
    writing.switch_on(step, ours)

    assert [it.key for it in read(writing.texts).steps] == [it.key for it in read(ours).steps]
    before, after = (read(it).by_key for it in (ours, writing.texts))
    for name, one in before.items():
        ways = [set(it.leads_to) for it in after[name].outcomes]
        assert ways == [set(it.leads_to) for it in one.outcomes], name
        assert set(after[name].waits_for) == set(one.waits_for)


def test_what_came_after_a_step_that_is_gone_still_comes() -> None:
    """A step in the middle takes nothing with it: the proof finds no step out of reach."""
    writing = Writing(shipped("complaint", 1))
    writing.switch_off("consult")
    found = text_findings(writing.texts.main, writing.texts.translations)

    assert not [it for it in found if "never reached" in it]


def test_a_copy_goes_by_its_own_number() -> None:
    copy = read(headed(shipped("advice", 1), key="advice", version=1001, valid_from=TODAY))

    assert (copy.key, copy.version, copy.valid_from) == ("advice", 1001, TODAY)


def test_what_is_no_toml_cannot_be_rewritten() -> None:
    with pytest.raises(Refused):
        Writing(Texts("this is = = no file", {}))


def test_two_equal_procedures_differ_in_nothing() -> None:
    ours = read(shipped("transgressive", 2))

    assert procedure_changes(ours, read(shipped("transgressive", 2))) == ()


def test_every_difference_is_told() -> None:
    ours = shipped("complaint", 1)
    writing = Writing(ours)
    writing.say(("step", "sign", "title"), in_all("Onderteken"))
    writing.put(("step", "hand_over", "term"), "3 working days after signed")
    writing.put(("step", "sign", "optional"), True)
    writing.put(("who", "quality", "succession"), ["director"])
    writing.switch_off("consult")
    told = procedure_changes(read(ours), read(writing.texts))

    term = next(it for it in told if it.what is What.TERM)
    assert term.old[0] == "5 working days after signed"
    assert term.new == ("3 working days after signed",)
    assert {What.NAME, What.TERM, What.MAY, What.SUCCESSION, What.STEP_GONE} <= {
        it.what for it in told
    }


def test_a_text_that_is_nested_without_end_is_refused_like_any_other_that_cannot_be_read() -> None:
    """A draft is kept as it was written: its page must open again, to mend it."""
    with pytest.raises(Refused):
        parse("x = " + "[" * 20_000)
