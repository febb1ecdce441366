"""The bytes of an entry: what was written comes back, and nothing else is believed."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klankbord.rules import entries
from klankbord.rules.course import (
    ConsentAsked,
    ConsentSpoken,
    FactsFound,
    Judged,
    PersonBarred,
    PersonCleared,
    ProcedureReopened,
    ProcedureStarted,
    SeatTaken,
    SeverityAssessed,
    StepCorrected,
    StepDelegated,
    StepDone,
    StepSkipped,
    TermExtended,
    WorkNoted,
)
from klankbord.rules.entries import (
    KINDS,
    Activity,
    Answers,
    CaseClosed,
    CaseLinked,
    CaseRead,
    CaseReopened,
    CaseUnlinked,
    CleanCopy,
    EarlierFacts,
    Entry,
    EntryNotUnderstood,
    ExclusionSettled,
    IdentityGiven,
    KeptFile,
    KeysArranged,
    ListedHolder,
    MessageSent,
    NoteTaken,
    ReportEntered,
    ReporterJoined,
    ReporterKeys,
    ReporterRenewed,
    ReportOfActivity,
    ReportReceived,
    ReportResumed,
    ReportWithdrawn,
    of_activity,
    read_entry,
    write_entry,
)

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 12, 37, 21, tzinfo=UTC)
SOMEBODY = UUID("6f1f4f0e-8f0a-4a6c-9a57-3b1f4a0c2d11")
SOMEBODY_ELSE = UUID("0b7d5f9c-2f7e-4b53-8a40-5b7a6a1c9e02")

PICTURE = KeptFile(
    blob=SOMEBODY, key="ab" * 32, name="foto “tent”.jpg", type="jpeg", size=20_000,
    digest="cd" * 32,
    clean=CleanCopy(blob=SOMEBODY_ELSE, key="ef" * 32, type="jpeg", size=18_000, digest="01" * 32),
)  # fmt: skip
LETTER = KeptFile(SOMEBODY, "ab" * 32, "brief.pdf", "pdf", 0, "cd" * 32)
TOLD = Answers(
    "report", 1, "fr",
    {"happened": "Été — ‘niet oké’ 🙁", "kind": ["bullying"], "when": {"year": 2026}, "b": True},
)  # fmt: skip

CAMP = Activity(SOMEBODY, "Zomerkamp", date(2026, 7, 1), date(2026, 7, 9))
ONE_OF_EACH: tuple[Entry, ...] = (
    KeysArranged("file", 0, "aa", (ListedHolder(SOMEBODY, "bb"),), "chosen"),
    KeysArranged(
        "identity", 3, "aa", (), "reporter", ReporterKeys(SOMEBODY_ELSE, box="11", sign="22")
    ),
    ReportReceived(Answers("report", 1, "nl", {})),
    ReportReceived(
        TOLD, (PICTURE, LETTER), SOMEBODY, (SOMEBODY, SOMEBODY_ELSE), ("board",), "die van B.",
        True, date(2026, 11, 25),
    ),
    ReportOfActivity(
        TOLD, activity=CAMP
    ),
    IdentityGiven(Answers("report", 1, "de", {"name": "Robin"})),
    ReportEntered("letter", "parent", DAY, gone_through=True),
    ReporterJoined(ReporterKeys(SOMEBODY, box="11", sign="22"), "concerned"),
    ReporterRenewed(ReporterKeys(SOMEBODY_ELSE, box="33", sign="44")),
    MessageSent("Dag,\n\nik lees mee."),
    MessageSent("", (PICTURE,)),
    NoteTaken("bellen na vieren"),
    CaseLinked(UUID(int=9), "RAV-7K2M"),
    CaseUnlinked(UUID(int=9)),
    EarlierFacts("unknown"),
    CaseRead(),
    ExclusionSettled((), "niemand van hier"),
    ExclusionSettled((SOMEBODY,), "de voorzitter"),
    ReportWithdrawn(""),
    ReportResumed(),
    CaseClosed("referred", "Zij helpen verder.", "het steunpunt"),
    CaseReopened("Er kwam iets bij."),
    ProcedureStarted("complaint", 1, "ab" * 32, DAY),
    StepDone("receive", 1, "service", DAY),
    StepDone(
        "answer", 2, "founded", DAY, "responsible", {"channel": "oral"}, {"recheck": DAY},
        (Judged("demonstrable", True, "met foto"), Judged("not_earlier", False)), TOLD,
        {"measures": "We maken het pad vlak."}, "na overleg", "de ombudsdienst", (LETTER,),
    ),
    WorkNoted(7),
    WorkNoted(
        7, "rustig gesprek", {"measures": "tot de zomer"}, TOLD,
        (Judged("demonstrable", True, "met foto"),), (LETTER,),
    ),
    StepSkipped("consult", DAY, "niet nodig"),
    StepDelegated("analysis", SOMEBODY, DAY, "kent de werking"),
    SeatTaken("responsible", "chair", SOMEBODY, DAY, "de directeur is betrokken"),
    PersonBarred(SOMEBODY, "accused", DAY),
    PersonCleared(SOMEBODY, "accused", DAY, "iemand anders was bedoeld"),
    TermExtended("answer", DAY, DAY, "ziek"),
    FactsFound(DAY, {"minor": "yes"}, {"facts": DAY}),
    SeverityAssessed(
        "colours", 1, "severity", "red", DAY, {"now": "no"}, (), {"consent": "red"}, ("repeated",),
        "twee keer", SOMEBODY, "",
    ),
    ConsentAsked("talk_manager", 1, "Mag ik jullie samenbrengen?", DAY),
    ConsentSpoken("talk_manager", 1, "yes", "aan de telefoon", DAY),
    StepCorrected(7, None, DAY, "verkeerde dag"),
    StepCorrected(7, StepDone("receive", 1, "service", DAY), DAY, "verkeerde keuze"),
    ProcedureReopened("analysis", DAY, "nieuwe feiten"),
)  # fmt: skip


def body_of(entry: Entry, **changed: Any) -> dict[str, Any]:
    """An entry as the dictionary inside its bytes, with some keys changed."""
    plain: dict[str, Any] = json.loads(write_entry(entry, at=AT))
    return plain | changed


def read(plain: object) -> Entry:
    return read_entry(json.dumps(plain).encode())[0]


@pytest.mark.parametrize("entry", ONE_OF_EACH, ids=lambda entry: entry.kind)
def test_what_was_written_is_read_back(entry: Entry) -> None:
    assert read_entry(write_entry(entry, at=AT)) == (entry, AT)


def test_there_is_an_example_of_every_kind_of_entry() -> None:
    assert {entry.kind for entry in ONE_OF_EACH} == set(KINDS)


@pytest.mark.parametrize("entry", ONE_OF_EACH, ids=lambda entry: entry.kind)
def test_the_same_entry_is_always_the_same_bytes(entry: Entry) -> None:
    """What is signed is the bytes: reading and writing again changes none of them."""
    written = write_entry(entry, at=AT)
    again, at = read_entry(written)
    assert write_entry(again, at=at) == written


def test_an_entry_keeps_the_second_and_no_more() -> None:
    written = write_entry(CaseRead(), at=AT.replace(microsecond=123_456))
    assert read_entry(written)[1] == AT


@pytest.mark.parametrize("entry", ONE_OF_EACH, ids=lambda entry: entry.kind)
def test_an_entry_with_an_unknown_key_is_refused(entry: Entry) -> None:
    with pytest.raises(EntryNotUnderstood):
        read(body_of(entry, severity="red"))


@pytest.mark.parametrize("entry", ONE_OF_EACH, ids=lambda entry: entry.kind)
def test_an_entry_without_one_of_its_keys_is_refused(entry: Entry) -> None:
    plain = body_of(entry)
    for key in plain:
        with pytest.raises(EntryNotUnderstood):
            read({name: value for name, value in plain.items() if name != key})


@pytest.mark.parametrize(
    "body",
    [
        b'{"v":1,"v":1,"kind":"case_read","at":"2026-11-23T12:37:21+00:00"}',
        b'{"v":1,"kind":"note_taken","kind":"case_read","at":"2026-11-23T12:37:21+00:00"}',
        b'{"v":1,"kind":"note_taken","at":"2026-11-23T12:37:21+00:00","text":"a","text":"b"}',
        b'{"v":1,"kind":"identity_given","at":"2026-11-23T12:37:21+00:00",'
        b'"form":{"form":"report","version":1,"language":"nl","answers":{"name":"a","name":"b"}}}',
    ],
    ids=["version", "kind", "field", "answer"],
)
def test_a_key_that_stands_twice_is_refused(body: bytes) -> None:
    """Python keeps the last one: two readers would then see two stories (vault, entries)."""
    with pytest.raises(EntryNotUnderstood):
        read_entry(body)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1.0", "1e3", "0.5"])
def test_a_number_that_is_not_whole_is_refused_wherever_it_stands(number: str) -> None:
    written = write_entry(ReportReceived(TOLD), at=AT).decode()
    assert '"year": 2026' in written
    with pytest.raises(EntryNotUnderstood):
        read_entry(written.replace('"year": 2026', f'"year": {number}').encode())


@pytest.mark.parametrize("number", [1.5, float("nan"), float("inf")])
def test_a_number_that_is_not_whole_is_never_written(number: float) -> None:
    with pytest.raises((TypeError, ValueError)):
        write_entry(IdentityGiven(Answers("report", 1, "nl", {"age": number})), at=AT)


@pytest.mark.parametrize("version", [0, 2, "1", None, True, [1]])
def test_an_entry_of_another_version_is_refused(version: object) -> None:
    with pytest.raises(EntryNotUnderstood):
        read(body_of(CaseRead(), v=version))


@pytest.mark.parametrize("kind", ["", "CaseRead", "case_red", None, 3, ["case_read"], {}])
def test_an_entry_of_an_unknown_kind_is_refused(kind: object) -> None:
    with pytest.raises(EntryNotUnderstood):
        read(body_of(CaseRead(), kind=kind))


@pytest.mark.parametrize(
    "at",
    ["", "gisteren", "2026-13-01T00:00:00+00:00", "2026-11-23T12:37:21", "2026-11-23", 0, None],
)
def test_an_entry_without_a_moment_and_its_zone_is_refused(at: object) -> None:
    with pytest.raises(EntryNotUnderstood):
        read(body_of(CaseRead(), at=at))


@pytest.mark.parametrize(
    ("entry", "key", "value"),
    [
        (MessageSent("x"), "text", 1),
        (MessageSent("x"), "text", None),
        (MessageSent("x"), "text", ["x"]),
        (MessageSent("x"), "files", "x"),
        (MessageSent("x"), "files", {}),
        (MessageSent("x"), "files", [{"blob": "x"}]),
        (ReportReceived(TOLD), "danger", 0),
        (ReportReceived(TOLD), "danger", "no"),
        (ReportReceived(TOLD), "unit", "here"),
        (ReportReceived(TOLD), "unit", 5),
        (ReportReceived(TOLD), "excluded_members", [SOMEBODY.hex, 1]),
        (ReportReceived(TOLD), "excluded_groups", [1]),
        (ReportReceived(TOLD), "first_answer_by", "2026-11-31"),
        (ReportReceived(TOLD), "first_answer_by", "20261125"),
        (ReportReceived(TOLD), "first_answer_by", "2026-W48-3"),
        (ReportOfActivity(TOLD, activity=CAMP), "activity", None),
        (ReportOfActivity(TOLD, activity=CAMP), "activity", {"id": SOMEBODY.hex}),
        (ReportReceived(TOLD), "form", None),
        (ReportReceived(TOLD), "form", {"form": "report"}),
        (ONE_OF_EACH[0], "epoch", True),
        (ONE_OF_EACH[0], "epoch", "0"),
        (ONE_OF_EACH[0], "holders", [[]]),
        (ONE_OF_EACH[0], "reporter", {"id": SOMEBODY.hex}),
        (ONE_OF_EACH[0], "reporter", []),
    ],
)
def test_a_value_of_another_type_is_refused(entry: Entry, key: str, value: object) -> None:
    with pytest.raises(EntryNotUnderstood):
        read(body_of(entry, **{key: value}))


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"3", b'"case_read"', b"{}", b"{", b"\xff\xfe", b"[" * 100_000,
     b'{"v":' + b"9" * 5000 + b"}"],
    ids=["nothing", "null", "list", "number", "word", "empty", "half", "no text", "deep", "long"],
)  # fmt: skip
def test_what_is_no_entry_at_all_is_refused(body: bytes) -> None:
    with pytest.raises(EntryNotUnderstood):
        read_entry(body)


def test_a_refusal_says_nothing_of_the_story() -> None:
    """No content in exceptions: not in the words, not in the cause."""
    body = write_entry(MessageSent("het geheim"), at=AT).replace(b'"files": []', b'"files": 1.5')
    with pytest.raises(EntryNotUnderstood) as refusal:
        read_entry(body)
    assert str(refusal.value) == ""
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


def test_the_words_of_an_entry_are_not_printed_with_its_place() -> None:
    happened = entries.Happened(1, "file", 0, AT, SOMEBODY, MessageSent("het geheim"))
    assert "geheim" not in repr(happened)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
IDS = st.uuids()
MOMENTS = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001 (the zone is given below)
    datetime(9000, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda at: at.replace(microsecond=0))
ANSWER = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | WORDS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(WORDS, inside, max_size=3),
    max_leaves=6,
)
for_answers = st.builds(
    Answers, WORDS, st.integers(0, 9), WORDS, st.dictionaries(WORDS, ANSWER, max_size=3)
)
st.register_type_strategy(Answers, for_answers)
st.register_type_strategy(str, WORDS)
ANY_ENTRY = st.one_of(*(st.builds(kind) for kind in KINDS.values()))


@settings(max_examples=150, deadline=None)
@given(entry=ANY_ENTRY, at=MOMENTS)
def test_whatever_somebody_writes_comes_back_unaltered(entry: Entry, at: datetime) -> None:
    assert read_entry(write_entry(entry, at=at)) == (entry, at)


@settings(max_examples=150, deadline=None)
@given(entry=st.sampled_from(ONE_OF_EACH), place=st.integers(0, 10**6), instead=st.integers(0, 255))
def test_bytes_that_were_damaged_are_refused_or_understood_but_never_raise_otherwise(
    entry: Entry, place: int, instead: int
) -> None:
    body = bytearray(write_entry(entry, at=AT))
    body[place % len(body)] = instead
    with suppress(EntryNotUnderstood):
        read_entry(bytes(body))


def test_a_report_of_an_activity_is_a_report_that_also_says_which() -> None:  # R-001-42
    report = ReportReceived(TOLD, unit=SOMEBODY, excluded_groups=("board",), danger=True)
    of_camp = of_activity(report, CAMP)
    assert isinstance(of_camp, ReportReceived)
    assert (of_camp.unit, of_camp.danger, of_camp.activity) == (SOMEBODY, True, CAMP)
    assert read_entry(write_entry(of_camp, at=AT)) == (of_camp, AT)
