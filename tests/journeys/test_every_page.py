"""Every page, in every language, on a phone and on a desktop: axe finds nothing.

Which pages there are is not written down here: the table of addresses is asked, and an address
that nobody looked at fails.
"""

from collections.abc import Callable, Iterator, Sequence

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from playwright.sync_api import Page, Route, expect

from klankbord.kit.pages import errors
from tests.journeys import peopling
from tests.journeys.conftest import A_PHONE, People
from tests.journeys.founding import BUREAU, CAMP, EMPLOYER, SECTOR, WELFARE
from tests.journeys.looking import Tour
from tests.journeys.steps import (
    MAIN_BUTTON,
    PAGES_OF_THE_FORM,
    STORY,
    begin,
    code_on,
    fill,
    onward,
    open_new,
    pick,
    references,
    send,
    sign_in,
    write_down,
)
from tests.journeys.steps_pages import go_by_its_steps_and_look
from tests.kit.files.pictures import photo
from tests.system.server import HOUSE, NEIGHBOUR, passphrase_of

pytestmark = pytest.mark.browser

LANGUAGES = ["nl", "fr", "en", "de"]
every_language = pytest.mark.parametrize("language", LANGUAGES)

NO_PAGE = {
    "healthz": "words for a machine",
    "begin": "only before anything is founded: tests/journeys/test_founding.py",
    "public:exit": "leads to another website",
    "public:stop": "leads to the first page",
    "administration:activity_end": "leads to the activity",
    "public:go_on": "leads to the case",
    "public:own_code_written": "leads to the case",
    "workbench:enter": "leads to the form of the only organisation",
    "workbench:enter_done": "leads to the inbox",
    "public:file": "a file",
    "public:style": "a style sheet",
    "preview:style": "a style sheet",
    "administration:undo": "leads to what was undone",
    "administration:copy": "leads to the draft",
    "administration:draft_drop": "leads to the procedure",
    "workbench:sign_out": "leads to signing in",
    "workbench:take_back": "leads to what looks alike",
    "workbench:step_ask": "leads to the case",
    "workbench:extend": "leads to the case: no procedure of ours lets a term be longer",
    "workbench:file": "a file",
    "workbench:view": "a picture",
}
AFTER_TALK = 3  # the place of "how does it go on?" in the procedure of calling back
HELP = 24  # the place of "call in extra help" in the procedure of the youth movement
BEHEER = ("medewerkers", "vergaderingen", "bewaring", "logboek")
ANSWERS = {
    "danger": "yes", "concerned": "somebody", "age_band": "young", "kind": ["bullying"],
    "happened": STORY, "known": "known", "name": "Sam", "contact": "0470 00 00 00",
    "reader": "noor", "not_readers": ["wout"], "not_named": "die met de gitaar",
}  # fmt: skip


def a_tour(people: People, language: str, also: Sequence[str] = ()) -> Tour:
    return Tour(people.somebody(A_PHONE), language, also)


def names(patterns: list[URLPattern | URLResolver], place: str = "") -> Iterator[str]:
    for it in patterns:
        if isinstance(it, URLResolver):
            yield from names(it.url_patterns, f"{place}{it.namespace}:" if it.namespace else place)
        else:
            yield f"{place}{it.name}"


def pages_of(*desks: str) -> set[str]:
    """Every address of these desks where somebody gets a page to look at."""
    found = {name for name in names(get_resolver().url_patterns) if name not in NO_PAGE}
    return {name for name in found if name.partition(":")[0] in desks}


def test_every_address_is_a_page_of_a_desk_or_said_to_be_none() -> None:
    known = pages_of("public", "workbench", "oversight", "administration", "preview")
    known |= set(NO_PAGE)
    assert set(names(get_resolver().url_patterns)) == known


@every_language
def test_public_pages_have_no_faults(people: People, language: str) -> None:
    """Promise 8, R-000-43: every page and every state of it that somebody who tells can meet."""
    tour = a_tour(people, language)
    look_around(tour)
    code = tell_and_look(tour)
    come_back_and_look(tour, code)
    noor = people.somebody()
    code, reference = start_code(noor)
    case = take_over_and_look(tour, code)
    choose_and_look(tour, case, noor, reference)
    assert not tour.faults, "\n".join(tour.faults)
    assert pages_of("public") - tour.seen == set()


