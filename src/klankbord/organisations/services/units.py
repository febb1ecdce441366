"""The parts of an organisation, as its administrator sets them up."""

from datetime import date

from django.db import transaction

from klankbord.kit.journal.services import write_down
from klankbord.organisations.members import Member
from klankbord.organisations.models import Organisation, Unit
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
    beside = Unit.objects.filter(organisation=organisation, parent=parent)
    if not name.strip() or beside.filter(name__iexact=name.strip()).exists():
        raise UnitNameMissing
    write_down(deed="unit_added", on=on, organisation=organisation.id, actor=actor)
    return add_unit(organisation, name=name.strip(), parent=parent)
