"""Back with the code: read, write, choose somebody else, stop, log out."""

from datetime import timedelta

import pytest

from klankbord.handling import casework
from klankbord.kit import clock
from klankbord.kit.throttle import Busy
from tests import given
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import (
    code_on,
    open_channel,
    send,
    sent,
    tell,
    text_of,
    token_on,
)

CODE = "/ravelijn/m/"


@pytest.fixture
def code(client: ProofreadingClient, house: given.House) -> str:
    """The code of a report for Noor, told in another browser."""
    teller = ProofreadingClient()
    tell(
        teller, house,
        {
            "story": {"happened": "Het verhaal."},
            "readers": {"reader": house["noor"].membership.hex},
        },
    )  # fmt: skip
    return code_on(sent(teller, house))


def test_a_code_may_be_typed_with_spaces_and_dashes(
    client: ProofreadingClient, house: given.House, code: str
) -> None:
    spaced = f" {code[:4]} {code[4:8]}-{code[8:]} "
    assert open_channel(client, house, spaced).startswith(CODE)


def test_reasons_that_were_promised_as_visible_are_visible(
    client: ProofreadingClient, house: given.House
) -> None:
    """Who came to read, who went, whom the typed name means: each with the reason (R-000-31)."""
    told = given.a_report(house, reader="noor", must_not_words="die van de kookploeg")
    noor, about = house["noor"].member(), {"at": given.NOON}
    wout, tarik = house["wout"].membership, house["tarik"].membership
    casework.settle_exclusion(
        noor, told.reference, members=(wout,), note="Er is er maar één.", **about
    )
    casework.give_access(
        noor, told.reference, membership=tarik, identity=False, why="Kent het kamp 100 %.", **about
    )
    casework.end_access(noor, told.reference, membership=tarik, why="Taak is klaar.", **about)
    address = open_channel(client, house, told.receipt.code)
    page = client.get(f"/en{address}").content.decode()
    for words in (
        "wrote down whom you meant by the name", "“Er is er maar één.”",
        f"gave access to: {house['tarik'].name}", "“Kent het kamp 100 %.”",
        f"ended the access of: {house['tarik'].name}", "“Taak is klaar.”",
    ):  # fmt: skip
        assert words in page


