"""Who may read: the reporter's choice, the people on duty, less whoever must not."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest

from klankbord.rules.entries import (
    Answers,
    CaseRead,
    Entry,
    ExclusionSettled,
    Happened,
    KeysArranged,
    ListedHolder,
    ReportReceived,
    ReportResumed,
    ReportWithdrawn,
)
from klankbord.rules.readers import (
    Candidate,
    Choice,
    chosen_readers,
    excluded_by,
    excluded_in,
    exclusion_open,
    newest_list,
    on_duty,
    report_of,
    stands,
)

NOOR, TARIK, ELS, JORIS, WOUT = (UUID(int=number) for number in range(1, 6))
GROUP, PROVINCE, OTHER = (UUID(int=number) for number in range(11, 14))
AT = datetime(2026, 11, 23, 12, 37, 21, tzinfo=UTC)
GROUPS: Mapping[str, Sequence[str]] = {"board": ["board"], "leaders": ["leader", "coach"]}


def reader(
    who: UUID, unit: UUID | None = None, *, away: bool = False, outside: bool = False
) -> Candidate:
    return Candidate(who, ("contact_person",), unit, away, outside)


def names(found: Sequence[Candidate]) -> set[UUID]:
    return {person.membership for person in found}


def happened(*events: Entry, compartment: str = "file") -> tuple[Happened, ...]:
    return tuple(Happened(seq, compartment, 0, AT, NOOR, event) for seq, event in enumerate(events))


def a_report(
    members: tuple[UUID, ...] = (), groups: tuple[str, ...] = (), words: str = ""
) -> ReportReceived:
    return ReportReceived(
        Answers("report", 1, "nl", {}), excluded_members=members, excluded_groups=groups,
        excluded_words=words,
    )  # fmt: skip


# On duty ------------------------------------------------------------------------------------------


def test_the_people_of_the_own_group_answer_first() -> None:
    people = [reader(NOOR, GROUP), reader(TARIK, PROVINCE), reader(ELS)]
    assert names(on_duty(people, units=[GROUP, PROVINCE], excluded=())) == {NOOR}


def test_when_nobody_of_the_group_is_there_the_unit_above_answers() -> None:
    people = [reader(NOOR, GROUP, away=True), reader(TARIK, PROVINCE), reader(ELS)]
    assert names(on_duty(people, units=[GROUP, PROVINCE], excluded=())) == {TARIK}


def test_above_all_units_stands_everybody_on_duty_in_the_organisation() -> None:
    people = [reader(NOOR, OTHER), reader(ELS), reader(JORIS, OTHER, away=True)]
    assert names(on_duty(people, units=[GROUP, PROVINCE], excluded=())) == {NOOR, ELS}


def test_without_a_unit_everybody_on_duty_in_the_organisation_answers() -> None:
    people = [reader(NOOR, GROUP), reader(ELS)]
    assert names(on_duty(people, units=[], excluded=())) == {NOOR, ELS}


def test_somebody_from_outside_reads_only_who_chose_them_by_name() -> None:
    """Not even when nobody inside is left: then the page says so and names them."""
    people = [reader(NOOR), reader(ELS, outside=True)]
    assert on_duty(people, units=[], excluded={NOOR}) == ()
    team = chosen_readers(Choice.TEAM, None, people, units=[], excluded=())
    assert names(team) == {NOOR}


def test_who_skips_the_question_sets_off_no_duties() -> None:
    """P4, K26: somebody who must take steps once they know is chosen by name."""
    people = [reader(NOOR), Candidate(TARIK, ("responsible",), GROUP, bound=True)]
    assert names(on_duty(people, units=[GROUP], excluded=())) == {NOOR}


def test_where_everybody_is_bound_by_duties_they_answer() -> None:
    people = [Candidate(TARIK, ("responsible",), GROUP, bound=True)]
    assert names(on_duty(people, units=[GROUP], excluded=())) == {TARIK}


def test_where_all_come_from_a_bureau_they_are_the_people_of_the_organisation() -> None:
    """R-002-01"""
    people = [reader(NOOR, outside=True), reader(ELS, outside=True)]
    assert names(on_duty(people, units=[], excluded={NOOR})) == {ELS}


def test_everybody_on_duty_in_a_unit_answers_together() -> None:
    people = [reader(NOOR, GROUP), reader(TARIK, GROUP)]
    assert names(on_duty(people, units=[GROUP], excluded=())) == {NOOR, TARIK}


def test_somebody_who_must_not_read_is_never_on_duty() -> None:
    """R-000-31: the next unit answers, as if the excluded were not there."""
    people = [reader(NOOR, GROUP), reader(TARIK, PROVINCE)]
    assert names(on_duty(people, units=[GROUP, PROVINCE], excluded={NOOR})) == {TARIK}


def test_when_all_are_away_it_waits_for_them() -> None:
    """R-000-04, K20: nothing is refused for a holiday; the promise says until when."""
    people = [reader(NOOR, away=True), reader(TARIK)]
    (answers,) = on_duty(people, units=[], excluded={TARIK})
    assert answers.membership == NOOR
    assert on_duty(people, units=[], excluded={NOOR, TARIK}) == ()


# The choice ---------------------------------------------------------------------------------------


def choose(
    choice: Choice, person: UUID | None = None, excluded: frozenset[UUID] = frozenset()
) -> set[UUID]:
    people = [reader(NOOR, GROUP), reader(TARIK, away=True), reader(ELS)]
    return names(chosen_readers(choice, person, people, units=[GROUP], excluded=excluded))


def test_a_chosen_person_reads_alone() -> None:
    """R-000-02"""
    assert choose(Choice.PERSON, ELS) == {ELS}


def test_a_chosen_person_reads_also_while_away() -> None:
    """The page says until when, and who stands in; the choice is the reporter's."""
    assert choose(Choice.PERSON, TARIK) == {TARIK}


