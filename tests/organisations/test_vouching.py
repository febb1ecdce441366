"""Vouching for a colleague's keys: the digits are heard, typed and signed for."""

import pytest

from klankbord.config.pinning import pin_founder
from klankbord.organisations.models import Countersignature, Role
from klankbord.organisations.queries import readers_keys
from klankbord.organisations.services import SignInRefused, certify
from klankbord.organisations.services.vouching import (
    FingerprintDiffers,
    FingerprintIncomplete,
    NotForYou,
    own_digits,
    to_vouch_for,
    vouch,
)
from tests import given
from tests.given import FOUNDED, NOON, House, Person
from tests.organisations.test_certification import COUNSELLORS, substitute

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


@pytest.fixture
def newcomer(house: House) -> Person:
    """Mila reads here too, and nobody vouched for her yet."""
    return given.a_person(house.organisation, "mila", ["contact_person"])


def digits_of(person: Person) -> str:
    return own_digits(person.member(), person.membership)


def vouched(signer: Person, whom: Person, digits: str = "", passphrase: str = "") -> None:
    vouch(
        signer.member(), whom.membership, digits=digits or digits_of(whom),
        passphrase=passphrase or signer.passphrase, on=TODAY,
    )  # fmt: skip


def test_a_colleague_who_heard_the_digits_makes_a_reader(house: House, newcomer: Person) -> None:
    assert [it.name for it in to_vouch_for(house["noor"].member(), on=TODAY)] == [newcomer.name]
    vouched(house["noor"], newcomer)
    assert newcomer.membership in readers_keys(house.organisation)
    assert to_vouch_for(house["tarik"].member(), on=TODAY) == []


@pytest.mark.parametrize("who", ["bert", "els", "wout"])
def test_who_does_not_read_makes_nobody_a_reader(house: House, newcomer: Person, who: str) -> None:
    """The administrator invites and never certifies (R-000-31)."""
    assert to_vouch_for(house[who].member(), on=TODAY) == []
    with pytest.raises(NotForYou):
        vouched(house[who], newcomer)


def test_an_administrator_who_signs_past_every_page_makes_nobody_a_reader(
    house: House, newcomer: Person
) -> None:
    """Also with a key that was vouched for and a row in the table: the signature counts for
    nothing (vault §2.4)."""
    bert = house["bert"].joined
    certify(newcomer.joined.row, signer=bert.row.id, pair=bert.pair, on=TODAY)
    assert newcomer.membership not in readers_keys(house.organisation)
    Role.objects.create(membership=bert.row, word="contact_person", from_day=1)
    assert newcomer.membership not in readers_keys(house.organisation)


def test_the_neighbour_vouches_for_nobody_here(
    house: House, neighbour: House, newcomer: Person
) -> None:
    assert to_vouch_for(neighbour["nadia"].member(), on=TODAY) == []
    with pytest.raises(NotForYou):
        vouched(neighbour["nadia"], newcomer)


def test_nobody_vouches_for_themselves(newcomer: Person) -> None:
    with pytest.raises(NotForYou):
        vouched(newcomer, newcomer)


def test_a_reader_who_administers_too_leaves_it_to_another(house: House, newcomer: Person) -> None:
    Role.objects.create(membership=house["noor"].joined.row, word="administrator", from_day=1)
    assert to_vouch_for(house["noor"].member(), on=TODAY) == []
    vouched(house["tarik"], newcomer)


def test_the_founder_who_is_alone_does_both(trusting: None) -> None:
    """One volunteer founds an organisation without help."""
    alone = given.a_house(people={"noor": ["contact_person", "administrator"]}, founder="noor")
    mila = given.a_person(alone.organisation, "mila", ["contact_person"])
    vouched(alone["noor"], mila)
    assert mila.membership in readers_keys(alone.organisation)


@pytest.mark.parametrize("digits", ["1", "1234 5678", "12345 " * 6])
def test_all_six_groups_are_typed(house: House, newcomer: Person, digits: str) -> None:
    with pytest.raises(FingerprintIncomplete):
        vouched(house["noor"], newcomer, digits)


def test_other_digits_sign_nothing(house: House, newcomer: Person) -> None:
    with pytest.raises(FingerprintDiffers):
        vouched(house["noor"], newcomer, digits_of(house["tarik"]))
    assert newcomer.membership not in readers_keys(house.organisation)


def test_a_key_that_was_put_in_the_table_meanwhile_is_not_signed(
    house: House, newcomer: Person
) -> None:
    """Row 6 of vault §4: the newcomer reads out what is in her own profile, not in the table."""
    substitute(newcomer, "box_pub")
    with pytest.raises(FingerprintDiffers):
        vouched(house["noor"], newcomer)
    assert not Countersignature.objects.filter(certificate__membership=newcomer.membership).exists()


def test_signing_asks_the_passphrase_once_more(house: House, newcomer: Person) -> None:
    with pytest.raises(SignInRefused):
        vouched(house["noor"], newcomer, passphrase="noor wandelt niet langs de zee")
    assert newcomer.membership not in readers_keys(house.organisation)


def test_where_two_must_vouch_each_signs_once(db: None, trusting: None) -> None:
    """An employer: two countersignatures (vault §2.4)."""
    house = given.a_house(
        "zonnedael", "Zonnedael", profile="employer", country="NL", people=COUNSELLORS,
        founder="anna", certified=[],
    )  # fmt: skip
    bram = house["bram"].joined
    certify(bram.row, signer=bram.row.id, pair=bram.pair, on=FOUNDED)
    pin_founder(house.organisation.id, bram.pair)
    vouched(house["anna"], house["chris"])
    assert house["chris"].membership not in readers_keys(house.organisation)
    with pytest.raises(NotForYou):
        vouched(house["anna"], house["chris"])
    vouched(house["bram"], house["chris"])
    assert house["chris"].membership in readers_keys(house.organisation)
