"""Whether somebody has a part in the duties of the year: the menu says where these are."""

from django import template

from klankbord.improvement.yearly import has_duties as has_duties_in
from klankbord.kit.clock import today
from klankbord.organisations.members import Member, MembershipLine
from klankbord.rules.profiles.reading import load_profile

register = template.Library()


@register.filter
def has_duties(member: Member) -> bool:
    """Whether a role of this person has a seat in what comes back every year."""
    return any(works_on_years(line) for line in member.memberships)


def works_on_years(line: MembershipLine) -> bool:
    """The same, in one organisation."""
    yearly = load_profile(line.profile, line.profile_version, "nl").yearly
    return has_duties_in(yearly, line.roles, on=today())
