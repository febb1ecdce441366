"""Check what was told, send it, and get the code in the very answer that follows (promise 1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from klankbord.intake.drafts import Draft, carried, draft_in, keep_draft, taken_up
from klankbord.intake.services import (
    AlreadyReceived,
    NobodyLeft,
    Receipt,
    TextTooLong,
    alerted,
    first_answer_by,
    forget_receipt,
    form_of,
    receipt_of,
    submit,
    who_will_read,
)
from klankbord.kit.clock import now, today
from klankbord.kit.sessions.store import SessionStore
from klankbord.kit.throttle import Busy
from klankbord.kit.tokens.services import is_spent
from klankbord.rules.forms.answers import in_danger, summary
from klankbord.rules.forms.shape import FieldKind, Form
from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.components.code_card import card_of
from klankbord.web.public.doors import CALL_BACK
from klankbord.web.public.pages import (
    forget_on_leaving,
    language,
    profile,
    sent_token,
    show,
    show_busy,
)
from klankbord.web.public.unfinished import asked_first, erase
from klankbord.web.public.views.home import people_of
from klankbord.web.public.views.step import begin_again
from klankbord.web.public.walk import Walk, marks, page_of

PAGE = "public/check.html"
READERS = "readers"  # the section of the form that says who may read


@dataclass(frozen=True, slots=True)
class Row:
    """A question told back: on which page it stands, and how it was answered, if it was."""

    label: str
    number: int
    text: str = field(default="", repr=False)
    is_files: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A step of the form told back: what was answered, and what was left open."""

    title: str
    rows: tuple[Row, ...] = field(repr=False)
    open: tuple[Row, ...]
    says_who_reads: bool


@require_http_methods(["GET", "HEAD", "POST"])
@allow(PUBLIC)
def check(request: PublicRequest) -> HttpResponse:
    """Read it all again, change what you like, and send."""
    if not profile(request.organisation).form_doors:
        raise Http404
    draft = draft_in(request.session, request.organisation.id)
    if request.method == "POST" and draft is not None and "without" in request.POST:
        return _without_activity(request, draft)
    if request.method == "POST":
        return _sent(request, draft)
    if draft is None:
        return _shown_again(request)
    return show(request, PAGE, _told(request, draft))


@require_POST
@allow(PUBLIC)
def written(request: PublicRequest) -> HttpResponse:
    """The code was written down: from now on nobody can see it here again."""
    token = _receipt_token(request)
    if token is not None:
        forget_receipt(token)
        request.session.flush()
    answer = show(request, "public/written.html", {})
    forget_on_leaving(answer)
    return answer


def _without_activity(request: PublicRequest, draft: Draft) -> HttpResponse:
    """By which activity somebody came is left out: nothing of it goes along."""
    draft.activity = None
    keep_draft(request.session, draft)
    return show(request, PAGE, _told(request, draft))


def _sent(request: PublicRequest, draft: Draft | None) -> HttpResponse:
    token = sent_token(request)
    if token is None:  # the page stood open for a day: nothing was sent yet
        if draft is None:
            return _brought_back(request)
        return show(request, PAGE, {**_told(request, draft), "stale": True})
    if draft is None:
        return _sent_before(request, token)
    try:
        receipt = submit(
            request.organisation, draft, token=token, at=now(),
            also=partial(_remember, request, token),
        )  # fmt: skip
    except AlreadyReceived:
        return show(request, "public/received.html", {})
    except NobodyLeft:
        return show(request, PAGE, _told(request, draft))
    except TextTooLong:
        return show(request, PAGE, {**_told(request, draft), "too_long": True})
    except Busy as busy:
        return show_busy(request, PAGE, _told(request, draft), busy)
    return show_receipt(request, receipt)


def _sent_before(request: PublicRequest, token: bytes) -> HttpResponse:
    receipt = receipt_of(token, at=now())
    if receipt is not None:
        return show_receipt(request, receipt)
    if is_spent(token):
        return show(request, "public/received.html", {})
    return _brought_back(request)


