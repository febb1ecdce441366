"""The rota as a page shows it: who has duty when, and on which days nobody has (R-001-10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from klankbord.agenda.queries import Card, roster
from klankbord.agenda.times import keeps_rota, turn_of, turns
from klankbord.kit.clock import day_of
from klankbord.organisations.models import Organisation
from klankbord.rules.presence import gaps

AHEAD = 28  # days: as far as a gap is pointed at


@dataclass(frozen=True, slots=True)
class DutyLine:
    """Somebody's turn to be called, first and last day included."""

    id: UUID
    membership: UUID
    name: str
    telephone: str
    first: date
    last: date
    is_now: bool


@dataclass(frozen=True, slots=True)
class GapLine:
    """Days without anybody to call; `away` names who has duty then and is away."""

    first: date
    last: date
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rota:
    """The coming turns and gaps; `kept` is False where nobody ever said who has duty."""

    lines: tuple[DutyLine, ...]
    gaps: tuple[GapLine, ...]
    kept: bool

    @property
    def now(self) -> tuple[DutyLine, ...]:
        """Who has duty today, there or not."""
        return tuple(line for line in self.lines if line.is_now)


def rota(organisation: Organisation, on: date, language: str) -> Rota:
    """Who has duty from today on, and the days within four weeks on which nobody has."""
    rows = turns(organisation.id, on)
    people = {card.membership: card for card in roster(organisation, on, language).everybody}
    lines = tuple(
        DutyLine(
            row.id, row.membership_id, row.membership.account.name, row.membership.telephone,
            day_of(row.from_day), day_of(row.until_day), day_of(row.from_day) <= on,
        )
        for row in rows
        if row.membership_id in people  # who left cannot be called
    )  # fmt: skip
    kept = bool(lines) or keeps_rota(organisation.id)
    turned = [turn_of(row) for row in rows if row.membership_id in people]
    there = {member: card.presence for member, card in people.items()}
    open_days = gaps(turned, on, AHEAD, there) if kept else ()
    return Rota(
        lines, tuple(GapLine(it.first, it.last, _names(it.away, people)) for it in open_days), kept
    )


def _names(ids: tuple[UUID, ...], people: Mapping[UUID, Card]) -> tuple[str, ...]:
    return tuple(people[it].name for it in ids if it in people)
