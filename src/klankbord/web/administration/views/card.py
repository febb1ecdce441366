"""What the public page says of somebody, and for which part of the organisation they work (P8)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info, gettext

from klankbord.kit.clock import today
from klankbord.organisations.models import Membership
from klankbord.organisations.queries import units_of
from klankbord.organisations.services.roles import change_card, move_to_unit
from klankbord.rules.telephone import is_telephone
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import AdministratorRequest
from klankbord.web.administration.whom import person_in, unit_in
from klankbord.web.components import asked

PAGE = "administration/card.html"
MORE_LANGUAGES = ("ar", "tr", "es", "it", "pl", "uk", "ru", "fa")


@allow(ADMINISTRATOR)
def card(request: AdministratorRequest, person: UUID) -> HttpResponse:
    """Telephone, mail, messages, languages and unit of somebody."""
    row = person_in(request, person)
    page = _page(request, row)
    if request.method != "POST":
        return render(request, PAGE, page)
    errors = _what_is_wrong(page)
    if errors:
        return asked.again(request, PAGE, page, errors)
    change_card(
        request.member, row, telephone=page["telephone"], public_mail=page["public_mail"],
        whatsapp=page["whatsapp"], speaks=tuple(page["speaks"]), on=today(),
    )  # fmt: skip
    unit = unit_in(row.organisation, page["unit"])
    if (unit.id if unit else None) != row.unit_id:
        move_to_unit(request.member, row, unit=unit, on=today())
    asked.say(request, "card_changed")
    return redirect("administration:person", row.organisation.slug, row.id)


def _page(request: AdministratorRequest, row: Membership) -> dict[str, Any]:
    units = units_of(row.organisation)
    told = request.method == "POST"
    unit = asked.line(request, "unit") if told else (row.unit_id.hex if row.unit_id else "")
    codes = [code for code, _ in settings.LANGUAGES]
    codes += [code for code in (*MORE_LANGUAGES, *row.speaks) if code not in codes]
    return {
        "here": "administration",
        "organisation": row.organisation,
        "person": row,
        "units": [(line.id.hex, line.name, line.depth) for line in units],
        "unit": unit if unit in {line.id.hex for line in units} else "",
        "languages_known": [(code, _language(code)) for code in codes],
        "speaks": (
            [it for it in request.POST.getlist("speaks") if it in codes] if told else row.speaks
        ),
        **{
            name: asked.line(request, name) if told else getattr(row, name)
            for name in ("telephone", "public_mail", "whatsapp")
        },
    }


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _what_is_wrong(page: dict[str, Any]) -> asked.Errors:
    errors = {
        name: gettext("Write a telephone number with digits, such as 0470 00 00 00.")
        for name in ("telephone", "whatsapp")
        if page[name] and not is_telephone(page[name])
    }
    try:
        if page["public_mail"]:
            validate_email(page["public_mail"])
    except ValidationError:
        errors["public_mail"] = gettext("Write an e-mail address, such as name@example.org.")
    return errors
