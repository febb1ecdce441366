"""What was founded once is put back as it was: the same rows, for the next test of this process."""

from collections.abc import Callable, Hashable, Iterable
from copy import deepcopy
from typing import Any

from django.apps import apps
from django.db.models import Model

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
    for table in TABLES:
        table._default_manager.bulk_create(deepcopy(rows[table]))
    return _copied(founded, pairs)


def _copied(house: Any, pairs: Pairs) -> Any:
    return deepcopy(house, {id(pair): pair for pair in pairs(house)})


def _rows() -> Rows:
    return {table: list(table._default_manager.all()) for table in TABLES}


def _others() -> dict[type[Model], int]:
    return {
        table: table._default_manager.count() for table in apps.get_models() if table not in TABLES
    }
