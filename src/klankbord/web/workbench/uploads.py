"""A file that comes with a page of a case: at most one at a time."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext

from klankbord.handling import casework
from klankbord.handling.casework import FileRefused
from klankbord.kit.clock import today
from klankbord.kit.files.handler import SealedUpload
from klankbord.rules.entries import KeptFile
from klankbord.web.access import MemberRequest


def uploaded(request: MemberRequest) -> tuple[KeptFile, ...]:
    """The file that came with a page, kept and sealed: at most one. Raises `FileRefused`."""
    upload = request.FILES.get("file")
    if upload is None:
        return ()
    want = casework.keeping(request.POST.get("keep_as", ""))
    return (casework.keep_file(cast(SealedUpload, upload), on=today(), want=want),)


def file_refused(refused: FileRefused) -> str:
    """Why a file was not taken; the text beside it is still there."""
    match refused.reason:
        case "too_large":
            return gettext("This file is too large: at most 25 MB. Nothing was sent yet.")
        case "empty":
            return gettext("This file is empty. Choose another one, or send your text alone.")
        case "no_room":
            return gettext("There is no room for files just now. Send your text alone.")
    return gettext("This is more than can be added. Send your text alone.")
