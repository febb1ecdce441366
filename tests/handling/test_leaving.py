"""Leaving, and coming back with new keys: nobody is the last reader unseen, and no key stays."""

from datetime import timedelta

import pytest

from klankbord.cases.errors import NotYours
from klankbord.cases.models import Bookmark, Case, InboxRow, KeyHolder
from klankbord.cases.services import set_closed
from klankbord.cases.verifying import verify
from klankbord.handling import casework, channel
from klankbord.handling.inbox import inbox_page
from klankbord.handling.leaving import OnlyReader, end_work_of, leave, read_alone
from klankbord.kit.clock import day_number
from klankbord.kit.tokens.invitations import invitation_token
from klankbord.organisations.members import Member
from klankbord.organisations.models import Account, Membership
from klankbord.organisations.services import SignInRefused, sign_in
from klankbord.organisations.services.accepting import accept, accept_as
from klankbord.organisations.services.inviting import NotYourHouse, invite, invite_for_new_keys
from klankbord.organisations.services.roles import LastAdministrator, add_role
from klankbord.organisations.services.vouching import own_digits, vouch
from tests import given
from tests.given import NOON, House, Told

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
LATER = NOON + timedelta(days=1)
PHRASE = "tarik fietst naar de zee toe"


def shared(house: House) -> Told:
    """A report that Noor and Tarik both read."""
    return given.a_report(house, choice="team")


def alone(house: House, who: str = "tarik") -> Told:
    return given.a_report(house, reader=who)


def go(house: House, who: str) -> None:
    leave(house[who].member(), house[who].membership, passphrase=house[who].passphrase, at=NOON)


# Leaving ------------------------------------------------------------------------------------------


def test_who_reads_a_case_alone_cannot_leave_and_is_told_which(house: House) -> None:
    """vault §2.5: leaving is refused while somebody is the only reader anywhere."""
    told, _ = alone(house), shared(house)
    lines = read_alone(house["tarik"].membership, on=TODAY)
    assert [line.reference for line in lines] == [told.reference]
    with pytest.raises(OnlyReader):
        go(house, "tarik")
    assert casework.open_page(house["tarik"].member(), told.reference, at=NOON, language="nl")


def test_a_closed_case_keeps_its_last_reader_too(house: House) -> None:
    told = alone(house)
    set_closed(Case.objects.get(id=told.case.id), day_number(TODAY))
    assert [line.closed for line in read_alone(house["tarik"].membership, on=TODAY)] == [True]


def test_a_colleague_who_stopped_reading_is_no_second_reader(house: House) -> None:
    shared(house)
    given.membership(house["noor"]).roles.update(until_day=1)
    with pytest.raises(OnlyReader):
        go(house, "tarik")


def test_after_handing_over_everything_of_the_leaver_is_gone_at_once(house: House) -> None:
    told = alone(house)
    casework.give_access(
        house["tarik"].member(), told.reference, membership=house["noor"].membership,
        identity=True, why="ik stop", at=NOON,
    )  # fmt: skip
    casework.note(
        house["tarik"].member(), told.reference, text="Voor mij.", token=given.a_token(), at=NOON
    )
    tarik = house["tarik"]
    go(house, "tarik")
    for rows in (KeyHolder.objects.filter(holder=tarik.membership),
                 InboxRow.objects.filter(membership=tarik.membership),
                 Bookmark.objects.filter(holder=tarik.membership)):  # fmt: skip
        assert not rows.exists()
    with pytest.raises(SignInRefused):
        tarik.member()
    account = Account.objects.get(memberships=tarik.membership)
    assert (bytes(account.master), bytes(account.profile), bytes(account.recovery)) == (b"",) * 3
    assert verify().faults == []


