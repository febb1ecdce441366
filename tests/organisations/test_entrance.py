"""Coming in: opening one's sealed profile is the log-in, and every refusal is the same refusal."""

import base64
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_otp.oath import hotp

from klankbord.kit import throttle
from klankbord.kit.clock import day_number
from klankbord.kit.journal.models import Line
from klankbord.kit.sessions.models import SealedSession
from klankbord.kit.sessions.store import SessionStore
from klankbord.kit.throttle import Busy, LaneName
from klankbord.organisations.members import NotAMember
from klankbord.organisations.models import Account
from klankbord.organisations.services import (
    Member,
    PassphraseTooWeak,
    SignInRefused,
    change_passphrase,
    confirm_one_time_code,
    confirm_passphrase,
    drop_one_time_code,
    entrance,
    join,
    keep_member,
    member_in,
    open_account,
    recover,
    renew_recovery,
    sign_in,
    sign_out,
    start_one_time_code,
)
from tests import given
from tests.given import FOUNDED, NOON, House, Person

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
NEW = "een nieuwe zin van vier woorden"


def enter(person: Person, *, passphrase: str = "", code: str = "", at: datetime = NOON) -> Member:
    return sign_in(mail=person.mail, passphrase=passphrase or person.passphrase, code=code, at=at)


def code_at(secret: str, at: datetime, *, step: int = 0) -> str:
    """What the app on the telephone shows."""
    return f"{hotp(base64.b32decode(secret), int(at.timestamp()) // 30 + step):06d}"


