"""The receipt: in the answer that follows the commit, again if that was lost, for one case."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from klankbord.cases.models import Case, Entry, Reporter
from klankbord.handling import channel
from klankbord.handling.channel import CodeUnknown, cases_of, enter
from klankbord.intake import services
from klankbord.intake.models import SealedReceipt
from klankbord.intake.receipts import forget_receipt, receipt_of, sweep_receipts
from klankbord.intake.services import AlreadyReceived, NobodyLeft, submit
from klankbord.kit import throttle
from klankbord.kit.outbox.models import Letter
from klankbord.kit.throttle import Busy
from klankbord.kit.tokens.models import SpentToken
from klankbord.rules.codes import CodeMistyped, read_code, spaced
from tests import given
from tests.given import NOON, House

pytestmark = pytest.mark.django_db


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every code for which the slow derivation was done when somebody came in."""
    codes: list[str] = []
    real = channel.reporter_keys

    def counted(digits: str, *, pepper: bytes, salt: bytes) -> object:
        codes.append(digits)
        return real(digits, pepper=pepper, salt=salt)

    monkeypatch.setattr(channel, "reporter_keys", counted)
    return codes


# The receipt --------------------------------------------------------------------------------------


def test_when_the_answer_was_lost_the_same_form_shows_the_same_code(house: House) -> None:
    """Row 12"""
    token, draft = given.a_token(), given.a_draft(house)
    lost = submit(house.organisation, draft, token=token, at=NOON)
    again = submit(house.organisation, draft, token=token, at=NOON + timedelta(minutes=10))
    assert again == lost
    assert Case.objects.count() == Reporter.objects.count() == 1


