"""A start code: given by somebody who works here, and renewed by whoever it is for."""

from datetime import timedelta

import pytest

from klankbord.cases.models import IDENTITY, Bookmark, Case, KeyHolder, Reporter
from klankbord.cases.opening import OpenCase, Trouble, open_case
from klankbord.cases.seats import public_keys
from klankbord.cases.verifying import verify
from klankbord.cases.writing import writing
from klankbord.handling import channel
from klankbord.handling.casework import NotYours, end_access, give_access, open_page
from klankbord.handling.channel import CodeUnknown, Seat, cases_of, enter
from klankbord.intake.receipts import LIFE, forget_receipt
from klankbord.intake.start_codes import (
    AlreadyReceived,
    HasCode,
    IdentityNeeded,
    InUse,
    Receipt,
    give_code,
    renew,
    settle,
    starts_in,
    withdraw_code,
)
from klankbord.kit.vault.pairs import new_pair
from klankbord.rules.entries import MessageSent, ReporterJoined, ReporterRenewed
from klankbord.rules.seats import Standing, Whose, counts, live_seats, standing
from tests import given
from tests.cases.writer import hand_of
from tests.given import NOON, House
from tests.intake.test_entered import entered, written_down

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

LATER = NOON + timedelta(days=1)


@pytest.fixture
def without_code(house: House) -> str:
    """A case that Noor wrote down: nobody from outside holds a key of it."""
    return entered(house).reference


def given_code(
    house: House, reference: str, *, by: str = "noor", whose: Whose = Whose.REPORTER,
    token: bytes = b"",
) -> Receipt:  # fmt: skip
    return give_code(
        house[by].member(), reference, whose=whose, token=token or given.a_token(), at=NOON,
        language="nl",
    )  # fmt: skip


def seat_of(house: House, receipt: Receipt) -> Seat:
    return enter(house.organisation, receipt.code)


def renewed(house: House, seat: Seat, token: bytes = b"") -> Receipt:
    line = starts_in(house.organisation, seat)
    assert line is not None
    return renew(
        house.organisation, seat, line, token=token or given.a_token(), at=LATER, language="nl"
    )


def taken_over(house: House, receipt: Receipt) -> Seat:
    """The first use of a start code, to its end."""
    seat = seat_of(house, renewed(house, seat_of(house, receipt)))
    settle(house.organisation, seat, at=LATER)
    return seat


def opened(house: House, reference: str, by: str = "noor") -> OpenCase:
    row = Case.objects.select_related("organisation").get(reference=reference)
    found = open_case(row, hand_of(house[by]))
    assert found is not None
    return found


def the_standing(house: House, reference: str) -> Standing:
    found = opened(house, reference)
    assert found.trouble == frozenset()
    return standing(found.happened)


# Given ----------------------------------------------------------------------------------------


def test_a_code_can_be_given_later(house: House, without_code: str) -> None:
    """Vault 2.4(3), P30: a case that nobody from outside could open gets a reporter's key."""
    assert the_standing(house, without_code) is Standing.NONE
    seat = seat_of(house, given_code(house, without_code))
    assert the_standing(house, without_code) is Standing.WAITING
    assert [line.reference for line in cases_of(seat)] == [without_code]
    assert verify().faults == []


def test_the_same_form_sent_twice_is_one_code(house: House, without_code: str) -> None:
    """Row 12: an answer that was lost is shown again, with the same code."""
    token = given.a_token()
    assert given_code(house, without_code, token=token) == given_code(
        house, without_code, token=token
    )
    assert Reporter.objects.count() == 1


def test_one_code_at_a_time(house: House, without_code: str) -> None:
    """Two people with a place in one file would read each other's messages."""
    given_code(house, without_code)
    with pytest.raises(HasCode):
        given_code(house, without_code)


def test_whoever_reported_with_a_code_keeps_it(house: House) -> None:
    told = given.a_report(house, reader="noor")
    assert the_standing(house, told.reference) is Standing.OWN
    with pytest.raises(HasCode):
        given_code(house, told.reference)
    with pytest.raises(InUse):
        withdraw_code(house["noor"].member(), told.reference, at=NOON)
    assert enter(house.organisation, told.receipt.code).reporter == told.seat.reporter


def test_nobody_else_gives_a_code(house: House, neighbour: House, without_code: str) -> None:
    """Row 1: neither colleague, coordinator, administrator, whoever leads a group nor neighbour."""
    others = [house[name] for name in ("tarik", "els", "joris", "bert", "wout")]
    for person in [*others, *neighbour.people.values()]:
        with pytest.raises(NotYours):
            give_code(
                person.member(), without_code, whose=Whose.REPORTER, token=given.a_token(),
                at=NOON, language="nl",
            )  # fmt: skip
        with pytest.raises(NotYours):
            withdraw_code(person.member(), without_code, at=NOON)


