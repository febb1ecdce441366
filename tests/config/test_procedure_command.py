"""`klankbord procedure`: what an operator or a jurist sees of the files."""

import pytest

from klankbord.config.cli import main


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    status = main(["procedure", *words])
    return status, capsys.readouterr().out.splitlines()


def test_the_list_names_every_procedure_with_its_version(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, lines = said(capsys, "list")

    assert status == 0
    assert any(line.split()[:2] == ["complaint", "1"] for line in lines)


def test_a_complaint_of_before_christmas_is_handed_over_on_the_twenty_ninth(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """R-004-218."""
    status, lines = said(capsys, "simulate", "complaint", "--from", "2026-12-21", "--country", "BE")

    assert status == 0
    assert any(line.startswith("2026-12-29  last day") and "Ontvanger" in line for line in lines)
    assert any(line.startswith("2027-01-13") for line in lines)
    assert any(line.startswith("2027-02-24") for line in lines)


def test_closures_meetings_and_choices_change_the_course(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, closed = said(
        capsys,
        *("simulate", "complaint", "--from", "2026-12-21", "--language", "en"),
        *("--closed", "2026-12-24..2027-01-03", "--meeting", "daily_board=2027-02-16"),
    )
    _, chosen = said(
        capsys,
        *("simulate", "complaint", "--from", "2026-12-21"),
        *("--choose", "receive=transgressive"),
    )

    assert any(line.startswith("2027-01-06") and "Pass on" in line for line in closed)
    assert any(line.startswith("2027-02-16") and "executive committee" in line for line in closed)
    assert chosen[-1].split() == ["⇒", "transgressive"]


def test_a_procedure_is_shown_step_by_step_with_its_sources(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, lines = said(capsys, "show", "complaint", "--language", "en")

    assert status == 0
    assert any("5 working days after signed" in line for line in lines)
    assert any("R-004-161" in line for line in lines)
    assert lines[1] == "handbook 3.5"


def test_a_sound_procedure_is_proven(capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = said(capsys, "prove", "yearly_complaints")

    assert (status, lines[0].split(",")[0]) == (0, "yearly_complaints 1: sound")


@pytest.mark.parametrize(
    "words",
    [
        ("show", "nothing"),
        ("prove", "nothing"),
        ("simulate", "nothing", "--from", "2026-12-21"),
        ("simulate", "complaint", "--from", "1999-12-21"),
    ],
)
def test_what_is_not_there_is_refused_with_one_sentence(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["procedure", *words])

    assert status == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("simulate", "complaint", "--from", "soon"),
        ("simulate", "complaint", "--from", "2026-12-21", "--choose", "receive"),
        ("simulate", "complaint", "--from", "2026-12-21", "--closed", "2026-13-01"),
    ],
)
def test_a_word_that_is_no_day_or_no_pair_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit):
        main(["procedure", *words])
