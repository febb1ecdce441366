"""The parts of an organisation, as its administrator sets them up."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from klankbord.kit.clock import day_number
from klankbord.kit.journal.services import write_down
from klankbord.organisations.members import Member
from klankbord.organisations.models import Membership, Organisation, Unit
from klankbord.organisations.services.founding import add_unit
from klankbord.organisations.services.inviting import administration_of


class UnitNameMissing(ValueError):
    """A part needs a name, and one that is not beside it already."""


@transaction.atomic
def set_up_unit(
    member: Member, organisation: Organisation, *, name: str, parent: Unit | None, on: date
) -> Unit:
    """A province, a local group or a department (R-000-26).

    Raises `NotYourHouse`, `UnitNameMissing`.
    """
    actor = administration_of(member, organisation)
    name = _free(name, organisation, parent)
    write_down(deed="unit_added", on=on, organisation=organisation.id, actor=actor)
    return add_unit(organisation, name=name, parent=parent)


@transaction.atomic
def rename_unit(member: Member, unit: Unit, *, name: str, on: date) -> None:
    """Another name, which old cases show too: it is the same part.

    Raises `NotYourHouse`, `UnitNameMissing`.
    """
    actor = administration_of(member, unit.organisation)
    name = _free(name, unit.organisation, unit.parent, but=unit.id)
    Unit.objects.filter(id=unit.id).update(name=name)
    write_down(deed="unit_renamed", on=on, organisation=unit.organisation_id, actor=actor)


@transaction.atomic
def end_unit(member: Member, unit: Unit, *, on: date) -> None:
    """Take a part away with all below it: nobody chooses it any more, old cases go on naming it.

    Whoever works there works for the part above from now on. Raises `NotYourHouse`.
    """
    actor = administration_of(member, unit.organisation)
    gone = list(_with_all_below([unit]))
    Membership.objects.filter(unit__in=gone).update(unit=unit.parent_id)
    ids = [it.id for it in gone]
    Unit.objects.filter(id__in=ids, ended_day=None).update(ended_day=day_number(on))
    write_down(deed="unit_ended", on=on, organisation=unit.organisation_id, actor=actor)


@transaction.atomic
def bring_unit_back(member: Member, unit: Unit, *, on: date) -> None:
    """It can be chosen again; below the whole organisation if the part above is gone.

    Raises `NotYourHouse`, `UnitNameMissing` when another part has its name by now.
    """
    actor = administration_of(member, unit.organisation)
    parent = unit.parent if unit.parent and unit.parent.ended_day is None else None
    name = _free(unit.name, unit.organisation, parent, but=unit.id)
    Unit.objects.filter(id=unit.id).update(ended_day=None, parent=parent, name=name)
    write_down(deed="unit_back", on=on, organisation=unit.organisation_id, actor=actor)


def _free(name: str, house: Organisation, parent: Unit | None, but: UUID | None = None) -> str:
    beside = Unit.objects.filter(organisation=house, parent=parent, ended_day=None)
    if but:
        beside = beside.exclude(id=but)
    if not name.strip() or beside.filter(name__iexact=name.strip()).exists():
        raise UnitNameMissing
    return name.strip()


def _with_all_below(units: Iterable[Unit]) -> Iterable[Unit]:
    for unit in units:
        yield unit
        yield from _with_all_below(unit.children.all())
