"""The number to call, its hours, and where somebody is sent who leaves in a hurry (P7)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext

from klankbord.organisations.queries import profile_of
from klankbord.rules.library import LANGUAGES
from klankbord.rules.profiles.own import Part, Words
from klankbord.rules.profiles.own_proof import LONGEST, leads_elsewhere
from klankbord.rules.telephone import is_telephone
from klankbord.web.access import ADMINISTRATOR, AdministratorRequest, allow
from klankbord.web.administration import editing
from klankbord.web.components.asked import Errors

TEMPLATE = "administration/reach.html"


@allow(ADMINISTRATOR)
def reach(request: AdministratorRequest) -> HttpResponse:
    """One number and one address for all languages; the hours in each of them."""
    page = editing.frame(request, Part.REACH, "")
    words = editing.words_now(request.organisation, Part.REACH, "")
    sent = editing.typed(request)
    if sent:
        words = _sent(sent)
    hours = words.get("hours", {})
    page |= {
        "words": words,
        "hours": [(code, editing.language_name(code), hours.get(code, "")) for code in LANGUAGES],
        "ours": profile_of(request.organisation, LANGUAGES[0]).page.exit_address,
    }
    errors = _errors(words) if sent else {}
    if request.method != "POST" or errors:
        return editing.show(request, TEMPLATE, page, errors)
    return editing.keep(request, TEMPLATE, page, Part.REACH, "", words)


def _sent(sent: Mapping[str, str]) -> Words:
    hours = {code: " ".join(sent.get(f"hours-{code}", "").split()) for code in LANGUAGES}
    return {
        "telephone": " ".join(sent.get("telephone", "").split()),
        "hours": {code: text for code, text in hours.items() if text},
        "exit_address": sent.get("exit_address", ""),
    }


def _errors(words: Words) -> Errors:
    errors: Errors = {}
    number, address = words["telephone"], words["exit_address"]
    if number and (len(number) > LONGEST["telephone"] or not is_telephone(number)):
        errors["telephone"] = gettext("Write a telephone number, such as 0470 00 01 12.")
    for code, text in words["hours"].items():
        if len(text) > LONGEST["hours"]:
            errors[f"hours-{code}"] = editing.too_long(LONGEST["hours"])
    host = urlsplit(settings.BASE_URL).hostname or ""
    if address and (len(address) > LONGEST["exit_address"] or not leads_elsewhere(address, host)):
        errors["exit_address"] = gettext(
            "Write the whole address of another website, such as https://www.example.org. It must"
            " begin with https:// and may not lead to this website."
        )
    return errors
