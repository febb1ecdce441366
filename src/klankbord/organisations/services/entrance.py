"""Coming in: opening one's sealed profile *is* the log-in.

There is no second secret to compare and no half-signed-in state: passphrase and one-time code come
in one form, and an unknown name costs and answers the same as a wrong passphrase.
"""

import base64
import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID, uuid4

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import F
from django_otp.oath import hotp

from klankbord.kit.budgets import may_try, not_tried
from klankbord.kit.clock import HOME
from klankbord.kit.journal.services import write_down
from klankbord.kit.sessions.store import SessionStore
from klankbord.kit.throttle import Busy, LaneName, kdf_slot
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.labels import checksum
from klankbord.kit.vault.members import (
    fake_salt,
    open_master,
    open_recovery,
    passphrase_key,
    recovery_key,
    seal_master,
    seal_recovery,
)
from klankbord.kit.vault.pairs import KeyPair
from klankbord.kit.vault.secret import new_key
from klankbord.organisations import pins
from klankbord.organisations.members import Member, MembershipLine
from klankbord.organisations.models import Account, Membership
from klankbord.organisations.services.passphrases import PassphraseTooWeak, check_passphrase
from klankbord.organisations.services.sealed_profiles import (
    add_pairs,
    keep_profile,
    member_of,
    opened_profile,
    sealed_profile,
    without_pairs,
)
from klankbord.rules.codes import CodeMistyped, read_recovery, recovery_text

__all__ = ["PassphraseTooWeak"]

STEP = 30  # seconds of a one-time code (RFC 6238)
SECRET_BYTES = 20
ISSUER = "Klankbord"


class SignInRefused(Exception):
    """Name, passphrase or one-time code is not right. Never says which."""


class TooManyTries(SignInRefused):
    """This name was tried too often from browsers in which nobody signed in with it before."""


def sign_in(*, mail: str, passphrase: str, code: str, at: datetime, browser: bytes = b"") -> Member:
    """Open a profile. `code` may be empty for somebody without a one-time code.

    `browser` is what a browser is known by in which this person signed in before: its tries are
    counted apart, so that nobody elsewhere can keep them out. Raises `SignInRefused`,
    `TooManyTries`, and `kit.throttle.Busy` when too many try at once.
    """
    name = checksum(browser + mail.strip().lower().encode())
    if not may_try(name):
        raise TooManyTries
    lane: LaneName = "member" if browser else "stranger"
    try:
        member = _opened(mail=mail, passphrase=passphrase, code=code, at=at, lane=lane)
    except Busy:
        not_tried(name)
        raise
    not_tried(name)
    return member


def _opened(*, mail: str, passphrase: str, code: str, at: datetime, lane: LaneName) -> Member:
    account = Account.objects.filter(mail=mail.strip().lower()).first()
    salt = bytes(account.salt) if account else fake_salt(mail.strip().lower(), pepper=pins.pepper())
    with kdf_slot(lane):
        key = passphrase_key(passphrase, pepper=pins.pepper(), salt=salt)
    if account is None:
        raise SignInRefused
    try:
        master = open_master(bytes(account.master), key=key, account=account.id)
    except VaultError:
        raise SignInRefused from None
    return _enter(account, master, code, at)


def _enter(account: Account, master: bytes, code: str, at: datetime) -> Member:
    with transaction.atomic():
        # Locked: a one-time code counts once, so two who hold the same one must not both enter.
        account = Account.objects.select_for_update().get(id=account.id)
        before = opened_profile(account, master)
        profile = without_pairs(before, _left(account))
        if profile["otp"]:
            profile["otp"]["last"] = _step_of(profile["otp"], code, at)
        if profile["otp"] or profile["pairs"] != before["pairs"]:
            account.profile = sealed_profile(profile, account.id, master)
            account.save(update_fields=["profile"])
    return member_of(account, profile, master, on=at.astimezone(HOME).date())


def _left(account: Account) -> list[UUID]:
    """Where an administrator ended this person's work: nothing is wrapped for those keys."""
    ended = Membership.objects.filter(account=account).exclude(left_day=None)
    return list(ended.values_list("id", flat=True))


