"""Cases that stand in somebody's inbox and that their new keys do not open yet."""

from collections.abc import Sequence
from uuid import UUID

from klankbord.cases.models import FILE, InboxRow, KeyHolder
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.wraps import unwrap_key
from klankbord.organisations.members import Member


def shut_for(member: Member, rows: Sequence[InboxRow]) -> frozenset[UUID]:
    """The cases, among these rows, whose wrap is for keys that were lost."""
    hands = {row.case_id: row for row in rows}
    newest: dict[UUID, KeyHolder] = {}
    for wrap in (
        KeyHolder.objects.filter(compartment__case__in=hands, compartment__name=FILE)
        .select_related("compartment")
        .order_by("epoch")
    ):
        if wrap.holder == hands[wrap.compartment.case_id].membership_id:
            newest[wrap.compartment.case_id] = wrap
    return frozenset(case for case, wrap in newest.items() if not _opens(member, wrap, hands[case]))


def _opens(member: Member, wrap: KeyHolder, row: InboxRow) -> bool:
    try:
        unwrap_key(
            bytes(wrap.wrapped), box_priv=member.pair(wrap.holder).box,
            organisation=row.case.organisation_id, case=row.case_id,
            compartment=wrap.compartment_id, epoch=wrap.epoch, holder=wrap.holder,
        )  # fmt: skip
    except VaultError:
        return False
    return True
