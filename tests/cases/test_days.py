"""Row 19: days, never times. After a day's work no column says at what hour anything happened."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django_otp.oath import hotp

from klankbord.agenda.services import give_duty, note_absence, set_alerts, set_hours
from klankbord.cases.models import Case
from klankbord.handling import casework, channel
from klankbord.handling.adapting import begin_copy
from klankbord.handling.conferring import confer
from klankbord.improvement.services import note_done, remind_of_duties
from klankbord.improvement.yearly import years_of
from klankbord.intake.drafts import keep_draft
from klankbord.intake.services import submit
from klankbord.kit.outbox.models import Letter
from klankbord.kit.outbox.services import send_due
from klankbord.kit.sessions.desks import Desk
from klankbord.kit.sessions.models import SealedSession
from klankbord.kit.sessions.store import SessionStore
from klankbord.kit.tokens.services import spend
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import profile_of
from klankbord.organisations.services import (
    change_passphrase,
    confirm_one_time_code,
    keep_member,
    publish,
    start_one_time_code,
    write_draft,
)
from klankbord.organisations.services.inviting import invite
from klankbord.rules.presence import Slot
from klankbord.rules.profiles.own import Part
from tests import given
from tests.given import NOON, House
from tests.handling.test_files import an_upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

AT = NOON  # 13:37:21 in Brussels
EXEMPT = {("django_migrations", "applied")}
SECONDS, MINUTES = range(1_500_000_000, 2_500_000_000), range(25_000_000, 41_000_000)


def columns() -> Iterator[tuple[str, str, Any]]:
    """Every value of every column of every table that there is."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if (table, name) not in EXEMPT:
                        yield table, name, value


