"""Which keys are believed: those that lead back, signature by signature, to a founder (row 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from django.conf import settings

from klankbord.agenda.queries import cards
from klankbord.cases.models import Case
from klankbord.cases.verifying import verify
from klankbord.config.pinning import pin_founder
from klankbord.handling.casework import NotYours, open_page
from klankbord.intake.services import NobodyLeft, submit, who_will_read
from klankbord.kit.vault.certificates import sign_certificate
from klankbord.kit.vault.pairs import KeyPair, new_pair
from klankbord.organisations.certification import record_of
from klankbord.organisations.models import Certificate, Countersignature, Role
from klankbord.organisations.queries import readers_keys, signers_keys
from klankbord.organisations.services import certify
from tests import given
from tests.given import FOUNDED, NOON, House, Person

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
COUNSELLORS: Mapping[str, Sequence[str]] = {
    name: ["counsellor"] for name in ("anna", "bram", "chris", "dirk")
}


def certified(house: House) -> set[str]:
    keys = readers_keys(house.organisation)
    return {name for name, person in house.people.items() if person.membership in keys}


def substitute(person: Person, column: str, pair: KeyPair | None = None) -> KeyPair:
    """What somebody does who can write in the database: put a key of their own in the table."""
    mine = pair or new_pair()
    Certificate.objects.filter(membership=person.membership).update(
        **{column: getattr(mine, column)}
    )
    return mine


def a_newer_key(person: Person, *, serial: int = 2) -> tuple[Certificate, KeyPair]:
    mine = new_pair()
    row = Certificate.objects.create(
        membership_id=person.membership, serial=serial, box_pub=mine.box_pub,
        sign_pub=mine.sign_pub, roles=["contact_person"], from_day=1,
    )  # fmt: skip
    return row, mine


def vouch(house: House, row: Certificate, signer: Person, pair: KeyPair | None = None) -> None:
    record = record_of(house.organisation.id, row)
    signature = sign_certificate(record, (pair or signer.joined.pair).sign)
    Countersignature.objects.create(certificate=row, signer=signer.membership, signature=signature)


@pytest.fixture
def employer(db: None, trusting: None) -> House:
    """An employer's counsellors: two must vouch, so two founders are pinned."""
    house = given.a_house(
        "zonnedael", "Zonnedael", profile="employer", country="NL", people=COUNSELLORS,
        founder="anna", certified=[],
    )  # fmt: skip
    bram = house["bram"].joined
    certify(bram.row, signer=bram.row.id, pair=bram.pair, on=FOUNDED)
    pin_founder(house.organisation.id, bram.pair)
    return house


# Substitution -------------------------------------------------------------------------------------


def test_everybody_whose_keys_lead_back_to_the_founder_is_believed(house: House) -> None:
    assert certified(house) == set(house.people)


@pytest.mark.parametrize("column", ["box_pub", "sign_pub"])
def test_a_key_that_was_changed_in_the_database_is_not_believed(house: House, column: str) -> None:
    substitute(house["tarik"], column)
    assert certified(house) == set(house.people) - {"tarik"}


@pytest.mark.parametrize(
    "change", [{"roles": ["contact_person", "board"]}, {"from_day": 1}, {"serial": 9}], ids=str
)
def test_whatever_else_of_a_certificate_was_changed_it_is_not_believed(
    house: House, change: Mapping[str, object]
) -> None:
    Certificate.objects.filter(membership=house["tarik"].membership).update(**change)
    assert certified(house) == set(house.people) - {"tarik"}


def test_a_certificate_belongs_to_one_membership(house: House) -> None:
    Certificate.objects.filter(membership=house["tarik"].membership).delete()
    Certificate.objects.filter(membership=house["noor"].membership).update(
        membership=house["tarik"].membership
    )
    assert "tarik" not in certified(house)


@pytest.mark.parametrize("column", ["box_pub", "sign_pub"])
def test_no_report_is_sealed_to_a_changed_key_and_the_page_says_so(
    house: House, column: str
) -> None:
    """Row 6, for a person who was chosen."""
    substitute(house["tarik"], column)
    draft = given.a_draft(house, reader="tarik")
    readers = who_will_read(house.organisation, draft, on=TODAY, language="nl")
    assert [card.name for card in readers.refused] == ["Tarik Ravelijn"]
    assert readers.nobody
    with pytest.raises(NobodyLeft):
        submit(house.organisation, draft, token=given.a_token(), at=NOON)
    assert not Case.objects.exists()


