"""Files with a report: one at a time, each to be taken away again; works without script."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from klankbord.intake.drafts import Draft
from klankbord.intake.services import FileRefused, Keeping, drop_file, keep_file, keeping
from klankbord.kit.clock import today
from klankbord.kit.files.handler import SealedUpload
from klankbord.web.access import PublicRequest
from klankbord.web.public.pages import show

FIELD = "file"
KEEP_AS = "keep_as"


def ask(
    request: PublicRequest, place: dict[str, object], draft: Draft | None, **more: object
) -> HttpResponse:
    """The page with the files that are there already."""
    return show(
        request,
        "public/files.html",
        {
            **place,
            "files": draft.files if draft else [],
            "limit": settings.UPLOAD_LIMIT,
            **more,
        },
    )


def take(request: PublicRequest, draft: Draft) -> dict[str, object]:
    """Add the file that was sent or take one away; empty when somebody just goes on."""
    going_on = "add" not in request.POST
    dropped = request.POST.get("drop", "")
    if dropped:
        _drop(draft, dropped)
        return {"dropped": True}
    uploads = [it for it in request.FILES.getlist(FIELD) if isinstance(it, SealedUpload)]
    refused = _kept(draft, uploads, keeping(request.POST.get(KEEP_AS, "")))
    if refused:
        return {"refused": refused}
    if going_on:
        return {}
    return {"added": len(uploads)} if uploads else {"nothing_chosen": True}


def _kept(draft: Draft, uploads: list[SealedUpload], want: Keeping) -> str:
    for upload in uploads:
        try:
            keep_file(draft, upload, on=today(), want=want)
        except FileRefused as refused:
            return refused.reason
    return ""


def _drop(draft: Draft, blob: str) -> None:
    try:
        drop_file(draft, UUID(hex=blob))
    except ValueError:
        return  # not one of ours: nothing to take away
