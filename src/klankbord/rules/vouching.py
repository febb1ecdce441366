"""Who may vouch for somebody's keys: never oneself, and an administrator only in need.

Whoever invites must not be the one who makes a reader. At the very beginning one volunteer does
both; that is allowed while there is nobody else, and both stand in the journal.
"""

from collections.abc import Collection
from uuid import UUID

Person = UUID


def may_vouch(
    whom: Person,
    *,
    certified: Collection[Person],
    administrators: Collection[Person],
    needed: int,
) -> frozenset[Person]:
    """Those who may sign for `whom`: certified readers other than `whom`.

    Without the administrators, if those who are left are as many as must sign.
    """
    others = frozenset(certified) - {whom}
    apart = others - frozenset(administrators)
    return apart if len(apart) >= needed else others
