"""Uploads, sealed while they arrive: no byte of them is ever plain on a disk (vault §2.8, row 25).

The one entry of FILE_UPLOAD_HANDLERS. Upload handlers run before anything is known of the request,
its form token included. So a file is thrown away when the request ends, unless the view says
`keep()`. A file that cannot be kept (too large, empty, no room on the disk) never costs the text
beside it: the view finds it in `request.FILES` with a `problem` in place of a key.
"""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Any, cast
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from klankbord.kit.clock import today
from klankbord.kit.files.sniff import HEAD, Kind, kind_of
from klankbord.kit.files.store import Incoming, open_blob, remove
from klankbord.kit.vault.blobs import BlobSeal
from klankbord.kit.vault.errors import VaultError

if TYPE_CHECKING:
    _Uploaded = UploadedFile[bytes]
else:
    _Uploaded = UploadedFile

READ_AND_FORGOTTEN = 40  # times the limit: beyond, a request is refused without reading it


class Problem(StrEnum):
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    NO_ROOM = "no_room"


class NotKept(RuntimeError):
    """The key of a file was asked before `keep()`, or of one with a problem: a view forgot."""


class SealedUpload(_Uploaded):
    """A file that was sent, sealed on the disk.

    `size` in bytes (what arrived, also of one that was too large), `name` as the sender called it,
    `head` its first 4 KiB, `kind` what it is, `problem` why it is not there, if so.
    """

    def __init__(
        self, *, name: str, size: int, head: bytes, seal: BlobSeal | None, problem: Problem | None
    ) -> None:
        super().__init__(None, name, "application/octet-stream", size)
        self.head = head
        self.problem = problem
        self._seal = seal
        self._kept = False

    @property
    def kind(self) -> Kind:
        return kind_of(self.head, self.name or "")

    def keep(self) -> BlobSeal:
        """What is needed to open the file again; from now on it outlives the request.

        To be called when the draft or the entry that will name it is about to be written; what is
        then never named is swept after a day. Raises NotKept for a file with a problem.
        """
        if self._seal is None:
            raise NotKept
        self._kept = True
        return self._seal

    def discard(self) -> None:
        """Remove the file now, kept or not. Harmless twice."""
        seal, self._seal, self._kept = self._seal, None, False
        if seal is not None:
            remove(seal.id)

    @property
    def blob(self) -> UUID:
        """The id of the stored file. Raises NotKept before `keep()`, as do `key` and `digest`."""
        return self._sure().id

    @property
    def key(self) -> bytes:
        return self._sure().key

    @property
    def digest(self) -> bytes:
        """BLAKE2b-256 of the content."""
        return self._sure().digest

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The content, opened again from the disk. Raises NotKept for a file with a problem."""
        if self._seal is None:
            raise NotKept
        seal = self._seal
        return open_blob(seal.id, key=seal.key, size=seal.size, digest=seal.digest)

    def close(self) -> None:
        """Django closes every upload at the end of its request: here one that nobody kept ends."""
        if not self._kept:
            self.discard()

    def _sure(self) -> BlobSeal:
        if self._seal is None or not self._kept:
            raise NotKept
        return self._seal


class SealingUploadHandler(FileUploadHandler):
    """Gives Django a SealedUpload for each file; UPLOAD_LIMIT counts all files of a request."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._left: int = settings.UPLOAD_LIMIT
        self._incoming: Incoming | None = None
        self._parsing = False

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> "tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]] | None":
        """Let Django parse, and clear up if that fails halfway (a connection lost, a bad body).

        Django itself tells a handler nothing of an exception.
        """
        if self._parsing:
            return None
        if content_length > settings.UPLOAD_LIMIT * READ_AND_FORGOTTEN:
            raise RequestDataTooBig
        self._parsing = True
        try:
            return MultiPartParser(META, cast(Any, input_data), [self], encoding).parse()
        except BaseException:
            self.upload_interrupted()
            raise

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._head = b""
        self._problem: Problem | None = None
        try:
            if shutil.disk_usage(settings.DATA).free >= settings.DISK_RESERVE + self._left:
                self._incoming = Incoming()
        except OSError:
            pass
        if self._incoming is None:
            self._problem = Problem.NO_ROOM

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal a piece. What follows a problem is read and forgotten: fields come after it."""
        if self._incoming is None:
            return
        self._head += raw_data[: HEAD - len(self._head)]
        self._left -= len(raw_data)
        if self._left < 0:
            self._refuse(Problem.TOO_LARGE)
            return
        try:
            self._incoming.write(raw_data)
        except (OSError, VaultError):
            self._refuse(Problem.NO_ROOM)

    def file_complete(self, file_size: int) -> SealedUpload:
        if self._incoming is not None and not file_size:
            self._refuse(Problem.EMPTY)
        return SealedUpload(
            name=self.file_name or "",
            size=file_size,
            head=self._head,
            seal=self._settled(),
            problem=self._problem,
        )

    def upload_interrupted(self) -> None:
        """Half a file is no file."""
        self._drop()

    def _settled(self) -> BlobSeal | None:
        if self._incoming is None:
            return None
        try:
            seal = self._incoming.settle(today())
        except (OSError, VaultError):
            self._refuse(Problem.NO_ROOM)
            return None
        self._incoming = None
        return seal

    def _refuse(self, problem: Problem) -> None:
        self._problem = problem
        self._drop()

    def _drop(self) -> None:
        incoming, self._incoming = self._incoming, None
        if incoming is not None:
            with suppress(OSError):
                incoming.abandon()
