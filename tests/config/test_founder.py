"""`klankbord founder`: whoever is alone and lost every key works on, and nothing old opens."""

from argparse import Namespace
from io import StringIO

import pytest

from klankbord.cases.errors import NotYours
from klankbord.cases.verifying import verify
from klankbord.config.environment import SettingRefused
from klankbord.config.founder import founder_again
from klankbord.handling import casework
from klankbord.handling.casework import open_page
from klankbord.handling.channel import enter
from klankbord.kit.journal.models import Line
from klankbord.organisations.members import Member
from klankbord.organisations.queries import readers_keys
from klankbord.organisations.services import SignInRefused, sign_in
from klankbord.organisations.services.new_keys import make_new_keys
from klankbord.organisations.services.vouching import own_digits
from tests import given
from tests.given import NOON, House

pytestmark = pytest.mark.django_db
NEW = "vier nieuwe woorden erbij"


@pytest.fixture
def alone(db: None, trusting: None) -> House:
    """One founder who listens and administers."""
    return given.a_house(people={"noor": ["contact_person", "administrator"]}, founder="noor")


def type_in(
    monkeypatch: pytest.MonkeyPatch, house: House, passphrase: str = NEW, **options: str
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(f"{passphrase}\n"))
    given_options = {"slug": house.slug, "mail": house["noor"].mail, "new_mail": "", "digits": ""}
    founder_again(Namespace(**given_options | options))


def noor(house: House) -> Member:
    return sign_in(mail=house["noor"].mail, passphrase=NEW, code="", at=NOON)


def test_the_founder_listens_again_and_everybody_reads_that_it_happened(
    alone: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, alone)
    sheet = capsys.readouterr().out
    assert own_digits(noor(alone), alone["noor"].membership) in sheet
    assert "recovery code" in sheet
    assert alone["noor"].membership in readers_keys(alone.organisation)
    assert Line.objects.get(deed="founder_renewed").organisation == alone.organisation.id
    told = given.a_report(alone, reader="noor")
    assert open_page(noor(alone), told.reference, at=NOON, language="nl")
    with pytest.raises(SignInRefused):
        alone["noor"].member()
    assert verify().faults == []


def test_no_old_case_opens_and_the_sheet_says_which_only_reporters_open(
    alone: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = given.a_report(alone, reader="noor")
    type_in(monkeypatch, alone)
    said = capsys.readouterr().out
    assert f"Only the reporter, with the code, can open these again: {told.reference}." in said
    with pytest.raises(NotYours):
        open_page(noor(alone), told.reference, at=NOON, language="nl")
    assert enter(alone.organisation, told.receipt.code)


def test_whom_the_founder_vouched_for_stays_believed(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = given.a_report(house, choice="team")
    before = set(readers_keys(house.organisation))
    type_in(monkeypatch, house)
    assert set(readers_keys(house.organisation)) == before
    said = capsys.readouterr().out
    assert f"A colleague who reads these can give access again: {told.reference}." in said
    casework.give_access(
        house["tarik"].member(), told.reference, membership=house["noor"].membership,
        identity=True, why="terug", at=NOON,
    )  # fmt: skip
    assert open_page(noor(house), told.reference, at=NOON, language="nl")


def test_keys_that_were_made_because_the_old_are_known_are_named_by_their_digits(
    alone: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = alone["noor"]
    member, _ = make_new_keys(person.member(), old=person.passphrase, new=NEW, at=NOON)
    assert person.membership not in readers_keys(alone.organisation)
    with pytest.raises(SettingRefused):
        type_in(monkeypatch, alone, digits="1234 " * 6)
    type_in(monkeypatch, alone, digits=own_digits(member, person.membership))
    assert person.membership in readers_keys(alone.organisation)


@pytest.mark.parametrize(
    "options",
    [{"slug": "nergens"}, {"mail": "wie@elders.example"}, {"passphrase": "kort"}],
    ids=str,
)
def test_what_is_refused_changes_nothing(
    alone: House, monkeypatch: pytest.MonkeyPatch, options: dict[str, str]
) -> None:
    with pytest.raises(SettingRefused):
        type_in(monkeypatch, alone, **options)
    assert alone["noor"].member()
    assert not Line.objects.filter(deed="founder_renewed")


def test_the_neighbours_people_are_none_of_this_house(
    house: House, neighbour: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingRefused):
        type_in(monkeypatch, house, mail=neighbour["nadia"].mail)
