"""The case that a member means, if they hold a key of it; and a reason that somebody gave."""

from uuid import UUID

from klankbord.cases.errors import NotYours, ReasonMissing
from klankbord.cases.hands import Hand
from klankbord.cases.models import Case
from klankbord.cases.queries import case_for
from klankbord.organisations.members import Member
from klankbord.rules.forms.answers import clean


def found(member: Member, reference: str) -> tuple[Case, Hand]:
    """The case with this reference, and the member as its holder. Raises `NotYours`."""
    row = case_for([line.id for line in member.reads], reference)
    if row is None:
        raise NotYours
    case, membership = row
    return case, Hand(membership, member.pair(membership))


def hand_in(member: Member, reference: str) -> tuple[UUID, Hand]:
    """The id of the case and the member as its holder, to write with. Raises `NotYours`."""
    case, hand = found(member, reference)
    return case.id, hand


def reason_in(text: str) -> str:
    """What somebody gave as a reason, without white space around it. Raises `ReasonMissing`."""
    text = clean(text).strip()
    if not text:
        raise ReasonMissing
    return text
