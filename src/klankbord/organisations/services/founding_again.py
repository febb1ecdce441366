"""A founder who lost passphrase and recovery code, and is alone: nobody else can ask or vouch."""

from datetime import date

from django.db import transaction

from klankbord.kit.journal.services import write_down
from klankbord.organisations.models import Account, Membership, Organisation
from klankbord.organisations.queries import running_roles
from klankbord.organisations.services.accepting import (
    AddressTaken,
    free_the_address,
    with_new_keys,
)
from klankbord.organisations.services.entrance import make_account, stretched
from klankbord.organisations.services.founding import Joined, OpenAccount, certify
from klankbord.organisations.services.passphrases import check_passphrase


def note_new_founder(membership: Membership, *, on: date) -> None:
    """Everybody of the organisation reads that the keyring names other keys from now on."""
    write_down(
        deed="founder_renewed", on=on, organisation=membership.organisation_id, actor=membership.id
    )


class WorksNotHere(LookupError):
    """Nobody with this mail address holds a role here today."""


def who_works_here(organisation: Organisation, mail: str, *, on: date) -> Membership:
    """Somebody by their mail address. Raises `WorksNotHere`."""
    held = running_roles(on).filter(membership__organisation=organisation)
    found = Membership.objects.filter(
        id__in=held.values("membership"), account__mail=mail.strip().lower()
    )
    membership = found.select_related("account", "organisation").first()
    if membership is None:
        raise WorksNotHere
    return membership


def new_founders_keys(
    membership: Membership, *, mail: str, passphrase: str, on: date
) -> tuple[OpenAccount, Joined]:
    """Other keys for somebody who lost theirs, signed with themselves, as a founder's are.

    They count once the keyring names them; everybody of the organisation reads in the journal that
    it happened. `mail` is the address to sign in with from now on. Raises `PassphraseTooWeak`,
    `AddressTaken` while the old account is somebody's in another organisation too, `Busy`.
    """
    check_passphrase(passphrase)
    lock = stretched(passphrase)
    name, roles = membership.account.name, running_roles(on).filter(membership=membership)
    with transaction.atomic():
        free_the_address(membership)
        if Account.objects.filter(mail=mail.strip().lower()).exists():
            raise AddressTaken
        account = OpenAccount(*make_account(mail=mail, name=name, lock=lock, pairs={}))
        words = [role.word for role in roles]
        pair = with_new_keys(membership, account, words, on=on)
        certify(membership, signer=membership.id, pair=pair, on=on)
        note_new_founder(membership, on=on)
    return account, Joined(membership, pair)
