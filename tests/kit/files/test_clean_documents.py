"""PDF and Office documents made anew: the words stay, what hides or runs goes (vault §2.8)."""

import io
import re
import time
from collections.abc import Callable

import pikepdf
import pytest

from klankbord.kit.files.clean import CannotClean, clean_copy
from klankbord.kit.files.sniff import Kind, kind_of
from tests.kit.files import documents
from tests.kit.files.documents import CANARIES, OUTSIDE, WORDS, members_of
from tests.kit.files.pictures import SECRET


def cleaned(content: bytes, kind: Kind = Kind.OFFICE) -> bytes:
    copy = clean_copy([content], kind)
    assert copy.kind is kind
    return copy.content


def everything_in(content: bytes) -> bytes:
    """All bytes of a document, unpacked."""
    if content.startswith(b"PK"):
        return b"\n".join(name.encode() + it for name, it in members_of(content).items())
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(
            out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (documents.docm, Kind.OFFICE),
        (documents.xlsx, Kind.OFFICE),
        (documents.odt, Kind.OFFICE),
        (documents.pdf, Kind.PDF),
    ],
)
def test_the_words_stay_and_nothing_hidden_does(make: Callable[[], bytes], kind: Kind) -> None:
    before = make()
    assert kind_of(before[:4096]) is kind
    after = everything_in(cleaned(before, kind))
    assert WORDS.encode() in after
    for canary in CANARIES:
        assert canary.encode() not in after, canary
        assert canary.encode("utf-16-be") not in after, canary


def test_a_text_loses_macro_template_and_embedded_file_but_not_its_picture() -> None:
    parts = members_of(cleaned(documents.docm()))
    assert set(parts) == {
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels",
        "word/settings.xml", "word/_rels/settings.xml.rels", "word/media/image1.jpeg",
    }  # fmt: skip
    assert b"macroEnabled" not in parts["[Content_Types].xml"]
    assert b"wordprocessingml.document.main+xml" in parts["[Content_Types].xml"]
    assert b"vbaProject" not in parts["[Content_Types].xml"]
    assert b"klik hier" in parts["word/document.xml"]
    assert b"PAGE" in parts["word/document.xml"]
    assert parts["word/media/image1.jpeg"].startswith(b"\xff\xd8")
    assert SECRET.encode() not in parts["word/media/image1.jpeg"]


def test_a_clean_text_points_only_at_what_is_there() -> None:
    """Else Word calls it damaged."""
    parts = members_of(cleaned(documents.docm()))
    there = set(re.findall(rb'Id="(\w+)"', parts["word/_rels/document.xml.rels"]))
    named = set(re.findall(rb'r:(?:id|embed|link)="(\w+)"', parts["word/document.xml"]))
    assert named <= there
    assert b"rId3" in there


def test_a_sheet_keeps_what_it_last_knew_of_another_file() -> None:
    sheet = members_of(cleaned(documents.xlsx()))["xl/worksheets/sheet1.xml"]
    assert b"<v>42</v>" in sheet
    assert b"[1]" not in sheet
    assert b"SUM(A1:A9)" in sheet


def test_an_open_document_begins_with_what_it_is() -> None:
    clean = cleaned(documents.odt())
    assert kind_of(clean[:4096]) is Kind.OFFICE
    parts = members_of(clean)
    assert next(iter(parts)) == "mimetype"
    assert set(parts) == {"mimetype", "content.xml", "Pictures/a.jpg", "META-INF/manifest.xml"}
    assert b"meta.xml" not in parts["META-INF/manifest.xml"]
    assert b'"Pictures/a.jpg"' in parts["content.xml"]
    assert OUTSIDE.encode() not in parts["content.xml"]


def test_a_pdf_keeps_its_pages_notes_and_inner_links_and_runs_nothing() -> None:
    with pikepdf.open(io.BytesIO(cleaned(documents.pdf(), Kind.PDF))) as pdf:
        (page,) = pdf.pages
        kinds = [str(it.Subtype) for it in page.Annots]
        assert kinds == ["/Text", "/Link", "/Link"]
        assert str(page.Annots[0].Contents) == "let op"
        assert "/A" not in page.Annots[1]
        assert str(page.Annots[2].A.S) == "/GoTo"
        assert not {"/OpenAction", "/AA", "/Metadata"} & set(pdf.Root.keys())
        assert "/Info" not in pdf.trailer


def test_an_earlier_version_inside_a_pdf_is_gone() -> None:
    """A PDF that was changed holds what stood there before."""
    before = documents.pdf()
    later = before + b"\n9999 0 obj\n(" + SECRET.encode() + b")\nendobj\n%%EOF\n"
    assert SECRET.encode() not in cleaned(later, Kind.PDF)


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (documents.office_bomb, Kind.OFFICE),
        (documents.lying_bomb, Kind.OFFICE),
        (documents.many_members, Kind.OFFICE),
        (documents.entity_bomb, Kind.OFFICE),
        (documents.locked_pdf, Kind.PDF),
        (lambda: b"%PDF-1.7\n" + b"<<" * 100_000, Kind.PDF),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), Kind.OFFICE),
        (lambda: b"{\\rtf1 tekst}", Kind.OFFICE),
        (lambda: documents.zipped({"a.txt": "x"}), Kind.ARCHIVE),
        (lambda: documents.zipped({"../[Content_Types].xml": "x"}), Kind.OFFICE),
    ],
    ids=["bomb", "lying", "many", "laughs", "locked", "nested-pdf", "doc", "rtf", "zip", "outside"],
)
def test_bombs_locked_and_old_files_are_refused_quickly(
    make: Callable[[], bytes], kind: Kind
) -> None:
    """Vault row 26."""
    content = make()
    began = time.monotonic()
    with pytest.raises(CannotClean):
        clean_copy([content], kind)
    assert time.monotonic() - began < 12


def test_a_stream_packed_in_a_stream_of_a_pdf_is_never_unpacked() -> None:
    """Vault row 26: what is not unfolded harms nobody."""
    began = time.monotonic()
    assert clean_copy([documents.nested_pdf_bomb()], Kind.PDF).kind is Kind.PDF
    assert time.monotonic() - began < 12
