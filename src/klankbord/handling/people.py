"""The people of an organisation as a procedure sees them: who holds which role, and who is away."""

from collections.abc import Collection
from uuid import UUID

from klankbord.agenda.models import Absence as Away
from klankbord.kit.clock import day_of
from klankbord.organisations.models import Organisation, Role
from klankbord.organisations.queries import profile_of
from klankbord.rules.procedures.who import Absence, Holding, Period, Roster


def roster_of(organisation: Organisation, *, readers: Collection[UUID] = ()) -> Roster:
    """Every role that was ever held here, in the order of the cards, and every absence.

    Of those who hold the same role, whoever reads the case comes first: the reporter chose them,
    and nobody else need hear of it. A role that is a mandate names whoever could give it on the day
    it began (R-004-155, R-004-162).
    """
    rows = sorted(
        Role.objects.filter(membership__organisation=organisation)
        .order_by("membership__order", "membership__account__name", "pk")
        .values_list("membership", "word", "from_day", "until_day"),
        key=lambda row: row[0] not in readers,
    )
    given_by = {role.key: role.mandate_of for role in profile_of(organisation, "nl").roles}
    plain = [Holding(who.hex, word, _period(first, last)) for who, word, first, last in rows]
    return Roster(
        tuple(_with_mandate(held, given_by.get(held.role, ""), plain) for held in plain),
        tuple(
            Absence(who.hex, _period(first, last))
            for who, first, last in Away.objects.filter(
                membership__organisation=organisation
            ).values_list("membership", "from_day", "until_day")
        ),
    )


def _with_mandate(held: Holding, giver: str, everybody: list[Holding]) -> Holding:
    if not giver:
        return held
    able = (it for it in everybody if it.role == giver and it.period.holds(held.period.first))
    return Holding(held.member, held.role, held.period, next((it.member for it in able), ""))


def _period(first: int, last: int | None) -> Period:
    return Period(day_of(first), day_of(last) if last is not None else None)


def member_of(text: str) -> UUID:
    """The membership that the engine calls by this text."""
    return UUID(hex=text)