def _step_of(otp: dict[str, Any], code: str, at: datetime) -> int:
    """The time step of this one-time code. Raises `SignInRefused` when it is wrong or was used."""
    digits = "".join(sign for sign in code if sign.isascii() and sign.isdigit())
    now = int(at.timestamp()) // STEP
    for step in (now, now - 1, now + 1):
        expected = f"{hotp(bytes.fromhex(otp['secret']), step):06d}"
        if step > otp["last"] and secrets.compare_digest(expected, digits):
            return step
    raise SignInRefused


def keep_member(session: SessionBase, member: Member) -> None:
    """Sign in for this browser: a fresh cookie, whose sealed row carries the master key."""
    cast(SessionStore, session).start(kind="member")
    session["member"] = {
        "account": member.account.hex,
        "serial": member.serial,
        "master": base64.b64encode(member.master).decode(),
    }


def member_in(session: SessionBase, *, on: date) -> Member | None:
    """Who is signed in here, unless the passphrase was changed since."""
    kept = session.get("member")
    if not kept:
        return None
    account = Account.objects.filter(id=UUID(hex=kept["account"]), serial=kept["serial"]).first()
    if account is None:
        return None
    master = base64.b64decode(kept["master"])
    try:
        return member_of(account, opened_profile(account, master), master, on=on)
    except VaultError:
        return None


def sign_out(session: SessionBase) -> None:
    """End this session and forget its key."""
    session.flush()


def change_passphrase(member: Member, *, old: str, new: str, on: date) -> Member:
    """Re-wrap the master key and end every other session.

    Raises `SignInRefused` for a wrong old passphrase, `PassphraseTooWeak`, `Busy`.
    """
    check_passphrase(new)
    account = _asked_again(member, old)
    salt, key = stretched(new)
    with transaction.atomic():
        _set_lock(account, member.master, salt=salt, key=key)
        _told("passphrase_changed", member.memberships, on)
    return member_of(account, opened_profile(account, member.master), member.master, on=on)


def recover(*, mail: str, recovery: str, new: str, on: date) -> tuple[Member, str]:
    """Come in with the recovery code, choose a new passphrase, get the next recovery code.

    The one-time code is switched off: whoever lost the passphrase often lost the telephone too.
    Raises `SignInRefused`, `PassphraseTooWeak`, `Busy`.
    """
    check_passphrase(new)
    salt, key = stretched(new, "stranger")  # first: whoever is not known waits as long
    # In one transaction: else the code that was used could be left beside the new passphrase.
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(mail=mail.strip().lower()).first()
        master = _recovered(account, recovery)
        if account is None or master is None:
            raise SignInRefused
        _set_lock(account, master, salt=salt, key=key)
        text = _set_recovery(account, master)
        profile = opened_profile(account, master) | {"otp": None}
        keep_profile(account.id, profile, master)
        member = member_of(account, profile, master, on=on)
        _told("recovery_used", member.memberships, on)
    return member, text


def _recovered(account: Account | None, recovery: str) -> bytes | None:
    """The master key that this recovery code opens, if it does; the same work for nobody."""
    try:
        key = recovery_key(read_recovery(recovery))
        if account is None:
            nobody = uuid4()
            open_recovery(
                seal_recovery(new_key(), key=new_key(), account=nobody), key=key, account=nobody
            )
            return None
        return open_recovery(bytes(account.recovery), key=key, account=account.id)
    except (VaultError, CodeMistyped):
        return None


def renew_recovery(member: Member, *, passphrase: str, on: date) -> str:
    """A new recovery code; the old one opens nothing any more. Raises `SignInRefused`, `Busy`."""
    account = _asked_again(member, passphrase)
    with transaction.atomic():
        text = _set_recovery(account, member.master)
        _told("recovery_renewed", member.memberships, on)
    return text


def start_one_time_code(member: Member) -> tuple[str, str]:
    """A secret for an authenticator app (base32), and the address that its QR code holds."""
    secret = base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
    label = quote(f"{ISSUER}:{member.mail}")
    return secret, f"otpauth://totp/{label}?secret={secret}&issuer={ISSUER}"