def test_a_mistyped_code_is_told_at_once_and_stays_in_the_box(
    client: ProofreadingClient, house: given.House, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vault 2.2: by the check digit, before any derivation."""
    monkeypatch.setattr("klankbord.handling.channel.reporter_keys", None)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    page = send(client, CODE, {"code": wrong})
    assert page.status_code == 200
    assert f'value="{wrong}"' in page.content.decode()


def test_an_unknown_code_and_one_of_another_organisation_get_the_same_answer(
    client: ProofreadingClient, house: given.House, neighbour: given.House, code: str
) -> None:
    """Vault row 15"""
    unknown = given.a_report(neighbour)  # known at the neighbour's, unknown here
    pages = []
    for typed in (unknown.receipt.code, "00000000000000000000"):
        page = send(client, CODE, {"code": typed})
        pages.append((page.status_code, page.content.decode().replace(token_on(page), "")))
        assert not page.cookies
    assert pages[0] == pages[1]


def test_too_many_at_once_keeps_the_typed_code(
    client: ProofreadingClient, house: given.House, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise Busy

    monkeypatch.setattr("klankbord.web.public.views.code.enter", busy)
    page = send(client, CODE, {"code": code})
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert code in page.content.decode()


def test_the_reporter_reads_the_answer_and_sees_who_can_read_and_why(
    client: ProofreadingClient, house: given.House, code: str
) -> None:
    case = open_channel(client, house, code)
    reference = client.get(case).context["page"].reference
    casework.answer(
        house["noor"].member(clock.now()), reference, text="Dank je dat je dit vertelt.",
        token=given.a_token(), at=clock.now(),
    )  # fmt: skip
    page = text_of(client.get(case))
    assert "Dank je dat je dit vertelt." in page
    assert "Noor Ravelijn" in page
    assert "Tarik" not in page
    assert "Het verhaal." in page


def test_a_message_is_sent_once_however_often_the_button_is_pressed(
    client: ProofreadingClient, house: given.House, code: str
) -> None:
    case = open_channel(client, house, code)
    form = {"form": token_on(client.get(case)), "text": "Ik wil nog iets zeggen."}
    for _ in range(2):
        assert client.post(f"{case}message/", form).headers["Location"] == case
    assert text_of(client.get(case)).count("Ik wil nog iets zeggen.") == 1


def test_an_empty_message_gets_a_kind_word(
    client: ProofreadingClient, house: given.House, code: str
) -> None:
    case = open_channel(client, house, code)
    page = client.post(f"{case}message/", {"form": token_on(client.get(case)), "text": "  "})
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()


def test_too_long_a_message_stays_in_its_box(
    client: ProofreadingClient, house: given.House, code: str
) -> None:
    case = open_channel(client, house, code)
    text = "woord " * 400_000
    page = client.post(f"{case}message/", {"form": token_on(client.get(case)), "text": text})
    assert page.status_code == 200
    assert text in page.content.decode()


def test_when_the_session_ended_while_typing_the_text_comes_along_through_the_code(
    client: ProofreadingClient, house: given.House, code: str
) -> None:
    """ "Bad luck": an expired session costs nobody their words."""
    case = open_channel(client, house, code)
    stranger = ProofreadingClient()
    page = stranger.post(f"{case}message/", {"form": "x", "text": "Dit wou ik zeggen."})
    assert "Dit wou ik zeggen." in text_of(page)
    hidden = {"kept-text": "Dit wou ik zeggen.", "kept-path": f"{case}message/"}
    for name, value in hidden.items():
        assert f'name="{name}" value="{value}"' in page.content.decode()
    inside = stranger.post(CODE, {"form": token_on(page), "code": code, **hidden})
    assert inside.status_code == 200
    assert "Dit wou ik zeggen.</textarea>" in inside.content.decode()
    answer = stranger.post(
        f"{case}message/", {"form": token_on(inside), "text": "Dit wou ik zeggen."}
    )
    assert answer.status_code == 303


def test_choosing_somebody_else_gives_a_key_and_may_end_the_others(
    client: ProofreadingClient, house: given.House, code: str
) -> None:
    case = open_channel(client, house, code)
    tarik = house["tarik"].membership.hex
    assert send(client, f"{case}who/", {"reader": tarik}).status_code == 200
    answer = send(client, f"{case}who/", {"reader": tarik, "how": "instead"})
    assert answer.headers["Location"] == case
    readers = {reader.name for reader in client.get(case).context["readers"]}
    assert readers == {"Tarik Ravelijn"}


def test_withdrawing_is_asked_once_more_and_undone_with_one_click(
    client: ProofreadingClient, house: given.House, code: str
) -> None:
    """R-000-04: nothing disappears."""
    case = open_channel(client, house, code)
    assert not client.get(case).context["page"].withdrawn
    send(client, f"{case}stop/", {"text": "Het hoeft niet meer."})
    page = client.get(case)
    assert page.context["page"].withdrawn
    client.post(f"{case}on/", {"form": token_on(page)})
    assert not client.get(case).context["page"].withdrawn


def test_after_logging_out_only_the_code_opens_it(
    client: ProofreadingClient, house: given.House, code: str
) -> None:
    case = open_channel(client, house, code)
    client.post("/ravelijn/m/leave/", {})
    answer = client.get(case)
    assert (answer.status_code, answer.headers["Location"]) == (303, CODE)


def test_a_quarter_of_an_hour_without_a_click_closes_the_channel(
    client: ProofreadingClient,
    house: given.House,
    code: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Vault 2.9"""
    case = open_channel(client, house, code)
    later = clock.now() + timedelta(minutes=21)
    monkeypatch.setattr("klankbord.kit.clock.now", lambda: later)
    assert client.get(case).status_code == 303


def test_another_reporters_case_does_not_exist(
    client: ProofreadingClient, house: given.House, code: str
) -> None:
    """Vault row 1"""
    mine = open_channel(client, house, code)
    other = given.a_report(house).case.id
    assert str(other) not in mine
    for part in ("", "who/", "stop/"):
        assert client.get(f"{CODE}{other}/{part}").status_code == 404
    token = token_on(client.get(mine))
    for part in ("message/", "on/", "stop/"):
        form = {"form": token, "text": "x"}
        assert client.post(f"{CODE}{other}/{part}", form).status_code == 404
