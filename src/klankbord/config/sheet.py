"""The sheet that founders print and keep: without what stands on it, something is lost for ever."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from klankbord.kit.clock import today
from klankbord.kit.vault.pairs import fingerprint_text
from klankbord.organisations.models import Organisation
from klankbord.organisations.services.founding import OpenAccount

WIDTH = 72


@dataclass(frozen=True, slots=True)
class OfFounder:
    """What one founder keeps."""

    name: str
    mail: str
    fingerprint: str
    recovery: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the sheet. `pepper` is empty when this installation printed it before."""

    organisation: str
    address: str
    day: date
    founders: tuple[OfFounder, ...]
    pepper: tuple[str, ...] = field(repr=False)
    keyring: str


def the_sheet(organisation: Organisation, accounts: list[OpenAccount], marks: list[bytes]) -> Sheet:
    """The sheet of an organisation that was just founded."""
    first = len(settings.KEYRING.founders) == 1
    return Sheet(
        organisation=organisation.name,
        address=f"{settings.BASE_URL}/{organisation.slug}/",
        day=today(),
        founders=tuple(
            OfFounder(it.row.name, it.row.mail, fingerprint_text(mark), it.recovery)
            for it, mark in zip(accounts, marks, strict=True)
        ),
        pepper=groups(settings.KEYRING.pepper.hex()) if first else (),
        keyring=str(settings.KEYRING_FILE),
    )


def groups(text: str) -> tuple[str, ...]:
    """In groups of four, as people copy them."""
    return tuple(text[start : start + 4] for start in range(0, len(text), 4))


def in_text(sheet: Sheet) -> str:
    """The sheet for a printer that knows letters only."""
    parts = [
        "=" * WIDTH,
        f"KLANKBORD  {sheet.organisation}  {sheet.day.isoformat()}",
        f"Public page: {sheet.address}",
        f"Sign in:     {settings.BASE_URL}/inloggen/",
        "Print this now and keep it where neither the server nor its backups are.",
    ]
    for it in sheet.founders:
        parts += [
            "-" * WIDTH,
            f"Founder: {it.name} <{it.mail}>",
            f"Founder's fingerprint: {it.fingerprint}",
            f"Founder's recovery code, on paper, shown only now: {it.recovery}",
        ]
    if sheet.pepper:
        for copy in ("first", "second"):
            parts += [
                "-" * WIDTH,
                f"The pepper, {copy} copy. Without it no reporter can ever come back:",
                f"  {' '.join(sheet.pepper)}",
            ]
        parts += ["", f"It is in {sheet.keyring}; keep the copies away from the data's backups."]
    return "\n".join([*parts, "=" * WIDTH])
