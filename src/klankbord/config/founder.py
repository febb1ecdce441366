"""`klankbord founder`: other keys for a founder who lost theirs and whom nobody can vouch for.

Whoever runs the machine holds the keyring, and so says whom an organisation begins with. This gives
no key of any case: what only the lost keys opened stays shut.
"""

import argparse

from django.db import transaction

from klankbord.config.environment import SettingRefused
from klankbord.config.found import asked_passphrase
from klankbord.config.pinning import pin_founder, pin_mark
from klankbord.config.sheet import in_text, the_sheet
from klankbord.handling.leaving import opens_with_a_colleague, read_alone
from klankbord.kit.clock import today
from klankbord.kit.vault.pairs import fingerprint, fingerprint_text
from klankbord.organisations.models import Membership, Organisation
from klankbord.organisations.queries import named
from klankbord.organisations.services import PassphraseTooWeak
from klankbord.organisations.services.accepting import AddressTaken
from klankbord.organisations.services.founding_again import (
    WorksNotHere,
    new_founders_keys,
    note_new_founder,
    who_works_here,
)

RESTART = "Start klankbord serve again: it reads the keyring when it starts."


def founder_again(options: argparse.Namespace) -> None:
    """New keys, or (with `--digits`) keys that are there already. Raises SettingRefused."""
    organisation = named(options.slug)
    if organisation is None:
        raise SettingRefused("--slug", "is no organisation here.")
    try:
        membership = who_works_here(organisation, options.mail, on=today())
    except WorksNotHere:
        raise SettingRefused("--mail", "is nobody who works there today.") from None
    if options.digits:
        _pin_what_is_there(membership, options.digits)
    else:
        _make_new(organisation, membership, options.new_mail or options.mail)
    print(RESTART)


def _make_new(organisation: Organisation, membership: Membership, mail: str) -> None:
    alone = read_alone(membership.id, on=today())
    shared = opens_with_a_colleague(membership.id, on=today())
    passphrase = asked_passphrase(membership.account.name)
    try:
        with transaction.atomic():
            account, joined = new_founders_keys(
                membership, mail=mail, passphrase=passphrase, on=today()
            )
            mark = pin_founder(organisation.id, joined.pair)
    except PassphraseTooWeak:
        raise SettingRefused("The passphrase", "must be 15 characters or more, and rare.") from None
    except AddressTaken:
        raise SettingRefused(
            "--new-mail", "is needed, and one without an account: the old account works elsewhere."
        ) from None
    print(in_text(the_sheet(organisation, [account], [mark])))
    print("Everybody of the organisation reads in its journal that this happened.")
    print("Own notes are lost. No case opens with the new keys by itself.")
    _say("A colleague who reads these can give access again", shared)
    _say("Only the reporter, with the code, can open these again", [it.reference for it in alone])


def _say(sentence: str, references: list[str]) -> None:
    print(f"{sentence}: {', '.join(references) or 'none'}.")


def _pin_what_is_there(membership: Membership, digits: str) -> None:
    """Keys that a founder made because the old ones may be known, compared by telephone."""
    newest = membership.certificates.order_by("-serial")[0]
    mark = fingerprint(bytes(newest.box_pub), bytes(newest.sign_pub))
    typed = "".join(sign for sign in digits if sign.isdecimal())
    if typed != fingerprint_text(mark).replace(" ", ""):
        raise SettingRefused("--digits", "are not those of the key that is stored: ask again.")
    with transaction.atomic():
        note_new_founder(membership, on=today())
        pin_mark(membership.organisation_id, mark)
    print("These keys count from now on. Everybody of the organisation reads it in its journal.")
