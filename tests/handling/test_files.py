"""Attachments: sealed on the disk, named inside an entry, opened by whoever reads the case."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image

from klankbord.cases.files import forget_files, named_blobs, open_attachment, sweep_orphans
from klankbord.cases.models import Attachment
from klankbord.handling import casework, channel
from klankbord.handling.casework import FileRefused, NotYours, answer, end_access, open_page
from klankbord.intake.services import Keeping, drop_file, drop_files, keep_file, keeping
from klankbord.kit.budgets import For, within
from klankbord.kit.files.handler import Problem, SealedUpload
from klankbord.kit.files.sniff import HEAD, Kind, kind_of
from klankbord.kit.files.store import path_of, write_blob
from klankbord.kit.vault.blobs import stored_size
from klankbord.rules.entries import KeptFile
from tests import given
from tests.cases.writer import opened_by
from tests.given import NOON, House, Told
from tests.kit.files import documents
from tests.kit.files.pictures import SECRET, photo, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

TODAY = NOON.date()
LETTER = b"%PDF-1.7\n het staat er allemaal in"


def an_upload(
    content: bytes = LETTER, name: str = "brief.pdf", *, problem: Problem | None = None
) -> SealedUpload:
    """A file as the upload handler hands it over: sealed already."""
    seal = None if problem else write_blob(content, on=TODAY)
    return SealedUpload(
        name=name, size=len(content), head=content[:HEAD], seal=seal, problem=problem
    )


def kept(content: bytes = LETTER, name: str = "brief.pdf") -> KeptFile:
    return casework.keep_file(an_upload(content, name), on=TODAY)


def on_disk(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.blob"))


def a_report_with(house: House, *contents: bytes, want: Keeping = Keeping.EVIDENCE) -> Told:
    draft = given.a_draft(house, reader="noor")
    for number, content in enumerate(contents):
        keep_file(draft, an_upload(content, f"bijlage-{number}"), on=TODAY, want=want)
    return given.a_report(house, draft=draft)


def read(house: House, told: Told, file: UUID, *, clean: bool = False, name: str = "noor") -> bytes:
    opened = casework.open_file(
        house[name].member(), told.reference, file=file, clean=clean, at=NOON
    )
    return b"".join(opened.chunks)


def lines(house: House, told: Told) -> tuple[UUID, ...]:
    page = open_page(house["noor"].member(), told.reference, at=NOON, language="nl").page
    return tuple(file.id for file in page.report_files)


def test_a_file_of_a_report_is_read_back_byte_for_byte(house: House) -> None:
    told = a_report_with(house, LETTER)
    (file,) = lines(house, told)
    assert read(house, told, file) == LETTER
    mine = channel.open_file(told.seat, told.case.id, file=file, clean=False, at=NOON)
    assert b"".join(mine.chunks) == LETTER


def test_nothing_of_a_file_stands_on_the_disk_or_in_a_column(
    house: House, data_folder: Path
) -> None:
    """Row 3: not its words, not its name."""
    told = a_report_with(house, LETTER)
    (path,) = on_disk(data_folder)
    assert LETTER not in path.read_bytes()
    row = Attachment.objects.values().get()
    assert set(row) == {"id", "case_id", "day", "size"}
    assert row["case_id"] == told.case.id
    assert row["size"] == path.stat().st_size == stored_size(len(LETTER))


def test_a_file_carries_the_day_and_no_hour(house: House, data_folder: Path) -> None:
    """Row 19"""
    a_report_with(house, LETTER)
    midnight = datetime.combine(TODAY, datetime.min.time(), tzinfo=UTC).timestamp()
    for path in data_folder.rglob("*"):
        assert path.stat().st_mtime == midnight, path


def test_files_are_numbered_in_the_order_in_which_they_came(house: House) -> None:
    told = a_report_with(house, b"een", b"twee")
    files = (kept(b"drie"),)
    answer(
        house["noor"].member(), told.reference, text="", files=files, token=given.a_token(),
        at=NOON,
    )  # fmt: skip
    channel.write(
        told.seat, told.case.id, text="", files=(kept(b"vier"),), token=given.a_token(), at=NOON
    )
    page = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    shown = [*page.report_files, *(file for item in reversed(page.items) for file in item.files)]
    assert [(it.number, read(house, told, it.id)) for it in shown] == [
        (1, b"een"), (2, b"twee"), (3, b"drie"), (4, b"vier"),
    ]  # fmt: skip


def test_a_message_may_be_a_file_and_nothing_else(house: House) -> None:
    told = given.a_report(house, reader="noor")
    channel.write(told.seat, told.case.id, text="", files=(kept(),), token=given.a_token(), at=NOON)
    page = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    (file,) = (file for item in page.items for file in item.files)
    assert (file.name, file.type, file.size) == ("brief.pdf", "pdf", len(LETTER))
    assert Attachment.objects.get(id=file.id).case_id == told.case.id


# Pictures -----------------------------------------------------------------------------------------


def test_a_picture_gets_a_copy_without_what_it_hides(house: House) -> None:
    told = a_report_with(house, photo())
    (file,) = lines(house, told)
    original, clean = read(house, told, file), read(house, told, file, clean=True)
    assert original == photo()
    assert SECRET.encode() in original
    assert SECRET.encode() not in clean
    with Image.open(io.BytesIO(clean)) as image:
        assert not image.getexif()
    assert Attachment.objects.filter(case=told.case).count() == 2


@pytest.mark.parametrize(
    ("content", "want", "which"),
    [
        (photo(), Keeping.PROPOSED, "clean"),
        (photo(), Keeping.CLEAN, "clean"),
        (photo(), Keeping.EVIDENCE, "both"),
        (documents.docm(), Keeping.PROPOSED, "both"),
        (documents.docm(), Keeping.CLEAN, "clean"),
        (documents.pdf(), Keeping.PROPOSED, "both"),
        (documents.pdf(), Keeping.CLEAN, "clean"),
        (photo()[:40], Keeping.CLEAN, "original"),
        (LETTER, Keeping.CLEAN, "original"),
        (b"woorden", Keeping.CLEAN, "original"),
        (documents.zipped({"a.txt": "woorden"}), Keeping.CLEAN, "original"),
    ],
)
def test_the_original_is_kept_where_that_was_asked_and_where_nothing_else_can_be(
    house: House, data_folder: Path, content: bytes, want: Keeping, which: str
) -> None:
    """Vault §6, ASVS 14.2.8: by default of documents and not of photos; and both sides see it."""
    told = a_report_with(house, content, want=want)
    page = open_page(house["noor"].member(), told.reference, at=NOON, language="nl").page
    mine = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    (file,) = page.report_files
    assert file.which == mine.report_files[0].which == which
    kept = {"both": 2}.get(which, 1)
    assert Attachment.objects.filter(case=told.case).count() == len(on_disk(data_folder)) == kept
    assert (read(house, told, file.id) == content) == (which != "clean")


def test_without_the_original_both_ways_lead_to_the_clean_copy(house: House) -> None:
    told = a_report_with(house, photo(), want=Keeping.PROPOSED)
    (file,) = lines(house, told)
    clean = read(house, told, file)
    assert clean == read(house, told, file, clean=True)
    assert SECRET.encode() not in clean


def test_a_clean_copy_alone_is_taken_out_of_a_draft_as_well(
    house: House, data_folder: Path
) -> None:
    draft = given.a_draft(house)
    keep_file(draft, an_upload(photo()), on=TODAY)
    assert len(on_disk(data_folder)) == 1
    drop_files(draft)
    assert on_disk(data_folder) == []


def test_a_wish_nobody_knows_is_what_we_propose() -> None:
    assert keeping("alles") is Keeping.PROPOSED


def test_a_picture_that_cannot_be_cleaned_is_kept_as_it_is_without_a_copy(house: House) -> None:
    """No parser's failure costs somebody their evidence."""
    broken = photo()[:40]
    assert kind_of(broken, "") is Kind.JPEG
    told = a_report_with(house, broken)
    (file,) = lines(house, told)
    assert read(house, told, file) == broken
    with pytest.raises(NotYours):
        read(house, told, file, clean=True)


