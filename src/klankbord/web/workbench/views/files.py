"""Files of a case: the original as a download, a picture also as its cleaned copy."""

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
    """What was sent, byte for byte, as a download under a name of ours."""
    found = _opened(request, reference, file, clean=False)
    return attachment_response(found.chunks, found.number, extension_for(found.kind, found.name))


@allow(READER)
@own_case
@require_safe
def cleaned(request: MemberRequest, reference: str, file: UUID) -> HttpResponseBase:
    """The picture made anew, without hidden data: the only thing that is shown in the browser."""
    found = _opened(request, reference, file, clean=True)
    return image_response(found.chunks, found.kind)


def _opened(request: MemberRequest, reference: str, file: UUID, *, clean: bool) -> OpenFile:
    return casework.open_file(request.member, reference, file=file, clean=clean, at=now())
