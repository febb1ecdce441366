"""Before the first question of a form: who may read it, by when, and whom else one can call."""

from klankbord.agenda.queries import cards
from klankbord.directory.queries import help_groups
from klankbord.intake.services import first_answer_by
from klankbord.kit.clock import today
from klankbord.organisations.queries import bureau_of
from klankbord.rules.profiles.shape import Door
from klankbord.web.access import PublicRequest
from klankbord.web.public.doors import CALL_BACK
from klankbord.web.public.pages import language


def beforehand(request: PublicRequest, door: Door) -> dict[str, object]:
    """What the first page of a form says before it asks anything.

    Help lines that are there for the people behind this very door come along (R-000-44).
    """
    organisation, on = request.organisation, today()
    return {
        "listening": [it for it in cards(organisation, on, language()) if it.reads],
        "first_answer_by": first_answer_by(organisation, on, form=door.form),
        "calls": door.form == CALL_BACK,
        "own_lines": [
            line
            for group in help_groups(organisation.country, language())
            if group.key == door.form
            for line in group.lines
        ],
        "bureau": bureau_of(organisation, on),
    }
