"""How the organisation works: ours, a copy that is written, and a version of one's own."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from klankbord.handling.own import FIRST_OWN, draft_of, own_in_force
from klankbord.handling.procedures import procedure_for_new
from klankbord.kit.clock import today
from klankbord.rules.procedures.reading import procedure_in_force
from tests import given
from tests.given import House
from tests.web.administration.writing import page
from tests.web.desks import signed_in

pytestmark = pytest.mark.django_db

LIST = "/en/beheer/de-brug/werkwijzen/"
ONE, OWN = f"{LIST}complaint/", f"{LIST}complaint/own/"


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


@pytest.fixture
def nele(client: Client, brug: House) -> Client:
    """The administrator, with a draft of the complaint."""
    signed_in(client, brug["nele"])
    assert client.post(f"{ONE}copy/").status_code == 302
    return client


def number(step: str) -> int:
    return list(procedure_in_force("complaint", today(), "nl").by_key).index(step) + 1


def sent(client: Client, address: str, **changed: str) -> dict[str, str]:
    """The form of a page as a browser sends it, with some fields changed."""
    html = page(client, address)
    found = dict(
        re.findall(r'<input class="govuk-input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', html)
    )
    found |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', html))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    if re.search(r'name="optional"[^>]* checked', html):
        found["optional"] = "yes"
    plain = {name: unescape(text) for name, text in found.items()}
    return {**plain, **changed}


def save(client: Client, address: str, **changed: str) -> Any:
    answer = client.post(address, sent(client, address, **changed))
    assert answer.status_code == 302, address
    return page(client, OWN)


def test_the_list_says_whose_text_each_is(client: Client, brug: House) -> None:
    signed_in(client, brug["nele"])
    assert "our text" in page(client, LIST)
    given.an_own_procedure(brug, "complaint", "nele", titles={"sign": "Teken"}, on=today())
    assert "yours since" in page(client, LIST)
    assert "Switch it off" in page(client, ONE)


def test_a_form_that_is_saved_unchanged_changes_nothing(nele: Client, brug: House) -> None:
    for step in ("receive", "hand_over", "admissibility"):
        shown = save(nele, f"{OWN}{number(step)}/")
        assert "Nothing yet." in shown, step
        assert "What must be mended first" not in shown


def test_a_step_is_adapted_and_switched_on_for_new_cases(nele: Client, brug: House) -> None:
    shown = save(
        nele, f"{OWN}{number('hand_over')}/",
        **{"title-nl": "Geef door", "title-en": "Pass it on", "term-0": "3"},
    )  # fmt: skip
    assert "3 working days after" in shown
    assert "Pass it on" in shown
    assert own_in_force(brug.organisation, on=today()) == {}
    nele.post(OWN, {})

    now = procedure_for_new(brug.organisation, "complaint", on=today(), language="en")
    assert now.version == FIRST_OWN
    assert now.step("hand_over").title == "Pass it on"
    assert "is switched on" in page(nele, ONE)
    assert "An own version was switched on" in page(nele, "/en/beheer/de-brug/logboek/")


def test_what_is_unsound_is_kept_named_at_its_field_and_not_switched_on(
    nele: Client, brug: House
) -> None:
    where = f"{OWN}{number('sign')}/"
    shown = save(nele, where, **{"title-fr": ""})

    assert "step.sign.title" in shown
    assert "Write this in French as well." in shown
    assert "Switch it on" not in shown
    field = page(nele, where)
    assert re.search(r'id="title-fr-error".*?Write this in French', field, re.S)
    assert nele.post(OWN, {}).status_code == 422
    assert own_in_force(brug.organisation, on=today()) == {}


def test_a_term_that_is_no_number_comes_back_with_what_was_typed(nele: Client) -> None:
    where = f"{OWN}{number('hand_over')}/"
    answer = nele.post(where, sent(nele, where, **{"term-0": "soon", "title-nl": "Geef door"}))

    assert answer.status_code == 422
    assert "Write a number from 1" in answer.content.decode()
    assert 'value="Geef door"' in answer.content.decode()


def test_an_optional_step_is_switched_off_and_put_back(nele: Client) -> None:
    nele.post(f"{OWN}{number('consult')}/", {"do": "off"})
    shown = page(nele, OWN)
    assert "this step is taken out" in shown
    nele.post(f"{OWN}who/", {"back": "consult"})
    assert "Nothing yet." in page(nele, OWN)


def test_who_can_be_what_in_which_order(nele: Client) -> None:
    shown = save(
        nele, f"{OWN}who/", **{"receiver-1": "director", "receiver-2": "", "receiver-3": ""}
    )
    assert "who can be this, in which order" in shown
    shown = save(nele, f"{OWN}who/", **{f"receiver-{at}": "" for at in range(1, 9)})
    assert "who.receiver.succession" in shown
    assert "Choose at least one role." in shown


def test_the_whole_text_is_kept_whatever_it_says(nele: Client, brug: House) -> None:
    files = {f"text-{code}": "" for code in ("fr", "en", "de")}
    nele.post(f"{OWN}text/", {"text-nl": "no = = toml", **files})
    shown = page(nele, OWN)

    assert "TOML" in shown
    assert "no = = toml" in page(nele, f"{OWN}text/")
    assert nele.get(f"{OWN}1/").status_code == 404
    nele.post(f"{OWN}drop/")
    assert draft_of(brug.organisation, "complaint") is None


def test_switching_off_asks_first(nele: Client, brug: House) -> None:
    nele.post(OWN, {})
    assert "Switch your version off?" in page(nele, f"{ONE}off/")
    assert own_in_force(brug.organisation, on=today()) != {}
    nele.post(f"{ONE}off/")
    assert own_in_force(brug.organisation, on=today()) == {}
    shown = page(nele, ONE)
    assert "off since" in shown
    nele.post(f"{ONE}copy/", {"like": str(FIRST_OWN)})
    assert draft_of(brug.organisation, "complaint") is not None


def test_the_neighbour_finds_nothing(nele: Client, brug: House, neighbour: House) -> None:
    bas = signed_in(Client(), neighbour["bas"])
    for address in (LIST, ONE, OWN, f"{OWN}1/", f"{OWN}who/", f"{OWN}text/", f"{ONE}off/"):
        assert bas.get(address).status_code == 404, address
    for address in (f"{ONE}copy/", f"{OWN}drop/", OWN, f"{OWN}text/"):
        assert bas.post(address).status_code == 404, address
    assert bas.get("/en/beheer/molenbeemd/werkwijzen/transgressive/").status_code == 404