def look_around(tour: Tour) -> None:
    for path in ("/", f"/{HOUSE}/", f"/{HOUSE}/h/", f"/{HOUSE}/i/", f"/{HOUSE}/k/", f"/{HOUSE}/b/",
                 f"/{HOUSE}/c/3/",
                 *(f"/{HOUSE}/c/{letter}/" for letter in "abcdef"),
                 f"/{BUREAU}/", f"/{EMPLOYER}/", f"/{EMPLOYER}/c/c/", f"/{WELFARE}/",
                 f"/{SECTOR}/"):  # fmt: skip
        tour.visit(path)
    for part in ("", "b/", "sheet/", "poster/"):
        tour.visit(f"/{HOUSE}/a/{CAMP}/{part}")
    tour.visit(f"/{HOUSE}/a/bestaatniet/", status=404)
    tour.visit(f"/{HOUSE}/bestaat-niet/", status=404)
    tour.visit(f"/{HOUSE}/c/written/", status=405)


def tell_and_look(tour: Tour) -> str:
    page, readers = tour.page, ""
    begin(page, prefix=tour.prefix)
    for _ in range(PAGES_OF_THE_FORM):
        if page.url.endswith("/check/"):
            break
        if page.url.endswith("/n/"):
            tour.look()
            page.locator("main a.govuk-button[href*='/c/']").last.click()
            continue
        look_at_what_goes_wrong(tour)
        if page.locator("main [name=reader]").count():
            readers = page.url
        fill(page, ANSWERS)
        tour.look()
        onward(page)
    tour.look()
    token = page.locator("main [name=form]").last.input_value()
    other = page.context.new_page()
    other.goto(page.url)
    onward(page)
    code = code_on(page)
    tour.look()
    onward(page)
    tour.look()  # written down
    look_at_sending_again(tour, other, token)
    tour.visit(f"/{HOUSE}/m/")
    page.fill("[name=code]", code[:-1] + str((int(code[-1]) + 1) % 10))
    onward(page)
    tour.look()  # a digit is wrong
    begin(page, prefix=tour.prefix)
    onward(page)
    page.goto(readers)
    pick(page, "not_readers", ["noor", "tarik"])
    onward(page)
    expect(page.locator(MAIN_BUTTON)).to_have_count(0)
    tour.look()  # nobody left
    return code


def look_at_sending_again(tour: Tour, other: Page, token: str) -> None:
    """The same form, once more, when its receipt is not shown any more."""
    other.evaluate(
        "token => document.querySelectorAll('[name=form]').forEach(it => it.value = token)", token
    )
    onward(other)
    first, tour.page = tour.page, other
    tour.look()
    tour.page = first
    other.close()


