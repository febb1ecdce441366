"""`klankbord found`: an organisation and the person who founds it, its first reader."""

import argparse
import getpass
import sys

from django.conf import settings
from django.db import transaction

from klankbord.config.environment import SettingRefused
from klankbord.config.pinning import pin_founder
from klankbord.kit.clock import today
from klankbord.kit.vault.pairs import fingerprint_text
from klankbord.organisations.models import Account, Organisation
from klankbord.organisations.queries import profile_of
from klankbord.organisations.services import (
    PassphraseTooWeak,
    certify,
    found_installation,
    found_organisation,
    join,
    open_account,
)
from klankbord.organisations.services.founding import NameTaken, OpenAccount
from klankbord.rules.library import NotInLibrary


def found(options: argparse.Namespace) -> None:
    """Found it and say what must be kept. Raises SettingRefused with what cannot be."""
    if Account.objects.filter(mail__iexact=options.mail).exists():
        raise SettingRefused("--mail", "is an account already; add the person in the workbench.")
    passphrase = asked_passphrase()
    try:
        with transaction.atomic():
            say_what_to_keep(*founded(options, passphrase))
    except NameTaken:
        raise SettingRefused("--slug", "is taken, or one of our own addresses.") from None
    except NotInLibrary:
        raise SettingRefused("--profile", "is not a profile in library/profiles.") from None
    except PassphraseTooWeak:
        raise SettingRefused("The passphrase", "must be 15 characters or more, and rare.") from None


def asked_passphrase() -> str:
    """From the terminal, unseen and twice; or one line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Passphrase (15 characters or more): ")
    if getpass.getpass("Once more: ") != first:
        raise SettingRefused("The passphrase", "was not the same the second time.")
    return first


def founded(
    options: argparse.Namespace, passphrase: str
) -> tuple[Organisation, OpenAccount, bytes]:
    found_installation()
    organisation = found_organisation(
        slug=options.slug,
        name=options.name,
        profile=options.profile,
        country=options.country,
        telephone=options.telephone,
        on=today(),
    )
    account = open_account(mail=options.mail, name=options.person, passphrase=passphrase)
    roles = options.role or [first_reading_role(organisation)]
    refuse_unknown_roles(organisation, roles)
    member = join(account, organisation, roles=roles, on=today())
    certify(member.row, signer=member.row.id, pair=member.pair, on=today())
    return organisation, account, pin_founder(organisation.id, member.pair)


def first_reading_role(organisation: Organisation) -> str:
    return next(role.key for role in profile_of(organisation, "en").roles if role.reads)


def refuse_unknown_roles(organisation: Organisation, roles: list[str]) -> None:
    known = [role.key for role in profile_of(organisation, "en").roles]
    if unknown := set(roles) - set(known):
        raise SettingRefused("--role", f"{unknown.pop()} is none of {', '.join(known)}.")


def say_what_to_keep(organisation: Organisation, account: OpenAccount, mark: bytes) -> None:
    print(f"\n{organisation.name} is at {settings.BASE_URL}/{organisation.slug}/")
    print(f"Founder's fingerprint: {fingerprint_text(mark)}")
    print(f"Founder's recovery code, on paper, shown only now: {account.recovery}")
    if sum(len(pinned) for pinned in settings.KEYRING.founders.values()) == 1:
        for copy in ("first", "second"):
            print(f"\nThe pepper, {copy} copy. Without it no reporter can ever come back:")
            print(f"  {grouped(settings.KEYRING.pepper.hex())}")
        print(f"\nIt is in {settings.KEYRING_FILE}; keep the copies away from the data's backups.")


def grouped(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
