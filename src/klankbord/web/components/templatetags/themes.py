"""Which style sheet a public page asks for: ours, or ours in the organisation's colours."""

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse

from klankbord.organisations.own import theme_of
from klankbord.web.components.theme import OURS, sheet_of

register = template.Library()


@register.simple_tag(takes_context=True)
def theme_sheet(context: Context) -> str:
    """The address of the style sheet for this page."""
    organisation = getattr(context["request"], "organisation", None)
    theme = theme_of(organisation) if organisation else None
    if organisation is None or theme is None:
        return static(OURS)
    if organisation.drafted:
        return reverse("preview:style", args=[organisation.slug, sheet_of(theme).name])
    return reverse("public:style", args=[organisation.slug, sheet_of(theme).name])
