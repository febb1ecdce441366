"""Found the demo once: every organisation, everybody's keys, and cases that look like life."""

from datetime import date, datetime, timedelta
from secrets import token_bytes
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from klankbord.agenda.services import note_absence
from klankbord.config.demo.cases import ACTIVITIES, STORIES, Story
from klankbord.config.demo.going_on import go_on
from klankbord.config.demo.people import HEAD, HOUSES, PEOPLE, House, Person, Post, table
from klankbord.config.pinning import pin_founder
from klankbord.handling.casework import answer
from klankbord.handling.channel import cases_of, enter, write
from klankbord.intake.activities import activities_of, as_told, make_activity
from klankbord.intake.drafts import Draft
from klankbord.intake.services import submit
from klankbord.kit.clock import now
from klankbord.kit.outbox.models import Letter
from klankbord.organisations.models import Membership, Organisation, Unit
from klankbord.organisations.queries import listed
from klankbord.organisations.services import (
    add_unit,
    certify,
    engage,
    found_installation,
    found_organisation,
    join,
    open_account,
    sign_in,
)
from klankbord.organisations.services.founding import Joined
from klankbord.rules.forms.reading import latest_form

FOUNDED_AGO = timedelta(days=120)


def found_demo() -> None:
    """Found the demo unless it is there already, and print where to go and with which accounts."""
    if not listed():
        print("Founding the demo: keys for everybody take about ten seconds ...", flush=True)
        at = now()
        with transaction.atomic():
            _found(at.date() - FOUNDED_AGO)
            _absences(at.date())
            _activities(at.date())
        _tell_stories(at)
        # What happened before today was mailed before today.
        Letter.objects.all().delete()
    _print_table()


def _found(on: date) -> None:
    found_installation()
    houses = {house.slug: _house(house, on) for house in HOUSES}
    units = {(unit.organisation_id, unit.name): unit for unit in Unit.objects.all()}
    joined: dict[str, list[tuple[Post, Joined]]] = {slug: [] for slug in houses}
    for person in PEOPLE:
        for post, member in _join(person, houses, units, on):
            joined[post.house].append((post, member))
    for slug, members in joined.items():
        _certify(houses[slug], members, on)
    for employer in ("zonnedael", "technohal"):
        engage(bureau=houses["anker"], employer=houses[employer], from_day=on)


def _house(house: House, on: date) -> Organisation:
    row = found_organisation(
        slug=house.slug, name=house.name, profile=house.profile, country=house.country, on=on,
        telephone=house.telephone, telephone_hours=house.hours,
    )  # fmt: skip
    for name, groups in house.units:
        parent = add_unit(row, name=name)
        for group in groups:
            add_unit(row, name=group, parent=parent)
    return row


def _join(
    person: Person, houses: dict[str, Organisation], units: dict[tuple[UUID, str], Unit], on: date
) -> list[tuple[Post, Joined]]:
    account = open_account(mail=person.mail, name=person.name, passphrase=person.passphrase)
    joined = []
    for order, post in enumerate(person.posts):
        house = houses[post.house]
        member = join(
            account, house, roles=post.roles, on=on, unit=units.get((house.id, post.unit)),
            telephone=post.telephone, public_mail=post.mail, whatsapp=post.whatsapp,
            speaks=post.speaks, outside=post.outside, order=order if not post.outside else 9,
        )  # fmt: skip
        joined.append((post, member))
    return joined


def _certify(house: Organisation, members: list[tuple[Post, Joined]], on: date) -> None:
    founders = [member for post, member in members if post.founder]
    for founder in founders:
        pin_founder(house.id, founder.pair)
        certify(founder.row, signer=founder.row.id, pair=founder.pair, on=on)
    for post, member in members:
        if not post.founder:
            for founder in founders:
                certify(member.row, signer=founder.row.id, pair=founder.pair, on=on)


def _absences(on: date) -> None:
    people = {
        (row.organisation.slug, row.account.name): row
        for row in Membership.objects.select_related("organisation", "account")
    }
    note_absence(
        people["ravelijn", "Tarik Maes"],
        from_day=on - timedelta(days=3),
        until_day=on + timedelta(days=15),
        substitute=people["ravelijn", "Noor Bracke"],
    )


def _activities(on: date) -> None:
    """A camp of which the sheet can be printed, and one that is over."""
    noor = Membership.objects.get(organisation__slug="ravelijn", account__name="Noor Bracke")
    for name, unit, first, days in ACTIVITIES:
        begins = on + timedelta(days=first)
        make_activity(
            noor.organisation, name=name, from_day=begins,
            until_day=begins + timedelta(days=days),
            unit=Unit.objects.get(organisation=noor.organisation, name=unit).id,
            by=noor.id, on=min(on, begins),
        )  # fmt: skip


def _tell_stories(at: datetime) -> None:
    organisations = {row.slug: row for row in listed()}
    members = {
        (row.organisation.slug, row.account.name): row.id
        for row in Membership.objects.select_related("organisation", "account")
    }
    phrases = {person.name: person for person in PEOPLE}
    for story in STORIES:
        _tell(story, organisations[story.house], members, phrases, at)


def _tell(
    story: Story,
    house: Organisation,
    members: dict[tuple[str, str], UUID],
    people: dict[str, Person],
    at: datetime,
) -> None:
    began = at - timedelta(days=story.days_ago)
    receipt = submit(
        house, _draft(story, house, members, began.date()), token=token_bytes(16), at=began
    )
    seat = enter(house, receipt.code)
    case = cases_of(seat)[0]
    for day, (who, text) in enumerate(story.talk, start=1):
        moment = began + timedelta(days=min(day, story.days_ago), minutes=day)
        if who:
            person = people[who]
            member = sign_in(mail=person.mail, passphrase=person.passphrase, code="", at=moment)
            answer(member, case.reference, text=text, token=token_bytes(16), at=moment)
        else:
            write(seat, case.id, text=text, token=token_bytes(16), at=moment)
    if story.procedure or story.deeds:
        go_on(story, case.reference, members, people, at)


def _draft(
    story: Story, house: Organisation, members: dict[tuple[str, str], UUID], on: date
) -> Draft:
    answers: dict[str, Any] = dict(story.answers)
    unit = Unit.objects.filter(organisation=house, name=story.unit).first()
    if unit:
        answers["unit"] = unit.id.hex
    came_by = next((it for it in activities_of(house) if it.name == story.activity), None)
    return Draft(
        organisation=house.id, language="nl", begun=on, answers=answers, choice=story.choice,
        form=story.form, version=latest_form(story.form, "nl", on).version,
        activity=as_told(came_by) if came_by else None,
        person=members.get((house.slug, story.reader)),
        must_not_members=[members[house.slug, name] for name in story.must_not],
        must_not_words=story.must_not_words,
    )  # fmt: skip


def _print_table() -> None:
    rows = (HEAD, *table())
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    print(f"\nGo to {settings.BASE_URL}/  ·  who works with it: {settings.BASE_URL}/inloggen/\n")
    for house in HOUSES:
        print(f"  {settings.BASE_URL}/{house.slug}/  {house.name}")
    print("\nAccounts of the demo (no second factor):\n")
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
    print(flush=True)
