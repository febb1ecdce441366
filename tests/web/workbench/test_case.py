"""One case on one page: who may see it, what stands there, and writing to the reporter."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from klankbord.cases.models import Entry, KeyHolder
from klankbord.handling import casework, channel
from tests.given import NOON, STORY, House, a_draft, a_report, a_token
from tests.web.desks import INBOX, case_address, signed_in, token_on, write


@pytest.mark.parametrize("name", ["tarik", "els", "bert", "wout"])
def test_a_case_is_not_there_for_who_holds_no_key(client: Client, house: House, name: str) -> None:
    """R-002-18: not for a colleague, not for management, not for the administrator."""
    reference = a_report(house, reader="noor").reference
    signed_in(client, house[name])
    assert client.get(case_address(reference)).status_code == 404
    assert client.post(case_address(reference, "answer"), {"answer": "x"}).status_code == 404


def test_a_case_is_not_there_for_the_neighbour(
    client: Client, house: House, neighbour: House
) -> None:
    reference = a_report(house, reader="noor").reference
    assert signed_in(client, neighbour["nadia"]).get(case_address(reference)).status_code == 404


def test_a_case_is_not_there_for_who_must_not_read_it(client: Client, house: House) -> None:
    reference = a_report(house, must_not=["tarik"]).reference
    assert signed_in(client, house["tarik"]).get(case_address(reference)).status_code == 404


def test_what_is_not_yours_and_what_never_was_get_the_same_answer(
    client: Client, house: House
) -> None:
    reference = a_report(house, reader="noor").reference
    signed_in(client, house["tarik"])
    other, never = (client.get(case_address(it)) for it in (reference, "RAV-ZZZZ"))
    assert other.status_code == never.status_code == 404
    assert other.content == never.content


def test_the_report_can_be_read(client: Client, house: House) -> None:
    page = opened(client, house, a_report(house, reader="noor").reference)
    assert STORY in unescape(page.content.decode())


def test_the_page_says_who_can_read_it_and_that_the_administrator_cannot(
    client: Client, house: House
) -> None:
    page = opened(client, house, a_report(house, reader="noor").reference).content.decode()
    assert house["noor"].name in page
    assert "The administrator of this website cannot read it either." in page


def test_a_reporter_who_gave_no_name_is_not_looked_for(client: Client, house: House) -> None:
    page = opened(client, house, a_report(house, reader="noor").reference).content.decode()
    assert "The reporter did not give a name." in page


def test_a_name_that_was_given_stands_on_its_own_card(client: Client, house: House) -> None:
    answers = {"happened": STORY, "known": "yes", "name": "Lien V."}
    reference = a_report(house, draft=a_draft(house, reader="noor", answers=answers)).reference
    page = opened(client, house, reference)
    assert page.context["work"].identity is not None


def test_somebody_who_got_the_file_without_the_name_is_told_so(
    client: Client, house: House
) -> None:
    reference = a_report(house, reader="noor").reference
    casework.give_access(
        house["noor"].member(), reference, membership=house["tarik"].membership, identity=False,
        why="Tarik kent de groep.", at=NOON,
    )  # fmt: skip
    page = signed_in(client, house["tarik"]).get(case_address(reference)).content.decode()
    assert "You were not given the key to this part." in page


def test_an_answer_reaches_the_reporter(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    sent = write(client, told.reference, "answer", "Dank je dat je dit vertelt.")
    assert sent.url == case_address(told.reference)
    assert "Dank je dat je dit vertelt." in client.get(sent.url).content.decode()
    assert "Dank je dat je dit vertelt." in words_of(told)


def test_a_double_click_sends_one_message(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    address = case_address(told.reference, "answer")
    token = token_on(client.get(case_address(told.reference)), address)
    for _ in range(2):
        assert client.post(address, {"answer": "Eén keer.", "form": token}).status_code == 302
    assert words_of(told).count("Eén keer.") == 1


def test_an_empty_answer_is_asked_again(client: Client, house: House) -> None:
    reference = a_report(house, reader="noor").reference
    signed_in(client, house["noor"])
    answer = write(client, reference, "answer", "  ")
    assert answer.status_code == 422
    assert answer.context["errors"] == {"answer": "Write something first."}


def test_an_answer_that_is_too_long_stays_in_its_box(client: Client, house: House) -> None:
    reference = a_report(house, reader="noor").reference
    signed_in(client, house["noor"])
    text = "Veel. " * 200_000
    answer = write(client, reference, "answer", text)
    assert answer.status_code == 422
    assert answer.context["answer"] == text.strip()


def test_a_form_of_yesterday_keeps_the_text(client: Client, house: House) -> None:
    reference = a_report(house, reader="noor").reference
    signed_in(client, house["noor"])
    answer = client.post(case_address(reference, "answer"), {"answer": "Nog niet weg.", "form": ""})
    assert answer.status_code == 422
    assert answer.context["answer"] == "Nog niet weg."


def test_both_boxes_keep_their_text_when_one_is_looked_at_again(
    client: Client, house: House
) -> None:
    reference = a_report(house, reader="noor").reference
    signed_in(client, house["noor"])
    again = write(client, reference, "note", "", answer="Een begin van een antwoord.")
    assert again.context["answer"] == "Een begin van een antwoord."


def test_a_note_is_read_by_nobody_else(client: Client, house: House) -> None:
    """R-002-19: anonymous notes of the counsellor, in a compartment of their own."""
    told = a_report(house, choice="team")
    signed_in(client, house["noor"])
    write(client, told.reference, "note", "Volgende week nog eens vragen.")
    page = client.get(case_address(told.reference)).content.decode()
    assert "Volgende week nog eens vragen." in page
    assert "only you" in page
    colleague = signed_in(Client(), house["tarik"]).get(case_address(told.reference))
    assert "Volgende week" not in colleague.content.decode()
    assert "Volgende week nog eens vragen." not in words_of(told)


def test_a_file_comes_along_with_an_answer(client: Client, house: House, data_folder: Any) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    file = SimpleUploadedFile("afspraken.txt", b"Afspraken voor de slaapzaal.")
    write(client, told.reference, "answer", "Zie bijlage.", file=file)
    page = client.get(case_address(told.reference)).content.decode()
    assert "afspraken.txt" in page
    assert "Download the original" in page


def test_an_empty_file_does_not_cost_the_text(
    client: Client, house: House, data_folder: Any
) -> None:
    reference = a_report(house, reader="noor").reference
    signed_in(client, house["noor"])
    answer = write(
        client, reference, "answer", "Zie bijlage.", file=SimpleUploadedFile("leeg.txt", b"")
    )
    assert answer.status_code == 422
    assert "file" in answer.context["errors"]
    assert answer.context["answer"] == "Zie bijlage."


def test_opening_a_case_is_written_in_that_case_once_a_day(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    before = Entry.objects.filter(case=told.case).count()
    for _ in range(3):
        client.get(case_address(told.reference))
    assert Entry.objects.filter(case=told.case).count() == before + 1


def test_a_case_whose_lists_disagree_can_only_be_read(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    KeyHolder.objects.filter(
        compartment__case=told.case, compartment__name="identity", holder=told.seat.reporter
    ).delete()
    page = opened(client, house, told.reference).content.decode()
    assert "This case can only be read" in page
    assert case_address(told.reference, "answer") not in page


def test_writing_in_such_a_case_keeps_the_text_and_says_what_to_do(
    client: Client, house: House
) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    token = token_on(
        client.get(case_address(told.reference)), case_address(told.reference, "answer")
    )
    KeyHolder.objects.filter(
        compartment__case=told.case, compartment__name="identity", holder=told.seat.reporter
    ).delete()
    answer = client.post(
        case_address(told.reference, "answer"), {"answer": "Dit mag niet weg.", "form": token}
    )
    assert answer.status_code == 422
    assert "Dit mag niet weg." in answer.context["answer"]


@pytest.mark.usefixtures("no_procedure")
def test_a_reporter_who_wants_to_stop_closes_nothing(client: Client, house: House) -> None:
    """R-000-04: a withdrawal is answered, and closed with a reason."""
    told = a_report(house, reader="noor")
    channel.withdraw(told.seat, told.case.id, text="Laat maar.", at=NOON)
    page = opened(client, house, told.reference).content.decode()
    assert "The reporter wants to stop." in page
    assert "Close with a reason" in page


def test_somebody_who_must_not_read_is_named_to_the_reader(client: Client, house: House) -> None:
    reference = a_report(house, reader="noor", must_not=["tarik"]).reference
    page = opened(client, house, reference).content.decode()
    assert "1 person must not read this" in page
    assert house["tarik"].name in page


def test_the_title_says_nothing_of_the_case(client: Client, house: House) -> None:
    reference = a_report(house, reader="noor").reference
    page = opened(client, house, reference).content.decode()
    assert f"<title>{reference} · Klankbord</title>" in page


def test_the_address_of_a_form_leads_back_to_the_case(client: Client, house: House) -> None:
    reference = a_report(house, reader="noor").reference
    signed_in(client, house["noor"])
    for what in ("answer", "note"):
        assert client.get(case_address(reference, what)).url == case_address(reference)


def opened(client: Client, house: House, reference: str) -> Any:
    page = signed_in(client, house["noor"]).get(case_address(reference))
    assert page.status_code == 200
    return page


def words_of(told: Any) -> list[str]:
    page = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    return [item.entry.text for item in page.items if item.kind == "message_sent"]


def test_the_inbox_knows_that_an_answer_was_sent(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    casework.answer(
        house["noor"].member(), told.reference, text="Dank je.", token=a_token(), at=NOON
    )
    assert not signed_in(client, house["noor"]).get(INBOX).context["waiting"]


def test_a_nul_in_a_reference_never_reaches_the_database(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL refuses to look for it, which would be an error of ours."""
    signed_in(client, house["noor"])
    monkeypatch.delattr(casework, "open_page")
    assert client.get(f"{INBOX}%00/").status_code == 404