def test_a_chosen_person_who_must_not_read_does_not() -> None:
    assert choose(Choice.PERSON, ELS, frozenset({ELS})) == set()


@pytest.mark.parametrize("person", [None, JORIS])
def test_somebody_who_cannot_read_cannot_be_chosen(person: UUID | None) -> None:
    assert choose(Choice.PERSON, person) == set()


def test_a_team_reads_together_less_whoever_must_not() -> None:
    """P13"""
    assert choose(Choice.TEAM) == {NOOR, TARIK, ELS}
    assert choose(Choice.TEAM, excluded=frozenset({NOOR})) == {TARIK, ELS}


def test_makes_no_difference_means_whoever_is_on_duty() -> None:
    assert choose(Choice.ANYONE) == {NOOR}


# Who must not -------------------------------------------------------------------------------------

EVERYBODY = [
    Candidate(NOOR, ("contact_person", "leader"), None),
    Candidate(JORIS, ("board",), None),
    Candidate(WOUT, ("leader",), None),
]


def test_a_group_keeps_out_everybody_who_holds_one_of_its_roles() -> None:
    found = excluded_by([], ["leaders"], roles_of_groups=GROUPS, everybody=EVERYBODY)
    assert found == {NOOR, WOUT}


def test_people_and_groups_are_kept_out_together() -> None:
    found = excluded_by([ELS], ["board"], roles_of_groups=GROUPS, everybody=EVERYBODY)
    assert found == {ELS, JORIS}


def test_a_group_that_the_organisation_does_not_have_keeps_nobody_out() -> None:
    assert not excluded_by([], ["parents"], roles_of_groups=GROUPS, everybody=EVERYBODY)


def test_somebody_who_joins_an_excluded_group_later_is_excluded_too() -> None:
    entries = happened(a_report(groups=("board",)))
    later = [*EVERYBODY, Candidate(TARIK, ("contact_person", "board"), None)]
    assert excluded_in(entries, roles_of_groups=GROUPS, everybody=EVERYBODY) == {JORIS}
    assert excluded_in(entries, roles_of_groups=GROUPS, everybody=later) == {JORIS, TARIK}


def test_whoever_is_meant_by_a_typed_name_is_excluded_once_that_is_settled() -> None:
    entries = happened(a_report((ELS,), words="de secretaris"), ExclusionSettled((JORIS,), "hij"))
    assert excluded_in(entries, roles_of_groups=GROUPS, everybody=EVERYBODY) == {ELS, JORIS}


def test_without_a_report_there_is_nobody_to_exclude() -> None:
    assert not excluded_in(happened(CaseRead()), roles_of_groups=GROUPS, everybody=EVERYBODY)
    assert report_of(happened(CaseRead())) is None


def test_a_typed_name_waits_until_somebody_says_whom_it_means() -> None:
    report = a_report(words="de secretaris")
    assert exclusion_open(happened(report))
    assert not exclusion_open(happened(report, ExclusionSettled((), "niemand van hier")))


def test_ticked_people_and_groups_need_no_settling() -> None:
    assert not exclusion_open(happened(a_report((ELS,), ("board",))))


# Lists and states ---------------------------------------------------------------------------------


def a_list(epoch: int, *who: UUID, of: str = "file") -> KeysArranged:
    return KeysArranged(of, epoch, "aa", tuple(ListedHolder(it, "bb") for it in who), "chosen")


def test_the_last_signed_list_counts() -> None:
    entries = happened(a_list(0, NOOR), a_list(0, NOOR, TARIK), a_list(1, TARIK))
    assert newest_list(entries, "file") == a_list(1, TARIK)


def test_the_copy_of_another_compartments_list_is_not_the_list_of_this_one() -> None:
    entries = happened(a_list(0, NOOR), a_list(0, TARIK, of="identity"))
    assert newest_list(entries, "file") == a_list(0, NOOR)
    assert newest_list(entries, "identity") is None


@pytest.mark.parametrize(
    ("events", "withdrawn"),
    [
        ((), False),
        ((ReportWithdrawn(""),), True),
        ((ReportWithdrawn(""), ReportResumed()), False),
        ((ReportWithdrawn(""), ReportResumed(), CaseRead(), ReportWithdrawn("")), True),
    ],
)
def test_the_last_word_counts(events: tuple[Entry, ...], withdrawn: bool) -> None:
    assert stands(happened(*events), ReportWithdrawn, ReportResumed) is withdrawn
