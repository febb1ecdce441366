"""What a writer in the database can do: nothing that stays unnoticed (vault, rows 2 to 10)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from klankbord.cases.models import FILE, IDENTITY, Bookmark, Case, Compartment, Entry, KeyHolder
from klankbord.cases.services import ALARM
from klankbord.handling import channel
from klankbord.handling.casework import (
    NotYours,
    TroubleInCase,
    answer,
    close,
    end_access,
    give_access,
    note,
    open_page,
)
from klankbord.handling.pages import Page
from klankbord.kit.clock import day_number
from klankbord.kit.journal.models import Line
from klankbord.kit.outbox.models import Letter
from klankbord.kit.vault.entries import open_entry
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.secret import new_key
from klankbord.kit.vault.wraps import unwrap_key
from klankbord.organisations.models import Certificate, Role
from klankbord.rules.entries import KeysArranged, ListedHolder, MessageSent
from tests import given
from tests.cases import writer
from tests.given import NOON, House, Told

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def told(house: House) -> Told:
    """Noor and Tarik read; both looked; Noor wrote something; the reporter looked too."""
    report = given.a_report(house, choice="team")
    page_of(house, report, "tarik")
    say(house, report, "Dag, ik lees mee.")
    reporters_page(report)
    report.case.refresh_from_db()
    return report


def page_of(house: House, told: Told, name: str = "noor") -> Page:
    member = house[name].member()
    return open_page(member, told.reference, at=LATER, language="nl").page


def reporters_page(told: Told) -> Page:
    return channel.view(told.seat, told.case.id, at=LATER, language="nl")


def say(house: House, told: Told, text: str, name: str = "noor") -> None:
    answer(house[name].member(), told.reference, text=text, token=given.a_token(), at=LATER)


def messages(page: Page) -> list[str]:
    return [item.entry.text for item in page.items if isinstance(item.entry, MessageSent)]


def read_only(house: House, told: Told) -> bool:
    """Whether nobody can write any more, in any way."""
    noor, before = house["noor"].member(), Entry.objects.filter(case=told.case).count()
    tries: list[Callable[[], object]] = [
        lambda: say(house, told, "nog iets"),
        lambda: note(noor, told.reference, text="x", token=given.a_token(), at=LATER),
        lambda: close(noor, told.reference, reason="settled", text="x", at=LATER),
        lambda: end_access(
            noor, told.reference, membership=house["tarik"].membership, why="x", at=LATER
        ),
        lambda: give_access(
            noor, told.reference, membership=house["els"].membership, identity=True, why="x",
            at=LATER,
        ),
        lambda: channel.write(
            told.seat, told.case.id, text="nog iets", token=given.a_token(), at=LATER
        ),
        lambda: channel.withdraw(told.seat, told.case.id, text="", at=LATER),
    ]  # fmt: skip
    for attempt in tries:
        with pytest.raises(TroubleInCase):
            attempt()
    return Entry.objects.filter(case=told.case).count() == before


def test_a_case_that_nobody_touched_gives_no_trouble(house: House, told: Told) -> None:
    assert page_of(house, told).trouble == page_of(house, told, "tarik").trouble == ()
    assert reporters_page(told).trouble == ()
    assert not Line.objects.filter(deed=ALARM).exists()


# Row 2: the list on the page and the keys in the database are one list ----------------------------


def insert_holder(house: House, told: Told, name: str) -> None:
    """Make Bert, the administrator, a reader."""
    bert = house["bert"]
    writer.wrap(
        told, bert.membership, bert.joined.pair.box_pub, key=new_key(), epoch=0, name=name
    ).save()


@pytest.mark.parametrize("name", [FILE, IDENTITY])
def test_a_holder_whom_no_signed_list_names_makes_the_case_read_only(
    house: House, told: Told, name: str
) -> None:
    insert_holder(house, told, name)
    assert page_of(house, told).trouble == ("lists",)
    assert reporters_page(told).trouble == ("lists",)
    assert read_only(house, told)


@pytest.mark.parametrize("name", [FILE, IDENTITY])
def test_a_holder_on_the_list_without_a_key_makes_the_case_read_only(
    house: House, told: Told, name: str
) -> None:
    KeyHolder.objects.filter(
        compartment=writer.compartment(told, name), holder=house["tarik"].membership
    ).delete()
    assert page_of(house, told).trouble == ("lists",)
    assert read_only(house, told)


def test_the_reporter_cannot_be_taken_off_the_case_in_silence(house: House, told: Told) -> None:
    KeyHolder.objects.filter(holder=told.seat.reporter).delete()
    assert page_of(house, told).trouble == ("lists",)
    with pytest.raises(NotYours):
        reporters_page(told)


def test_somebody_put_in_anothers_notes_is_noticed_by_whose_notes_they_are(
    house: House, told: Told
) -> None:
    note(house["noor"].member(), told.reference, text="geheim", token=given.a_token(), at=LATER)
    name = Compartment.objects.get(case=told.case, name__startswith="notes:").name
    insert_holder(house, told, name)
    assert page_of(house, told).trouble == ("lists",)


def test_a_case_in_trouble_can_still_be_read(house: House, told: Told) -> None:
    """Nothing acknowledged is ever lost: what fits is shown, with the warning."""
    insert_holder(house, told, FILE)
    page = page_of(house, told)
    assert not page.can_write
    assert given.STORY in [row.text for row in page.report]
    assert messages(page) == ["Dag, ik lees mee."]


def test_reading_a_case_in_trouble_writes_nothing_in_it(house: House, told: Told) -> None:
    """The bookmark stays where it was: it is the proof of what was there."""
    insert_holder(house, told, FILE)
    tomorrow = NOON + timedelta(days=1)
    before = list(Bookmark.objects.order_by("id").values_list("sealed", flat=True))
    open_page(house["noor"].member(), told.reference, at=tomorrow, language="nl")
    assert Entry.objects.filter(case=told.case).count() == told.case.count
    assert list(Bookmark.objects.order_by("id").values_list("sealed", flat=True)) == before


# The alarm ----------------------------------------------------------------------------------------


def test_trouble_is_told_once_a_day_in_the_journal_and_to_all_who_must_know(
    house: House, neighbour: House, told: Told
) -> None:
    Letter.objects.all().delete()
    insert_holder(house, told, FILE)
    for name in ("noor", "tarik", "noor"):
        page_of(house, told, name)
    reporters_page(told)
    line = Line.objects.get(deed=ALARM)
    assert (line.organisation, line.day) == (house.organisation.id, day_number(LATER.date()))
    assert line.actor is None
    assert line.subject == ""
    told_by_mail = sorted(letter.address for letter in Letter.objects.all())
    assert told_by_mail == sorted(house[name].mail for name in ("bert", "noor", "tarik"))


def test_trouble_that_stays_is_told_again_the_next_day(house: House, told: Told) -> None:
    insert_holder(house, told, FILE)
    page_of(house, told)
    open_page(house["noor"].member(), told.reference, at=LATER + timedelta(days=1), language="nl")
    assert Line.objects.filter(deed=ALARM).count() == 2


def test_the_day_of_an_alarm_is_the_day_in_brussels(house: House, told: Told) -> None:
    insert_holder(house, told, FILE)
    late = NOON.replace(hour=23, minute=30)
    open_page(house["noor"].member(late), told.reference, at=late, language="nl")
    tomorrow = day_number(NOON.date() + timedelta(days=1))
    assert Line.objects.get(deed=ALARM).day == tomorrow


def test_only_who_administers_today_gets_the_alarm(house: House, told: Told) -> None:
    day = day_number(LATER.date())
    Letter.objects.all().delete()
    Role.objects.filter(word="administrator").update(until_day=day - 1)
    for name, since in (("wout", day), ("joris", day + 1)):
        Role.objects.create(
            membership_id=house[name].membership, word="administrator", from_day=since,
            until_day=day + 9,
        )  # fmt: skip
    insert_holder(house, told, FILE)
    page_of(house, told)
    told_by_mail = {letter.address for letter in Letter.objects.all()}
    assert told_by_mail & {house[name].mail for name in ("bert", "wout", "joris")} == {
        house["wout"].mail
    }


# Row 4: a row fits in its own place only ----------------------------------------------------------


@pytest.mark.parametrize("columns", [("sealed",), ("nonce",), ("sealed", "nonce", "hash")], ids=str)
def test_two_entries_that_changed_places_are_noticed(
    house: House, told: Told, columns: tuple[str, ...]
) -> None:
    one, other = Entry.objects.filter(
        case=told.case, compartment=writer.compartment(told)
    ).order_by("seq")[:2]
    for entry, values in ((one, other), (other, one)):
        Entry.objects.filter(id=entry.id).update(
            **{column: bytes(getattr(values, column)) for column in columns}
        )
    assert set(page_of(house, told).trouble) >= {"chain", "signature"}
    assert read_only(house, told)


@pytest.mark.parametrize("column", ["epoch", "day", "prev", "hash", "sealed", "nonce"])
def test_whatever_is_changed_in_an_entry_is_noticed(house: House, told: Told, column: str) -> None:
    entry = Entry.objects.get(case=told.case, seq=1)
    old = getattr(entry, column)
    new = old + 1 if isinstance(old, int) else bytes([bytes(old)[0] ^ 1]) + bytes(old)[1:]
    Entry.objects.filter(id=entry.id).update(**{column: new})
    assert "chain" in page_of(house, told).trouble
    assert read_only(house, told)


def test_an_entry_moved_to_another_compartment_is_noticed(house: House, told: Told) -> None:
    Entry.objects.filter(case=told.case, seq=1).update(
        compartment=writer.compartment(told, IDENTITY)
    )
    assert "chain" in page_of(house, told).trouble
    assert read_only(house, told)


def test_the_entries_of_another_case_do_not_fit(house: House, told: Told) -> None:
    other = given.a_report(house, choice="team")
    theirs = Entry.objects.get(case=other.case, seq=1)
    Entry.objects.filter(case=told.case, seq=1).update(
        nonce=bytes(theirs.nonce), sealed=bytes(theirs.sealed), hash=bytes(theirs.hash)
    )
    assert set(page_of(house, told).trouble) >= {"chain", "signature"}


@pytest.mark.parametrize("change", [{"head": bytes(32)}, {"count": 99}, {"count": 1}], ids=str)
def test_a_forged_head_is_noticed(house: House, told: Told, change: dict[str, object]) -> None:
    Case.objects.filter(id=told.case.id).update(**change)
    assert page_of(house, told).trouble == ("chain",)
    assert read_only(house, told)


# Row 5: a wrap opens in its own place only --------------------------------------------------------


def test_a_key_of_one_case_put_in_another_opens_nothing(house: House, told: Told) -> None:
    other = given.a_report(house, choice="team")
    noor = house["noor"].membership
    wraps = [
        KeyHolder.objects.get(compartment=writer.compartment(it), holder=noor)
        for it in (told, other)
    ]
    KeyHolder.objects.filter(id=wraps[0].id).update(wrapped=bytes(wraps[1].wrapped))
    with pytest.raises(NotYours):
        page_of(house, told)
    assert reporters_page(told).report


def test_a_key_of_the_file_put_in_the_identity_opens_no_identity(house: House, told: Told) -> None:
    noor = house["noor"].membership
    file = KeyHolder.objects.get(compartment=writer.compartment(told), holder=noor)
    KeyHolder.objects.filter(compartment=writer.compartment(told, IDENTITY), holder=noor).update(
        wrapped=bytes(file.wrapped)
    )
    page = open_page(house["noor"].member(), told.reference, at=LATER, language="nl")
    assert page.identity is None


# Row 7: an epoch that no holder signed ------------------------------------------------------------


def everybody(house: House, told: Told) -> list[tuple[object, bytes]]:
    return [
        (house["noor"].membership, house["noor"].joined.pair.box_pub),
        (house["tarik"].membership, house["tarik"].joined.pair.box_pub),
        (told.seat.reporter, told.seat.pair.box_pub),
    ]


def test_nothing_is_written_under_a_key_that_somebody_injected(house: House, told: Told) -> None:
    known = new_key()
    for holder, box in everybody(house, told):
        writer.wrap(told, holder, box, key=known, epoch=1, name=FILE).save()  # type: ignore[arg-type]
    Compartment.objects.filter(id=writer.compartment(told).id).update(epoch=1)
    assert page_of(house, told).trouble == ("lists",)
    assert read_only(house, told)


def test_keys_of_an_epoch_that_no_list_speaks_of_are_noticed(house: House, told: Told) -> None:
    """As above, but the compartment itself is left alone."""
    known = new_key()
    for holder, box in everybody(house, told):
        writer.wrap(told, holder, box, key=known, epoch=1, name=FILE).save()  # type: ignore[arg-type]
    assert page_of(house, told).trouble == ("lists",)
    assert read_only(house, told)


def test_a_list_that_names_another_key_than_the_one_in_hand_is_noticed(
    house: House, told: Told
) -> None:
    """Two holders must never be made to write under two keys: the list says which one it is."""
    listed = writer.opened_by(told, told.seat.hand).file.listed
    assert listed is not None
    wrong = replace(listed, commit="ab" * 32, reporter=None)
    writer.append(told, writer.hand_of(house["noor"]), wrong, key=writer.file_key(told))
    assert page_of(house, told, "tarik").trouble == ("lists",)
    assert read_only(house, told)


def test_a_holder_left_without_the_newest_key_is_noticed(house: House, told: Told) -> None:
    """They would read the past, and not notice that the case goes on without them."""
    end_access(
        house["noor"].member(), told.reference, membership=house["tarik"].membership,
        why="taak klaar", at=LATER,
    )  # fmt: skip
    KeyHolder.objects.filter(
        compartment=writer.compartment(told), holder=told.seat.reporter, epoch=1
    ).delete()
    assert page_of(house, told).trouble == ("lists",)
    assert "lists" in reporters_page(told).trouble
    assert read_only(house, told)


def test_nothing_is_written_under_a_key_that_was_put_in_place_of_another(
    house: House, told: Told
) -> None:
    known = new_key()
    KeyHolder.objects.filter(compartment=writer.compartment(told)).delete()
    for holder, box in everybody(house, told):
        writer.wrap(told, holder, box, key=known, epoch=0, name=FILE).save()  # type: ignore[arg-type]
    assert "lists" in page_of(house, told).trouble
    assert read_only(house, told)


@pytest.mark.parametrize("name", [FILE, IDENTITY])
def test_a_compartment_that_claims_another_epoch_is_noticed(
    house: House, told: Told, name: str
) -> None:
    Compartment.objects.filter(case=told.case, name=name).update(epoch=1)
    assert page_of(house, told).trouble == ("lists",)
    assert read_only(house, told)


# Row 8: after the end of access -------------------------------------------------------------------


def test_an_old_dump_and_an_old_passphrase_open_what_was_there_and_nothing_new(
    house: House, told: Told
) -> None:
    tarik = house["tarik"]
    dump = list(KeyHolder.objects.filter(holder=tarik.membership).order_by("epoch"))
    end_access(
        house["noor"].member(), told.reference, membership=tarik.membership, why="taak klaar",
        at=LATER,
    )  # fmt: skip
    say(house, told, "Dit leest Tarik niet meer.")
    keys = {
        wrap.compartment_id: unwrap_key(
            bytes(wrap.wrapped), box_priv=tarik.joined.pair.box,
            organisation=told.case.organisation_id, case=told.case.id,
            compartment=wrap.compartment_id, epoch=wrap.epoch, holder=tarik.membership,
        )
        for wrap in dump
    }  # fmt: skip
    opens, shut = [], []
    for entry in Entry.objects.filter(case=told.case).order_by("seq"):
        try:
            open_entry(
                writer.header_of(told, entry), key=keys[entry.compartment_id],
                nonce=bytes(entry.nonce), sealed=bytes(entry.sealed),
            )  # fmt: skip
            opens.append(entry.seq)
        except VaultError:
            shut.append(entry.seq)
    assert opens == list(range(told.case.count))
    assert shut == list(range(told.case.count, Case.objects.get(id=told.case.id).count))
    assert len(shut) == 4  # the identity's list, its copy, the file's list and the message


def test_rows_put_back_from_a_dump_give_back_the_past_only_and_raise_the_alarm(
    house: House, told: Told
) -> None:
    tarik = house["tarik"]
    dump = list(KeyHolder.objects.filter(holder=tarik.membership))
    row = told.case.rows.get(membership=tarik.membership)
    end_access(
        house["noor"].member(), told.reference, membership=tarik.membership, why="taak klaar",
        at=LATER,
    )  # fmt: skip
    say(house, told, "Dit leest Tarik niet meer.")
    KeyHolder.objects.bulk_create(dump)
    row.save(force_insert=True)
    page = page_of(house, told, "tarik")
    assert messages(page) == ["Dag, ik lees mee."]
    assert "lists" in page.trouble
    assert page_of(house, told).trouble == ("lists",)
    assert Line.objects.filter(deed=ALARM).exists()
    assert read_only(house, told)


# Row 9: entries that are gone ---------------------------------------------------------------------


@pytest.mark.parametrize("last", [1, 2, 3])
def test_who_saw_the_last_entries_notices_that_they_are_gone(
    house: House, told: Told, last: int
) -> None:
    writer.cut(told, last)
    assert page_of(house, told).trouble == ("bookmark",)
    assert reporters_page(told).trouble == ("bookmark",)
    assert read_only(house, told)


def test_a_case_emptied_of_everything_is_noticed(house: House, told: Told) -> None:
    writer.cut(told, told.case.count)
    assert set(page_of(house, told).trouble) == {"bookmark", "lists"}


def test_an_entry_replaced_by_an_honest_looking_one_is_noticed(house: House, told: Told) -> None:
    """A holder regrets a message, can write in the database, and writes another in its place."""
    key = writer.file_key(told)
    writer.cut(told, 1)
    writer.append(told, writer.hand_of(house["noor"]), MessageSent("Iets heel anders."), key=key)
    assert reporters_page(told).trouble == ("bookmark",)


def test_a_bookmark_of_another_holder_or_case_is_noticed(house: House, told: Told) -> None:
    theirs = Bookmark.objects.get(case=told.case, holder=house["tarik"].membership)
    Bookmark.objects.filter(case=told.case, holder=house["noor"].membership).update(
        sealed=bytes(theirs.sealed)
    )
    assert page_of(house, told).trouble == ("bookmark",)


# Row 10: alteration, and who may write ------------------------------------------------------------


@pytest.mark.parametrize("seq", [1, 6], ids=["the story", "what was answered"])
def test_an_altered_entry_is_noticed_even_when_everything_was_chained_anew(
    house: House, told: Told, seq: int
) -> None:
    """With the key in hand and the chain made whole, the signature is what fails."""
    Bookmark.objects.all().delete()  # bookmarks would notice as well
    writer.rewrite(told, seq, lambda body: body.replace(b"e", b"a", 1))
    trouble = page_of(house, told).trouble
    assert "signature" in trouble
    assert "chain" not in trouble
    assert read_only(house, told)


def test_what_a_holder_changes_in_their_own_past_is_noticed_by_what_others_wrote_after(
    house: House, told: Told
) -> None:
    """Signed by the right hand in the right place; but the next entry follows another one."""
    channel.write(told.seat, told.case.id, text="Dank je.", token=given.a_token(), at=LATER)
    Bookmark.objects.all().delete()
    told.case.refresh_from_db()
    last = Entry.objects.get(case=told.case, seq=told.case.count - 1)
    key, head = writer.file_key(told), bytes(told.case.head)
    writer.cut(told, 2)
    writer.append(told, writer.hand_of(house["noor"]), MessageSent("Iets heel anders."), key=key)
    last.save(force_insert=True)
    Case.objects.filter(id=told.case.id).update(count=told.case.count, head=head)
    assert page_of(house, told).trouble == ("chain",)
    assert read_only(house, told)


def test_an_altered_story_is_not_shown(house: House, told: Told) -> None:
    Bookmark.objects.all().delete()
    writer.rewrite(told, 1, lambda body: body.replace(b"gelachen", b"gedanst!"))
    assert page_of(house, told).report == ()


def test_a_case_rewritten_word_for_word_is_the_same_case(house: House, told: Told) -> None:
    """The control of the two above: it is the alteration that is noticed, not the rewriting."""
    writer.rewrite(told, 1, lambda body: body)
    assert page_of(house, told).trouble == ()


@pytest.mark.parametrize("who", ["els", "bert", "joris"])
def test_a_certified_member_who_holds_no_key_cannot_write_with_a_stolen_one(
    house: House, told: Told, who: str
) -> None:
    key = writer.file_key(told)
    writer.append(told, writer.hand_of(house[who]), MessageSent("namens ons"), key=key)
    page = page_of(house, told)
    assert page.trouble == ("signature",)
    assert "namens ons" not in messages(page)


def test_nobody_can_write_in_anothers_name(house: House, told: Told) -> None:
    key = writer.file_key(told)
    hand = writer.hand_of(house["bert"])
    for holder in (house["noor"].membership, told.seat.reporter, uuid4()):
        with transaction.atomic():
            writer.append(told, type(hand)(holder, hand.pair), MessageSent("ik was het"), key=key)
            page = page_of(house, told)
            assert "signature" in page.trouble
            assert "ik was het" not in messages(page)
            transaction.set_rollback(True)


def test_somebody_whose_access_ended_cannot_write_even_with_the_newest_key(
    house: House, told: Told
) -> None:
    tarik = house["tarik"]
    end_access(
        house["noor"].member(), told.reference, membership=tarik.membership, why="taak klaar",
        at=LATER,
    )  # fmt: skip
    with pytest.raises(NotYours):
        say(house, told, "nog één ding", "tarik")
    key = writer.file_key(told, 1)
    writer.append(told, writer.hand_of(tarik), MessageSent("nog één ding"), key=key, epoch=1)
    page = page_of(house, told)
    assert page.trouble == ("signature",)
    assert "nog één ding" not in messages(page)


def test_nobody_grants_themselves_access_with_a_list_of_their_own(house: House, told: Told) -> None:
    """A complete forgery: the key, a wrap, and a chained list that names the forger."""
    bert, key = house["bert"], writer.file_key(told)
    listed = writer.opened_by(told, told.seat.hand).file.listed
    assert listed is not None
    forged = KeysArranged(
        of=FILE, epoch=0, commit=listed.commit, why="chosen",
        holders=(*listed.holders, ListedHolder(bert.membership, "aa" * 32)),
    )  # fmt: skip
    writer.append(told, writer.hand_of(bert), forged, key=key)
    writer.wrap(told, bert.membership, bert.joined.pair.box_pub, key=key, epoch=0, name=FILE).save()
    assert set(page_of(house, told).trouble) == {"signature", "lists"}
    assert house["bert"].name not in [reader.name for reader in page_of(house, told).readers]
    assert read_only(house, told)


@pytest.mark.parametrize("column", ["box_pub", "sign_pub"])
def test_a_changed_key_of_a_reader_makes_what_they_signed_doubtful(
    house: House, told: Told, column: str
) -> None:
    """Row 6, for a running case: nothing is sealed to the key that was put there."""
    given.a_report(house, reader="tarik")
    say(house, told, "Ik ook.", "tarik")
    pair = house["bert"].joined.pair
    Certificate.objects.filter(membership=house["tarik"].membership).update(
        **{column: getattr(pair, column)}
    )
    assert page_of(house, told).trouble == ("signature",)
    assert read_only(house, told)


def test_a_row_in_the_inbox_is_no_key(house: House, told: Told) -> None:
    told.case.rows.create(membership_id=house["bert"].membership, day=1)
    with pytest.raises(NotYours):
        page_of(house, told, "bert")