def look_at_what_goes_wrong(tour: Tour) -> None:
    """A date that is none, and a file that is there."""
    page = tour.page
    year = page.locator("main input[name$='year']")
    if year.count():
        year.fill("3026")
        onward(page)
        tour.look()
        if not year.count():
            page.go_back()
        year.fill("")
    if page.locator("button[name=add]").count():
        page.locator("button[name=add]").click()
        tour.look()  # nothing chosen
        picture = {"name": "kamp.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        page.set_input_files("[name=file]", picture)  # type: ignore[arg-type]
        page.locator("button[name=add]").click()


def come_back_and_look(tour: Tour, code: str) -> None:
    page = tour.page
    page.goto(f"{tour.prefix}/{HOUSE}/m/")
    page.fill("[name=code]", code)
    onward(page)
    tour.look()  # something is unfinished
    page.locator("button[name=go_on]").click()
    tour.look()
    case = page.url.removeprefix(people_prefix(tour))
    send(page, "text")
    tour.look()  # nothing to send
    page.fill("[name=text]", STORY)
    send(page, "text")
    tour.visit(f"{case}who/")
    tour.visit(f"{case}stop/")
    onward(page)
    tour.look()  # asked to stop
    page.fill("[name=text]", STORY)
    page.context.clear_cookies()
    send(page, "text")
    tour.look()  # away for too long
    page.fill("[name=code]", code)
    onward(page)
    tour.look()  # and back again
    page.locator("main form[action$='/m/leave/'] button").first.click()
    tour.look()


def start_code(noor: Page) -> tuple[str, str]:
    """Noor writes down what somebody told, and has a card for them."""
    sign_in(noor, "noor")
    before = references(noor)
    write_down(noor, {"how": "phone", "told_by": "parent", "with_code": "yes"})
    onward(noor)
    code = code_on(noor)
    onward(noor)
    (reference,) = set(references(noor)) - set(before)
    note_a_yes(noor, f"/werk/{reference}/step/{HELP}/said/")
    return code, reference


def note_a_yes(page: Page, address: str) -> None:
    """Consent that somebody is said to have given, so that they can say that they did not."""
    page.goto(address)
    page.check("[name=answer][value=yes]")
    page.fill("[name=how]", "Aan de telefoon.")
    onward(page)


def take_over_and_look(tour: Tour, code: str) -> str:
    page = tour.page
    page.goto(f"{tour.prefix}/{HOUSE}/m/")
    page.fill("[name=code]", code)
    onward(page)
    tour.look()  # what a start code is
    onward(page)
    tour.look()  # one's own code
    onward(page)
    tour.look()
    case = page.url.removeprefix(people_prefix(tour))
    tour.visit(f"{case}w/{HELP}/")
    page.fill("[name=text]", "Dat zei ik niet.")
    onward(page)
    tour.look()
    return case


def choose_and_look(tour: Tour, case: str, noor: Page, reference: str) -> None:
    """Noor called; how it goes on is for the person to choose."""
    noor.goto(f"/werk/{reference}/procedure/")
    noor.check("[name=procedure][value=call_back]")
    noor.fill("[name=reason]", "Wil gebeld worden.")
    onward(noor)
    noor.goto(f"/werk/{reference}/step/1/")
    noor.check("[name=s-outcome][value=talked_now]")
    onward(noor)
    tour.visit(case)
    tour.visit(f"{case}s/{AFTER_TALK}/")
    onward(tour.page)
    tour.look()  # nothing chosen
    tour.page.check("[name=s-outcome][value=enough]")
    onward(tour.page)
    tour.look()  # it is closed


def people_prefix(tour: Tour) -> str:
    origin = tour.page.url.partition("//")
    return f"{origin[0]}//{origin[2].partition('/')[0]}{tour.prefix}"


@pytest.mark.parametrize(("language", "also"), [("nl", ("fr", "en")), ("de", ())], ids=["nl", "de"])
def test_desks_have_no_faults(people: People, language: str, also: Sequence[str]) -> None:
    """Promise 8, for those who follow up, watch over and administer.

    The whole tour in Dutch, and in the language with the longest words; in the others all that has
    an address of its own.
    """
    noor = a_tour(people, language, also)
    sign_in_and_look(noor)
    write_down_and_look(noor)
    before = references(noor.page)
    people.told({**ANSWERS, "danger": "no"})
    follow_up_and_look(noor, open_new(noor.page, before))
    for path in ("", *(f"{HOUSE}/{it}/" for it in ("hours", "away", "duty", "meanwhile"))):
        noor.visit(f"/werk/agenda/{path}")
    look_for_and_confer(noor)
    for path in ("", "passphrase/", "recovery/", "code/"):
        noor.visit(f"/account/{path}")
    els = a_tour(people, language, also)
    sign_in(els.page, "els")
    for path in ("", "termijnen/"):
        els.visit(f"/overzicht/{path}")
    amal = a_tour(people, language, also)
    sign_in(amal.page, "amal", WELFARE)
    amal.visit("/overzicht/elk-jaar/")
    amal.page.locator(".kb-rows .kb-go").first.click()
    amal.look()
    amal.page.fill("[name=day]", "")
    onward(amal.page)
    amal.look()  # no day
    bert = a_tour(people, language, also)
    sign_in(bert.page, "bert")
    make_an_activity_and_look(bert)
    for path in ("", *(f"{HOUSE}/{it}/" for it in BEHEER)):
        bert.visit(f"/beheer/{path}")
    for path in ("rooster", "afwezig"):
        bert.visit(f"/beheer/{HOUSE}/{path}/")
        onward(bert.page)
        bert.look()  # nothing filled in
    write_pages_and_look(bert)
    adapt_a_procedure_and_look(bert)
    cleo = a_tour(people, language, also)
    switch_a_code_on_and_look(cleo)
    newcomers = let_somebody_in_and_look(people, language, also)
    tours = (noor, els, amal, bert, cleo, *newcomers)
    faults = [fault for tour in tours for fault in tour.faults]
    assert not faults, "\n".join(faults)
    seen = set[str]().union(*(tour.seen for tour in tours))
    assert pages_of("workbench", "oversight", "administration", "preview") - seen == set()


def adapt_a_procedure_and_look(tour: Tour) -> None:
    """The list, a copy, what is refused in it, switched on and off again."""
    page, where = tour.page, f"/beheer/{HOUSE}/werkwijzen/"
    tour.visit(where)
    tour.visit(f"{where}advice/")
    onward(page)
    tour.look()  # a copy of ours
    tour.visit(f"{where}advice/own/who/")
    tour.visit(f"{where}advice/own/text/")
    tour.visit(f"{where}advice/own/1/")
    page.fill("[name=title-nl]", "")
    onward(page)
    tour.look()  # what must be mended
    tour.visit(f"{where}advice/own/1/")
    page.fill("[name=title-nl]", "Wat is er?")
    onward(page)
    tour.look()  # what differs
    onward(page)
    tour.look()  # switched on
    tour.visit(f"{where}advice/off/")
    onward(page)
    tour.look()  # switched off


def look_for_and_confer(tour: Tour) -> None:
    tour.visit("/werk/zoeken/")
    for asked in ("a", "meisje", "nergens"):
        tour.page.fill("[name=asked]", asked)
        send(tour.page, "asked")
        tour.look()
    tour.visit("/werk/overleg/")
    onward(tour.page)
    tour.look()  # nobody chosen
    tour.page.select_option("[name=who]", index=1)
    tour.page.fill("[name=text]", "Mag Wout hiervan weten?")
    onward(tour.page)
    tour.look()  # a name in it
    tour.page.locator("button[name=sure]").click()
    tour.look()


def make_an_activity_and_look(tour: Tour) -> None:
    page = tour.page
    tour.visit("/beheer/activiteiten/")
    tour.visit(f"/beheer/{HOUSE}/activiteiten/")
    onward(page)
    tour.look()  # nothing filled in
    for name, value in (
        ("name", "Kamp"), ("from_day", "2026-12-20"), ("until_day", "2026-12-27")
    ):  # fmt: skip
        page.fill(f"main [name={name}]", value)
    onward(page)
    tour.look()
    page.locator("main form[action$='/stop/'] button").click()
    tour.look()  # ended


def sign_in_and_look(tour: Tour) -> None:
    tour.visit("/inloggen/herstel/")
    onward(tour.page)
    tour.look()  # nothing filled in
    tour.visit("/inloggen/")
    onward(tour.page)
    tour.look()  # these do not belong together
    sign_in(tour.page, "noor")


def write_down_and_look(tour: Tour) -> None:
    page, before = tour.page, references(tour.page)
    tour.visit("/werk/new/")
    onward(page)
    tour.look()  # not said how it came in
    write_down(page, {"how": "letter", "told_by": "parent"}, prefix=tour.prefix)
    tour.look()
    onward(page)
    tour.look()  # sealed
    onward(page)
    reference = next(iter(set(references(page)) - set(before)))
    page.goto(f"{tour.prefix}/werk/{reference}/")
    tour.look()  # nobody from outside reads it
    tour.visit(f"/werk/{reference}/code/")
    page.locator("main [name=whose]").first.check()
    onward(page)
    tour.look()  # without the passphrase
    page.fill("[name=passphrase]", passphrase_of("noor"))
    onward(page)
    tour.look()  # the card
    onward(page)
    tour.visit(f"/werk/{reference}/code/")  # withdraw it?


def see_its_course_and_look(tour: Tour, case: str) -> None:
    page = tour.page
    for path in (f"{case}course/", "/werk/procedures/", f"/werk/procedures/{HOUSE}/youth_contact/"):
        tour.visit(path)
    tour.visit(f"{case}severity/")
    page.locator("main [name=do][value=look]").click()
    tour.look()  # what the marks say
    page.locator("main [name=do][value=decide]").click()
    tour.look()  # what it still lacks


def follow_up_and_look(tour: Tour, reference: str) -> None:
    page, case = tour.page, f"/werk/{reference}/"
    for path in ("", "lijst/"):
        tour.visit(f"/werk/{path}")
    tour.visit("/werk/BES-TAAT/", status=404)
    tour.visit("/werk/papier/")
    tour.visit(f"/werk/papier/{HOUSE}/youth_registration/")
    see_its_course_and_look(tour, case)
    tour.visit(f"{case}paper/1/")
    go_by_its_steps_and_look(tour, reference)
    tour.visit(case)
    for field in ("answer", "note"):
        send(page, field)
        tour.look()  # nothing written
        page.goto(tour.prefix + case)
    page.fill("[name=note]", STORY)
    send(page, "note")
    tour.visit(f"{case}links/")
    send(page, "other")
    tour.look()  # no such case
    tour.visit(f"{case}exclusion/")
    onward(page)
    tour.look()  # nobody chosen
    pick(page, "member", "nobody")
    page.fill("[name=note]", "Geen idee.")
    onward(page)
    tour.visit(f"{case}access/")
    pick(page, "member", "tarik")
    page.fill("[name=why]", "Hij kent de groep.")
    onward(page)
    tour.look()  # without the passphrase
    page.fill("[name=passphrase]", passphrase_of("noor"))
    onward(page)
    tour.look()
    tour.visit(f"{case}access/end/")
    pick(page, "member", "tarik")
    page.fill("[name=why]", "Het is rond.")
    onward(page)
    tour.look()  # sure?
    tour.visit(f"{case}close/")
    pick(page, "reason", "withdrawn")
    page.fill("[name=text]", "Rond.")
    onward(page)
    tour.look()  # sure?
    page.locator("[name=sure]").click()
    tour.look()
    tour.visit(f"{case}reopen/")
    tour.visit("/werk/afgesloten/")
    tour.visit("/werk/samen/")


def write_pages_and_look(tour: Tour) -> None:
    """Every screen on which an organisation writes its own pages; and what is refused there."""
    page, pages, lang = tour.page, f"/beheer/{HOUSE}/paginas/", tour.language
    tour.visit(f"{pages}tekst/{lang}/")
    page.locator("[name=do][value=add]").click()
    page.locator("[name=do][value='out:does']").click()
    page.fill("[name=hero]", "")
    onward(page)
    tour.look()  # empty texts, and a block that goes
    tour.visit(f"{pages}tekst/{lang}/")
    page.fill("[name=hero]", STORY[:60] + lang)
    onward(page)
    tour.look()  # saved
    tour.visit(f"{pages}onderwerpen/{lang}/")
    page.locator("[name=do][value=add]").click()
    page.locator("[name=do][value='off:bullying']").click()
    onward(page)
    tour.look()  # one without a name, one switched off
    for path in ("beloften", "woorden"):
        tour.visit(f"{pages}{path}/{lang}/")
    tour.visit(f"{pages}bereikbaar/")
    page.fill("[name=exit_address]", "http://weer.example")
    onward(page)
    tour.look()  # not an address
    tour.visit(f"{pages}kleuren/")
    page.fill("[name=brand]", "#ffcc00")
    page.locator("main form button.govuk-button").first.click()
    tour.look()  # refused, with one that can be read
    tour.visit(f"{pages}dagen/")
    page.locator("[name=add]").click()
    tour.look()  # no day
    for path in ("", "nakijken/"):
        tour.visit(f"{pages}{path}")
    for shown in ("home", "info", "kinds", "keeping"):
        tour.visit(f"/beheer/{HOUSE}/voorbeeld/{shown}/")
    page.goto(f"{tour.prefix}{pages}nakijken/")
    onward(page)
    tour.look()  # published
    tour.visit(f"{pages}eerder/")
    page.locator(".kb-rows li:not(:has(.govuk-tag)) .kb-go").first.click()
    tour.look()
    onward(page)  # as it was at the start


def switch_a_code_on_and_look(tour: Tour) -> None:
    from tests.journeys.test_own_keys import code_for

    page = tour.page
    sign_in(page, "cleo", NEIGHBOUR)
    page.goto(f"{tour.prefix}/account/code/")
    page.fill("[name=code]", "000000")
    secret = page.locator(".kb-key").inner_text()
    onward(page)
    tour.look()  # not the code of this moment
    page.fill("[name=code]", code_for(secret))
    onward(page)
    tour.look()
    tour.visit("/account/code/off/")
    page.fill("[name=passphrase]", passphrase_of("cleo"))
    onward(page)
    page.goto(f"{tour.prefix}/account/recovery/")
    page.fill("[name=passphrase]", passphrase_of("cleo"))
    onward(page)
    tour.look()  # a new recovery code
    tour.visit("/account/keys/")


def let_somebody_in_and_look(
    people: People, language: str, also: Sequence[str]
) -> tuple[Tour, Tour, Tour]:
    """An administrator, a newcomer and a colleague who vouches, at the neighbour's."""
    bas, mila, nadia = (a_tour(people, language, also) for _ in range(3))
    first, here = f"mila{language}", f"/beheer/{NEIGHBOUR}/medewerkers/"
    sign_in(bas.page, "bas", NEIGHBOUR)
    bas.visit(f"{here}invite/")
    onward(bas.page)
    bas.look()  # nothing filled in
    invitation = peopling.invite(bas.page, NEIGHBOUR, first, "contact_person", prefix=bas.prefix)
    bas.look()
    bas.visit(f"{here}invitation/{invitation}/")
    link = peopling.link_of(people.site, invitation)
    peopling.come_in(mila.page, mila.prefix + link, first, mila.look)
    mila.look()
    mila.visit(link, status=404)
    sign_in(nadia.page, "nadia", NEIGHBOUR)
    nadia.visit("/account/colleagues/")
    mila.visit("/account/")
    digits = peopling.digits_of(mila.page)
    peopling.vouch(nadia.page, first.title(), digits, "nadia", nadia.look)
    look_at_a_person(bas, here, first.title())
    look_at_the_house(bas, mila, language)
    return bas, mila, nadia


def look_at_the_house(bas: Tour, mila: Tour, language: str) -> None:
    """Its parts, a bureau, and leaving it."""
    bas.visit(f"/beheer/{NEIGHBOUR}/delen/")
    onward(bas.page)
    bas.look()  # no name
    bas.page.fill("[name=name]", f"Groep {language}")
    onward(bas.page)
    bas.look()
    part = bas.page.locator("main a[href*='/delen/']").filter(has_text=f"Groep {language}")
    part.click()
    bas.look()
    bas.page.locator("[name=deed][value=end]").click()
    bas.look()  # with a part that was taken away
    part.click()
    bas.look()
    bas.visit(f"/beheer/{NEIGHBOUR}/bureau/")
    onward(bas.page)
    bas.look()  # no bureau chosen
    if not bas.page.locator("main a[href*='/bureau/']").count():
        bas.page.locator("[name=bureau]").first.check()
        onward(bas.page)
        bas.look()
    bas.page.locator(f"main a[href*='{NEIGHBOUR}/bureau/']").first.click()
    bas.look()
    mila.page.goto(f"{mila.prefix}/account/")
    mila.page.locator("main a[href*='/leave/']").first.click()
    mila.look()
    onward(mila.page)
    mila.look()  # without the passphrase


def look_at_a_person(tour: Tour, here: str, name: str) -> None:
    page = tour.page
    page.goto(tour.prefix + here)
    page.locator("main th a").filter(has_text=name).click()
    tour.look()
    person = page.url.removeprefix(people_prefix(tour))
    for path in ("card/", "role/", "keys/", "leave/"):
        tour.visit(person + path)
    page.goto(f"{tour.prefix}{person}role/")
    onward(page)
    tour.look()  # no role chosen
    page.goto(tour.prefix + person)
    page.locator("main a[href*='/role/']").first.click()
    page.fill("[name=until]", "2000-01-01")
    onward(page)
    tour.look()  # that day is over


# When something goes wrong ------------------------------------------------------------------------


@every_language
def test_pages_about_errors_have_no_faults(people: People, language: str) -> None:
    """Also those that a server in good health never shows; what was typed stands on them."""
    tour = a_tour(people, language)
    found: list[str] = []
    for name, html in error_pages(language).items():
        address = f"{people.site.origin}{tour.prefix}/{HOUSE}/x/{name}/"
        tour.page.route(address, showing(html))
        tour.visit(f"/{HOUSE}/x/{name}/")
        if STORY not in tour.page.locator("main").inner_html():
            found.append(f"{name}: what was typed is not on the page")
    assert not tour.faults + found, "\n".join(tour.faults + found)


def showing(html: str) -> Callable[[Route], None]:
    """A server that answers with this page."""

    def show(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=html)

    return show


def error_pages(language: str) -> dict[str, str]:
    """Each page about an error, as somebody meets it who was just sending a text."""
    own = {str(status): (status, template) for status, template in errors.TEMPLATES.items()}
    own |= {
        "sorry": (500, errors.SORRY),
        "elsewhere": (403, "errors/elsewhere.html"),
    }
    request = RequestFactory().post(f"/{HOUSE}/c/5/", {"happened": STORY})
    with translation.override(language):
        return {
            name: errors.page(
                request, status, template=template, number="1f2e3d4c"
            ).content.decode()
            for name, (status, template) in own.items()
        }