def test_a_lost_answer_costs_no_work_twice(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    token, draft = given.a_token(), given.a_draft(house)
    submit(house.organisation, draft, token=token, at=NOON)

    def never(*_arguments: object, **_more: object) -> None:
        raise AssertionError

    monkeypatch.setattr(services, "reporter_keys", never)
    assert submit(house.organisation, draft, token=token, at=NOON)


def test_a_receipt_opens_with_its_own_form_only(house: House) -> None:
    token, other = given.a_token(), given.a_token()
    submit(house.organisation, given.a_draft(house), token=token, at=NOON)
    assert receipt_of(other, at=NOON) is None
    SealedReceipt.objects.update(id=b"\x01" * 32)  # moved by somebody who can write there
    assert receipt_of(token, at=NOON) is None


def test_a_receipt_put_under_another_forms_name_does_not_open(house: House) -> None:
    tokens = [given.a_token(), given.a_token()]
    for token in tokens:
        submit(house.organisation, given.a_draft(house), token=token, at=NOON)
    one, other = SealedReceipt.objects.all()
    for row, sealed in ((one, bytes(other.sealed)), (other, bytes(one.sealed))):
        SealedReceipt.objects.filter(id=bytes(row.id)).update(sealed=sealed)
    assert [receipt_of(token, at=NOON) for token in tokens] == [None, None]


def test_the_code_stands_in_no_column(house: House) -> None:
    """Row 24: neither in one piece nor in groups."""
    code = given.a_report(house, reader="noor").receipt.code
    for model in (SealedReceipt, Reporter, Entry, Case, SpentToken):
        for values in model.objects.values_list():
            kept = b"|".join(
                bytes(it) if isinstance(it, bytes | memoryview) else str(it).encode()
                for it in values
            )
            assert code.encode() not in kept
            assert " ".join(spaced(code)).encode() not in kept


def test_receipts_are_swept_when_their_hour_is_over(house: House) -> None:
    submit(house.organisation, given.a_draft(house), token=given.a_token(), at=NOON)
    assert sweep_receipts(at=NOON) == 0
    assert sweep_receipts(at=NOON + timedelta(hours=2)) == 1
    assert not SealedReceipt.objects.exists()


def test_a_receipt_that_is_gone_says_that_the_report_was_received(house: House) -> None:
    token = given.a_token()
    submit(house.organisation, given.a_draft(house), token=token, at=NOON)
    for gone in (lambda: forget_receipt(token), lambda: None):
        gone()
        with pytest.raises(AlreadyReceived):
            submit(
                house.organisation, given.a_draft(house), token=token,
                at=NOON + timedelta(minutes=20),
            )  # fmt: skip
    assert Case.objects.count() == 1


def test_a_report_that_could_not_be_stored_leaves_the_form_unused(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commit before receipt: what fails last undoes all, and can be sent again."""
    token, draft = given.a_token(), given.a_draft(house)

    def full(*_arguments: object, **_more: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(services, "keep_receipt", full)
        with pytest.raises(OSError):  # noqa: PT011
            submit(house.organisation, draft, token=token, at=NOON)
    for model in (Case, Reporter, Entry, SealedReceipt, SpentToken, Letter):
        assert not model.objects.exists()
    assert submit(house.organisation, draft, token=token, at=NOON)


def test_when_nobody_is_left_the_form_can_be_sent_again_with_another_choice(house: House) -> None:
    token = given.a_token()
    with pytest.raises(NobodyLeft):
        submit(
            house.organisation, given.a_draft(house, must_not=["noor", "tarik"]), token=token,
            at=NOON,
        )  # fmt: skip
    assert submit(house.organisation, given.a_draft(house), token=token, at=NOON)


def test_when_too_many_send_at_once_somebody_is_asked_to_wait_and_nothing_is_lost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "PATIENCE_SECONDS", 0.01)
    token = given.a_token()
    with throttle.kdf_slot("report"), pytest.raises(Busy):
        submit(house.organisation, given.a_draft(house), token=token, at=NOON)
    assert submit(house.organisation, given.a_draft(house), token=token, at=NOON)


# The code -----------------------------------------------------------------------------------------


def test_the_code_opens_the_channel_of_this_report_and_no_other(house: House) -> None:
    told, other = given.a_report(house), given.a_report(house)
    assert [it.reference for it in cases_of(told.seat)] == [told.reference]
    assert told.seat.reporter != other.seat.reporter


def test_unknown_and_other_organisations_codes_cost_and_answer_the_same(
    house: House, neighbour: House, derivations: list[str]
) -> None:
    """Row 15: one derivation each, and the same refusal."""
    theirs = given.a_report(neighbour, reader="nadia").receipt.code
    destroyed = given.a_report(house).receipt.code
    Case.objects.filter(organisation=house.organisation).delete()
    Reporter.objects.filter(organisation=house.organisation).delete()
    derivations.clear()
    refusals = []
    for code in ("0" * 20, theirs, destroyed):
        with pytest.raises(CodeUnknown) as refusal:
            enter(house.organisation, code)
        refusals.append((refusal.value.args, refusal.value.__cause__))
    assert derivations == ["0" * 19, theirs[:-1], destroyed[:-1]]
    assert refusals == [((), None)] * 3


def test_a_mistyped_code_is_told_before_any_work_is_done(
    house: House, derivations: list[str]
) -> None:
    code = given.a_report(house).receipt.code
    derivations.clear()
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    for typed in (wrong, code[:-1], "", "hallo"):
        with pytest.raises(CodeMistyped):
            enter(house.organisation, typed)
    assert derivations == []


def test_a_code_is_never_locked(house: House) -> None:
    """Whoever tries codes locks nobody out."""
    code = given.a_report(house, reader="noor").receipt.code
    for _ in range(20):
        with pytest.raises(CodeUnknown):
            enter(house.organisation, "0" * 20)
    assert enter(house.organisation, code)


def test_codes_are_right_by_their_check_digit_and_all_different(house: House) -> None:
    codes = [given.a_report(house, answers={}).receipt.code for _ in range(12)]
    assert [read_code(code) for code in codes] == codes
    assert len(set(codes)) == 12


# All at once --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_twenty_times_the_same_form_at_once_is_one_case_and_twenty_equal_receipts(
    house: House,
) -> None:
    """Row 32"""
    token, draft = given.a_token(), given.a_draft(house, reader="noor")
    receipts = together(20, lambda number: submit(house.organisation, draft, token=token, at=NOON))
    assert len(receipts) == 20
    assert receipts == [receipts[0]] * 20
    assert Case.objects.count() == Reporter.objects.count() == 1
    assert Letter.objects.count() == 1
    assert enter(house.organisation, receipts[0].code)


@pytest.mark.django_db(transaction=True)
def test_sixteen_reports_at_once_are_sixteen_cases(house: House) -> None:
    """Promise 1: none of them is lost, and each opens with its own code."""
    receipts = together(
        16,
        lambda number: submit(
            house.organisation,
            given.a_draft(house, reader="noor", answers={"happened": f"verhaal {number}"}),
            token=given.a_token(),
            at=NOON,
        ),
    )
    assert len({it.code for it in receipts}) == len({it.reference for it in receipts}) == 16
    stories = set()
    for receipt in receipts:
        seat = enter(house.organisation, receipt.code)
        page = channel.view(seat, cases_of(seat)[0].id, at=NOON, language="nl")
        assert page.trouble == ()
        stories |= {row.text for row in page.report}
    assert stories == {f"verhaal {number}" for number in range(16)}


def together(times: int, deed: object) -> list[services.Receipt]:
    """The receipts of as many submissions at the same moment."""
    found: list[services.Receipt] = []
    start = Barrier(times)

    def do(number: int) -> None:
        start.wait()
        try:
            found.append(deed(number))  # type: ignore[operator]
        finally:
            connections.close_all()

    threads = [Thread(target=do, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
