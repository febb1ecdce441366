"""`klankbord found`: an organisation and the person who founds it, its first reader.

Where two people vouch for each key, two found it: with one nobody else could ever be certified.
"""

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
from klankbord.organisations.services.founding import Joined, NameTaken, OpenAccount
from klankbord.rules.library import NotInLibrary
from klankbord.rules.profiles.reading import load_profile


def found(options: argparse.Namespace) -> None:
    """Found it and say what must be kept. Raises SettingRefused with what cannot be."""
    people = [(options.person, options.mail)]
    try:
        refuse_half_a_second(options)
        if options.second_mail:
            people.append((options.second_person, options.second_mail))
        passphrases = [asked_passphrase(name if len(people) > 1 else "") for name, _ in people]
        with transaction.atomic():
            organisation = founded(options)
            founders = [
                a_founder(options, organisation, name, mail, passphrase)
                for (name, mail), passphrase in zip(people, passphrases, strict=True)
            ]
            # Pinned last: a founder pinned for nothing does no harm, one forgotten does.
            pinned = [
                (account, pin_founder(organisation.id, joined.pair)) for account, joined in founders
            ]
            say_what_to_keep(organisation, pinned)
    except NameTaken:
        raise SettingRefused("--slug", "is taken, or one of our own addresses.") from None
    except NotInLibrary:
        raise SettingRefused("--profile", "is not a profile in library/profiles.") from None
    except PassphraseTooWeak:
        raise SettingRefused("The passphrase", "must be 15 characters or more, and rare.") from None


def refuse_half_a_second(options: argparse.Namespace) -> None:
    """A second founder has a name and an address; two founders are two people."""
    for option, mail in (("--mail", options.mail), ("--second-mail", options.second_mail)):
        if mail and Account.objects.filter(mail__iexact=mail).exists():
            raise SettingRefused(option, "is an account already; add the person in the workbench.")
    if bool(options.second_person) != bool(options.second_mail):
        raise SettingRefused("--second-mail", "and --second-person go together.")
    if options.second_mail.strip().lower() == options.mail.strip().lower():
        raise SettingRefused("--second-mail", "must be the address of somebody else.")
    if load_profile(options.profile, 1, "en").certifiers > 1 and not options.second_mail:
        raise SettingRefused(
            "--second-person", "and --second-mail are needed: two people vouch here for each key."
        )


def asked_passphrase(whose: str) -> str:
    """From the terminal, unseen and twice; or one line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    of_whom = f" of {whose}" if whose else ""
    first = getpass.getpass(f"Passphrase{of_whom} (15 characters or more): ")
    if getpass.getpass("Once more: ") != first:
        raise SettingRefused("The passphrase", "was not the same the second time.")
    return first


def founded(options: argparse.Namespace) -> Organisation:
    found_installation()
    return found_organisation(
        slug=options.slug,
        name=options.name,
        profile=options.profile,
        country=options.country,
        telephone=options.telephone,
        on=today(),
    )


def a_founder(
    options: argparse.Namespace, organisation: Organisation, name: str, mail: str, passphrase: str
) -> tuple[OpenAccount, Joined]:
    """Somebody with an account, who vouches for their own keys."""
    account = open_account(mail=mail, name=name, passphrase=passphrase)
    roles = options.role or [first_reading_role(organisation)]
    refuse_unknown_roles(organisation, roles)
    member = join(account, organisation, roles=roles, on=today())
    certify(member.row, signer=member.row.id, pair=member.pair, on=today())
    return account, member


def first_reading_role(organisation: Organisation) -> str:
    return next(role.key for role in profile_of(organisation, "en").roles if role.listens)


def refuse_unknown_roles(organisation: Organisation, roles: list[str]) -> None:
    known = [role.key for role in profile_of(organisation, "en").roles]
    if unknown := set(roles) - set(known):
        raise SettingRefused("--role", f"{unknown.pop()} is none of {', '.join(known)}.")


def say_what_to_keep(organisation: Organisation, founders: list[tuple[OpenAccount, bytes]]) -> None:
    print(f"\n{organisation.name} is at {settings.BASE_URL}/{organisation.slug}/")
    for account, mark in founders:
        if len(founders) > 1:
            print(f"\n{account.row.name}:")
        print(f"Founder's fingerprint: {fingerprint_text(mark)}")
        print(f"Founder's recovery code, on paper, shown only now: {account.recovery}")
    if len(settings.KEYRING.founders) == 1:
        for copy in ("first", "second"):
            print(f"\nThe pepper, {copy} copy. Without it no reporter can ever come back:")
            print(f"  {grouped(settings.KEYRING.pepper.hex())}")
        print(f"\nIt is in {settings.KEYRING_FILE}; keep the copies away from the data's backups.")


def grouped(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
