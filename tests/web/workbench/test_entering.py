"""Somebody who works here writes down what was told: the form, the check, and what is in hand."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from klankbord.cases.models import Case
from klankbord.handling.casework import open_page
from klankbord.kit import clock
from tests import given
from tests.given import STORY, House, Person
from tests.kit.files.pictures import photo
from tests.web.desks import SIGN_IN, case_address, signed_in, token_on

WHERE = "/en/werk/new/"
FORM = f"{WHERE}ravelijn/"
CHECK = f"{FORM}check/"
DONE = f"{FORM}done/"


def told(house: House, **more: Any) -> dict[str, Any]:
    """What a member fills in, by default a story for Noor, told today."""
    on = clock.today()
    return {
        "how": "spoken", "told_by": "themselves", "told_on-day": on.day, "told_on-month": on.month,
        "told_on-year": on.year, "happened": STORY, "kind": ["bullying"],
        "named": [house["noor"].membership.hex], **more,
    }  # fmt: skip


def sealed(client: Client) -> Any:
    return client.post(CHECK, {"form": token_on(client.get(CHECK))})


def text_of(page: Any) -> str:
    body = page.content.decode().partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def entered(client: Client, house: House, by: Person, **more: Any) -> Any:
    """From signing in to the page with what is in hand."""
    signed_in(client, by)
    answer = client.post(FORM, told(house, **more))
    assert answer.status_code == 302, text_of(answer)
    return sealed(client)


def test_whoever_works_in_one_organisation_is_asked_nothing_else(
    client: Client, house: House
) -> None:
    assert signed_in(client, house["wout"]).get(WHERE).headers["Location"] == FORM


def test_an_employee_without_a_reading_role_passes_on_what_a_child_told(
    client: Client, house: House
) -> None:
    """R-000-36, R-004-137: sealed to the reader; the employee has a day and names, and no row."""
    page = text_of(entered(client, house, house["wout"]))
    assert house["noor"].name in page
    assert "You cannot read it any more" in page
    reference = Case.objects.get().reference
    assert client.get(case_address(reference)).status_code == 404
    read = open_page(house["noor"].member(), reference, at=clock.now(), language="en")
    assert STORY in [row.text for row in read.page.report]


def test_a_reader_finds_what_they_wrote_down_in_the_inbox(client: Client, house: House) -> None:
    entered(client, house, house["noor"])
    assert client.post(DONE).headers["Location"] == "/en/werk/"
    reference = Case.objects.get().reference
    assert reference in client.get("/en/werk/").content.decode()
    page = text_of(client.get(case_address(reference)))
    assert "Noor Ravelijn wrote down the report. It came in told face to face on" in page
    assert "nobody from outside can read here" in page


def test_the_code_is_shown_until_the_card_was_given(client: Client, house: House) -> None:
    """P30: it stays on the page for whoever reloads it, and is gone after the button."""
    code = re.compile(r"<span>(\d{4})</span>")
    page = entered(client, house, house["wout"], with_code="yes")
    groups = code.findall(page.content.decode())
    assert len(groups) == 5
    assert code.findall(client.get(CHECK).content.decode()) == groups
    assert client.post(DONE).headers["Location"] == FORM
    assert client.get(CHECK).headers["Location"] == FORM


def test_the_page_warns_about_printers_at_work(client: Client, house: House) -> None:
    page = entered(client, house, house["wout"], with_code="yes")
    assert "a printer at work may keep what it printed" in text_of(page)
    assert "kb-print-ticket" in page.content.decode()


def test_sending_it_twice_is_one_case(client: Client, house: House) -> None:
    """Row 32, row 12: the second click shows the same receipt."""
    signed_in(client, house["wout"]).post(FORM, told(house, with_code="yes"))
    token = token_on(client.get(CHECK))
    first, again = (client.post(CHECK, {"form": token}) for _ in range(2))
    assert first.status_code == again.status_code == 200
    assert Case.objects.count() == 1
    assert re.findall(r"<span>(\d{4})", first.content.decode()) == re.findall(
        r"<span>(\d{4})", again.content.decode()
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("how", "", "Choose how it came in."),
        ("told_by", "", "Choose who told it."),
        ("told_on-day", "31", "This is not a day."),
        ("told_on-year", "2999", "This day is still to come."),
        ("told_on-year", "2019", "more than a year ago"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_typed_is_lost(
    client: Client, house: House, field: str, value: str, said: str
) -> None:
    more = {"told_on-month": "2"} if field == "told_on-day" else {}
    page = signed_in(client, house["wout"]).post(FORM, told(house, **more, **{field: value}))
    assert page.status_code == 422
    assert said in text_of(page)
    assert STORY in unescape(page.content.decode())
    assert STORY in unescape(client.get(FORM).content.decode())


def test_an_answer_that_would_not_go_along_is_named(client: Client, house: House) -> None:
    """A name without "you may know who I am" would be left out: that is said, not done."""
    page = signed_in(client, house["wout"]).post(FORM, told(house, name="Robin"))
    assert page.status_code == 422
    assert "This only goes along with another answer" in text_of(page)
    assert "Robin" in page.content.decode()
    assert client.post(FORM, told(house, name="Robin", known="known")).status_code == 302


def test_a_scanned_letter_goes_along_and_can_be_taken_away(client: Client, house: House) -> None:
    """P27: paper that came in at the counter."""
    signed_in(client, house["wout"])
    scan = SimpleUploadedFile("brief.jpg", photo())
    page = client.post(FORM, told(house, how="letter", file=scan, add="1"))
    assert "brief.jpg" in page.content.decode()
    blob = re.search(r'name="drop" value="([0-9a-f]+)"', page.content.decode())
    assert blob
    page = client.post(FORM, told(house, drop=blob[1]))
    assert "brief.jpg" not in page.content.decode()
    client.post(FORM, told(house, file=SimpleUploadedFile("brief.jpg", photo())))
    assert "brief.jpg" in client.get(CHECK).content.decode()
    sealed(client)
    noor = open_page(
        house["noor"].member(), Case.objects.get().reference, at=clock.now(), language="en"
    )
    assert [file.name for file in noor.page.report_files] == ["brief.jpg"]


def test_what_was_typed_outlives_the_session(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more than one box ticked: each comes back."""
    signed_in(client, house["wout"])
    people = [house[name].membership.hex for name in ("noor", "tarik")]
    ended = clock.now() + timedelta(hours=10)
    monkeypatch.setattr(clock, "now", lambda: ended)
    page = client.post(FORM, told(house, named=people, not_readers=[house["els"].membership.hex]))
    fields = dict(
        re.findall(r'type="hidden" name="(kept-(?!named)[^"]*)" value="([^"]*)"',
                   page.content.decode())
    )  # fmt: skip
    typed = {"mail": house["wout"].mail, "passphrase": house["wout"].passphrase, "code": ""}
    answer = client.post(
        SIGN_IN,
        {**typed, **fields, "kept-named": people, "form": token_on(page)},
    )
    assert answer.headers["Location"] == FORM
    shown = client.get(FORM).content.decode()
    assert STORY in unescape(shown)
    ticked = re.findall(r'name="named" type="checkbox" value="([0-9a-f]+)" checked', shown)
    assert set(ticked) == set(people)
    barred = re.findall(r'name="not_readers" type="checkbox" value="([0-9a-f]+)" checked', shown)
    assert barred == [house["els"].membership.hex]


