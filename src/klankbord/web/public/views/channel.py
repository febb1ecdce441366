"""The reporter's own channel: read, write, see who can read and what comes next.

Nothing here is recorded: when a reporter looks is nobody's business.
"""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from klankbord.handling.channel import (
    AlreadyDone,
    FileRefused,
    NotYours,
    Reader,
    TextEmpty,
    TextTooLong,
    TroubleInCase,
    cases_of,
    choices,
    forget_files,
    keep_file,
    keeping,
    open_file,
    write,
)
from klankbord.handling.channel import go_on as take_back
from klankbord.handling.channel import leave as log_out
from klankbord.handling.own_page import own_page
from klankbord.kit.clock import now, today
from klankbord.kit.files.handler import SealedUpload
from klankbord.kit.files.serve import attachment_response, image_response
from klankbord.kit.files.sniff import extension_for
from klankbord.rules.entries import KeptFile
from klankbord.web.access import PUBLIC, REPORTER, PublicRequest, ReporterRequest, allow
from klankbord.web.public.pages import forget_on_leaving, language, sent_token, show

PAGE = "public/case.html"
SEE_OTHER = 303
FIELD = "file"
KEEP_AS = "keep_as"


@require_safe
@allow(REPORTER)
def case(request: ReporterRequest, case_id: UUID) -> HttpResponse:
    """Everything that was said and done, the newest first."""
    return show_case(request, case_id)


@require_POST
@allow(REPORTER)
def message(request: ReporterRequest, case_id: UUID) -> HttpResponse:
    """Send a message, with files or without; whatever stands in the way, the text stays."""
    text = request.POST.get("text", "")
    token = sent_token(request)
    if token is None:
        return show_case(request, case_id, text=text, stale=True)
    files: list[KeptFile] = []
    want = keeping(request.POST.get(KEEP_AS, ""))
    try:
        for upload in request.FILES.getlist(FIELD):
            if isinstance(upload, SealedUpload):
                files.append(keep_file(request.seat, upload, on=today(), want=want))
        write(request.seat, case_id, text=text, files=files, token=token, at=now())
    except FileRefused as refused:
        forget_files(files)
        return show_case(request, case_id, text=text, refused=refused.reason)
    except AlreadyDone:
        forget_files(files)
        return show_case(request, case_id, text=text, sent_before=True)
    except TextEmpty:
        return show_case(request, case_id, empty=True)
    except TextTooLong:
        forget_files(files)
        return show_case(request, case_id, text=text, too_long=True)
    except TroubleInCase:
        forget_files(files)
        return show_case(request, case_id, text=text, not_now=True)
    except NotYours:
        forget_files(files)
        raise Http404 from None
    return to_case(request, case_id)


@require_POST
@allow(REPORTER)
def go_on(request: ReporterRequest, case_id: UUID) -> HttpResponse:
    """Take a withdrawal back: one click, without a question."""
    if sent_token(request) is None:
        return show_case(request, case_id, stale=True)
    try:
        take_back(request.seat, case_id, at=now())
    except TroubleInCase:
        return show_case(request, case_id, not_now=True)
    except NotYours:
        raise Http404 from None
    return to_case(request, case_id)


@require_safe
@allow(REPORTER)
def read_file(request: ReporterRequest, case_id: UUID, file_id: UUID) -> HttpResponseBase:
    """An attachment as a download; with `?clean` the copy, which of a picture is shown."""
    clean = "clean" in request.GET
    try:
        file = open_file(request.seat, case_id, file=file_id, clean=clean, at=now())
    except NotYours:
        raise Http404 from None
    if file.is_clean_image:
        return image_response(file.chunks, file.kind)
    return attachment_response(file.chunks, file.number, extension_for(file.kind, file.name))


@require_POST
@allow(PUBLIC)
def leave(request: PublicRequest) -> HttpResponse:
    """Log out. The code opens the channel again."""
    log_out(request.session)
    answer = show(request, "public/left.html", {})
    forget_on_leaving(answer)
    return answer


def show_case(
    request: ReporterRequest, case_id: UUID, *, text: str = "", **more: object
) -> HttpResponse:
    """The case as it stands, and what goes with this moment: a text to keep, a word to say."""
    try:
        own = own_page(request.seat, case_id, at=now(), language=language())
    except NotYours:
        raise Http404 from None
    page = own.page
    readers = [reader for reader in page.readers if not reader.is_reporter]
    return show(
        request,
        PAGE,
        {
            "page": page,
            "own": own,
            "readers": readers,
            **_away(request, case_id, readers),
            "cases": cases_of(request.seat),
            "text": text,
            "unfinished": bool(text or more),
            **more,
        },
    )


def _away(request: ReporterRequest, case_id: UUID, readers: Sequence[Reader]) -> dict[str, object]:
    """Who cannot answer now, and who could be let in meanwhile (R-002-44)."""
    away = [reader for reader in readers if reader.away_until and reader.still_listens]
    if not away:
        return {}
    able = choices(request.seat, case_id, at=now(), language=language())
    return {
        "away": away,
        "able": {card.membership for card in able if not card.away_until},
        "others_there": [it for it in readers if it.still_listens and not it.away_until],
    }


def to_case(request: ReporterRequest, case_id: UUID) -> HttpResponse:
    """Back to the case: reloading it sends nothing twice."""
    answer = HttpResponseRedirect(reverse("public:case", args=[request.organisation.slug, case_id]))
    answer.status_code = SEE_OTHER
    return answer
