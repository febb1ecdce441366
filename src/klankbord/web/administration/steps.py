"""What is still to be done after founding, each with its state, as the facts say."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from klankbord.agenda.queries import Roster
from klankbord.kit.clock import today
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import units_of
from klankbord.organisations.services.inviting import unanswered
from klankbord.organisations.waiting import waiting_in


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `done` is None where nobody but the people themselves can tell."""

    title: str
    text: str
    address: str
    done: bool | None


def steps_for(organisation: Organisation, roster: Roster) -> list[Step]:
    """In the order in which they are best done; none is forced."""
    slug, readers = organisation.slug, roster.readers
    certified = [card for card in readers if card.reads]
    apart = [it for it in roster.everybody if "administrator" in it.roles and not it.listens]
    reached = bool(readers) and all(it.telephone or it.mail or it.whatsapp for it in readers)
    people = reverse("administration:people", args=[slug])
    return [
        Step(
            gettext("Invite the people who listen"),
            gettext("Two at least: then somebody reads when the other is away or is meant."),
            people,
            len(readers) > 1 and not unanswered(organisation).exists(),
        ),
        Step(
            gettext("Compare the digits of each key"),
            gettext("On screen or by telephone. Until then nothing can be sealed to them."),
            people,
            len(certified) > 1 and not waiting_in(organisation, on=today()),
        ),
        Step(
            gettext("Let somebody who does not read administer"),
            gettext("Whoever invites people is best not the one who vouches for them."),
            people,
            bool(apart),
        ),
        Step(
            gettext("Say how each of them can be reached"),
            gettext("Telephone, mail or WhatsApp, on the public page."),
            people,
            reached,
        ),
        Step(
            gettext("Name the parts of the organisation"),
            gettext("Provinces or groups, if you have them."),
            reverse("administration:units", args=[slug]),
            bool(units_of(organisation)) or None,
        ),
        Step(
            gettext("Look at your pages and words"),
            gettext("Begin with our text and make it yours: hours, telephone, promises."),
            reverse("administration:pages", args=[slug]),
            bool(organisation.telephone) or None,
        ),
        Step(
            gettext("Send a test report"),
            gettext(
                "As somebody who tells something would. Read it, answer it, close it. Whether"
                " there are reports you do not see here."
            ),
            reverse("public:home", args=[slug]),
            None,
        ),
    ]
