"""Vault §3.4: guessing is counted per name; nobody who guesses can keep a counsellor out."""

from typing import Any

import pytest

from klankbord.kit.throttle import LANES, Busy
from klankbord.organisations.services import SignInRefused, TooManyTries, entrance, sign_in
from tests.given import NOON, House

pytestmark = pytest.mark.django_db


def wrong(mail: str, browser: bytes = b"") -> None:
    sign_in(mail=mail, passphrase="iets dat er niet op lijkt", code="", at=NOON, browser=browser)


def guessed(mail: str, *, times: int = 10, browser: bytes = b"") -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused) as refused:
            wrong(mail, browser)
        assert not isinstance(refused.value, TooManyTries)


def right(house: House, browser: bytes = b"") -> Any:
    noor = house["noor"]
    return sign_in(mail=noor.mail, passphrase=noor.passphrase, code="", at=NOON, browser=browser)


def test_the_eleventh_try_of_a_name_is_not_even_looked_at(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    guessed(house["noor"].mail)
    monkeypatch.setattr(entrance, "passphrase_key", None)  # no work is done
    with pytest.raises(TooManyTries):
        wrong(house["noor"].mail)
    with pytest.raises(TooManyTries):
        right(house)


def test_an_unknown_name_is_counted_just_so(house: House) -> None:
    """Row 16: what the door says tells nobody who works here."""
    guessed("niemand@ravelijn.example")
    with pytest.raises(TooManyTries):
        wrong("niemand@ravelijn.example")


def test_a_browser_that_is_known_has_its_own_tries(house: House) -> None:
    guessed(house["noor"].mail)
    assert right(house, b"own browser").mail == house["noor"].mail
    guessed(house["noor"].mail, browser=b"own browser")
    with pytest.raises(TooManyTries):
        right(house, b"own browser")
    assert right(house, b"another one")


def test_another_name_is_not_touched(house: House) -> None:
    guessed(house["noor"].mail)
    guessed(house["tarik"].mail, times=1)


def test_signing_in_uses_up_no_try(house: House) -> None:
    for _ in range(15):
        right(house)


def test_being_told_that_it_is_busy_uses_up_no_try(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_kind: str) -> None:
        raise Busy

    with monkeypatch.context() as at_the_moment:
        at_the_moment.setattr(entrance, "kdf_slot", busy)
        for _ in range(15):
            with pytest.raises(Busy):
                right(house)
    assert right(house)


def test_a_flood_of_strangers_does_not_stand_in_the_way_of_a_known_browser(house: House) -> None:
    lane = LANES["stranger"]
    for _ in range(lane.places):
        lane.room.acquire()
    try:
        with pytest.raises(Busy):
            right(house)
        assert right(house, b"own browser")
    finally:
        for _ in range(lane.places):
            lane.room.release()
