"""Somebody may know my passphrase: other keys everywhere, and nothing new for whoever has the old.

vault §2.5: new master key, new pairs, new certificates, every wrap again.
"""

from collections.abc import Iterable
from typing import Any

import pytest

from klankbord.cases.errors import NotYours
from klankbord.cases.hands import Hand
from klankbord.cases.models import Case, Entry, KeyHolder
from klankbord.cases.opening import open_case
from klankbord.cases.verifying import verify
from klankbord.handling import casework, channel, conferring
from klankbord.handling.leaving import leave
from klankbord.handling.new_keys import carry_over, still_to_carry
from klankbord.kit.journal.models import Line
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.members import open_master, open_profile, passphrase_key
from klankbord.organisations import pins
from klankbord.organisations.members import Member
from klankbord.organisations.models import Account
from klankbord.organisations.queries import readers_keys
from klankbord.organisations.services import (
    PassphraseTooWeak,
    SignInRefused,
    recover,
    sign_in,
)
from klankbord.organisations.services.new_keys import SamePassphrase, make_new_keys
from klankbord.organisations.services.vouching import own_digits, vouch
from tests import given
from tests.given import NOON, House, Person, Told

pytestmark = pytest.mark.django_db

NEW = "vijf woorden die niemand kent"
TODAY = NOON.date()


def renewed(house: House, who: str = "tarik") -> Member:
    """New keys, and every case put under them."""
    person = house[who]
    member, _ = make_new_keys(person.member(), old=person.passphrase, new=NEW, at=NOON)
    assert carry_over(member, at=NOON).finished
    return again(person)


def again(person: Person, passphrase: str = NEW) -> Member:
    return sign_in(mail=person.mail, passphrase=passphrase, code="", at=NOON)


def answer(member: Member, told: Told, text: str) -> None:
    casework.answer(member, told.reference, text=text, token=given.a_token(), at=NOON)


def texts(member: Member, told: Told) -> str:
    page = casework.open_page(member, told.reference, at=NOON, language="nl")
    return said_in((*page.page.items, *page.notes))


def said_in(items: Iterable[Any]) -> str:
    return " ".join(getattr(it.entry, "text", "") for it in items)


@pytest.fixture
def told(house: House) -> Told:
    """A report that Noor and Tarik both read, with something written by each, and a note."""
    told = given.a_report(house, choice="team")
    answer(house["noor"].member(), told, "Van Noor.")
    answer(house["tarik"].member(), told, "Van Tarik.")
    casework.note(
        house["tarik"].member(), told.reference, text="Nog bellen.", token=given.a_token(), at=NOON
    )
    return told


def test_everything_that_was_read_is_read_and_written_on(house: House, told: Told) -> None:
    tarik = renewed(house)
    assert "Van Tarik." in texts(tarik, told)
    assert "Nog bellen." in texts(tarik, told)
    answer(tarik, told, "Met nieuwe sleutels.")
    for reader in (tarik, house["noor"].member()):
        page = casework.open_page(reader, told.reference, at=NOON, language="nl")
        assert not page.page.trouble
        assert "Met nieuwe sleutels." in said_in(page.page.items)
    theirs = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    assert "Met nieuwe sleutels." in said_in(theirs.items)
    assert verify().faults == []


def test_whoever_has_the_old_keys_opens_nothing_new(house: House, told: Told) -> None:
    """Also not with a copy of the wraps of before: each part got a key of its own (row 8)."""
    old = house["tarik"].member()
    copied = {
        (it.compartment_id, it.epoch): bytes(it.wrapped)
        for it in KeyHolder.objects.filter(holder=house["tarik"].membership)
    }
    tarik = renewed(house)
    answer(tarik, told, "Hierna.")
    hand = Hand(house["tarik"].membership, old.pair(house["tarik"].membership))
    case = Case.objects.get(id=told.case.id)
    assert open_case(case, hand) is None
    KeyHolder.objects.filter(holder=hand.id).delete()
    KeyHolder.objects.bulk_create(
        KeyHolder(compartment_id=place, epoch=epoch, holder=hand.id, wrapped=wrapped)
        for (place, epoch), wrapped in copied.items()
    )
    opened = open_case(case, hand)
    assert opened is not None
    newest = Entry.objects.filter(case=case).order_by("-seq")[0]
    assert newest.epoch not in opened.file.keys
    assert "Hierna." not in said_in(opened.happened)
    assert "Van Tarik." in said_in(opened.happened)  # what is honestly not undone


def test_the_old_passphrase_recovery_code_and_sessions_open_nothing(house: House) -> None:
    person, before = house["tarik"], house["tarik"].member()
    member, code = make_new_keys(before, old=person.passphrase, new=NEW, at=NOON)
    assert member.serial == before.serial + 1
    assert member.master != before.master
    account = Account.objects.get(id=before.account)
    with pytest.raises(SignInRefused):
        again(person, person.passphrase)
    with pytest.raises(SignInRefused):
        recover(mail=person.mail, recovery=person.recovery, new="nog vier andere woorden", on=TODAY)
    key = passphrase_key(person.passphrase, pepper=pins.pepper(), salt=bytes(account.salt))
    with pytest.raises(VaultError):
        open_master(bytes(account.master), key=key, account=account.id)
    with pytest.raises(VaultError):
        open_profile(bytes(account.profile), master=before.master, account=account.id)
    assert recover(mail=person.mail, recovery=code, new="nog vier andere woorden", on=TODAY)


