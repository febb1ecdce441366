"""The first page of all: a volunteer founds an organisation in the browser.

`klankbord found` without options prints an address that works once, for whoever sits at that
terminal. It serves with one process, so that the keyring it writes is the one it goes on with, and
the page is there only while nothing was founded. `klankbord serve` never shows it.
"""

import os
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext

from klankbord.config.environment import SettingRefused
from klankbord.config.found import Founder, House, found_house
from klankbord.kit.clock import now, today
from klankbord.kit.throttle import Busy
from klankbord.kit.tokens.services import TokenRefused, digest_of, make_token, read_token
from klankbord.organisations.models import Organisation
from klankbord.organisations.services import PassphraseTooWeak, keep_member
from klankbord.organisations.services.entrance import entered
from klankbord.organisations.services.founding import NameTaken
from klankbord.rules.profiles.reading import load_profile
from klankbord.rules.terms import COUNTRIES
from klankbord.web.access import PUBLIC, TOKEN_FIELD, allow
from klankbord.web.components import asked

DIGEST = "BEGIN_DIGEST"  # in the environment of the one process: a hash, which opens nothing
PURPOSE = "begin"
PAGE = "administration/begin.html"
KINDS = ("youth", "welfare", "employer", "bureau", "sector")
LINES = ("slug", "name", "profile", "country", "telephone", "person", "mail")
SECOND = ("second_person", "second_mail")
LONGEST = 120


def invite_the_browser() -> None:
    """Print the address at which one may begin, once. Raises SettingRefused."""
    if Organisation.objects.exists():
        raise SettingRefused("--slug", "and the rest are needed once there is an organisation.")
    token = secrets.token_urlsafe(16)
    os.environ[DIGEST] = digest_of(token.encode()).hex()
    print("\nOpen this address in your browser. It works once, and only while this runs:\n")
    print(f"  {settings.BASE_URL}/stichten/{token}/\n", flush=True)


@allow(PUBLIC)
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Found the first organisation; the answer is the sheet to print."""
    if not _may_begin(token):
        raise Http404
    page = _page(request)
    if request.method != "POST":
        return render(request, PAGE, page)
    errors = _what_is_wrong(request, page)
    if errors:
        return asked.again(request, PAGE, page, errors)
    try:
        return _founded(request, page)
    except NameTaken:
        said = gettext("This address is one of our own. Choose another.")
        return asked.again(request, PAGE, page, {"slug": said})
    except PassphraseTooWeak:
        return asked.again(request, PAGE, page, {"new": _too_weak()})
    except Busy:
        return asked.busy(request, PAGE, page)


def _may_begin(token: str) -> bool:
    expected = os.environ.get(DIGEST, "")
    mine = digest_of(token.encode()).hex()
    fits = bool(expected) and constant_time_compare(mine, expected)
    return fits and not Organisation.objects.exists()


def _founded(request: HttpRequest, page: dict[str, Any]) -> HttpResponse:
    """Pinned in the keyring, signed in, and everything to be kept on one sheet."""
    house = House(page["slug"], page["name"], page["profile"], page["country"], page["telephone"])
    founders = [Founder(page["person"], page["mail"], request.POST.get("new", ""))]
    if page["second_mail"]:
        typed = request.POST.get("second_new", "")
        founders.append(Founder(page["second_person"], page["second_mail"], typed))
    sheet, accounts = found_house(house, founders, roles=[])
    first = accounts[0]
    keep_member(asked.session_of(request), entered(first.row, first.master, on=today()))
    return render(request, "administration/sheet.html", {"sheet": sheet})


def _page(request: HttpRequest) -> dict[str, Any]:
    kinds = [load_profile(key, 1, translation.get_language()) for key in KINDS]
    return {
        "kinds": kinds,
        "two_needed": [kind.title for kind in kinds if kind.certifiers > 1],
        "form_token": make_token(PURPOSE, None, now()),
        **{name: asked.line(request, name)[:LONGEST] for name in (*LINES, *SECOND)},
    }


def _what_is_wrong(request: HttpRequest, page: dict[str, Any]) -> asked.Errors:
    try:
        read_token(request.POST.get(TOKEN_FIELD, ""), PURPOSE, None, now())
    except TokenRefused:
        return {"": gettext("This page was open for a long time. Look at it once more.")}
    errors = {name: gettext("Fill this in.") for name in ("name", "person") if not page[name]}
    if page["profile"] not in KINDS:
        errors["profile"] = gettext("Choose what kind of organisation it is.")
    if page["country"] not in COUNTRIES:
        errors["country"] = gettext("Choose a country.")
    try:
        validate_slug(page["slug"])
    except ValidationError:
        errors["slug"] = gettext("Use letters without accents, digits and dashes.")
    return errors | _wrong_people(request, page)


def _wrong_people(request: HttpRequest, page: dict[str, Any]) -> asked.Errors:
    errors = _wrong_person(request, page, "mail", "new", "repeated")
    if not page["second_mail"] and not _needs_two(page):
        return errors
    errors |= _wrong_person(request, page, "second_mail", "second_new", "second_repeated")
    if not page["second_person"]:
        errors["second_person"] = gettext("Here two people found it together. Fill this in.")
    if page["second_mail"].lower() == page["mail"].lower():
        errors["second_mail"] = gettext("The second founder is somebody else.")
    return errors


def _needs_two(page: dict[str, Any]) -> bool:
    return page["profile"] in KINDS and load_profile(page["profile"], 1, "nl").certifiers > 1


def _wrong_person(
    request: HttpRequest, page: dict[str, Any], mail: str, new: str, repeated: str
) -> asked.Errors:
    errors: asked.Errors = {}
    try:
        validate_email(page[mail])
    except ValidationError:
        errors[mail] = gettext("Write an e-mail address, such as name@example.org.")
    if request.POST.get(new, "") != request.POST.get(repeated, ""):
        errors[repeated] = gettext("The two passphrases are not the same. Type the new one twice.")
    return errors


def _too_weak() -> str:
    return gettext(
        "Choose a longer or less common passphrase: at least 15 characters. Five words that have"
        " nothing to do with each other work well."
    )
