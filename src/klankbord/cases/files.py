"""Attachments: keep what was uploaded, make a clean copy of a picture, open it for a reader."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from klankbord.cases.errors import NotYours
from klankbord.cases.models import Attachment
from klankbord.cases.opening import OpenCase
from klankbord.kit.clock import day_number
from klankbord.kit.files.clean import CannotClean, clean_image
from klankbord.kit.files.handler import Problem, SealedUpload
from klankbord.kit.files.sniff import Kind
from klankbord.kit.files.store import open_blob, path_of, remove, write_blob
from klankbord.kit.vault.blobs import BlobSeal
from klankbord.rules.entries import CleanCopy, Happened, KeptFile, MessageSent, ReportReceived

MOST = 10
IMAGES = frozenset({Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP})
NAME_LENGTH = 120


class FileRefused(Exception):
    """A file that cannot be kept; `reason` is too_large, too_many, empty or no_room."""

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


def keep_upload(upload: SealedUpload, *, already: int, on: date) -> KeptFile:
    """Keep an uploaded file until the entry that names it is written.

    `already` counts the files that are there. Raises `FileRefused`. A picture also gets a copy
    without hidden data; when that fails the sealed original stays, without a copy.
    """
    reason = _problem(upload, already)
    if reason:
        upload.discard()
        raise FileRefused(reason)
    seal = upload.keep()
    kind = upload.kind
    clean = _clean(upload, on=on) if kind in IMAGES else None
    rows = [_row(seal, on=on)]
    if clean:
        rows.append(_row(clean[0], on=on))
    Attachment.objects.bulk_create(rows)
    return KeptFile(
        blob=seal.id, key=seal.key.hex(), name=_name(upload.name or ""), type=kind.value,
        size=seal.size, digest=seal.digest.hex(),
        clean=CleanCopy(
            clean[0].id, clean[0].key.hex(), clean[1].value, clean[0].size, clean[0].digest.hex()
        ) if clean else None,
    )  # fmt: skip


def _problem(upload: SealedUpload, already: int) -> str:
    if already >= MOST:
        return "too_many"
    return upload.problem.value if isinstance(upload.problem, Problem) else ""


def _clean(upload: SealedUpload, *, on: date) -> tuple[BlobSeal, Kind] | None:
    try:
        image = clean_image(upload.chunks())
    except CannotClean:
        return None
    return write_blob(image.content, on=on), image.kind


def _row(seal: BlobSeal, *, on: date) -> Attachment:
    return Attachment(id=seal.id, day=day_number(on), size=path_of(seal.id).stat().st_size)


def _name(name: str) -> str:
    """The name as sent, without what could break a line or a page."""
    kept = "".join(sign for sign in name if sign.isprintable()).strip()
    return kept[-NAME_LENGTH:] or "?"


def forget_files(files: Iterable[KeptFile]) -> None:
    """Remove files that no entry names; one that an entry names stays."""
    for file in files:
        blobs = [file.blob, *([file.clean.blob] if file.clean else [])]
        with transaction.atomic():
            gone, _ = Attachment.objects.filter(id__in=blobs, case=None).delete()
        if gone:
            for blob in blobs:
                remove(blob)


def files_in(happened: Sequence[Happened]) -> tuple[tuple[int, KeptFile], ...]:
    """Every attachment of a case with its number, counted from 1 in the order of the case."""
    found = [
        file
        for it in happened
        if isinstance(it.entry, ReportReceived | MessageSent)
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
        return OpenFile(chunks, number, Kind(part.type), kept.name, clean)
    raise NotYours


def named_blobs(blobs: set[UUID]) -> set[UUID]:
    """Which of these blobs are known, so that the sweep leaves them."""
    return set(Attachment.objects.filter(id__in=blobs).values_list("id", flat=True))


def sweep_orphans(*, before: date) -> int:
    """Forget attachments that no case took, kept before this day; how many."""
    gone, _ = Attachment.objects.filter(case=None, day__lt=day_number(before)).delete()
    return gone
