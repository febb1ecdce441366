"""What a reader sees of an organisation's own version, and of where the house cannot go."""

import pytest
from django.test import Client

from klankbord.handling import own
from klankbord.handling.mending import start_procedure
from klankbord.handling.models import OwnProcedure
from klankbord.kit.clock import now, today
from tests import given
from tests.given import House, Told
from tests.web.desks import case_address, signed_in

pytestmark = pytest.mark.django_db

THEIRS = "Zet je naam eronder"


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


def goes_by(house: House, key: str, reader: str) -> Told:
    told = given.a_report(house, reader=reader, at=now())
    member = house[reader].member(now())
    start_procedure(member, told.reference, key=key, reason="hoort hier", at=now())
    return told


def adapted(house: House) -> None:
    given.an_own_procedure(house, "complaint", "nele", titles={"sign": THEIRS}, on=today())


def test_a_newer_version_is_offered_with_what_it_changes(client: Client, brug: House) -> None:
    """A deliberate change: the reader sees first what differs, and finished steps count."""
    told = goes_by(brug, "complaint", "koen")
    koen = signed_in(client, brug["koen"])
    where = case_address(told.reference, "procedure")
    assert "in its newer version" not in koen.get(where).content.decode()
    adapted(brug)
    shown = koen.get(where).content.decode()

    assert "the same, in its newer version" in shown
    assert "Steps that were done in this case count" in shown
    assert THEIRS in shown
    koen.post(where, {"procedure": "complaint", "reason": "nieuwe tekst"})
    assert "in its newer version" not in koen.get(where).content.decode()


def test_a_case_whose_text_is_gone_is_a_calm_page(client: Client, brug: House) -> None:
    adapted(brug)
    told = goes_by(brug, "complaint", "koen")
    OwnProcedure.objects.update(main="")
    own._remembered.cache_clear()  # as after a restart
    koen = signed_in(client, brug["koen"])
    answer = koen.get(case_address(told.reference))

    assert answer.status_code == 200
    assert "What is to be done cannot be worked out" in answer.content.decode()
    assert koen.get(case_address(told.reference, "procedure")).status_code == 200
    assert koen.get(case_address(told.reference, "step", "1")).status_code == 404


def test_where_nobody_here_could_go_on_is_not_offered_and_said(
    client: Client, house: House
) -> None:
    """P6."""
    told = goes_by(house, "advice", "noor")
    noor = signed_in(client, house["noor"])
    shown = noor.get(case_address(told.reference, "step", "1")).content.decode()

    assert 'id="o-youth"' in shown
    assert 'id="o-users"' not in shown
    assert "Not offered here" in shown