def test_the_person_it_happened_to_is_not_told_who_reported(house: House) -> None:
    """P2: their place opens the file; who told it has a key of its own, and that is not given."""
    reference = entered(house, entering=written_down(house, told_by="colleague")).reference
    receipt = given_code(house, reference, whose=Whose.CONCERNED)
    seat = taken_over(house, receipt)
    rows = KeyHolder.objects.filter(holder=seat.reporter)
    assert {row.compartment.name for row in rows.select_related("compartment")} == {"file"}
    page = channel.view(seat, cases_of(seat)[0].id, at=LATER, language="nl")
    assert page.trouble == ()
    assert live_seats(opened(house, reference).happened)[seat.reporter].whose is Whose.CONCERNED


# Renewed --------------------------------------------------------------------------------------


def test_the_first_use_makes_a_code_that_nobody_else_has_seen(
    house: House, without_code: str
) -> None:
    """Vault 2.2: new keys signed by the old, a new epoch, and the start code opens nothing."""
    start = given_code(house, without_code)
    old = seat_of(house, start)
    new = taken_over(house, start)
    with pytest.raises(CodeUnknown):
        enter(house.organisation, start.code)
    assert not KeyHolder.objects.filter(holder=old.reporter).exists()
    assert not Bookmark.objects.filter(holder=old.reporter).exists()
    assert cases_of(old) == ()
    case = cases_of(new)[0].id
    channel.write(new, case, text="Ik ben het.", token=given.a_token(), at=LATER)
    page = open_page(house["noor"].member(), without_code, at=LATER, language="nl").page
    assert page.trouble == ()
    message = next(item for item in page.items if isinstance(item.entry, MessageSent))
    assert message.by_reporter
    assert verify().faults == []


def test_what_was_told_before_is_read_under_the_new_code(house: House, without_code: str) -> None:
    seat = taken_over(house, given_code(house, without_code))
    page = channel.view(seat, cases_of(seat)[0].id, at=LATER, language="nl")
    assert given.STORY in [row.text for row in page.report]
    assert page.trouble == ()


def test_the_start_code_opens_nothing_that_comes_after(house: House, without_code: str) -> None:
    """Row 8: whoever kept the start code, and an old copy of the database, has the old epoch."""
    start = given_code(house, without_code)
    line = starts_in(house.organisation, seat_of(house, start))
    assert line is not None
    before = opened(house, without_code).file.row.epoch
    taken_over(house, start)
    now = opened(house, without_code)
    assert now.file.row.epoch == before + 1
    assert now.compartments[IDENTITY].row.epoch == before + 1


def test_a_consent_counts_only_under_the_renewed_keys(house: House, without_code: str) -> None:
    """Vault 2.2: whether a key counts follows from the entries, and from nothing else."""
    start = given_code(house, without_code)
    old = seat_of(house, start).reporter
    assert not counts(opened(house, without_code).happened, old)
    new = seat_of(house, renewed(house, seat_of(house, start)))
    # While both codes open it, whoever gave the start code could be the one who renewed it.
    assert not counts(opened(house, without_code).happened, new.reporter)
    settle(house.organisation, new, at=LATER)
    happened = opened(house, without_code).happened
    assert counts(happened, new.reporter)
    assert not counts(happened, old)


def test_a_code_of_ones_own_counts_from_the_start(house: House) -> None:
    told = given.a_report(house, reader="noor")
    assert counts(opened(house, told.reference).happened, told.seat.reporter)
    assert starts_in(house.organisation, told.seat) is None


def test_a_page_that_never_arrived_costs_nobody_their_place(
    house: House, without_code: str
) -> None:
    """Row 12: the same form gives the same code; afterwards the start code begins anew."""
    start, token = given_code(house, without_code), given.a_token()
    first = renewed(house, seat_of(house, start), token)
    assert renewed(house, seat_of(house, start), token) == first
    forget_receipt(token)
    line = starts_in(house.organisation, seat_of(house, start))
    assert line is not None
    with pytest.raises(AlreadyReceived):
        renew(
            house.organisation, seat_of(house, start), line, token=token, at=LATER + LIFE,
            language="nl",
        )  # fmt: skip
    second = renewed(house, seat_of(house, start))
    assert second.code != first.code
    # Whoever wrote the first one down after all is in as well.
    for code in (first.code, second.code):
        assert cases_of(enter(house.organisation, code))