def with_one_time_code(person: Person, at: datetime = NOON) -> str:
    """Switch the one-time code on, an hour before `at`; returns the secret."""
    member = enter(person)
    secret, _ = start_one_time_code(member)
    before = at - timedelta(hours=1)
    confirm_one_time_code(member, secret=secret, code=code_at(secret, before), at=before)
    return secret


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The salt of every slow derivation of a passphrase."""
    salts: list[bytes] = []
    real = entrance.passphrase_key

    def counted(passphrase: str, *, pepper: bytes, salt: bytes) -> bytes:
        salts.append(salt)
        return real(passphrase, pepper=pepper, salt=salt)

    monkeypatch.setattr(entrance, "passphrase_key", counted)
    return salts


# Passphrase ---------------------------------------------------------------------------------------


def test_the_right_passphrase_opens_the_profile_with_its_keys(house: House) -> None:
    member = enter(house["noor"])
    assert member.name == "Noor Ravelijn"
    assert member.pair(house["noor"].membership) == house["noor"].joined.pair
    assert [line.slug for line in member.reads] == ["ravelijn"]


def test_somebody_has_keys_for_their_own_memberships_only(house: House) -> None:
    with pytest.raises(NotAMember):
        enter(house["noor"]).pair(house["tarik"].membership)


@pytest.mark.parametrize("mail", ["noor@ravelijn.example", " NOOR@Ravelijn.example \n"])
def test_an_address_is_the_same_in_capitals_and_with_a_space_behind_it(
    house: House, mail: str
) -> None:
    assert sign_in(mail=mail, passphrase=house["noor"].passphrase, code="", at=NOON)


@pytest.mark.parametrize(
    "wrong", ["", "noor wandelt langs de rivie", "Noor wandelt langs de rivier", "tarik wandelt"]
)
def test_another_passphrase_is_refused(house: House, wrong: str) -> None:
    with pytest.raises(SignInRefused):
        sign_in(mail=house["noor"].mail, passphrase=wrong, code="", at=NOON)


def test_the_passphrase_of_one_does_not_open_the_profile_of_another(house: House) -> None:
    with pytest.raises(SignInRefused):
        enter(house["noor"], passphrase=house["tarik"].passphrase)


def test_a_sealed_master_key_copied_to_another_account_opens_nothing(house: House) -> None:
    """What somebody tries who can write in the database."""
    noor = Account.objects.get(mail=house["noor"].mail)
    Account.objects.filter(mail=house["tarik"].mail).update(
        salt=noor.salt, master=noor.master, profile=noor.profile
    )
    with pytest.raises(SignInRefused):
        enter(house["tarik"], passphrase=house["noor"].passphrase)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_one_keyboard_opens_what_another_closed(form: Any) -> None:
    passphrase = "café à la crème brûlée"
    open_account(
        mail="a@b.example", name="A B", passphrase=unicodedata.normalize("NFC", passphrase)
    )
    typed = unicodedata.normalize(form, passphrase)
    assert sign_in(mail="a@b.example", passphrase=typed, code="", at=NOON).name == "A B"


def test_an_unknown_name_costs_and_answers_the_same_as_a_wrong_passphrase(
    house: House, derivations: list[bytes]
) -> None:
    """Row 16: one derivation each, and nothing in the refusal tells them apart."""
    refusals = []
    for mail in (house["noor"].mail, "nobody@ravelijn.example", "nobody@ravelijn.example"):
        with pytest.raises(SignInRefused) as refusal:
            sign_in(mail=mail, passphrase="iets anders dan het was", code="", at=NOON)
        refusals.append((refusal.value.args, refusal.value.__cause__))
    known, unknown, again = derivations
    assert len(known) == len(unknown) == 16
    assert unknown == again != known
    assert refusals == [((), None)] * 3


def test_when_too_many_come_in_at_once_somebody_is_asked_to_wait(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "PATIENCE_SECONDS", 0.01)
    with throttle.kdf_slot("stranger"), pytest.raises(Busy):
        enter(house["noor"])


@pytest.mark.parametrize(
    "weak",
    ["", "kort", "veertien tekens"[:14], "wachtwoord wachtwoord", "WelkomWelkomWelkom",
     "aaaaaaaaaaaaaaaaaaaa", "abababababababab", "123456789012345", "   a  b  c  d       "],
)  # fmt: skip
def test_a_passphrase_that_is_tried_first_is_too_weak(house: House, weak: str) -> None:
    with pytest.raises(PassphraseTooWeak):
        open_account(mail="x@y.example", name="X", passphrase=weak)
    with pytest.raises(PassphraseTooWeak):
        change_passphrase(enter(house["noor"]), old=house["noor"].passphrase, new=weak, on=TODAY)
    with pytest.raises(PassphraseTooWeak):
        recover(mail=house["noor"].mail, recovery=house["noor"].recovery, new=weak, on=TODAY)
    assert enter(house["noor"])


# Sessions -----------------------------------------------------------------------------------------


def a_session(member: Member) -> SessionStore:
    session = SessionStore()
    keep_member(session, member)
    session.save()
    return SessionStore(session.session_key)


def test_a_session_knows_who_signed_in(house: House) -> None:
    member = enter(house["noor"])
    assert member_in(a_session(member), on=TODAY) == member


def test_nobody_is_signed_in_without_a_session() -> None:
    assert member_in(SessionStore(), on=TODAY) is None


def test_signing_in_gives_another_cookie(house: House) -> None:
    """Row 14"""
    session = SessionStore()
    session["kind"] = "member"
    session.save()
    before = session.session_key
    keep_member(session, enter(house["noor"]))
    session.save()
    assert session.session_key != before
    assert SealedSession.objects.count() == 1


def test_signing_out_leaves_nothing_behind(house: House) -> None:
    session = a_session(enter(house["noor"]))
    sign_out(session)
    assert member_in(session, on=TODAY) is None
    assert not SealedSession.objects.exists()


def test_a_new_passphrase_ends_every_other_session(house: House) -> None:
    member = enter(house["noor"])
    elsewhere = a_session(member)
    changed = change_passphrase(member, old=house["noor"].passphrase, new=NEW, on=TODAY)
    here = a_session(changed)
    assert member_in(elsewhere, on=TODAY) is None
    assert member_in(here, on=TODAY) == changed


def test_after_a_change_only_the_new_passphrase_opens(house: House) -> None:
    member = enter(house["noor"])
    change_passphrase(member, old=house["noor"].passphrase, new=NEW, on=TODAY)
    with pytest.raises(SignInRefused):
        enter(house["noor"])
    assert enter(house["noor"], passphrase=NEW).pairs == member.pairs


def test_the_passphrase_is_not_changed_without_the_old_one(house: House) -> None:
    member = enter(house["noor"])
    with pytest.raises(SignInRefused):
        change_passphrase(member, old=NEW, new=NEW, on=TODAY)
    assert enter(house["noor"])
    assert Account.objects.get(id=member.account).serial == member.serial


def test_a_role_that_ended_ends_what_a_running_session_may_do(house: House) -> None:
    session = a_session(enter(house["noor"]))
    given.membership(house["noor"]).roles.update(until_day=day_number(TODAY))
    today = member_in(session, on=TODAY)
    tomorrow = member_in(session, on=TODAY + timedelta(days=1))
    assert today is not None
    assert today.reads
    assert tomorrow is not None
    assert tomorrow.memberships == ()


def test_the_day_of_a_role_is_the_day_in_brussels(house: House) -> None:
    """At half past eleven in the evening UTC the next day has begun here."""
    given.membership(house["noor"]).roles.update(from_day=day_number(TODAY + timedelta(days=1)))
    late = NOON.replace(hour=23, minute=30)
    assert not enter(house["noor"]).reads
    assert enter(house["noor"], at=late).reads


def test_somebody_comes_in_once_for_several_organisations(house: House, neighbour: House) -> None:
    """R-002-01: one passphrase, a key pair for each organisation."""
    account = open_account(mail="sam@anker.example", name="Sam Anker", passphrase=NEW)
    rows = [
        join(account, organisation, roles=["contact_person"], on=FOUNDED).row
        for organisation in (house.organisation, neighbour.organisation)
    ]
    member = sign_in(mail="sam@anker.example", passphrase=NEW, code="", at=NOON)
    assert [line.slug for line in member.memberships] == ["molenbeemd", "ravelijn"]
    one, other = (member.pair(row.id) for row in rows)
    assert one != other


# One-time code ------------------------------------------------------------------------------------


def test_with_a_one_time_code_the_passphrase_alone_is_not_enough(house: House) -> None:
    with_one_time_code(house["noor"])
    for code in ("", "000000", "12345", "abcdef", "١٢٣٤٥٦"):
        with pytest.raises(SignInRefused):
            enter(house["noor"], code=code)


def test_with_the_code_of_this_moment_somebody_comes_in(house: House) -> None:
    secret = with_one_time_code(house["noor"])
    shown = code_at(secret, NOON)
    assert enter(house["noor"], code=f"{shown[:3]} {shown[3:]}").one_time_code


def test_a_one_time_code_counts_once(house: House) -> None:
    secret = with_one_time_code(house["noor"])
    shown = code_at(secret, NOON)
    enter(house["noor"], code=shown)
    with pytest.raises(SignInRefused):
        enter(house["noor"], code=shown)


def test_an_older_code_does_not_count_after_a_newer_one(house: House) -> None:
    secret = with_one_time_code(house["noor"])
    enter(house["noor"], code=code_at(secret, NOON))
    with pytest.raises(SignInRefused):
        enter(house["noor"], code=code_at(secret, NOON, step=-1))


@pytest.mark.parametrize(("step", "comes_in"), [(-2, 0), (-1, 1), (0, 1), (1, 1), (2, 0)])
def test_a_telephone_may_be_half_a_minute_wrong(house: House, step: int, comes_in: int) -> None:
    code = code_at(with_one_time_code(house["noor"]), NOON, step=step)
    if comes_in:
        assert enter(house["noor"], code=code)
    else:
        with pytest.raises(SignInRefused):
            enter(house["noor"], code=code)


def test_a_wrong_passphrase_uses_no_code_up(house: House) -> None:
    secret = with_one_time_code(house["noor"])
    code = code_at(secret, NOON)
    with pytest.raises(SignInRefused):
        enter(house["noor"], passphrase=NEW, code=code)
    assert enter(house["noor"], code=code)


def test_the_code_is_not_switched_on_before_the_app_shows_the_right_one(house: House) -> None:
    member = enter(house["noor"])
    secret, _ = start_one_time_code(member)
    wrong = code_at(secret, NOON, step=5)
    for bad_secret, code in ((secret, wrong), ("not base32!", "000000"), (secret, "")):
        with pytest.raises(SignInRefused):
            confirm_one_time_code(member, secret=bad_secret, code=code, at=NOON)
    assert not enter(house["noor"]).one_time_code


def test_the_code_that_switched_it_on_opens_nothing_afterwards(house: House) -> None:
    member = enter(house["noor"])
    secret, _ = start_one_time_code(member)
    confirm_one_time_code(member, secret=secret, code=code_at(secret, NOON), at=NOON)
    with pytest.raises(SignInRefused):
        enter(house["noor"], code=code_at(secret, NOON))


def test_the_address_for_the_app_holds_the_secret_and_whose_it_is(house: House) -> None:
    secret, address = start_one_time_code(enter(house["noor"]))
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query) == {"secret": [secret], "issuer": ["Klankbord"]}
    assert "noor%40ravelijn.example" in parts.path


def test_switching_the_code_off_asks_for_the_passphrase(house: House) -> None:
    secret = with_one_time_code(house["noor"])
    member = enter(house["noor"], code=code_at(secret, NOON))
    with pytest.raises(SignInRefused):
        drop_one_time_code(member, passphrase=NEW, on=TODAY)
    drop_one_time_code(member, passphrase=house["noor"].passphrase, on=TODAY)
    assert not enter(house["noor"]).one_time_code


def test_the_secret_of_the_code_stands_in_no_column(house: House) -> None:
    """Row 3: it lies in the sealed profile."""
    raw = base64.b32decode(with_one_time_code(house["noor"]))
    row = Account.objects.filter(mail=house["noor"].mail).values_list().get()
    kept = b"|".join(bytes(it) if not isinstance(it, str) else it.encode() for it in row[3:7])
    assert raw not in kept
    assert raw.hex().encode() not in kept


# Recovery -----------------------------------------------------------------------------------------


def again(person: Person, recovery: str = "") -> tuple[Member, str]:
    return recover(mail=person.mail, recovery=recovery or person.recovery, new=NEW, on=TODAY)


def test_with_the_recovery_code_somebody_gets_all_keys_back(house: House) -> None:
    member, _ = again(house["noor"])
    assert member.pair(house["noor"].membership) == house["noor"].joined.pair
    assert enter(house["noor"], passphrase=NEW).pairs == member.pairs


def test_a_recovery_code_is_replaced_after_use(house: House) -> None:
    _, following = again(house["noor"])
    assert following != house["noor"].recovery
    with pytest.raises(SignInRefused):
        again(house["noor"])
    assert again(house["noor"], following)


def test_recovery_ends_every_session_and_the_old_passphrase(house: House) -> None:
    session = a_session(enter(house["noor"]))
    again(house["noor"])
    assert member_in(session, on=TODAY) is None
    with pytest.raises(SignInRefused):
        enter(house["noor"])


def test_recovery_switches_the_one_time_code_off(house: House) -> None:
    """Whoever lost the passphrase often lost the telephone too."""
    with_one_time_code(house["noor"])
    again(house["noor"])
    assert not enter(house["noor"], passphrase=NEW).one_time_code


@pytest.mark.parametrize(
    "wrong", [lambda house: house["tarik"].recovery, lambda house: "", lambda house: "AAAAA-BBBBB"]
)
def test_another_recovery_code_is_refused(house: House, wrong: Callable[[House], str]) -> None:
    with pytest.raises(SignInRefused):
        recover(mail=house["noor"].mail, recovery=wrong(house), new=NEW, on=TODAY)
    assert enter(house["noor"])


def test_a_recovery_code_for_an_unknown_name_costs_and_answers_the_same(
    house: House, derivations: list[bytes]
) -> None:
    refusals = []
    for mail in ("nobody@ravelijn.example", house["tarik"].mail):
        with pytest.raises(SignInRefused) as refusal:
            recover(mail=mail, recovery=house["noor"].recovery, new=NEW, on=TODAY)
        refusals.append((refusal.value.args, refusal.value.__cause__))
    assert refusals == [((), None)] * 2
    assert len(derivations) == 2, "one derivation each, also for nobody"


def test_a_recovery_code_opens_once_also_when_two_type_it_at_the_same_moment(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = entrance.stretched

    def another_was_faster(passphrase: str, lane: LaneName) -> tuple[bytes, bytes]:
        monkeypatch.setattr(entrance, "stretched", slow)
        again(house["noor"])
        return slow(passphrase, lane)

    monkeypatch.setattr(entrance, "stretched", another_was_faster)
    with pytest.raises(SignInRefused):
        again(house["noor"])


def test_switching_the_code_waits_for_somebody_who_is_coming_in(house: House) -> None:
    """Else the last code that was used, kept in the same profile, could be lost."""
    member = enter(house["noor"])
    with CaptureQueriesContext(connection) as asked:
        drop_one_time_code(member, passphrase=house["noor"].passphrase, on=TODAY)
    lock = "FOR UPDATE" if connection.features.has_select_for_update else "SAVEPOINT"
    assert any(lock in query["sql"] for query in asked)


def test_what_changes_how_somebody_comes_in_stands_in_the_journal(house: House) -> None:
    noor = house["noor"]
    member = enter(noor)
    secret, _ = start_one_time_code(member)
    confirm_one_time_code(member, secret=secret, code=code_at(secret, NOON), at=NOON)
    drop_one_time_code(member, passphrase=noor.passphrase, on=TODAY)
    fresh = renew_recovery(member, passphrase=noor.passphrase, on=TODAY)
    change_passphrase(member, old=noor.passphrase, new=NEW, on=TODAY)
    again(noor, fresh)
    written = Line.objects.filter(actor=noor.membership, organisation=house.organisation.id)
    assert set(written.exclude(deed="keys_certified").values_list("deed", flat=True)) == {
        "one_time_code_on", "one_time_code_off", "recovery_renewed", "passphrase_changed",
        "recovery_used",
    }  # fmt: skip


def test_a_recovery_that_fails_halfway_changes_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the new passphrase would count while the recovery code that was used does too."""

    def broken(*_arguments: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(entrance, "keep_profile", broken)
        with pytest.raises(OSError):  # noqa: PT011
            again(house["noor"])
    assert enter(house["noor"])
    assert again(house["noor"])


def test_a_new_recovery_code_asks_for_the_passphrase_and_replaces_the_old(house: House) -> None:
    member = enter(house["noor"])
    with pytest.raises(SignInRefused):
        renew_recovery(member, passphrase=NEW, on=TODAY)
    fresh = renew_recovery(member, passphrase=house["noor"].passphrase, on=TODAY)
    with pytest.raises(SignInRefused):
        again(house["noor"])
    assert again(house["noor"], fresh)


def test_asked_again_for_the_passphrase_only_the_right_one_is_believed(house: House) -> None:
    member = enter(house["noor"])
    confirm_passphrase(member, passphrase=house["noor"].passphrase)
    with pytest.raises(SignInRefused):
        confirm_passphrase(member, passphrase=NEW)


def test_somebody_who_is_signed_in_is_printed_without_their_keys(house: House) -> None:
    member = enter(house["noor"])
    assert member.master.hex() not in repr(member)
    assert repr(member.master) not in repr(member)
    assert "pairs" not in repr(member)
