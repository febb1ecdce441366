"""After somebody made new keys: whatever the old ones open gets the new ones, case by case."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from uuid import UUID

from django.db import transaction

from klankbord.cases.errors import NotYours, TroubleInCase
from klankbord.cases.hands import Hand
from klankbord.cases.models import Case
from klankbord.cases.renewing import opened_by, renew_wraps
from klankbord.handling.models import Conferred
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.wraps import unwrap_key, wrap_key
from klankbord.organisations.members import Member
from klankbord.organisations.queries import membership_of
from klankbord.organisations.services.sealed_profiles import forget_old_pairs

AT_A_TIME = 8.0  # seconds: then the page says how far it is


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """How far it is: cases that have the new keys now, that wait, and that do not fit.

    A case that does not fit cannot be written in; it opens with the old keys only, once it is
    mended. They are named by their reference.
    """

    done: int
    left: int
    stuck: tuple[str, ...]

    @property
    def finished(self) -> bool:
        """Whether nothing opens with the old keys any more."""
        return not self.left and not self.stuck


def still_to_carry(member: Member) -> int:
    """How many cases open with somebody's old keys only."""
    return sum(len(opened_by(old)) for old, _ in _hands(member))


def carry_over(member: Member, *, at: datetime, seconds: float = AT_A_TIME) -> CarriedOver:
    """Go on where it stopped, for so many seconds and at least one case.

    Each case is done whole or not at all. What was asked among colleagues comes first. When nothing
    opens with the old keys any more, they leave the profile.
    """
    end, done, stuck = monotonic() + seconds, 0, set[UUID]()
    for old, new in _hands(member):
        _carry_talk(old, new)
        for case in opened_by(old):
            if done and monotonic() > end:
                break
            try:
                renew_wraps(case, old, new, at=at)
                done += 1
            except (TroubleInCase, NotYours):
                stuck.add(case)
    left = sum(len(opened_by(old, but=stuck)) for old, _ in _hands(member))
    if not left and not stuck:
        forget_old_pairs(member)
    return CarriedOver(done, left, _references(stuck))


def _hands(member: Member) -> list[tuple[Hand, Hand]]:
    """Every old pair beside the one of now."""
    return [
        (Hand(membership, old), Hand(membership, member.pair(membership)))
        for membership, pairs in member.old_pairs.items()
        for old in pairs
    ]


def _references(cases: Collection[UUID]) -> tuple[str, ...]:
    rows = Case.objects.filter(id__in=cases).order_by("reference")
    return tuple(rows.values_list("reference", flat=True))


@transaction.atomic
def _carry_talk(old: Hand, new: Hand) -> None:
    """One's own copies of what was asked among colleagues."""
    organisation = membership_of(old.id).organisation_id
    for row in Conferred.objects.select_for_update().filter(holder=old.id):
        try:
            key = unwrap_key(
                bytes(row.wrapped), box_priv=old.pair.box, organisation=organisation, case=row.id,
                compartment=row.id, epoch=0, holder=old.id,
            )  # fmt: skip
        except VaultError:
            continue  # it has the new key already, or never was one's own
        wrapped = wrap_key(
            key, to=new.pair.box_pub, organisation=organisation, case=row.id, compartment=row.id,
            epoch=0, holder=old.id,
        )  # fmt: skip
        Conferred.objects.filter(id=row.id).update(wrapped=wrapped)