def test_the_code_that_is_used_first_ends_all_others(house: House, without_code: str) -> None:
    start = given_code(house, without_code)
    first = renewed(house, seat_of(house, start))
    second = renewed(house, seat_of(house, start))
    settle(house.organisation, seat_of(house, first), at=LATER)
    for gone in (start, second):
        with pytest.raises(CodeUnknown):
            seat_of(house, gone)
    assert the_standing(house, without_code) is Standing.OWN


def test_settling_twice_changes_nothing(house: House, without_code: str) -> None:
    seat = taken_over(house, given_code(house, without_code))
    before = Case.objects.get(reference=without_code).count
    settle(house.organisation, seat, at=LATER)
    assert Case.objects.get(reference=without_code).count == before


def test_a_start_code_is_not_renewed_at_the_neighbours(
    house: House, neighbour: House, without_code: str
) -> None:
    start = given_code(house, without_code)
    with pytest.raises(CodeUnknown):
        enter(neighbour.organisation, start.code)
    seat = seat_of(house, start)
    assert starts_in(neighbour.organisation, seat) is None


# Withdrawn ------------------------------------------------------------------------------------


def test_a_start_code_that_leaked_is_withdrawn_and_another_given(
    house: House, without_code: str
) -> None:
    """Before its first use: the leaked code opens nothing, and neither does what it opened."""
    leaked = given_code(house, without_code)
    old = seat_of(house, leaked).reporter
    withdraw_code(house["noor"].member(), without_code, at=NOON)
    with pytest.raises(CodeUnknown):
        seat_of(house, leaked)
    assert not KeyHolder.objects.filter(holder=old).exists()
    assert the_standing(house, without_code) is Standing.NONE
    seat = taken_over(house, given_code(house, without_code))
    assert cases_of(seat)
    assert verify().faults == []


def test_after_its_first_use_nobody_takes_a_code_away(house: House, without_code: str) -> None:
    start = given_code(house, without_code)
    own = renewed(house, seat_of(house, start))
    with pytest.raises(InUse):
        withdraw_code(house["noor"].member(), without_code, at=LATER)
    seat = seat_of(house, own)
    settle(house.organisation, seat, at=LATER)
    with pytest.raises(InUse):
        withdraw_code(house["noor"].member(), without_code, at=LATER)
    with pytest.raises(NotYours):
        end_access(
            house["noor"].member(), without_code, membership=seat.reporter, why="weg", at=LATER
        )


def test_whoever_cannot_end_all_of_it_ends_none_of_it(house: House, without_code: str) -> None:
    """The start code opens the name too; Tarik was given the file alone."""
    given_code(house, without_code)
    tarik = house["tarik"].membership
    give_access(
        house["noor"].member(), without_code, membership=tarik, identity=False, why="samen", at=NOON
    )
    with pytest.raises(IdentityNeeded):
        withdraw_code(house["tarik"].member(), without_code, at=NOON)


# Forged ---------------------------------------------------------------------------------------


def test_nobody_takes_the_place_of_a_colleague(house: House, without_code: str) -> None:
    """Row 10: a reader who names another member's place as their own makes the case read-only."""
    forged = public_keys(hand_of(house["noor"]))
    taken = type(forged)(house["tarik"].membership, forged.box, forged.sign)
    row = Case.objects.get(reference=without_code)
    with writing(row.id, hand_of(house["noor"]), at=NOON) as pen:
        pen.write(ReporterJoined(keys=taken, whose="reporter"))
    assert Trouble.SIGNATURE in opened(house, without_code).trouble


def test_a_reader_does_not_renew_for_the_reporter(house: House, without_code: str) -> None:
    """Row 10: new keys count only when the old ones signed them."""
    seat = seat_of(house, given_code(house, without_code))
    pair = new_pair()
    keys = public_keys(type(seat.hand)(given.UUID(int=7), pair))
    row = Case.objects.get(reference=without_code)
    with writing(row.id, hand_of(house["noor"]), at=NOON) as pen:
        pen.write(ReporterRenewed(keys=keys))
    found = opened(house, without_code)
    assert Trouble.SIGNATURE in found.trouble
    assert keys.id not in found.seats


def test_a_row_that_was_put_beside_the_list_is_noticed(house: House, without_code: str) -> None:
    """Row 2: the list and the keys are the same list, also after a renewal."""
    seat = taken_over(house, given_code(house, without_code))
    KeyHolder.objects.filter(holder=seat.reporter, epoch=0).delete()
    assert opened(house, without_code).trouble == frozenset()
    KeyHolder.objects.filter(holder=seat.reporter).delete()
    assert Trouble.LISTS in opened(house, without_code).trouble
