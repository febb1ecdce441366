"""Attachments: keep what was uploaded, make a clean copy of it, open it for a reader."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction

from klankbord.cases.errors import NotYours
from klankbord.cases.models import Attachment
from klankbord.cases.opening import OpenCase
from klankbord.kit.budgets import For, has_some_left, within
from klankbord.kit.clock import day_number
from klankbord.kit.files.clean import CannotClean, can_be_cleaned, clean_copy
from klankbord.kit.files.handler import Problem, SealedUpload
from klankbord.kit.files.sniff import Kind
from klankbord.kit.files.store import open_blob, path_of, remove, write_blob
from klankbord.kit.vault.blobs import BlobSeal
from klankbord.rules.course import StepDone, WorkNoted
from klankbord.rules.entries import CleanCopy, Happened, KeptFile, MessageSent, ReportReceived

MOST = 10
IMAGES = frozenset({Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP})
NAME_LENGTH = 120


class FileRefused(Exception):
    """A file that cannot be kept; `reason` is too_large, too_many, empty, no_room or later."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


@dataclass(frozen=True, slots=True)
class OpenFile:
    """An attachment being read: its pieces, its number in the case and what it is."""

    chunks: Iterator[bytes]
    number: int
    kind: Kind
    name: str
    is_clean_image: bool


class Keeping(StrEnum):
    """What somebody wants kept of a file (vault §6, ASVS 14.2.8)."""

    PROPOSED = ""  # a document also as it is, a photo without what it hides
    EVIDENCE = "evidence"  # also exactly as it is
    CLEAN = "clean"  # only without what it hides


def keeping(word: str) -> Keeping:
    """What was chosen on a form; anything else is what we propose."""
    return Keeping(word) if word in set(Keeping) else Keeping.PROPOSED


def keep_upload(
    upload: SealedUpload, *, already: int, on: date, want: Keeping = Keeping.PROPOSED,
    budget: UUID | None = None,
) -> KeptFile:  # fmt: skip
    """Keep an uploaded file until the entry that names it is written.

    `already` counts the files that are there; `budget` is the organisation whose budget it takes
    from, none for who works there. Raises `FileRefused`. Pictures, PDF and Office
    documents get a copy without hidden data, beside the original or in its place. When that fails
    the sealed original stays, without a copy: no parser costs somebody their evidence.
    """
    reason = _problem(upload, already) or _over(budget, upload)
    if reason:
        upload.discard()
        raise FileRefused(reason)
    clean = _clean(upload, on=on)
    if clean and not _also_as_it_is(upload.kind, want):
        upload.discard()
        Attachment.objects.create(**_row(clean, on=on))
        return _only(clean, name=_name(upload.name or ""))
    seal = upload.keep()
    rows = [_row(seal, on=on), *([_row(clean, on=on)] if clean else [])]
    Attachment.objects.bulk_create(Attachment(**row) for row in rows)
    return KeptFile(
        blob=seal.id, key=seal.key.hex(), name=_name(upload.name or ""), type=upload.kind.value,
        size=seal.size, digest=seal.digest.hex(), clean=clean,
    )  # fmt: skip


def _also_as_it_is(kind: Kind, want: Keeping) -> bool:
    return want is Keeping.EVIDENCE or (want is Keeping.PROPOSED and kind not in IMAGES)


def _only(clean: CleanCopy, *, name: str) -> KeptFile:
    """A file of which nothing but the clean copy was kept: both say the same blob."""
    return KeptFile(clean.blob, clean.key, name, clean.type, clean.size, clean.digest, clean)


def _problem(upload: SealedUpload, already: int) -> str:
    if already >= MOST:
        return "too_many"
    return upload.problem.value if isinstance(upload.problem, Problem) else ""


def _over(budget: UUID | None, upload: SealedUpload) -> str:
    """Beyond its budgets an organisation takes text only: a file can come later (vault §3.2)."""
    if budget is None:
        return ""
    room = has_some_left(budget, For.REPORTS) and within(budget, For.UPLOADS, upload.size or 0)
    return "" if room else "later"


def _clean(upload: SealedUpload, *, on: date) -> CleanCopy | None:
    if not can_be_cleaned(upload.kind):
        return None
    try:
        clean = clean_copy(upload.chunks(), upload.kind)
    except CannotClean:
        return None
    seal = write_blob(clean.content, on=on)
    return CleanCopy(seal.id, seal.key.hex(), clean.kind.value, seal.size, seal.digest.hex())


def _row(kept: BlobSeal | CleanCopy, *, on: date) -> dict[str, Any]:
    blob = kept.id if isinstance(kept, BlobSeal) else kept.blob
    return {"id": blob, "day": day_number(on), "size": path_of(blob).stat().st_size}


def _name(name: str) -> str:
    """The name as sent, without what could break a line or a page."""
    kept = "".join(sign for sign in name if sign.isprintable()).strip()
    return kept[-NAME_LENGTH:] or "?"


def forget_files(files: Iterable[KeptFile]) -> None:
    """Remove files that no entry names; one that an entry names stays."""
    for file in files:
        blobs = blobs_of(file)
        with transaction.atomic():
            gone, _ = Attachment.objects.filter(id__in=blobs, case=None).delete()
        if gone:
            for blob in blobs:
                remove(blob)


def blobs_of(file: KeptFile) -> tuple[UUID, ...]:
    """The sealed files on disk that belong to one attachment."""
    return tuple(dict.fromkeys((file.blob, *((file.clean.blob,) if file.clean else ()))))


def files_in(happened: Sequence[Happened]) -> tuple[tuple[int, KeptFile], ...]:
    """Every attachment of a case with its number, counted from 1 in the order of the case."""
    # Those of the talk first: both sides call them by the same number.
    found = [
        file
        for kinds in ((ReportReceived, MessageSent), (StepDone, WorkNoted))
        for it in happened
        if isinstance(it.entry, kinds)
        for file in it.entry.files
    ]
    return tuple(enumerate(found, start=1))


def open_attachment(opened: OpenCase, file: UUID, *, clean: bool) -> OpenFile:
    """The content of an attachment of this case. Raises `NotYours`."""
    for number, kept in files_in(opened.happened):
        if kept.blob != file:
            continue
        part = kept.clean if clean else kept
        if part is None:
            break
        chunks = open_blob(
            part.blob, key=bytes.fromhex(part.key), size=part.size,
            digest=bytes.fromhex(part.digest),
        )  # fmt: skip
        kind = Kind(part.type)
        return OpenFile(chunks, number, kind, kept.name, clean and kind in IMAGES)
    raise NotYours


def named_blobs(blobs: set[UUID]) -> set[UUID]:
    """Which of these blobs are known, so that the sweep leaves them."""
    return set(Attachment.objects.filter(id__in=blobs).values_list("id", flat=True))


def sweep_orphans(*, before: date) -> int:
    """Forget attachments that no case took, kept before this day; how many."""
    gone, _ = Attachment.objects.filter(case=None, day__lt=day_number(before)).delete()
    return gone
