"""The receipt: shown by the very response that follows the commit, and again if that was lost."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from klankbord.intake.models import SealedReceipt
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.receipts import lookup_of, open_receipt, seal_receipt

LIFE = timedelta(minutes=15)
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Receipt:
    """What somebody gets who told something. The code is stored nowhere else."""

    code: str = field(repr=False)
    reference: str
    readers: tuple[str, ...]
    first_answer_by: date
    language: str
    danger: bool
    form: str = "report"
    alerted: tuple[str, ...] | None = None  # who got a mail at once because they have duty (P7)


def keep_receipt(token: bytes, receipt: Receipt, *, at: datetime) -> None:
    """Seal a receipt under the token of its form, in the caller's transaction."""
    ends = at + LIFE
    plain = {
        "code": receipt.code,
        "reference": receipt.reference,
        "readers": list(receipt.readers),
        "first_answer_by": receipt.first_answer_by.isoformat(),
        "language": receipt.language,
        "danger": receipt.danger,
        "form": receipt.form,
        "alerted": None if receipt.alerted is None else list(receipt.alerted),
        "ends": int(ends.timestamp()),
    }
    SealedReceipt.objects.create(
        id=lookup_of(token),
        sealed=seal_receipt(token, json.dumps(plain).encode()),
        expires_hour=int(ends.timestamp()) // HOUR + 1,
    )


def receipt_of(token: bytes, *, at: datetime) -> Receipt | None:
    """The receipt of a form that was sent before, for a quarter of an hour."""
    row = SealedReceipt.objects.filter(id=lookup_of(token)).first()
    if row is None:
        return None
    try:
        kept: Mapping[str, Any] = json.loads(open_receipt(token, bytes(row.sealed)))
    except VaultError:
        return None
    if kept["ends"] < at.timestamp():
        return None
    return Receipt(
        code=kept["code"],
        reference=kept["reference"],
        readers=tuple(kept["readers"]),
        first_answer_by=date.fromisoformat(kept["first_answer_by"]),
        language=kept["language"],
        danger=kept["danger"],
        form=kept["form"],
        alerted=None if kept.get("alerted") is None else tuple(kept["alerted"]),
    )


def forget_receipt(token: bytes) -> None:
    """The code was written down, or somebody left: the receipt opens no more."""
    SealedReceipt.objects.filter(id=lookup_of(token)).delete()


def sweep_receipts(*, at: datetime) -> int:
    """Remove receipts whose time is over; how many."""
    gone, _ = SealedReceipt.objects.filter(expires_hour__lte=int(at.timestamp()) // HOUR).delete()
    return gone
