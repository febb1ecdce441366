"""Words of this desk."""

from django import template
from django.utils.translation import gettext

register = template.Library()


@register.filter
def access_reason(why: str) -> str:
    """Why somebody can read: what a person wrote, or what the system noted as one word."""
    match why:
        case "chosen":
            return gettext("chosen by the reporter")
        case "team":
            return gettext("reads along with the team, as the reporter was told")
        case "on_duty":
            return gettext("on duty when it came in")
        case "reporter":
            return gettext("the reporter wanted it so")
    return why
