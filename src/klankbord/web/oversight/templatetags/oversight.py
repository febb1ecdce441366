"""Words of this desk."""

from django import template

from klankbord.improvement.yearly import Duty

register = template.Library()


@register.filter
def outcome_title(duty: Duty, key: str) -> str:
    """How a duty ended, in words; nothing where there is but one way."""
    outcome = duty.step.outcome(key)
    return outcome.title if outcome else ""