def _brought_back(request: PublicRequest) -> HttpResponse:
    """The draft is gone after an hour, but the page still carried it: shown again to be sent."""
    draft = taken_up(request.POST.get("told", ""), request.organisation.id)
    if draft is None:
        return begin_again(request)
    asked = asked_first(request, keeps=draft.form)
    if asked is not None:
        return asked
    erase(request)
    keep_draft(request.session, draft)
    return show(request, PAGE, {**_told(request, draft), "brought_back": True})


def _shown_again(request: PublicRequest) -> HttpResponse:
    """Somebody who just sent a report, and came back to this address, sees the code once more."""
    token = _receipt_token(request)
    receipt = receipt_of(token, at=now()) if token else None
    return begin_again(request) if receipt is None else show_receipt(request, receipt)


def show_receipt(request: PublicRequest, receipt: Receipt) -> HttpResponse:
    """The code, what comes next and by when, and a card for in a pocket."""
    card = card_of(request, request.organisation, receipt.code)
    calls = receipt.form == CALL_BACK
    return show(request, "public/receipt.html", {"receipt": receipt, "calls": calls, **card})


def _remember(request: PublicRequest, token: bytes) -> None:
    """The draft is gone; the session knows only which receipt `/exit` has to forget."""
    session = cast(SessionStore, request.session)
    session.start(kind="receipt", receipt=token.hex())
    session.keep()


def _receipt_token(request: PublicRequest) -> bytes | None:
    kept = request.session.get("receipt")
    return bytes.fromhex(kept) if isinstance(kept, str) else None


def _told(request: PublicRequest, draft: Draft) -> dict[str, object]:
    organisation = request.organisation
    on = today()
    form = form_of(organisation, draft, language())
    readers = who_will_read(organisation, draft, on=on, language=language())
    own = profile(organisation)
    in_need = in_danger(form, draft.answers)
    last = Walk(form, len(form.sections), draft.answers)
    excluded = {card.membership for card in readers.excluded}
    return {
        "marks": marks(form, form.steps[-1].key),
        "back": reverse("public:step", args=[organisation.slug, last.number]),
        "parts": _parts(form, draft),
        "draft": draft,
        "carried": carried(draft),
        "readers": readers,
        "groups": [it.label for it in own.groups if it.key in draft.must_not_groups],
        "promises": {
            own.promises[card.regime].regime: own.promises[card.regime]
            for card in readers.readers
            if card.regime in own.promises
        }.values(),
        "danger": in_need,
        "alerted": alerted(organisation, readers) if in_need else None,
        "first_answer_by": first_answer_by(organisation, on, readers.readers, form=draft.form),
        "calls": draft.form == CALL_BACK,
        "unreachable": draft.form == CALL_BACK and not draft.answers.get("contact"),
        "readers_page": reverse("public:step", args=[organisation.slug, page_of(form, READERS)]),
        "outside": [
            person
            for person in people_of(organisation, own)
            if person.card.outside and person.card.membership not in excluded
        ],
    }


def _parts(form: Form, draft: Draft) -> Iterable[Part]:
    steps = {section.key: section.step for section in form.sections}
    rows = [(steps[form.sections[row.number - 1].key], row) for row in _rows(form, draft)]
    for step in form.steps:
        own = [row for key, row in rows if key == step.key]
        says_who_reads = step.key == steps[READERS]
        if own or says_who_reads:
            yield Part(
                step.title,
                tuple(row for row in own if row.text or row.is_files),
                tuple(row for row in own if not row.text and not row.is_files),
                says_who_reads,
            )


def _rows(form: Form, draft: Draft) -> Iterable[Row]:
    told = summary(form, draft.answers)
    for number, section in enumerate(form.sections, 1):
        for it in section.fields:
            if it.kind is FieldKind.FILE:
                yield Row(it.label, number, is_files=True)
        for row in told:
            if row.section_key == section.key and section.key != READERS:
                yield Row(row.label, number, row.text.strip())