def test_stopping_erases_it(client: Client, house: House) -> None:
    signed_in(client, house["wout"]).post(FORM, told(house))
    client.post(FORM, told(house, stop="1"))
    page = client.get(FORM).content.decode()
    assert STORY not in unescape(page)
    assert "What you wrote down is erased." in page


def test_somebody_who_must_not_read_is_left_out(client: Client, house: House) -> None:
    """R-000-31: the page says before sealing who reads it and who must not."""
    more = {
        "named": [house[name].membership.hex for name in ("noor", "tarik")],
        "not_readers": [house["tarik"].membership.hex],
    }
    signed_in(client, house["wout"]).post(FORM, told(house, **more))
    page = client.get(CHECK)
    assert [card.name for card in page.context["readers"].readers] == [house["noor"].name]
    sealed(client)
    tarik = signed_in(Client(), house["tarik"])
    reference = Case.objects.get().reference
    assert tarik.get(case_address(reference)).status_code == 404
    assert reference not in tarik.get("/en/werk/").content.decode()


def test_nobody_left_is_said_before_anything_is_sealed(client: Client, house: House) -> None:
    signed_in(client, house["wout"])
    client.post(FORM, told(house, not_readers=[house["noor"].membership.hex]))
    page = client.get(CHECK)
    assert "Nobody is left who may read this" in text_of(page)
    assert 'name="form"' not in page.content.decode()


