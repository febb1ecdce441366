"""The doors of an organisation: the form behind each, under an address that says nothing (P9).

A door has a letter in the address, and every page of its form carries that letter: so the form is
known also when the draft is gone, and a form that was open in another window is not mistaken for
this one.
"""

from uuid import UUID

from django.http import Http404

from klankbord.intake.activities import activity_numbered, as_told
from klankbord.intake.drafts import Draft, draft_in
from klankbord.rules.entries import Activity
from klankbord.rules.profiles.shape import TELL, Door
from klankbord.web.access import PublicRequest
from klankbord.web.public.pages import profile

LETTER = "door"  # the field that carries it
ACTIVITY = "activity"  # and the one that carries by which activity somebody came
CALL_BACK = "call_back"  # the form of somebody who wants to be called


def door_at(request: PublicRequest, letter: str) -> Door:
    """The open door with this letter. Raises Http404."""
    for door in profile(request.organisation).form_doors:
        if door.letter == letter:
            return door
    raise Http404


def door_of(request: PublicRequest) -> Door | None:
    """The door of the page that was sent, else of what was begun, else the one to tell something.

    None where nothing was begun and no story is taken. Raises Http404 where nothing is taken.
    """
    own = profile(request.organisation)
    if not own.form_doors:
        raise Http404
    if LETTER in request.POST:
        return door_at(request, request.POST[LETTER])
    draft = draft_in(request.session, request.organisation.id)
    if draft is not None and (door := own.door_to(draft.form)):
        return door
    return next((door for door in own.form_doors if door.key == TELL), None)


def draft_behind(request: PublicRequest, door: Door) -> Draft | None:
    """What this browser began behind this door."""
    draft = draft_in(request.session, request.organisation.id)
    return draft if draft is not None and draft.form == door.form else None


def activity_told(request: PublicRequest) -> Activity | None:
    """The activity that the page carried, if it is one of this organisation."""
    try:
        number = UUID(hex=request.POST.get(ACTIVITY, ""))
    except ValueError:
        return None
    row = activity_numbered(request.organisation, number)
    return as_told(row) if row else None