def test_what_is_no_picture_has_no_copy_to_look_at(house: House) -> None:
    told = a_report_with(house, LETTER)
    (file,) = lines(house, told)
    with pytest.raises(NotYours):
        read(house, told, file, clean=True)


def test_a_file_is_what_its_content_says_and_not_its_name(house: House) -> None:
    file = kept(picture("PNG"), "brief.pdf")
    assert (file.type, file.name) == ("png", "brief.pdf")
    assert file.clean is not None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\r\nb.pdf", "ab.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("\u202e", "?"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_name_cannot_break_a_page_or_a_line(house: House, name: str, shown: str) -> None:
    assert kept(name=name).name == shown


# Who may ------------------------------------------------------------------------------------------


def test_a_file_of_another_case_is_not_opened(house: House) -> None:
    told, other = a_report_with(house, LETTER), a_report_with(house, LETTER)
    (theirs,) = lines(house, other)
    for file in (theirs, uuid4()):
        with pytest.raises(NotYours):
            read(house, told, file)
        with pytest.raises(NotYours):
            channel.open_file(told.seat, told.case.id, file=file, clean=False, at=NOON)
        with pytest.raises(NotYours):
            open_attachment(opened_by(told, told.seat.hand), file, clean=False)


def test_whoever_does_not_read_the_case_opens_none_of_its_files(
    house: House, neighbour: House
) -> None:
    told = a_report_with(house, LETTER)
    (file,) = lines(house, told)
    for person in (house["tarik"], house["els"], house["bert"], neighbour["nadia"]):
        with pytest.raises(NotYours):
            casework.open_file(person.member(), told.reference, file=file, clean=False, at=NOON)
    other = given.a_report(house, reader="noor")
    with pytest.raises(NotYours):
        channel.open_file(other.seat, told.case.id, file=file, clean=False, at=NOON)


def test_whose_access_ended_opens_no_file_any_more(house: House) -> None:
    draft = given.a_draft(house, choice="team")
    keep_file(draft, an_upload(), on=TODAY)
    told = given.a_report(house, draft=draft)
    (file,) = lines(house, told)
    assert read(house, told, file, name="tarik") == LETTER
    end_access(
        house["noor"].member(), told.reference, membership=house["tarik"].membership, why="klaar",
        at=NOON,
    )  # fmt: skip
    with pytest.raises(NotYours):
        read(house, told, file, name="tarik")


def test_the_blob_of_another_file_in_its_place_is_noticed(house: House) -> None:
    told = a_report_with(house, LETTER, b"%PDF-1.7\n een andere brief, even lang")
    one, other = lines(house, told)
    path_of(one).write_bytes(path_of(other).read_bytes())
    with pytest.raises(Exception) as failure:  # noqa: PT011
        read(house, told, one)
    assert "brief" not in str(failure.value)


# What is refused, and what is forgotten -----------------------------------------------------------


@pytest.mark.parametrize("problem", list(Problem))
def test_a_file_that_cannot_be_kept_says_why_and_costs_nothing(
    house: House, data_folder: Path, problem: Problem
) -> None:
    draft = given.a_draft(house)
    with pytest.raises(FileRefused) as refusal:
        keep_file(draft, an_upload(problem=problem), on=TODAY)
    assert refusal.value.reason == problem.value
    assert draft.files == []
    assert on_disk(data_folder) == []
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("kind", [For.UPLOADS, For.REPORTS])
def test_beyond_an_organisations_budget_files_wait_and_text_does_not(
    house: House, neighbour: House, data_folder: Path, kind: For, settings: Any
) -> None:
    """Vault §3.2: "add them later with your code"; nobody's words are refused."""
    settings.UPLOADS_AN_HOUR = 1000
    assert within(house.organisation.id, kind, 990 if kind is For.UPLOADS else 60)
    draft = given.a_draft(house, reader="noor")
    with pytest.raises(FileRefused) as refusal:
        keep_file(draft, an_upload(), on=TODAY)
    assert refusal.value.reason == "later"
    assert on_disk(data_folder) == []
    told = given.a_report(house, draft=draft)
    with pytest.raises(FileRefused):
        channel.keep_file(told.seat, an_upload(), on=TODAY)
    assert kept()  # who works here is no flood
    assert keep_file(given.a_draft(neighbour), an_upload(), on=TODAY)


def test_ten_files_are_enough_and_the_eleventh_leaves_nothing_behind(
    house: House, data_folder: Path
) -> None:
    draft = given.a_draft(house)
    for number in range(10):
        keep_file(draft, an_upload(b"%d" % number), on=TODAY)
    with pytest.raises(FileRefused) as refusal:
        keep_file(draft, an_upload(), on=TODAY)
    assert refusal.value.reason == "too_many"
    assert len(draft.files) == len(on_disk(data_folder)) == 10


def test_a_file_taken_out_of_a_draft_is_off_the_disk(house: House, data_folder: Path) -> None:
    draft = given.a_draft(house)
    first = keep_file(draft, an_upload(photo()), on=TODAY)
    keep_file(draft, an_upload(), on=TODAY)
    drop_file(draft, uuid4())
    drop_file(draft, first.blob)
    assert len(draft.files) == len(on_disk(data_folder)) == Attachment.objects.count() == 1
    drop_files(draft)
    assert draft.files == []
    assert on_disk(data_folder) == []
    assert not Attachment.objects.exists()


def test_a_file_that_an_entry_names_cannot_be_forgotten(house: House, data_folder: Path) -> None:
    """A draft in another window still names it: what was sent stays."""
    draft = given.a_draft(house, reader="noor")
    keep_file(draft, an_upload(), on=TODAY)
    told = given.a_report(house, draft=draft)
    forget_files(draft.files)
    (file,) = lines(house, told)
    assert read(house, told, file) == LETTER


@pytest.fixture
def orphan() -> KeptFile:
    return kept()


def test_a_file_that_no_entry_came_to_name_is_forgotten_after_its_day(
    house: House, orphan: KeptFile
) -> None:
    told = a_report_with(house, LETTER)
    (file,) = lines(house, told)
    assert sweep_orphans(before=TODAY) == 0
    assert named_blobs({orphan.blob, file}) == {orphan.blob, file}
    assert sweep_orphans(before=TODAY + timedelta(days=1)) == 1
    assert named_blobs({orphan.blob, file}) == {file}
