"""What can be checked without a key: `klankbord verify`."""

from uuid import uuid4

import pytest

from klankbord.cases.models import Attachment, Case, Entry, InboxRow, KeyHolder
from klankbord.cases.verifying import verify
from klankbord.organisations.models import Certificate
from tests import given
from tests.given import House

pytestmark = pytest.mark.django_db


def test_everything_fits_in_a_house_at_work(house: House) -> None:
    given.a_report(house, reader="noor")
    found = verify()
    assert found.faults == []
    assert (found.cases, found.entries) == (1, 6)
    assert set(found.suites) == {1}


def test_a_changed_entry_is_named_by_its_place(house: House) -> None:
    told = given.a_report(house, reader="noor")
    row = Entry.objects.get(case=told.case, seq=1)
    Entry.objects.filter(pk=row.pk).update(sealed=bytes(len(row.sealed)))
    assert verify().faults == [f"{told.reference}: entry 1 was changed."]


def test_entries_that_were_cut_off_are_missed(house: House) -> None:
    """Promise 1: what a database writer takes away is noticed."""
    told = given.a_report(house, reader="noor")
    Entry.objects.filter(case=told.case, seq=5).delete()
    assert len(verify().faults) == 1


def test_a_key_that_leads_to_no_founder_is_named(house: House) -> None:
    tarik = house["tarik"].membership
    Certificate.objects.filter(membership=tarik).update(box_pub=bytes(32))
    assert [fault for fault in verify().faults if str(tarik) in fault]


def test_a_reader_whose_inbox_hides_the_case_is_missed(house: House) -> None:
    """R-000-04: no report can vanish."""
    told = given.a_report(house, reader="noor")
    InboxRow.objects.filter(case=told.case).delete()
    assert [fault for fault in verify().faults if "inboxes" in fault]


def test_a_key_of_an_epoch_nobody_arranged_is_missed(house: House) -> None:
    told = given.a_report(house, reader="noor")
    row = KeyHolder.objects.filter(compartment__case=told.case).first()
    assert row is not None
    KeyHolder.objects.filter(pk=row.pk).update(epoch=3)
    assert [fault for fault in verify().faults if "epoch" in fault]


def test_a_file_that_is_gone_is_missed(house: House) -> None:
    told = given.a_report(house, reader="noor")
    Attachment.objects.create(
        id=uuid4(), case=Case.objects.get(id=told.case.id), day=20000, size=65536
    )
    assert [fault for fault in verify().faults if "not on the disk" in fault]
