"""What was founded once is put back as it was: the same rows, for the next test of this process."""

from collections.abc import Callable, Hashable, Iterable
from copy import deepcopy
from typing import Any

from django.apps import apps
from django.db.models import AutoField, Max, Model

from klankbord.kit.journal.models import Line
from klankbord.kit.vault.pairs import KeyPair
from klankbord.organisations.models import (
    Account,
    Certificate,
    Countersignature,
    Installation,
    Membership,
    Organisation,
    Role,
    Unit,
)

#: Everything that founding writes, each after what it points to.
TABLES: tuple[type[Model], ...] = (
    Installation, Organisation, Unit, Account, Membership, Role, Certificate, Countersignature,
    Line,
)  # fmt: skip
Rows = dict[type[Model], list[Model]]

Pairs = Callable[[Any], Iterable[KeyPair]]

_kept: dict[Hashable, tuple[Any, Rows]] = {}


def house(
    key: Hashable, found: Callable[[], Any], pairs: Callable[[Any], Iterable[KeyPair]]
) -> Any:
    """What `found` makes: made the first time, and put back for whoever asks for the same again.

    `pairs` are the key pairs in it, which refuse to be copied.
    """
    if key not in _kept:
        before, others = _rows(), _others()
        made = found()
        assert _others() == others, "founding writes in a table that is not put back"
        there = {(table, row.pk) for table, rows in before.items() for row in rows}
        added = {
            table: [row for row in rows if (table, row.pk) not in there]
            for table, rows in _rows().items()
        }
        _kept[key] = _copied(made, pairs), added
        return made
    founded, rows = _kept[key]
    moved: dict[tuple[type[Model], Any], int] = {}
    for table in TABLES:
        table._default_manager.bulk_create(_numbered_anew(table, deepcopy(rows[table]), moved))
    return _copied(founded, pairs)


def _numbered_anew(
    table: type[Model], rows: list[Model], moved: dict[tuple[type[Model], Any], int]
) -> list[Model]:
    """Rows that are only numbered get numbers that no other house of this test has."""
    for field in table._meta.concrete_fields:
        for row in rows if field.is_relation else ():
            to = moved.get((field.related_model, getattr(row, field.attname)))  # type: ignore[arg-type]
            if to is not None:
                setattr(row, field.attname, to)
    if isinstance(table._meta.pk, AutoField):
        top = table._default_manager.aggregate(top=Max("pk"))["top"] or 0
        for place, row in enumerate(rows, top + 1):
            moved[table, row.pk] = place
            row.pk = place
    return rows


def _copied(house: Any, pairs: Pairs) -> Any:
    return deepcopy(house, {id(pair): pair for pair in pairs(house)})


def _rows() -> Rows:
    return {table: list(table._default_manager.all()) for table in TABLES}


def _others() -> dict[type[Model], int]:
    return {
        table: table._default_manager.count() for table in apps.get_models() if table not in TABLES
    }