@pytest.mark.parametrize("choice", ["anyone", "team"])
def test_when_one_key_was_changed_the_others_read_and_the_page_names_who_does_not(
    house: House, choice: str
) -> None:
    """Row 6, for a choice of more than one."""
    substitute(house["tarik"], "box_pub")
    draft = given.a_draft(house, choice=choice)
    readers = who_will_read(house.organisation, draft, on=TODAY, language="nl")
    assert [card.name for card in readers.readers] == ["Noor Ravelijn"]
    assert [card.name for card in readers.refused] == ["Tarik Ravelijn"]
    told = given.a_report(house, draft=draft)
    assert told.receipt.readers == ("Noor Ravelijn",)
    assert open_page(house["noor"].member(), told.reference, at=NOON, language="nl")


def test_when_the_one_on_duty_has_a_changed_key_the_next_one_reads(house: House) -> None:
    substitute(house["tarik"], "box_pub")
    west = house.units["Provincie West"].id.hex
    draft = given.a_draft(house, answers={"unit": west})
    readers = who_will_read(house.organisation, draft, on=TODAY, language="nl")
    assert [card.name for card in readers.readers] == ["Noor Ravelijn"]
    assert [card.name for card in readers.refused] == ["Tarik Ravelijn"]


def test_the_founder_is_believed_by_the_keyring_and_not_by_the_database(house: House) -> None:
    """Whoever replaces the founder replaces nobody: all that led back to the founder falls."""
    mine = new_pair()
    rows = Certificate.objects.filter(membership=house["noor"].membership)
    rows.update(box_pub=mine.box_pub, sign_pub=mine.sign_pub)
    rows.get().signatures.all().delete()
    vouch(house, rows.get(), house["noor"], mine)
    for name in ("tarik", "els"):
        row = Certificate.objects.get(membership=house[name].membership)
        row.signatures.all().delete()
        vouch(house, row, house["noor"], mine)
    assert certified(house) == set()


def test_a_founder_whom_no_keyring_names_is_not_believed(house: House) -> None:
    settings.KEYRING = replace(settings.KEYRING, founders={})
    assert certified(house) == set()


def test_the_founder_of_one_organisation_is_nobody_in_another(
    house: House, neighbour: House
) -> None:
    row = Certificate.objects.get(membership=house["tarik"].membership)
    row.signatures.all().delete()
    vouch(house, row, neighbour["nadia"])
    assert "tarik" not in certified(house)


# New keys -----------------------------------------------------------------------------------------


def test_a_newer_certificate_that_nobody_signed_leaves_the_person_out(house: House) -> None:
    """Rather nobody than the old key: it may be old because somebody else has it."""
    a_newer_key(house["tarik"])
    assert "tarik" not in certified(house)
    card = next(it for it in cards(house.organisation, TODAY, "nl") if it.name == "Tarik Ravelijn")
    assert not card.reads


def test_a_newer_certificate_that_was_signed_counts_from_then_on(house: House) -> None:
    row, mine = a_newer_key(house["tarik"])
    vouch(house, row, house["noor"])
    assert readers_keys(house.organisation)[house["tarik"].membership].box == mine.box_pub


def test_what_was_signed_with_an_older_key_can_still_be_checked(house: House) -> None:
    row, mine = a_newer_key(house["tarik"])
    vouch(house, row, house["noor"])
    keys = signers_keys(house.organisation)[house["tarik"].membership]
    assert {it.sign for it in keys} == {house["tarik"].joined.pair.sign_pub, mine.sign_pub}


def test_a_successor_that_the_old_key_signed_is_checked_with_and_never_sealed_to(
    house: House,
) -> None:
    """The old key may be somebody else's by now: nobody vouches for themselves with it."""
    row, mine = a_newer_key(house["tarik"])
    vouch(house, row, house["tarik"])
    keys = signers_keys(house.organisation)[house["tarik"].membership]
    assert mine.sign_pub in {it.sign for it in keys}
    assert "tarik" not in certified(house)


def test_a_successor_that_only_its_own_key_signed_is_nobodys(house: House) -> None:
    row, mine = a_newer_key(house["tarik"])
    vouch(house, row, house["tarik"], mine)
    keys = signers_keys(house.organisation)[house["tarik"].membership]
    assert mine.sign_pub not in {it.sign for it in keys}