def test_the_next_holder_makes_a_new_key_before_anything_is_written(house: House) -> None:
    """vault §2.4 (4), row 8: a stolen copy of the leaver's key opens nothing of afterwards."""
    told = shared(house)
    stolen = house["tarik"].member()
    wraps = list(KeyHolder.objects.filter(holder=house["tarik"].membership))
    go(house, "tarik")
    assert Case.objects.get().rekey_due
    page = casework.open_page(house["noor"].member(), told.reference, at=LATER, language="nl")
    assert not page.page.trouble
    assert "Tarik Ravelijn" not in [it.name for it in page.page.readers]
    assert not Case.objects.get().rekey_due
    case = Case.objects.get()
    assert {it.epoch for it in case.compartments.all()} == {1}
    casework.answer(
        house["noor"].member(), told.reference, text="Na Tarik.", token=given.a_token(), at=LATER
    )
    KeyHolder.objects.bulk_create(wraps)  # an old backup, or somebody who kept a copy
    newest = case.entries.order_by("-seq").first()
    assert newest is not None
    assert newest.epoch == 1
    assert all(wrap.epoch == 0 for wrap in wraps)
    assert stolen


def test_the_reporter_may_be_the_one_who_makes_the_new_key(house: House) -> None:
    told = shared(house)
    go(house, "tarik")
    channel.write(told.seat, told.case.id, text="Is er nieuws?", token=given.a_token(), at=LATER)
    assert not Case.objects.get().rekey_due
    page = casework.open_page(house["noor"].member(), told.reference, at=LATER, language="nl")
    assert not page.page.trouble


def test_a_key_that_was_taken_from_the_table_is_still_an_alarm(house: House) -> None:
    """Row 2 of vault §4: only leaving may take a key away."""
    told = shared(house)
    KeyHolder.objects.filter(holder=house["tarik"].membership).delete()
    page = casework.open_page(house["noor"].member(), told.reference, at=NOON, language="nl")
    assert page.page.trouble


def test_the_administrator_ends_an_account_under_the_same_rules(house: House) -> None:
    bert, tarik = house["bert"].member(), given.membership(house["tarik"])
    alone(house)
    with pytest.raises(OnlyReader):
        end_work_of(bert, tarik, at=NOON)
    end_work_of(bert, given.membership(house["wout"]), at=NOON)
    with pytest.raises(SignInRefused):
        house["wout"].member()


def test_the_pair_of_a_house_that_ended_somebodys_work_goes_at_their_next_sign_in(
    house: House, neighbour: House
) -> None:
    """Whoever works elsewhere too keeps the account, and nothing that opens nothing."""
    nadia = neighbour["nadia"]
    row = invite(
        house["bert"].member(), house.organisation, name="Nadia", mail="n@elsewhere.example",
        roles=["leader"], at=NOON,
    )  # fmt: skip
    accept_as(nadia.member(), invitation_token(row.id), passphrase=nadia.passphrase, at=NOON)
    (here,) = set(nadia.member().pairs) - {nadia.membership}
    end_work_of(house["bert"].member(), Membership.objects.get(id=here), at=NOON)
    assert set(nadia.member().pairs) == {nadia.membership}


def test_who_comes_back_has_a_pair_that_stays(house: House, neighbour: House) -> None:
    nadia, bert = neighbour["nadia"], house["bert"].member()
    for address in ("n@elsewhere.example", "n@again.example"):
        row = invite(
            bert, house.organisation, name="Nadia", mail=address, roles=["leader"], at=NOON
        )
        accept_as(nadia.member(), invitation_token(row.id), passphrase=nadia.passphrase, at=NOON)
        (here,) = set(nadia.member().pairs) - {nadia.membership}
        if address == "n@elsewhere.example":
            end_work_of(bert, Membership.objects.get(id=here), at=NOON)
    assert nadia.member().pair(here)


def test_only_the_administrator_of_the_house_does(house: House, neighbour: House) -> None:
    for outsider in (house["noor"], neighbour["bas"]):
        with pytest.raises(NotYourHouse):
            end_work_of(outsider.member(), given.membership(house["wout"]), at=NOON)


def test_the_last_administrator_stays(house: House) -> None:
    with pytest.raises(LastAdministrator):
        go(house, "bert")
    add_role(
        house["bert"].member(), given.membership(house["els"]), word="administrator",
        from_day=TODAY, until=None, on=TODAY,
    )  # fmt: skip
    go(house, "bert")