def test_the_neighbours_organisation_is_not_there(
    client: Client, house: House, neighbour: House
) -> None:
    """Row 1."""
    signed_in(client, neighbour["nadia"])
    for address in (FORM, CHECK):
        assert client.get(address).status_code == 404
        assert client.post(address, told(house)).status_code == 404
    assert client.post(DONE).status_code == 404


def test_a_draft_belongs_to_one_session(client: Client, house: House) -> None:
    """Row 13: another browser of the same person has nothing of it."""
    signed_in(client, house["wout"]).post(FORM, told(house))
    elsewhere = signed_in(Client(), house["wout"])
    assert STORY not in unescape(elsewhere.get(FORM).content.decode())


def test_going_through_it_together_is_kept(client: Client, house: House) -> None:
    """R-004-137: the professional notes it and goes through it with the user."""
    signed_in(client, house["noor"]).post(FORM, told(house))
    client.post(CHECK, {"form": token_on(client.get(CHECK)), "gone_through": "yes"})
    page = text_of(client.get(case_address(Case.objects.get().reference)))
    assert "They went through it together." in page


def test_who_works_where_nobody_may_report_is_not_shown_the_way(
    client: Client, db: None, trusting: None
) -> None:
    """P11: the sectoral point takes no reports, so its menu offers none."""
    sector = given.a_house("koepel", "Koepel", profile="sector", people={"griet": ["officer"]},
                           founder="griet")  # fmt: skip
    page = signed_in(client, sector["griet"]).get("/account/").content.decode()
    assert "/werk/lijst/" in page
    assert "/werk/new/" not in page


def test_part_1_of_a_complaint_is_written_down_at_the_counter_and_begins_its_procedure(
    client: Client, db: None, trusting: None
) -> None:
    """P27 R-004-137 R-004-154: the form of the counter begins the procedure of complaints."""
    brug = given.de_brug()
    address = f"/werk/new/{brug.slug}/"
    signed_in(client, brug["koen"])
    assert "complaint_part1" in client.get(address).content.decode()
    client.post(address, {"instead": "complaint_part1"})
    day = clock.today()
    told = {
        "how": "counter", "told_by": "themselves", "told_on-day": str(day.day),
        "told_on-month": str(day.month), "told_on-year": str(day.year),
        "named": brug["koen"].membership.hex, "story": "Het rooster was verkeerd.",
    }  # fmt: skip
    answer = client.post(address, told)
    assert answer.status_code == 302, answer.context["errors"]
    page = client.get(answer.headers["Location"])
    assert "Het rooster was verkeerd." in page.content.decode()
    client.post(answer.headers["Location"], {"form": token_on(page)})
    case = Case.objects.get(organisation=brug.organisation)
    assert case.procedure == "complaint.1"
    sheet = client.get(f"/werk/{case.reference}/paper/1/").content.decode()
    assert "Het rooster was verkeerd." in sheet


def test_another_form_takes_nothing_away_that_was_typed(
    client: Client, db: None, trusting: None
) -> None:
    brug = given.de_brug()
    address = f"/werk/new/{brug.slug}/"
    signed_in(client, brug["koen"])
    page = client.post(address, {"instead": "complaint_part1", "happened": "Een lang verhaal."})
    assert page.status_code == 422
    assert "Een lang verhaal." in page.content.decode()
