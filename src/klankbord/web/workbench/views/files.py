"""Files of a case: what was sent, and the copy without hidden data."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from klankbord.cases.files import OpenFile
from klankbord.handling import casework
from klankbord.kit.clock import now
from klankbord.kit.files.serve import attachment_response, image_response
from klankbord.kit.files.sniff import extension_for
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench.cases import own_case


@allow(READER)
@own_case
@require_safe
def original(request: MemberRequest, reference: str, file: UUID) -> HttpResponseBase:
    """What was kept of what was sent, byte for byte, as a download under a name of ours."""
    return _download(_opened(request, reference, file, clean=False))


@allow(READER)
@own_case
@require_safe
def cleaned(request: MemberRequest, reference: str, file: UUID) -> HttpResponseBase:
    """The copy without hidden data: a picture is shown in the browser, a document downloaded."""
    found = _opened(request, reference, file, clean=True)
    if found.is_clean_image:
        return image_response(found.chunks, found.kind)
    return _download(found)


def _download(found: OpenFile) -> HttpResponseBase:
    return attachment_response(found.chunks, found.number, extension_for(found.kind, found.name))


def _opened(request: MemberRequest, reference: str, file: UUID, *, clean: bool) -> OpenFile:
    return casework.open_file(request.member, reference, file=file, clean=clean, at=now())