def test_a_successor_vouches_for_nobody(house: House) -> None:
    row, mine = a_newer_key(house["tarik"])
    vouch(house, row, house["tarik"])
    other, _ = a_newer_key(house["els"])
    vouch(house, other, house["tarik"], mine)
    assert "els" not in certified(house)


def test_a_signature_under_another_certificate_does_not_count(house: House) -> None:
    old = Certificate.objects.get(membership=house["tarik"].membership).signatures.get()
    row, _ = a_newer_key(house["tarik"])
    Countersignature.objects.create(
        certificate=row, signer=old.signer, signature=bytes(old.signature)
    )
    assert "tarik" not in certified(house)


# Who vouches --------------------------------------------------------------------------------------


def test_nobody_is_believed_before_somebody_vouched() -> None:
    house = given.a_house(
        people={"noor": ["contact_person"], "tarik": ["contact_person"]},
        founder="noor", certified=[],
    )  # fmt: skip
    assert certified(house) == {"noor"}


def test_who_was_certified_can_certify_the_next() -> None:
    house = given.a_house(
        people={name: ["contact_person"] for name in ("noor", "tarik", "sam")},
        founder="noor", certified=["tarik"],
    )  # fmt: skip
    tarik, sam = house["tarik"].joined, house["sam"].joined
    certify(sam.row, signer=tarik.row.id, pair=tarik.pair, on=FOUNDED)
    assert certified(house) == {"noor", "tarik", "sam"}
    substitute(house["tarik"], "sign_pub")
    assert certified(house) == {"noor"}


def test_two_who_only_vouch_for_each_other_are_not_believed() -> None:
    house = given.a_house(
        people={name: ["contact_person"] for name in ("noor", "tarik", "sam")},
        founder="noor", certified=[],
    )  # fmt: skip
    tarik, sam = house["tarik"].joined, house["sam"].joined
    certify(sam.row, signer=tarik.row.id, pair=tarik.pair, on=FOUNDED)
    certify(tarik.row, signer=sam.row.id, pair=sam.pair, on=FOUNDED)
    certify(tarik.row, signer=tarik.row.id, pair=tarik.pair, on=FOUNDED)
    assert certified(house) == {"noor"}


def test_where_two_must_vouch_one_is_not_enough(employer: House) -> None:
    chris, anna = employer["chris"].joined, employer["anna"].joined
    certify(chris.row, signer=anna.row.id, pair=anna.pair, on=FOUNDED)
    assert certified(employer) == {"anna", "bram"}


def test_where_two_must_vouch_the_same_one_twice_is_not_enough(employer: House) -> None:
    chris, anna = employer["chris"].joined, employer["anna"].joined
    for _ in range(2):
        certify(chris.row, signer=anna.row.id, pair=anna.pair, on=FOUNDED)
    assert "chris" not in certified(employer)


def test_where_two_must_vouch_oneself_is_not_the_second(employer: House) -> None:
    chris, anna = employer["chris"].joined, employer["anna"].joined
    certify(chris.row, signer=anna.row.id, pair=anna.pair, on=FOUNDED)
    certify(chris.row, signer=chris.row.id, pair=chris.pair, on=FOUNDED)
    assert "chris" not in certified(employer)


def test_where_two_must_vouch_two_are_enough(employer: House) -> None:
    chris = employer["chris"].joined
    for name in ("anna", "bram"):
        signer = employer[name].joined
        certify(chris.row, signer=signer.row.id, pair=signer.pair, on=FOUNDED)
    assert certified(employer) == {"anna", "bram", "chris"}


def test_a_name_under_somebody_elses_signature_is_not_a_second_one(employer: House) -> None:
    """Both signatures are Anna's; one says that it is Bram's."""
    row = Certificate.objects.get(membership=employer["chris"].membership)
    vouch(employer, row, employer["anna"])
    vouch(employer, row, employer["bram"], employer["anna"].joined.pair)
    assert "chris" not in certified(employer)


def test_a_role_in_a_table_makes_nobody_a_reader(house: House) -> None:
    """R-002-18, R-000-31: the administrator can write a row, but not what somebody vouched for."""
    Role.objects.create(membership_id=house["bert"].membership, word="contact_person", from_day=1)
    draft = given.a_draft(house)
    readers = who_will_read(house.organisation, draft, on=TODAY, language="nl")
    assert house["bert"].name not in [card.name for card in readers.readers]
    told = given.a_report(house)
    with pytest.raises(NotYours):
        open_page(house["bert"].member(), told.reference, at=NOON, language="nl")
    assert [fault for fault in verify().faults if "contact_person" in fault]
