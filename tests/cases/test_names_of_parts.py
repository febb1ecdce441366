"""Which part of a case is which stands inside the seal, not only in a column (promise 3)."""

import pytest

from klankbord.cases.models import FILE, IDENTITY, Compartment
from klankbord.handling.casework import TroubleInCase, note, open_page
from tests import given
from tests.given import NOON, House, Told

pytestmark = pytest.mark.django_db


def swap(told: Told, one: str, other: str) -> None:
    """What a writer in the database could do."""
    first = Compartment.objects.get(case=told.case, name=one)
    second = Compartment.objects.get(case=told.case, name=other)
    Compartment.objects.filter(id=first.id).update(name="between")
    Compartment.objects.filter(id=second.id).update(name=one)
    Compartment.objects.filter(id=first.id).update(name=other)


@pytest.mark.parametrize("other", ["notes", IDENTITY])
def test_parts_that_changed_names_make_the_case_read_only(house: House, other: str) -> None:
    """R-002-19: else a note for oneself would be sealed to everybody who reads."""
    told = given.a_report(house, reader="noor")
    noor = house["noor"]
    note(noor.member(), told.reference, text="bellen", token=given.a_token(), at=NOON)
    swap(told, FILE, f"notes:{noor.membership.hex}" if other == "notes" else other)
    assert open_page(noor.member(), told.reference, at=NOON, language="nl").page.trouble
    with pytest.raises(TroubleInCase):
        note(noor.member(), told.reference, text="nog iets", token=given.a_token(), at=NOON)
