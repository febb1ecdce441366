"""Row 33: the database opens only with the pepper that it was founded with."""

from dataclasses import replace

import pytest
from django.conf import settings

from klankbord.config.checks import pepper_fits
from klankbord.config.environment import SettingRefused
from klankbord.handling.channel import CodeUnknown, enter
from klankbord.organisations.models import Installation
from klankbord.organisations.services import SignInRefused
from tests import given
from tests.given import House

pytestmark = pytest.mark.django_db


def another_pepper() -> None:
    settings.KEYRING = replace(settings.KEYRING, pepper=b"another pepper of 32 bytes......")


def test_with_its_own_pepper_it_starts(house: House) -> None:
    pepper_fits()


def test_with_another_pepper_it_refuses_to_start_and_names_the_setting(house: House) -> None:
    another_pepper()
    with pytest.raises(SettingRefused) as refusal:
        pepper_fits()
    assert "KLANKBORD_KEYRING" in str(refusal.value)
    assert settings.KEYRING.pepper.hex() not in str(refusal.value)


def test_the_database_holds_eight_bytes_that_recognise_the_pepper_and_not_the_pepper(
    house: House,
) -> None:
    row = Installation.objects.get()
    assert len(bytes(row.pepper_print)) == 8
    assert bytes(row.pepper_print) not in settings.KEYRING.pepper
    assert settings.KEYRING.pepper not in bytes(row.code_salt) + bytes(row.pepper_print)


def test_without_the_pepper_neither_code_nor_passphrase_opens_anything(house: House) -> None:
    """A stolen database cannot be tried against, however weak the passphrase."""
    told = given.a_report(house, reader="noor")
    another_pepper()
    with pytest.raises(CodeUnknown):
        enter(house.organisation, told.receipt.code)
    with pytest.raises(SignInRefused):
        house["noor"].member()