def test_a_wrong_passphrase_ends_nothing(house: House) -> None:
    with pytest.raises(SignInRefused):
        leave(house["wout"].member(), house["wout"].membership, passphrase="nee", at=NOON)
    assert house["wout"].member().memberships


# New keys after a lost passphrase and a lost recovery code ----------------------------------------


def tarik_anew(house: House) -> Member:
    """Tarik lost everything, made new keys, and Noor vouched for them."""
    tarik = house["tarik"]
    row = invite_for_new_keys(house["bert"].member(), given.membership(tarik), at=NOON)
    member, _ = accept(
        invitation_token(row.id), name=tarik.name, mail=tarik.mail, passphrase=PHRASE, at=NOON
    )
    vouch(
        house["noor"].member(), tarik.membership, digits=own_digits(member, tarik.membership),
        passphrase=house["noor"].passphrase, on=TODAY,
    )  # fmt: skip
    return sign_in(mail=tarik.mail, passphrase=PHRASE, code="", at=NOON)


def test_new_keys_open_no_old_case_by_themselves(house: House) -> None:
    told = shared(house)
    (before,) = inbox_page(house["tarik"].member(), language="nl").rows
    member = tarik_anew(house)
    with pytest.raises(NotYours):
        casework.open_page(member, told.reference, at=NOON, language="nl")
    (line,) = inbox_page(member, language="nl").rows
    assert (before.shut, line.shut) == (False, True), "the inbox says so, instead of nothing there"


def test_a_colleague_who_reads_along_gives_access_again(house: House) -> None:
    told = shared(house)
    casework.open_page(house["tarik"].member(), told.reference, at=NOON, language="nl")
    casework.note(
        house["tarik"].member(), told.reference, text="Oud.", token=given.a_token(), at=NOON
    )
    member = tarik_anew(house)
    possible = casework.possible_readers(
        house["noor"].member(), told.reference, at=NOON, language="nl"
    )
    assert [card.membership for card in possible] == [house["tarik"].membership]
    casework.give_access(
        house["noor"].member(), told.reference, membership=house["tarik"].membership,
        identity=True, why="nieuwe sleutel", at=NOON,
    )  # fmt: skip
    page = casework.open_page(member, told.reference, at=NOON, language="nl")
    assert not page.page.trouble
    assert page.identity is not None
    assert page.notes == (), "own notes were sealed to the old key alone"
    casework.note(member, told.reference, text="Nieuw.", token=given.a_token(), at=NOON)
    casework.note(member, told.reference, text="Nog een.", token=given.a_token(), at=NOON)
    page = casework.open_page(member, told.reference, at=NOON, language="nl")
    assert len(page.notes) == 2


def test_access_is_given_again_without_the_name_of_who_told_it(house: House) -> None:
    told = shared(house)
    member = tarik_anew(house)
    casework.give_access(
        house["noor"].member(), told.reference, membership=house["tarik"].membership,
        identity=False, why="nieuwe sleutel", at=NOON,
    )  # fmt: skip
    page = casework.open_page(member, told.reference, at=NOON, language="nl")
    assert not page.page.trouble
    assert page.identity is None


def test_the_reporter_gives_access_again_where_nobody_else_reads(house: House) -> None:
    told = alone(house)
    member = tarik_anew(house)
    channel.choose(
        told.seat, told.case.id, membership=house["tarik"].membership, keep=False, at=LATER
    )
    page = casework.open_page(member, told.reference, at=LATER, language="nl")
    assert not page.page.trouble


def test_before_a_colleague_vouched_nobody_can_give_access_again(house: House) -> None:
    told, tarik = shared(house), house["tarik"]
    row = invite_for_new_keys(house["bert"].member(), given.membership(tarik), at=NOON)
    accept(invitation_token(row.id), name="T", mail=tarik.mail, passphrase=PHRASE, at=NOON)
    possible = casework.possible_readers(
        house["noor"].member(), told.reference, at=NOON, language="nl"
    )
    assert possible == ()
