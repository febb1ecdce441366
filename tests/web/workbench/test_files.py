"""Attachments: the original as a download that runs nowhere, a picture as its cleaned copy."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.given import House, Told, a_report
from tests.kit.files import documents
from tests.web.desks import case_address, signed_in, write

pytestmark = pytest.mark.usefixtures("data_folder")


def test_the_original_comes_back_byte_for_byte_under_a_name_of_ours(
    client: Client, house: House
) -> None:
    told = with_file(client, house, "foto van Lien.jpg", picture(), keep_as="evidence")
    answer = client.get(case_address(told.reference, "file", file_of(client, told)))
    assert b"".join(answer.streaming_content) == picture()
    assert answer["Content-Disposition"] == 'attachment; filename="bijlage-1.jpg"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_picture_is_shown_as_it_was_made_anew(client: Client, house: House) -> None:
    told = with_file(client, house, "foto.jpg", picture())
    answer = client.get(case_address(told.reference, "file", file_of(client, told), "view"))
    assert answer["Content-Type"] in {"image/jpeg", "image/png"}
    assert b"".join(answer.streaming_content) != picture()


def test_the_clean_copy_of_a_document_is_a_download_too(client: Client, house: House) -> None:
    told = with_file(client, house, "brief.pdf", documents.pdf())
    file = file_of(client, told)
    answer = client.get(case_address(told.reference, "file", file, "view"))
    assert answer["Content-Disposition"] == 'attachment; filename="bijlage-1.pdf"'
    assert documents.AUTHOR.encode() not in b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("content", "keep_as", "said"),
    [
        (documents.pdf(), "", "Exactly as it was, and a copy without what it hides"),
        (documents.pdf(), "clean", "Only without what it hides"),
        (b"%PDF-1.7 kapot", "clean", "Exactly as it was, not cleaned"),
    ],
)
def test_a_reader_sees_which_copy_is_which(
    client: Client, house: House, content: bytes, keep_as: str, said: str
) -> None:
    told = with_file(client, house, "brief.pdf", content, keep_as=keep_as)
    assert said in client.get(case_address(told.reference)).content.decode()


def test_a_web_page_is_never_shown(client: Client, house: House) -> None:
    told = with_file(client, house, "pagina.html", b"<html><script>alert(1)</script></html>")
    file = file_of(client, told)
    assert client.get(case_address(told.reference, "file", file, "view")).status_code == 404
    answer = client.get(case_address(told.reference, "file", file))
    assert answer["Content-Disposition"] == 'attachment; filename="bijlage-1.bin"'


@pytest.mark.parametrize("part", [(), ("view",)])
def test_a_file_is_not_there_for_who_does_not_read_the_case(
    client: Client, house: House, neighbour: House, part: tuple[str, ...]
) -> None:
    told = with_file(client, house, "foto.jpg", picture())
    address = case_address(told.reference, "file", file_of(client, told), *part)
    for person in (house["tarik"], house["bert"], house["els"], neighbour["nadia"]):
        assert signed_in(Client(), person).get(address).status_code == 404


def test_a_file_of_another_case_is_not_there(client: Client, house: House) -> None:
    told = with_file(client, house, "foto.jpg", picture())
    other = a_report(house, reader="noor")
    file = file_of(client, told)
    assert client.get(case_address(other.reference, "file", file)).status_code == 404


def with_file(
    client: Client, house: House, name: str, content: bytes, *, keep_as: str = ""
) -> Told:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    file = SimpleUploadedFile(name, content)
    write(client, told.reference, "answer", "Zie hier.", file=file, keep_as=keep_as)
    return told


def file_of(client: Client, told: Told) -> str:
    items: Any = client.get(case_address(told.reference)).context["case"].items
    return str(next(file.id for item in items for file in item.files))


def picture() -> bytes:
    target = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(target, "JPEG", comment=b"somebody's telephone")
    return target.getvalue()
