"""An organisation's own versions of a procedure, read: which is in force, which waits, which were.

The text of a version that was ever switched on does not change, so it is read and remembered once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q

from klankbord.handling.models import OwnProcedure
from klankbord.kit.clock import day_number, day_of
from klankbord.organisations.models import Organisation
from klankbord.rules.library import NotInLibrary
from klankbord.rules.procedures.reading import read_procedure
from klankbord.rules.procedures.shape import Procedure

#: Own versions count from here, so that a number says whose text it is.
FIRST_OWN = 1001
REMEMBERED = 256  # versions in a language


@dataclass(frozen=True, slots=True)
class OwnVersion:
    """A version as its editor sees it. No day `on`: a draft; no day `off`: in force."""

    key: str
    version: int
    main: str = field(repr=False)
    translations: Mapping[str, str] = field(repr=False)
    written: date
    written_by: UUID
    on: date | None
    off: date | None

    @property
    def draft(self) -> bool:
        """Whether it was never switched on."""
        return self.on is None

    @property
    def in_force(self) -> bool:
        """Whether new cases begin by it."""
        return self.on is not None and self.off is None


def own_in_force(organisation: Organisation, *, on: date) -> dict[str, int]:
    """By procedure: the own version by which new cases begin on a day."""
    day = day_number(on)
    rows = OwnProcedure.objects.filter(organisation=organisation, on_day__lte=day).filter(
        Q(off_day=None) | Q(off_day__gt=day)
    )
    return dict(rows.order_by("version").values_list("key", "version"))


def own_procedure(organisation: Organisation, key: str, version: int, language: str) -> Procedure:
    """A version that is or was in force. NotInLibrary if it never was; Refused if it cannot be
    read any more.
    """
    return _remembered(organisation.id, key, version, language)


@lru_cache(maxsize=REMEMBERED)
def _remembered(organisation: UUID, key: str, version: int, language: str) -> Procedure:
    row = OwnProcedure.objects.filter(
        organisation_id=organisation, key=key, version=version, on_day__isnull=False
    ).first()
    if row is None:
        raise NotInLibrary(f"{key} {version}")
    return read_procedure(row.main, row.translations, language)


def draft_of(organisation: Organisation, key: str) -> OwnVersion | None:
    """What waits to be switched on, or is still being written."""
    row = OwnProcedure.objects.filter(organisation=organisation, key=key, on_day=None).first()
    return told_of(row) if row else None


def drafts_of(organisation: Organisation) -> frozenset[str]:
    """The procedures of which a draft waits."""
    rows = OwnProcedure.objects.filter(organisation=organisation, on_day=None)
    return frozenset(rows.values_list("key", flat=True))


def versions_of(organisation: Organisation, key: str) -> list[OwnVersion]:
    """Every version that was ever switched on, the newest first."""
    rows = OwnProcedure.objects.filter(organisation=organisation, key=key, on_day__isnull=False)
    return [told_of(row) for row in rows.order_by("-version")]


def told_of(row: OwnProcedure) -> OwnVersion:
    """A row with its days as dates."""
    return OwnVersion(
        key=row.key,
        version=row.version,
        main=row.main,
        translations=row.translations,
        written=day_of(row.written_day),
        written_by=row.written_by,
        on=None if row.on_day is None else day_of(row.on_day),
        off=None if row.off_day is None else day_of(row.off_day),
    )
