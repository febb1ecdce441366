"""What a file is, by what is in it."""

import io
import zipfile

import pytest

from klankbord.kit.files.sniff import Kind, extension_for, kind_of, lies
from tests.kit.files.pictures import photo, picture


def zipped(*names: str) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 50)
    return page.getvalue()


KINDS = [
    (photo(), "", Kind.JPEG),
    (picture("PNG"), "", Kind.PNG),
    (picture("GIF"), "", Kind.GIF),
    (picture("WEBP"), "", Kind.WEBP),
    (picture("AVIF"), "", Kind.HEIC),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "", Kind.HEIC),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "", Kind.PDF),
    (zipped("[Content_Types].xml", "word/document.xml"), "", Kind.OFFICE),
    (
        b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text",
        "",
        Kind.OFFICE,
    ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "", Kind.OFFICE),
    (b"{\\rtf1\\ansi", "", Kind.OFFICE),
    (zipped("foto.jpg"), "", Kind.ARCHIVE),
    (b"Rar!\x1a\x07\x00" + bytes(20), "", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c\0\4" + bytes(20), "", Kind.ARCHIVE),
    (b"OggS\0\2" + bytes(30), "", Kind.AUDIO),
    (b"ID3\3" + bytes(30), "", Kind.AUDIO),
    (b"#!AMR\n\x0c", "", Kind.AUDIO),
    (b"\0\0\0\x18ftypM4A \0\0\0\0", "", Kind.AUDIO),
    (b"RIFF\0\0\0\0WAVEfmt ", "", Kind.AUDIO),
    (b"\0\0\0\x18ftypmp42\0\0\0\0", "", Kind.VIDEO),
    (b"\0\0\0\x14ftypqt  \0\0\0\0", "", Kind.VIDEO),
    (b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x86\x81\x01B\x82\x84webm", "", Kind.VIDEO),
    ("Hij zei: <3 en lachte. é".encode(), "", Kind.TEXT),
    ("Café".encode("cp1252") + b" en nog veel meer gewone letters", "", Kind.TEXT),
    ("\ufeffsms".encode("utf-16-le"), "", Kind.TEXT),
    (b"<!DOCTYPE html><p>x", "", Kind.HTML),
    (b"\n\n  <ScRiPt>alert(1)</script>", "", Kind.HTML),
    (b"hello <img src=x onerror=alert(1)>", "", Kind.HTML),
    ("\ufeff<html>".encode("utf-16-le"), "", Kind.HTML),
    (b'<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg">', "", Kind.SVG),
    (b'<a:svg xmlns:a="http://www.w3.org/2000/svg">', "", Kind.SVG),
    (b"#!/bin/sh\nrm -rf ~", "", Kind.SCRIPT),
    (b"<?php system(1);", "", Kind.SCRIPT),
    (b"WScript.Echo(1)", "factuur.js", Kind.SCRIPT),
    (b"WScript.Echo(1)", "factuur.txt", Kind.TEXT),
    (b"MZ\x90\0\3\0\0\0", "", Kind.EXECUTABLE),
    (b"MZ heeft het gezien", "", Kind.TEXT),
    (b"\x7fELF\2\1\1\0", "", Kind.EXECUTABLE),
    (b"\xca\xfe\xba\xbe\0\0\0\x34", "", Kind.EXECUTABLE),
    (b"\x01\x02\x03\x04 nothing anybody knows", "", Kind.OTHER),
    (b"", "", Kind.OTHER),
]


@pytest.mark.parametrize(("head", "name", "kind"), KINDS)
def test_a_file_is_told_by_its_content(head: bytes, name: str, kind: Kind) -> None:
    assert kind_of(head, name) is kind


def test_only_the_first_four_kilobytes_are_looked_at() -> None:
    assert kind_of(b"a" * 5000 + b"<script>") is Kind.TEXT


def test_text_cut_in_the_middle_of_a_letter_is_still_text() -> None:
    assert kind_of(("a" * 4095 + "é").encode()) is Kind.TEXT


@pytest.mark.parametrize(
    ("name", "kind", "lie"),
    [
        ("foto.jpg", Kind.JPEG, False),
        ("FOTO.JPEG", Kind.JPEG, False),
        ("foto.jpg", Kind.EXECUTABLE, True),
        ("foto.jpg", Kind.HTML, True),
        ("foto.png", Kind.SVG, True),
        ("brief.docx", Kind.ARCHIVE, True),
        ("gesprek.pdf", Kind.TEXT, True),
        ("zonder", Kind.EXECUTABLE, False),
        ("iets.onbekend", Kind.OTHER, False),
    ],
)
def test_a_name_that_claims_something_else_is_a_lie(name: str, kind: Kind, lie: bool) -> None:
    assert lies(name, kind) is lie


@pytest.mark.parametrize(
    ("kind", "name", "extension"),
    [
        (Kind.JPEG, "foto.jpeg", "jpeg"),
        (Kind.JPEG, "foto.exe", "jpg"),
        (Kind.OFFICE, "brief.docx", "docx"),
        (Kind.OFFICE, "brief.docm", "bin"),
        (Kind.VIDEO, "film.mov", "mov"),
        (Kind.VIDEO, "film", "bin"),
        (Kind.TEXT, "nota", "txt"),
        (Kind.HTML, "pagina.html", "bin"),
        (Kind.SVG, "tekening.svg", "bin"),
        (Kind.SCRIPT, "x.js", "bin"),
        (Kind.EXECUTABLE, "setup.exe", "bin"),
        (Kind.ARCHIVE, "alles.zip", "zip"),
        (Kind.ARCHIVE, "alles.jar", "bin"),
        (Kind.OTHER, "foto.jpg", "bin"),
    ],
)
def test_a_file_leaves_under_an_extension_of_its_kind(
    kind: Kind, name: str, extension: str
) -> None:
    assert extension_for(kind, name) == extension
