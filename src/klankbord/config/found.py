"""`klankbord found`: an organisation and the person who founds it, its first reader.

Where two people vouch for each key, two found it: with one nobody else could ever be certified.
"""

import argparse
import getpass
import sys
from dataclasses import dataclass, field

from django.db import transaction

from klankbord.config.environment import SettingRefused
from klankbord.config.pinning import pin_founder
from klankbord.config.sheet import Sheet, in_text, the_sheet
from klankbord.kit.clock import today
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


@dataclass(frozen=True, slots=True)
class Founder:
    """Somebody who founds: name, mail address and the passphrase they chose."""

    name: str
    mail: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class House:
    """What is founded: the name in the address, the kind, the country and the telephone."""

    slug: str
    name: str
    profile: str
    country: str
    telephone: str


def found(options: argparse.Namespace) -> None:
    """Found it and say what must be kept. Raises SettingRefused with what cannot be."""
    people = [(options.person, options.mail)]
    refuse_half_a_second(options)
    if options.second_mail:
        people.append((options.second_person, options.second_mail))
    founders = [
        Founder(name, mail, asked_passphrase(name if len(people) > 1 else ""))
        for name, mail in people
    ]
    house = House(options.slug, options.name, options.profile, options.country, options.telephone)
    try:
        sheet, _ = found_house(house, founders, roles=options.role or [])
    except NameTaken:
        raise SettingRefused("--slug", "is taken, or one of our own addresses.") from None
    except NotInLibrary:
        raise SettingRefused("--profile", "is not a profile in library/profiles.") from None
    except PassphraseTooWeak:
        raise SettingRefused("The passphrase", "must be 15 characters or more, and rare.") from None
    print(in_text(sheet))


def found_house(
    house: House, founders: list[Founder], *, roles: list[str]
) -> tuple[Sheet, list[OpenAccount]]:
    """Found an organisation with its first readers, pinned in the keyring.

    Raises `NameTaken`, `NotInLibrary`, `PassphraseTooWeak`, and SettingRefused for a role that is
    none.
    """
    with transaction.atomic():
        found_installation()
        organisation = found_organisation(
            slug=house.slug, name=house.name, profile=house.profile, country=house.country,
            telephone=house.telephone, on=today(),
        )  # fmt: skip
        joined = [a_founder(organisation, founder, roles) for founder in founders]
        # Pinned last: a founder pinned for nothing does no harm, one forgotten does.
        marks = [pin_founder(organisation.id, member.pair) for _, member in joined]
    accounts = [account for account, _ in joined]
    return the_sheet(organisation, accounts, marks), accounts


def refuse_half_a_second(options: argparse.Namespace) -> None:
    """A second founder has a name and an address; two founders are two people."""
    for option in ("slug", "name", "profile", "person", "mail"):
        if not getattr(options, option):
            raise SettingRefused(
                f"--{option}", "is needed too; or give no option at all, and found in the browser."
            )
    for option, mail in (("--mail", options.mail), ("--second-mail", options.second_mail)):
        if mail and Account.objects.filter(mail__iexact=mail).exists():
            raise SettingRefused(option, "is an account already; invite the person instead.")
    if bool(options.second_person) != bool(options.second_mail):
        raise SettingRefused("--second-mail", "and --second-person go together.")
    if options.second_mail.strip().lower() == options.mail.strip().lower():
        raise SettingRefused("--second-mail", "must be the address of somebody else.")
    try:
        needed = load_profile(options.profile, 1, "en").certifiers
    except NotInLibrary:
        raise SettingRefused("--profile", "is not a profile in library/profiles.") from None
    if needed > 1 and not options.second_mail:
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


def a_founder(
    organisation: Organisation, founder: Founder, roles: list[str]
) -> tuple[OpenAccount, Joined]:
    """Somebody with an account, who vouches for their own keys."""
    account = open_account(mail=founder.mail, name=founder.name, passphrase=founder.passphrase)
    roles = roles or founders_roles(organisation)
    refuse_unknown_roles(organisation, roles)
    member = join(account, organisation, roles=roles, on=today())
    certify(member.row, signer=member.row.id, pair=member.pair, on=today())
    return account, member


def founders_roles(organisation: Organisation) -> list[str]:
    """Who founds alone listens (or counts, where nobody listens) and invites the others."""
    roles = profile_of(organisation, "en").roles
    first = next((it.key for it in roles if it.listens), "") or next(
        it.key for it in roles if it.oversees
    )
    return [first, "administrator"]


def refuse_unknown_roles(organisation: Organisation, roles: list[str]) -> None:
    known = [role.key for role in profile_of(organisation, "en").roles]
    if unknown := set(roles) - set(known):
        raise SettingRefused("--role", f"{unknown.pop()} is none of {', '.join(known)}.")