def test_nothing_new_is_sealed_to_the_new_keys_before_a_colleague_vouched(
    house: House, told: Told
) -> None:
    tarik, who = renewed(house), house["tarik"].membership
    assert who not in readers_keys(house.organisation)
    assert given.a_report(house, choice="team").receipt.readers == ("Noor Ravelijn",)
    vouch(
        house["noor"].member(), who, digits=own_digits(tarik, who),
        passphrase=house["noor"].passphrase, on=TODAY,
    )  # fmt: skip
    assert readers_keys(house.organisation)[who].box == tarik.pair(who).box_pub
    assert "Van Noor." in texts(tarik, told)
    assert set(given.a_report(house, choice="team").receipt.readers) == {
        "Noor Ravelijn",
        "Tarik Ravelijn",
    }


def test_keys_that_wait_for_a_colleague_are_no_strangers(house: House, told: Told) -> None:
    """Somebody leaves, and the others get another key: nobody falls off a list unseen."""
    tarik, noor = renewed(house), house["noor"]
    leave(noor.member(), noor.membership, passphrase=noor.passphrase, at=NOON)
    answer(tarik, told, "Ik ben er nog.")
    assert "Ik ben er nog." in texts(tarik, told)
    assert said_in(channel.view(told.seat, told.case.id, at=NOON, language="nl").items)


def test_work_that_was_interrupted_is_taken_up_again(house: House) -> None:
    """All of a case or nothing, and the page says how many wait."""
    for _ in range(3):
        given.a_report(house, reader="tarik")
    person = house["tarik"]
    member, _ = make_new_keys(person.member(), old=person.passphrase, new=NEW, at=NOON)
    assert still_to_carry(member) == 3
    carried = carry_over(member, at=NOON, seconds=0)
    assert (carried.done, carried.left, carried.finished) == (1, 2, False)
    member = again(person)
    assert still_to_carry(member) == 2
    assert carry_over(member, at=NOON).finished
    assert again(person).old_pairs == {}


def test_a_case_that_does_not_fit_keeps_its_old_keys_and_is_named(house: House, told: Told) -> None:
    whole = given.a_report(house, reader="tarik")
    entry = Entry.objects.filter(case=told.case).order_by("seq")[1]
    Entry.objects.filter(id=entry.id).update(day=entry.day + 1)
    person = house["tarik"]
    member, _ = make_new_keys(person.member(), old=person.passphrase, new=NEW, at=NOON)
    carried = carry_over(member, at=NOON)
    assert (carried.stuck, carried.left, carried.finished) == ((told.reference,), 0, False)
    assert casework.open_page(member, whole.reference, at=NOON, language="nl")
    assert again(person).old_pairs
    Entry.objects.filter(id=entry.id).update(day=entry.day)
    assert carry_over(again(person), at=NOON).finished
    assert "Van Tarik." in texts(again(person), told)


def test_what_colleagues_asked_one_another_stays_readable(house: House) -> None:
    conferring.confer(
        house["noor"].member(), to=house["tarik"].membership, text="Heb je even?",
        token=given.a_token(), at=NOON,
    )  # fmt: skip
    (said,) = conferring.talk(renewed(house))
    assert said.text == "Heb je even?"


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("iets heel anders dan het was", NEW, SignInRefused),
        ("tarik wandelt langs de rivier", "kort", PassphraseTooWeak),
        ("tarik wandelt langs de rivier", "tarik wandelt langs de rivier", SamePassphrase),
    ],
)
def test_what_is_refused_changes_nothing(
    house: House, told: Told, old: str, new: str, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        make_new_keys(house["tarik"].member(), old=old, new=new, at=NOON)
    assert "Van Tarik." in texts(house["tarik"].member(), told)


def test_two_windows_make_one_set_of_keys(house: House) -> None:
    person, before = house["tarik"], house["tarik"].member()
    make_new_keys(before, old=person.passphrase, new=NEW, at=NOON)
    with pytest.raises(SignInRefused):
        make_new_keys(before, old=person.passphrase, new=NEW + " en meer", at=NOON)


def test_the_house_hears_of_it_and_the_neighbour_does_not(house: House, neighbour: House) -> None:
    renewed(house)
    (line,) = Line.objects.filter(deed="keys_changed")
    assert line.organisation == house.organisation.id
    assert line.actor == house["tarik"].membership


def test_no_name_of_a_part_lets_the_neighbour_in(
    house: House, neighbour: House, told: Told
) -> None:
    renewed(house)
    with pytest.raises(NotYours):
        texts(neighbour["nadia"].member(), told)