def confirm_one_time_code(member: Member, *, secret: str, code: str, at: datetime) -> None:
    """Switch the one-time code on, once the app shows the right one. Raises `SignInRefused`."""
    try:
        raw = base64.b32decode(secret)
    except ValueError:
        raise SignInRefused from None
    otp = {"secret": raw.hex(), "last": 0}
    otp["last"] = _step_of(otp, code, at)
    _keep_otp(member, otp, "one_time_code_on", on=at.astimezone(HOME).date())


def drop_one_time_code(member: Member, *, passphrase: str, on: date) -> None:
    """Switch the one-time code off. Raises `SignInRefused`, `Busy`."""
    _asked_again(member, passphrase)
    _keep_otp(member, None, "one_time_code_off", on=on)


def confirm_passphrase(member: Member, *, passphrase: str) -> None:
    """Is it still the same person at this screen? Raises `SignInRefused`, `Busy`."""
    _asked_again(member, passphrase)


def _keep_otp(member: Member, otp: dict[str, Any] | None, deed: str, *, on: date) -> None:
    with transaction.atomic():
        # Locked like `_enter`, which keeps the last code in the same profile.
        account = Account.objects.select_for_update().get(id=member.account)
        keep_profile(
            account.id, opened_profile(account, member.master) | {"otp": otp}, member.master
        )
        _told(deed, member.memberships, on)


def _told(deed: str, memberships: Iterable[MembershipLine], on: date) -> None:
    """One line in the journal of each organisation of this person."""
    for line in memberships:
        write_down(deed=deed, on=on, organisation=line.organisation, actor=line.id)


def entered(account: Account, master: bytes, *, on: date) -> Member:
    """Somebody whose account was just made, as if they had signed in."""
    account.refresh_from_db()
    return member_of(account, opened_profile(account, master), master, on=on)


def _asked_again(member: Member, passphrase: str) -> Account:
    account = Account.objects.get(id=member.account)
    with kdf_slot("member"):
        key = passphrase_key(passphrase, pepper=pins.pepper(), salt=bytes(account.salt))
    try:
        open_master(bytes(account.master), key=key, account=account.id)
    except VaultError:
        raise SignInRefused from None
    return account


def stretched(passphrase: str, lane: LaneName = "member") -> tuple[bytes, bytes]:
    """A fresh salt, and the key of a new passphrase. Slow: never while a transaction holds others
    up."""
    salt = secrets.token_bytes(16)
    with kdf_slot(lane):
        return salt, passphrase_key(passphrase, pepper=pins.pepper(), salt=salt)


def _set_lock(account: Account, master: bytes, *, salt: bytes, key: bytes) -> None:
    """Put the master key under another passphrase; every session of before ends."""
    sealed = seal_master(master, key=key, account=account.id)
    Account.objects.filter(id=account.id).update(salt=salt, master=sealed, serial=F("serial") + 1)
    account.refresh_from_db()


def _set_recovery(account: Account, master: bytes) -> str:
    code = secrets.token_bytes(16)
    Account.objects.filter(id=account.id).update(
        recovery=seal_recovery(master, key=recovery_key(code), account=account.id)
    )
    return recovery_text(code)


def make_account(
    *, mail: str, name: str, lock: tuple[bytes, bytes], pairs: dict[UUID, KeyPair]
) -> tuple[Account, bytes, str]:
    """An account with its sealed profile: the row, the master key, the recovery code as text.

    `lock` is the salt and the key that `stretched` made of a passphrase that was checked.
    """
    (salt, key), master, code = lock, new_key(), secrets.token_bytes(16)
    account = Account(mail=mail.strip().lower(), name=name, salt=salt)
    account.master = seal_master(master, key=key, account=account.id)
    account.recovery = seal_recovery(master, key=recovery_key(code), account=account.id)
    account.profile = sealed_profile({"pairs": {}, "otp": None}, account.id, master)
    account.save(force_insert=True)
    add_pairs(account.id, master, pairs)
    return account, master, recovery_text(code)
