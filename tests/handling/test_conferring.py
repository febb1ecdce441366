"""Asking a colleague without a case: sealed to both, erased by each for themselves."""

from dataclasses import replace
from uuid import uuid4

import pytest

from klankbord.handling.conferring import (
    NotCertified,
    NotYours,
    TextEmpty,
    colleagues_of,
    confer,
    forget,
    something_new,
    talk,
)
from klankbord.handling.models import Conferred
from klankbord.kit.outbox.models import Letter
from klankbord.organisations.models import Countersignature
from tests import given
from tests.given import NOON, House

pytestmark = pytest.mark.django_db
QUESTION = "Een jongere twijfelt of het erg genoeg is. Hoe pak jij dat aan?"


def ask(house: House, text: str = QUESTION, token: bytes | None = None) -> None:
    confer(
        house["noor"].member(), to=house["tarik"].membership, text=text,
        token=token or given.a_token(), at=NOON,
    )  # fmt: skip


def test_both_can_read_it_and_nobody_else(house: House) -> None:
    ask(house)
    [mine], [theirs] = talk(house["noor"].member()), talk(house["tarik"].member())
    assert (mine.text, mine.mine, mine.who) == (QUESTION, True, "Tarik Ravelijn")
    assert (theirs.text, theirs.mine, theirs.who) == (QUESTION, False, "Noor Ravelijn")
    assert theirs.sure
    assert Conferred.objects.count() == 2


def test_the_plain_side_names_a_holder_and_a_day_and_ties_nobody_together(house: House) -> None:
    ask(house)
    one, other = Conferred.objects.all()
    assert {field.name for field in Conferred._meta.get_fields()} == {
        "id", "holder", "day", "seen", "wrapped", "nonce", "sealed",
    }  # fmt: skip
    assert bytes(one.sealed) != bytes(other.sealed)
    assert QUESTION.encode() not in bytes(one.sealed)


def test_looking_makes_it_old(house: House) -> None:
    ask(house)
    tarik = [house["tarik"].membership]
    assert something_new(tarik)
    assert not something_new([house["noor"].membership])
    assert [it.new for it in talk(house["tarik"].member())] == [True]
    assert [it.new for it in talk(house["tarik"].member())] == [False]
    assert not something_new(tarik)


def test_each_erases_their_own_copy(house: House) -> None:
    ask(house)
    [mine] = talk(house["noor"].member())
    forget(house["noor"].member(), mine.id)
    assert talk(house["noor"].member()) == ()
    assert [it.text for it in talk(house["tarik"].member())] == [QUESTION]


def test_nobody_erases_the_copy_of_a_colleague(house: House) -> None:
    ask(house)
    [theirs] = talk(house["tarik"].member())
    for message in (theirs.id, uuid4()):
        with pytest.raises(NotYours):
            forget(house["noor"].member(), message)


def test_the_same_form_sent_twice_is_one_message_and_one_mail(house: House) -> None:
    token = given.a_token()
    ask(house, token=token)
    ask(house, token=token)
    assert Conferred.objects.count() == 2
    assert [letter.address for letter in Letter.objects.all()] == [house["tarik"].mail]


def test_nobody_of_the_neighbour_can_be_asked(house: House, neighbour: House) -> None:
    with pytest.raises(NotYours):
        confer(
            house["noor"].member(), to=neighbour["nadia"].membership, text=QUESTION,
            token=given.a_token(), at=NOON,
        )  # fmt: skip
    names = {it.card.name for it in colleagues_of(house["noor"].member(), at=NOON, language="nl")}
    assert names == {"Tarik Ravelijn"}


def test_nothing_is_sealed_to_a_key_that_nobody_vouches_for_or_to_who_reads_nothing(
    house: House,
) -> None:
    for who in ("els", "wout"):
        with pytest.raises(NotCertified):
            confer(
                house["noor"].member(), to=house[who].membership, text=QUESTION,
                token=given.a_token(), at=NOON,
            )  # fmt: skip
    Countersignature.objects.filter(certificate__membership=house["tarik"].membership).delete()
    with pytest.raises(NotCertified):
        ask(house)


def test_nothing_written_is_no_question(house: House) -> None:
    with pytest.raises(TextEmpty):
        ask(house, "  ")


def test_a_copy_moved_to_somebody_else_opens_for_nobody(house: House) -> None:
    ask(house)
    Conferred.objects.filter(holder=house["noor"].membership).update(
        holder=house["tarik"].membership
    )
    assert len(talk(house["tarik"].member())) == 1


def test_what_somebody_else_signed_is_not_shown(house: House) -> None:
    """A holder of the right key could seal under another's name; the signature tells."""
    noor, tarik = house["noor"].member(), house["tarik"].member()
    forged = replace(noor, pairs={house["noor"].membership: tarik.pair(house["tarik"].membership)})
    confer(forged, to=house["tarik"].membership, text=QUESTION, token=given.a_token(), at=NOON)
    [it] = [row for row in talk(tarik) if not row.mine]
    assert (it.sure, it.text) == (False, "")