def moment_in(value: object) -> datetime | None:
    """The moment that a value tells, if it tells one."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value
    if isinstance(value, int | float):
        for unit in (1, 1000, 1_000_000):
            if int(value // unit) in SECONDS:
                return datetime.fromtimestamp(value / unit, UTC)
        if value in MINUTES:
            return datetime.fromtimestamp(value * 60, UTC)
    return None


def told_times() -> set[tuple[str, str]]:
    """The columns in which a moment stands that is neither an hour nor midnight."""
    return {
        (table, name)
        for table, name, value in columns()
        if (at := moment_in(value)) and (at.minute, at.second, at.microsecond) != (0, 0, 0)
    }


@pytest.fixture
def a_days_work(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """All that writes anything, at no round time: sessions, reports, messages, mail, keys."""
    monkeypatch.setattr(SessionStore, "clock", staticmethod(lambda: AT))
    draft = given.a_draft(house, choice="team", must_not_words="de penningmeester")
    browser = SessionStore(desk=Desk.REPORTER)
    keep_draft(browser, draft)
    browser.save()
    receipt = submit(house.organisation, draft, token=given.a_token(), at=AT)
    seat = channel.enter(house.organisation, receipt.code)
    returning = SessionStore(desk=Desk.REPORTER)
    channel.keep_seat(returning, seat)
    returning.save()
    case = Case.objects.get()
    given.a_report(house, reader="noor", answers={"danger": "yes"}, at=AT)
    noor = house["noor"].member(AT)
    desk = SessionStore()
    keep_member(desk, noor)
    desk.save()
    handle(house, seat, case)
    secret, _ = start_one_time_code(noor)
    shown = f"{hotp(base64.b32decode(secret), int(AT.timestamp()) // 30):06d}"
    confirm_one_time_code(noor, secret=secret, code=shown, at=AT)
    change_passphrase(
        noor, old=house["noor"].passphrase, new="een nieuwe zin van vier woorden", on=AT.date()
    )
    invite(
        house["bert"].member(AT), house.organisation, name="Mila", mail="mila@ravelijn.example",
        roles=["leader"], at=AT,
    )  # fmt: skip
    keep_house(house)
    confer(noor, to=house["tarik"].membership, text="Heb je even?", token=given.a_token(), at=AT)
    spend(given.a_token(), AT)
    assert send_due(now=AT + timedelta(hours=1))
    keep_the_year(given.de_brug())
    return house


def keep_the_year(house: House) -> None:
    """What an organisation for welfare does every year: one duty is done, of others is told."""
    years = years_of(house.organisation, on=AT.date(), language="nl")
    duties = [(year, duty) for year in years for duty in year.duties]
    year, done = next(it for it in duties if it[1].step.key == "board_agenda")
    note_done(
        house.organisation, year=year.number, number=done.number, round=done.round, outcome="",
        day=AT.date(), by=house["dirk"].membership, on=AT.date(),
        roles={role.key for role in profile_of(house.organisation, "nl").roles},
    )  # fmt: skip
    dues = [day for _, it in duties if it is not done and (day := it.standing.due.day)]
    assert remind_of_duties(datetime.combine(dues[0], AT.timetz()))


def keep_house(house: House) -> None:
    """What the administrator and the counsellors say about themselves and what goes on here."""
    bert, tarik, day = house["bert"].membership, given.membership(house["tarik"]), AT.date()
    note_absence(tarik, from_day=day, until_day=day)
    set_hours(tarik, [Slot(0, 9 * 60 + 30, 12 * 60 + 15)])
    give_duty(tarik, from_day=day, until_day=day, by=bert, on=day)
    set_alerts(house.organisation, alerts=True, by=bert, on=day)
    given.an_activity(house, "noor", from_day=day, on=day)
    colours = {
        "brand": "#5a2ca0",
        "on_brand": "#ffffff",
        "brand_tint": "#efe8fa",
        "paper": "#fbf9ff",
    }
    write_draft(house.organisation, Part.THEME, "", colours, by=bert, on=day)
    publish(house.organisation, [(Part.THEME, "")], by=bert, on=day)
    begin_copy(house.organisation, "complaint", by=bert, on=day)


def handle(house: House, seat: channel.Seat, case: Case) -> None:
    """Everything that can be done in a case."""
    noor, tarik = house["noor"].member(AT), house["tarik"].membership
    casework.open_page(noor, case.reference, at=AT, language="nl")
    channel.view(seat, case.id, at=AT, language="nl")
    file = casework.keep_file(an_upload(), on=AT.date())
    casework.answer(noor, case.reference, text="Dag.", files=(file,), token=given.a_token(), at=AT)
    channel.write(seat, case.id, text="Ja.", token=given.a_token(), at=AT)
    casework.note(noor, case.reference, text="Bellen.", token=given.a_token(), at=AT)
    casework.settle_exclusion(noor, case.reference, members=(), note="Niemand hier.", at=AT)
    casework.end_access(noor, case.reference, membership=tarik, why="klaar", at=AT)
    casework.give_access(noor, case.reference, membership=tarik, identity=True, why="hulp", at=AT)
    channel.withdraw(seat, case.id, text="", at=AT)
    channel.go_on(seat, case.id, at=AT)
    casework.close(noor, case.reference, reason="withdrawn", text="Klaar.", at=AT)
    casework.reopen(noor, case.reference, text="Toch.", at=AT)


def test_after_a_days_work_no_column_tells_an_hour(a_days_work: House) -> None:
    assert told_times() == set()


def test_every_table_of_ours_was_written_in_by_that_days_work(a_days_work: House) -> None:
    """The scan looks at something: else it would prove nothing."""
    filled = {table for table, _, _ in columns()}
    tables = set(connection.introspection.django_table_names(only_existing=True))
    assert tables - filled <= {"organisations_engagement"}


@pytest.mark.parametrize(
    "plant",
    [
        lambda: SealedSession.objects.update(expires=AT),
        lambda: Letter.objects.update(held_until=int(AT.timestamp()) // 60),
        lambda: Case.objects.update(opened_day=int(AT.timestamp())),
        lambda: Organisation.objects.update(telephone_hours=AT.isoformat()),
    ],
    ids=["moment", "minutes", "seconds", "text"],
)
def test_a_time_that_is_planted_is_found(a_days_work: House, plant: Any) -> None:
    """The control."""
    plant()
    assert len(told_times()) == 1
