"""Files with a report: one at a time, each to be taken away again (vault 2.8)."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from klankbord.cases.models import Attachment
from tests import given
from tests.kit.files.pictures import photo
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import code_on, open_channel, send, sent, tell, text_of, token_on

FILES = "/ravelijn/c/7/"
pytestmark = pytest.mark.usefixtures("data_folder")


def a_file(name: str = "verslag.txt", content: bytes = b"wat er stond") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_file_is_kept_shown_and_taken_away_again(
    client: ProofreadingClient, house: given.House
) -> None:
    send(client, "/ravelijn/c/1/")
    page = send(client, FILES, {"file": a_file(), "add": "1"})
    assert page.status_code == 200
    assert "verslag.txt" in text_of(page)
    blob = page.context["files"][0].blob.hex
    page = send(client, FILES, {"drop": blob})
    assert "verslag.txt" not in text_of(page)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("keep_as", "said"),
    [
        ("", "Alleen zonder wat erin verborgen zat"),
        ("evidence", "Zoals het was, en een kopie zonder wat erin verborgen zat"),
    ],
)
def test_the_reporter_says_whether_a_photo_is_kept_as_it_is_and_sees_what_was_kept(
    client: ProofreadingClient, house: given.House, keep_as: str, said: str
) -> None:
    """Vault §6, ASVS 14.2.8: metadata goes, unless the person wants it kept."""
    send(client, "/ravelijn/c/1/")
    sent_along = {"file": a_file("foto.jpg", photo()), "add": "1", "keep_as": keep_as}
    assert said in text_of(send(client, FILES, sent_along))
    assert said in text_of(client.get("/ravelijn/c/check/"))


def test_going_on_takes_the_chosen_file_along(
    client: ProofreadingClient, house: given.House
) -> None:
    """Nobody has to find the second button."""
    send(client, "/ravelijn/c/1/")
    answer = send(client, FILES, {"file": a_file()})
    assert answer.headers["Location"] == "/ravelijn/c/8/"
    assert "verslag.txt" in text_of(client.get("/ravelijn/c/check/"))


def test_a_file_that_is_too_large_is_refused_kindly_and_the_rest_stays(
    client: ProofreadingClient, house: given.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "UPLOAD_LIMIT", 70_000)
    send(client, "/ravelijn/c/1/")
    send(client, FILES, {"file": a_file("klein.txt"), "add": "1"})
    page = send(client, FILES, {"file": a_file("groot.txt", b"x" * 200_000), "add": "1"})
    assert page.status_code == 200
    assert "klein.txt" in text_of(page)
    assert "groot.txt" not in text_of(page)
    assert 'role="alert"' in page.content.decode()


def test_an_empty_file_and_no_file_at_all_get_a_sentence(
    client: ProofreadingClient, house: given.House
) -> None:
    send(client, "/ravelijn/c/1/")
    assert 'role="alert"' in send(client, FILES, {"add": "1"}).content.decode()
    empty = send(client, FILES, {"file": a_file(content=b""), "add": "1"})
    assert 'role="alert"' in empty.content.decode()


def test_the_reporter_gets_the_file_back_as_a_download_that_runs_nothing(
    client: ProofreadingClient, house: given.House
) -> None:
    """Vault row 27"""
    send(client, "/ravelijn/c/1/")
    send(client, FILES, {"file": a_file("pagina.html", b"<script>alert(1)</script>")})
    case = open_channel(client, house, code_on(sent(client, house)))
    page = client.get(case).content.decode()
    address = next(part for part in page.split('"') if "/f/" in part)
    file = client.get(address)
    assert b"".join(file.streaming_content) == b"<script>alert(1)</script>"
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert "pagina" not in file.headers["Content-Disposition"]
    assert "sandbox" in file.headers["Content-Security-Policy"]


def test_a_file_in_a_message_comes_with_it(client: ProofreadingClient, house: given.House) -> None:
    tell(client, house, {})
    case = open_channel(client, house, code_on(sent(client, house)))
    token = token_on(client.get(case))
    client.post(f"{case}message/", {"form": token, "text": "Hierbij.", "file": a_file("foto.txt")})
    assert "foto.txt" in text_of(client.get(case))
