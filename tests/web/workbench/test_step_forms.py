"""A step with a form, on its own page: several rows, what must be mended, and what is sealed."""

from typing import Any

import pytest
from django.test import Client

from klankbord.kit.clock import today
from klankbord.web.workbench import forms
from tests.given import House, Told
from tests.web.desks import SIGN_IN, case_address, signed_in, token_on
from tests.web.workbench.test_step import brug as brug
from tests.web.workbench.test_step import complaint as complaint
from tests.web.workbench.test_step import number_of, send, work

pytestmark = pytest.mark.django_db
PART_1 = {"name": "Fatou", "story": "De deur bleef dicht.", "channel": "oral", "kind": "individual"}


def to_part_1(client: Client, house: House, told: Told) -> None:
    signed_in(client, house["koen"])
    first = {"s-outcome": "service", "finding-channel": "oral"}
    assert send(client, house, told, "receive", **first).status_code == 302
    assert (
        send(client, house, told, "direct_attempt", **{"s-outcome": "official"}).status_code == 302
    )


def answers(house: House, told: Told) -> dict[str, Any]:
    return {key: dict(value) for key, value in work(house, told, "dora").answers.items()}


def test_part_1_begins_with_what_is_known_and_is_sealed_in_two_parts(
    client: Client, brug: House, complaint: Told
) -> None:
    to_part_1(client, brug, complaint)
    address = case_address(complaint.reference, "step", str(number_of(brug, complaint, "part1")))
    page = client.get(address).content.decode()
    assert 'value="oral" checked' in page  # asked when it was received, and not asked again
    assert send(client, brug, complaint, "part1", **PART_1).status_code == 302
    told = answers(brug, complaint)["complaint_part1"]
    assert told["story"] == "De deur bleef dicht."
    assert told["name"] == "Fatou"


def test_what_was_typed_in_a_form_outlives_the_session(
    client: Client, brug: House, complaint: Told
) -> None:
    to_part_1(client, brug, complaint)
    address = case_address(complaint.reference, "step", str(number_of(brug, complaint, "part1")))
    client.post("/en/uitloggen/")
    late = client.post(address, {**PART_1, "form": "x"})
    koen = brug["koen"]
    kept = {f"kept-{name}": value for name, value in PART_1.items()}
    typed = {"mail": koen.mail, "passphrase": koen.passphrase, "form": token_on(late)}
    back = client.post(SIGN_IN, {**typed, "kept-path": address, **kept}, follow=True)
    assert "De deur bleef dicht." in back.content.decode()
    assert 'value="individual" checked' in back.content.decode()
    assert forms.KEPT not in client.session


def to_the_talks(client: Client, house: House, told: Told) -> Client:
    to_part_1(client, house, told)
    send(client, house, told, "part1", **PART_1)
    signed = {"s-outcome": "signed", "finding-signing": "paper", "day-signed": today().isoformat()}
    send(client, house, told, "sign", **signed)
    send(client, house, told, "hand_over")
    dora = signed_in(Client(), house["dora"])
    judged = {"own_service": "yes", "precise": "no", "precise-note": "Wat vaag", "reason": "Goed."}
    answer = send(dora, house, told, "admissibility", **{"s-outcome": "admissible", **judged})
    assert answer.status_code == 302, answer.content.decode()
    return dora


def test_the_conditions_are_judged_one_by_one_and_the_form_knows_the_decision(
    client: Client, brug: House, complaint: Told
) -> None:  # R-004-131, R-004-293
    to_the_talks(client, brug, complaint)
    assert answers(brug, complaint)["complaint_conditions"] == {
        "own_service": {"done": True, "note": ""},
        "precise": {"done": False, "note": "Wat vaag"},
        "admissible": "admissible",
        "reason": "Goed.",
    }


def test_a_form_that_lacks_something_comes_back_whole(
    client: Client, brug: House, complaint: Told
) -> None:  # R-004-174
    dora = to_the_talks(client, brug, complaint)
    typed = {"present.2.name": "Een buur", "impact": "Het was laat."}
    page = send(dora, brug, complaint, "consult", **typed)
    html = page.content.decode()
    assert page.status_code == 422
    assert 'href="#f-held_on"' in html
    assert 'value="Een buur"' in html
    assert "Het was laat." in html
    more = send(dora, brug, complaint, "consult", **typed, more="present").content.decode()
    assert 'name="present.2.capacity"' in more
    assert "govuk-error-summary" not in more
    day = {"held_on-day": "1", "held_on-month": "2", "held_on-year": "2025"}
    assert send(dora, brug, complaint, "consult", **typed, **day).status_code == 302
    assert answers(brug, complaint)["conversation_report"] == {
        "held_on": {"day": 1, "month": 2, "year": 2025},
        "present": [{"name": "Een buur"}],
        "impact": "Het was laat.",
    }
