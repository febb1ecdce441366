"""A bureau works for an employer from one day to another, and people are sent on afterwards."""

from datetime import timedelta

import pytest
from django.test import Client

from klankbord.kit.clock import today
from klankbord.kit.tokens.invitations import invitation_token
from klankbord.organisations.models import Engagement, Invitation, Role
from klankbord.organisations.queries import bureau_of, engagement_that_ended
from klankbord.organisations.services.accepting import accept_as
from klankbord.organisations.services.engaging import (
    EngagedAlready,
    NotABureau,
    end_engagement,
    engage_bureau,
    people_of_bureau,
)
from klankbord.organisations.services.inviting import NotYourHouse
from klankbord.organisations.services.roles import DaysReversed
from tests import given
from tests.given import NOON, House
from tests.web.desks import signed_in

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


@pytest.fixture
def bureau(db: None, trusting: None) -> House:
    return given.a_house(
        "anker", "Bureau Anker", profile="bureau", country="NL",
        people={"saar": ["counsellor"], "gijs": ["administrator"]}, founder="saar",
    )  # fmt: skip


@pytest.fixture
def employer(bureau: House) -> House:
    return given.a_house(
        "zonnedael", "Zonnedael", profile="employer", country="NL",
        people={"anna": ["counsellor"], "jeroen": ["administrator"]}, founder="anna",
    )  # fmt: skip


def engaged(employer: House, bureau: House) -> Engagement:
    people = people_of_bureau(bureau.organisation, on=TODAY)
    return engage_bureau(
        employer["jeroen"].member(), employer.organisation, bureau=bureau.organisation,
        people=people, from_day=TODAY, at=NOON,
    )  # fmt: skip


def test_the_employer_engages_and_the_bureaus_people_are_invited(
    employer: House, bureau: House
) -> None:
    """R-002-01, R-002-02: nobody makes keys for somebody else."""
    engaged(employer, bureau)
    assert bureau_of(employer.organisation, TODAY) == bureau.organisation
    row = Invitation.objects.get()
    assert (row.mail, row.roles, row.outside) == (
        bureau["saar"].mail, ["counsellor"], "Bureau Anker",
    )  # fmt: skip
    saar = bureau["saar"]
    accept_as(saar.member(), invitation_token(row.id), passphrase=saar.passphrase, at=NOON)
    assert {line.slug for line in saar.member().memberships} == {"anker", "zonnedael"}


def test_only_the_employers_administrator_engages(employer: House, bureau: House) -> None:
    for outsider in (bureau["gijs"], bureau["saar"], employer["anna"]):
        with pytest.raises(NotYourHouse):
            engage_bureau(
                outsider.member(), employer.organisation, bureau=bureau.organisation, people=[],
                from_day=TODAY, at=NOON,
            )  # fmt: skip


def test_only_a_bureau_is_engaged_and_once(employer: House, bureau: House) -> None:
    jeroen = employer["jeroen"].member()
    with pytest.raises(NotABureau):
        engage_bureau(
            jeroen, employer.organisation, bureau=employer.organisation, people=[],
            from_day=TODAY, at=NOON,
        )  # fmt: skip
    engaged(employer, bureau)
    with pytest.raises(EngagedAlready):
        engaged(employer, bureau)


@pytest.mark.parametrize("side", ["employer", "bureau"])
def test_either_side_says_the_last_day_and_the_roles_end_with_it(
    employer: House, bureau: House, side: str
) -> None:
    row = engaged(employer, bureau)
    saar = bureau["saar"]
    token = invitation_token(Invitation.objects.get().id)
    accept_as(saar.member(), token, passphrase=saar.passphrase, at=NOON)
    sayer = employer["jeroen"] if side == "employer" else bureau["gijs"]
    end_engagement(sayer.member(), row, until=TODAY, on=TODAY)
    assert bureau_of(employer.organisation, TODAY + timedelta(days=1)) is None
    there = Role.objects.get(membership__account__mail=saar.mail,
                             membership__organisation=employer.organisation)  # fmt: skip
    assert there.until_day is not None
    at_home = Role.objects.get(membership=saar.membership)
    assert at_home.until_day is None, "at the bureau she goes on"


def test_a_stranger_ends_nothing_and_a_day_that_is_over_is_none(
    employer: House, bureau: House
) -> None:
    row = engaged(employer, bureau)
    with pytest.raises(NotYourHouse):
        end_engagement(employer["anna"].member(), row, until=TODAY, on=TODAY)
    with pytest.raises(DaysReversed):
        end_engagement(employer["jeroen"].member(), row, until=TODAY - timedelta(days=1), on=TODAY)


def test_the_page_says_since_when_the_bureau_is_gone_and_where_to_go_now(
    client: Client, employer: House, bureau: House
) -> None:
    """R-002-02: an engagement that ended sends people on."""
    row = engaged(employer, bureau)
    page = client.get("/en/zonnedael/").content.decode()
    assert "worked for Zonnedael until" not in page
    yesterday = today() - timedelta(days=1)
    end_engagement(employer["jeroen"].member(), row, until=yesterday, on=yesterday)
    assert engagement_that_ended(employer.organisation, today())
    page = client.get("/en/zonnedael/").content.decode()
    assert "Bureau Anker worked for Zonnedael until" in page
    assert "All help lines" in page
    other = given.a_house(
        "bries", "Bureau Bries", profile="bureau", country="NL",
        people={"tess": ["counsellor"]}, founder="tess",
    )  # fmt: skip
    engage_bureau(
        employer["jeroen"].member(), employer.organisation, bureau=other.organisation,
        people=[], from_day=today(), at=NOON,
    )  # fmt: skip
    assert "Since then Bureau Bries does" in client.get("/en/zonnedael/").content.decode()


def test_it_is_done_on_screen(client: Client, employer: House, bureau: House) -> None:
    """R-002-02"""
    jeroen = signed_in(client, employer["jeroen"])
    address = "/en/beheer/zonnedael/bureau/"
    assert jeroen.post(address, {"bureau": "x"}).status_code == 422
    saar = given.membership(bureau["saar"]).id.hex
    typed = {"bureau": bureau.organisation.id.hex, "person": [saar], "from": ""}
    assert jeroen.post(address, typed).status_code == 302
    assert "invitation by mail" in jeroen.get(address).content.decode()
    assert jeroen.post(address, typed).status_code == 422
    row = Engagement.objects.get()
    assert jeroen.post(f"{address}{row.id}/", {"until": "1/1/2000"}).status_code == 422
    assert jeroen.post(f"{address}{row.id}/", {"until": ""}).status_code == 302
    row.refresh_from_db()
    assert row.until_day is not None
