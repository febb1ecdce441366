"""A form: one page of questions at a time, every one of them free to skip."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from klankbord.intake.drafts import Draft, keep_draft
from klankbord.intake.services import form_of
from klankbord.kit.clock import today
from klankbord.rules.entries import Activity
from klankbord.rules.forms.answers import Answered, read_answers
from klankbord.rules.forms.shape import FieldKind
from klankbord.rules.profiles.shape import Door
from klankbord.web.access import PUBLIC, TOKEN_FIELD, PublicRequest, allow
from klankbord.web.public.doors import (
    LETTER,
    activity_told,
    door_at,
    door_of,
    draft_behind,
)
from klankbord.web.public.pages import language, posted, sent_token, show
from klankbord.web.public.unfinished import GO_ON, asked_first, erase
from klankbord.web.public.views import files, readers
from klankbord.web.public.views.beforehand import beforehand
from klankbord.web.public.walk import Walk, new_draft

SEE_OTHER = 303


@require_http_methods(["GET", "HEAD", "POST"])
@allow(PUBLIC)
def step(request: PublicRequest, number: int) -> HttpResponse:
    """One page of a form. Its first POST begins the draft; looking at it leaves nothing."""
    door = door_of(request)
    return begin_again(request) if door is None else page_behind(request, door, number)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(PUBLIC)
def enter(request: PublicRequest, letter: str) -> HttpResponse:
    """The first page of the form behind a door (P9)."""
    return page_behind(request, door_at(request, letter), 1)


def page_behind(
    request: PublicRequest, door: Door, number: int, *, activity: Activity | None = None
) -> HttpResponse:
    """A page of the form behind a door, for somebody who came by way of an activity or not."""
    asked = asked_first(request, keeps=door.form)
    if asked is not None:
        return asked
    if GO_ON in request.POST:
        erase(request)
        if set(request.POST) <= {GO_ON, TOKEN_FIELD, LETTER}:
            return _to(request.path)
    walk, draft = walk_at(request, door, number)
    request.field_labels = {it.key: it.label for it in walk.section.fields}
    if request.method == "POST":
        activity = activity or activity_told(request)
        return _taken(request, door, walk, draft, activity)
    if draft is None and number > 1:
        return begin_again(request)
    return _asked(request, door, walk, draft, **({"activity": activity} if activity else {}))


def walk_at(request: PublicRequest, door: Door, number: int) -> tuple[Walk, Draft | None]:
    """The place in the form and the draft, if there is one. Raises Http404 beyond the last page."""
    organisation = request.organisation
    draft = draft_behind(request, door)
    basis = draft or new_draft(organisation, door.form, on=today(), language=language())
    form = form_of(organisation, basis, language())
    if not 1 <= number <= len(form.sections):
        raise Http404
    return Walk(form, number, basis.answers), draft


def begin_again(request: PublicRequest) -> HttpResponse:
    """There is no draft (any more): say so kindly, and show where to begin."""
    return show(request, "public/begin_again.html", {})


def after(request: PublicRequest, walk: Walk) -> str:
    """The address of the page that comes after this one."""
    slug = request.organisation.slug
    if walk.following is None:
        return reverse("public:check", args=[slug])
    return reverse("public:step", args=[slug, walk.following])


def onward(request: PublicRequest, walk: Walk) -> HttpResponse:
    """To the next page; by way of the numbers to call when this page told of danger."""
    address = after(request, walk)
    if walk.tells_of_danger:
        address = reverse("public:danger", args=[request.organisation.slug, walk.number])
    return _to(address)


def _to(address: str) -> HttpResponse:
    answer = HttpResponseRedirect(address)
    answer.status_code = SEE_OTHER
    return answer


def place(request: PublicRequest, door: Door, walk: Walk, draft: Draft | None) -> dict[str, object]:
    """What every page of a form shows: where somebody is, and the way back."""
    slug = request.organisation.slug
    back = (
        reverse("public:home", args=[slug])
        if walk.before is None
        else reverse("public:step", args=[slug, walk.before])
    )
    return {"walk": walk, "door": door, "back": back, "activity": draft and draft.activity}


def _asked(
    request: PublicRequest, door: Door, walk: Walk, draft: Draft | None, **more: object
) -> HttpResponse:
    here = place(request, door, walk, draft)
    if walk.kind is FieldKind.FILE:
        return files.ask(request, here, draft, **more)
    if walk.kind is FieldKind.MEMBERS:
        return readers.ask(request, here, draft, **more)
    told = beforehand(request, door) if walk.number == 1 else {}
    return show(request, "public/step.html", {**here, **told, **more})


def _taken(
    request: PublicRequest,
    door: Door,
    walk: Walk,
    draft: Draft | None,
    activity: Activity | None,
) -> HttpResponse:
    lost = draft is None and walk.number > 1
    if draft is None:
        draft = new_draft(request.organisation, door.form, on=today(), language=language())
    draft.language = language()
    draft.activity = activity or draft.activity
    stale = sent_token(request) is None
    answered = read_answers(walk.section, posted(request), today=today())
    walk = walk.with_answers(_merged(walk, draft, answered))
    if stale or answered.problems:
        if not stale and not answered.blocked:
            _keep(request, walk, draft)
        hard = [problem for problem in answered.problems if not problem.soft]
        return _asked(
            request, door, walk, draft, problems=answered.problems, hard_problems=hard, stale=stale,
            lost=lost,
        )  # fmt: skip
    stays = _own_part(request, walk, draft)
    _keep(request, walk, draft)
    if lost or stays:
        return _asked(request, door, walk, draft, lost=lost, **stays)
    return onward(request, walk)


def _own_part(request: PublicRequest, walk: Walk, draft: Draft) -> dict[str, object]:
    """What a page that draws itself takes; not empty when it is to be shown again."""
    if walk.kind is FieldKind.FILE:
        return files.take(request, draft)
    if walk.kind is FieldKind.MEMBERS:
        readers.take(request, draft)
    return {}


def _merged(walk: Walk, draft: Draft, answered: Answered) -> dict[str, object]:
    """All answers, those of this page replaced: what is left open now is no answer any more."""
    if walk.kind is FieldKind.MEMBERS:  # who may read is no answer: it has its own place
        return dict(draft.answers)
    here = {it.key for it in walk.section.fields}
    others = {key: value for key, value in draft.answers.items() if key not in here}
    return {**others, **answered.values}


def _keep(request: PublicRequest, walk: Walk, draft: Draft) -> None:
    draft.answers = dict(walk.answers)
    keep_draft(request.session, draft)
