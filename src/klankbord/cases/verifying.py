"""Checking everything that can be checked without a key: chains, certificates, files, suites.

What a reader's own bookmark and signatures prove is checked whenever a case is opened; this finds
the rest, for whoever looks after the machine. It names references, never content.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from klankbord.cases.files import named_blobs
from klankbord.cases.models import (
    FILE,
    Attachment,
    Case,
    Compartment,
    Entry,
    InboxRow,
    KeyHolder,
    Reporter,
)
from klankbord.cases.tallies import recounted, stored
from klankbord.cases.workrooms import is_room
from klankbord.kit.files.store import folder, path_of
from klankbord.kit.vault.entries import HEAD0, Header, entry_hash
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.magics import suite_of
from klankbord.organisations.models import Account, Certificate, Organisation, Role
from klankbord.organisations.queries import profile_of, readers_keys, signers_keys


@dataclass(slots=True)
class Findings:
    """What was looked at and what does not fit; each fault is one sentence without content."""

    cases: int = 0
    entries: int = 0
    files: int = 0
    suites: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def verify() -> Findings:
    """Go over everything. Costs as much as there is; changes nothing."""
    found = Findings()
    for organisation in Organisation.objects.order_by("slug"):
        found.faults += _keys(organisation)
    for account in Account.objects.exclude(profile=b""):  # empty: of somebody who left
        for sealed in (account.master, account.recovery, account.profile):
            try:
                found.suites[suite_of(bytes(sealed))] += 1
            except VaultError:
                found.faults.append(f"account {account.id}: a sealed part is not one of ours.")
    for row in Case.objects.select_related("organisation").order_by("reference").iterator():
        found.cases += 1
        found.faults += _chain(row, found)
        found.faults += _holders(row)
    found.faults += _counts()
    for blob in Attachment.objects.order_by("id").iterator():
        found.files += 1
        path = path_of(blob.id)
        if not path.is_file():
            found.faults.append(f"file {blob.id}: it is not on the disk.")
        elif path.stat().st_size != blob.size:
            found.faults.append(f"file {blob.id}: its size is not what was stored.")
    found.faults += [f"file {blob}: nothing here knows it." for blob in _strangers()]
    return found


def _counts() -> list[str]:
    """What overseers count is kept beside the cases, and must follow from them."""
    kept, right = stored(), recounted()
    wrong = {line[0] for line in kept.keys() | right.keys() if kept[line] != right[line]}
    said = "what it counts does not follow from the cases."
    return [f"membership {it}: {said}" for it in sorted(wrong)]


def _strangers() -> list[UUID]:
    """Files on the disk that no row names. The sweep takes those of drafts after two days."""
    there = {UUID(path.stem) for path in folder().glob("??/??/*.blob")}
    return sorted(there - named_blobs(there))


def _keys(organisation: Organisation) -> Iterator[str]:
    """Keys that were signed for in vain, and reading roles that no certificate speaks of.

    Whoever waits for a colleague's signature is no fault: nothing is sealed to them yet.
    """
    believed, ever = readers_keys(organisation), signers_keys(organisation)
    needed = profile_of(organisation, "en").certifiers
    newest = _newest_certificates(organisation)
    for membership, row in newest.items():
        if (
            membership not in believed
            and row.signatures.count() >= needed
            and row.serial not in {keys.serial for keys in ever.get(membership, ())}
        ):
            yield (
                f"{organisation.slug}: the key of membership {membership} leads back to no founder."
            )
    reading = set(profile_of(organisation, "en").reading_roles)
    for role in Role.objects.filter(
        membership__organisation=organisation, until_day=None, word__in=reading
    ):
        asked_for = newest.get(role.membership_id)
        if asked_for is None or role.word not in asked_for.roles:
            yield (
                f"{organisation.slug}: nobody vouched for membership {role.membership_id} "
                f"as {role.word}."
            )


def _newest_certificates(organisation: Organisation) -> dict[UUID, Certificate]:
    rows = Certificate.objects.filter(membership__organisation=organisation).order_by("serial")
    return {row.membership_id: row for row in rows}


def _chain(row: Case, found: Findings) -> Iterator[str]:
    head, place = HEAD0, 0
    for entry in Entry.objects.filter(case=row).order_by("seq").iterator():
        header = Header(
            row.organisation_id, row.id, entry.seq, entry.compartment_id, entry.epoch, entry.day,
            bytes(entry.prev),
        )  # fmt: skip
        found.entries += 1
        found.suites[suite_of(header.pack())] += 1
        if entry.seq != place or bytes(entry.prev) != head:
            yield f"{row.reference}: entry {place} does not follow the one before it."
        elif entry_hash(header, bytes(entry.nonce), bytes(entry.sealed)) != bytes(entry.hash):
            yield f"{row.reference}: entry {place} was changed."
        head, place = bytes(entry.hash), place + 1
    if place != row.count or head != bytes(row.head):
        yield f"{row.reference}: the last entries are missing, or were added from outside."


def _holders(row: Case) -> Iterator[str]:
    for compartment in Compartment.objects.filter(case=row):
        held = list(
            KeyHolder.objects.filter(compartment=compartment).values_list("epoch", "holder")
        )
        # Notes of somebody who left; what handlers noted, when the reporter sent all of them away.
        may_be_shut = compartment.name.startswith("notes:") or is_room(compartment.name)
        if not held and not may_be_shut:
            yield f"{row.reference}: nobody holds a key of one of its parts."
        elif held and max(epoch for epoch, _ in held) != compartment.epoch:
            yield f"{row.reference}: a part has keys of another epoch than its own."
        if compartment.name == FILE:
            yield from _lists(row, {holder for _, holder in held})


def _lists(row: Case, holders: set[UUID]) -> Iterator[str]:
    """A reader who holds the key but not the line would never see that there is a case."""
    reporters = set(Reporter.objects.filter(id__in=holders).values_list("id", flat=True))
    listed = set(InboxRow.objects.filter(case=row).values_list("membership_id", flat=True))
    if listed != holders - reporters:
        yield f"{row.reference}: the inboxes do not show it to exactly those who hold its key."
