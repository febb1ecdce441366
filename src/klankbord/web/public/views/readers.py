"""Who may read, and who must not: chosen before anything is sealed (R-000-02, P1, P13)."""

from uuid import UUID

from django.http import HttpResponse

from klankbord.agenda.queries import cards, colleagues
from klankbord.intake.drafts import Draft
from klankbord.kit.clock import today
from klankbord.rules.forms.answers import clean
from klankbord.rules.readers import Choice
from klankbord.web.access import PublicRequest
from klankbord.web.public.pages import language, profile, show
from klankbord.web.public.views.home import people_of

LONGEST_NAME = 2000


def ask(
    request: PublicRequest, place: dict[str, object], draft: Draft | None, **more: object
) -> HttpResponse:
    """The people as cards, then who must not read."""
    organisation = request.organisation
    own = profile(organisation)
    return show(
        request,
        "public/readers.html",
        {
            **place,
            "draft": draft,
            "chosen": _chosen(draft),
            "people": people_of(organisation, own),
            "colleagues": colleagues(organisation, today(), language()),
            **more,
        },
    )


def take(request: PublicRequest, draft: Draft) -> None:
    """Read the choice into the draft; what is not on the page any more is left out."""
    organisation = request.organisation
    on = today()
    given = request.POST.get("reader", "")
    able = {card.membership.hex: card.membership for card in cards(organisation, on, language())}
    draft.person = able.get(given)
    draft.choice = _choice(given, draft.person, team=profile(organisation).team)
    ticked = set(request.POST.getlist("not_readers"))
    everybody = colleagues(organisation, on, language())
    draft.must_not_members = [it.membership for it in everybody if it.membership.hex in ticked]
    groups = [group.key for group in profile(organisation).groups]
    draft.must_not_groups = [key for key in groups if f"group-{key}" in ticked]
    draft.must_not_words = clean(request.POST.get("not_named", ""))[:LONGEST_NAME]


def _choice(given: str, person: UUID | None, *, team: bool) -> str:
    if person is not None:
        return Choice.PERSON
    if given == Choice.TEAM and team:
        return Choice.TEAM
    return Choice.ANYONE if given == Choice.ANYONE else ""


def _chosen(draft: Draft | None) -> str:
    if draft is None:
        return ""
    return draft.person.hex if draft.person else draft.choice
