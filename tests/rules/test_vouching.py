"""Who may vouch for whom: never oneself, and an administrator only while there is nobody else."""

from uuid import uuid4

from klankbord.rules.vouching import may_vouch

NOOR, TARIK, BERT, MILA = (uuid4() for _ in range(4))


def test_nobody_vouches_for_themselves() -> None:
    assert may_vouch(NOOR, certified=[NOOR], administrators=[], needed=1) == frozenset()


def test_every_other_certified_reader_may() -> None:
    able = may_vouch(MILA, certified=[NOOR, TARIK], administrators=[], needed=1)
    assert able == {NOOR, TARIK}


def test_who_administers_leaves_it_to_the_others() -> None:
    """R-000-31: whoever invites must not be the one who makes a reader."""
    able = may_vouch(MILA, certified=[NOOR, TARIK], administrators=[NOOR], needed=1)
    assert able == {TARIK}


def test_the_only_reader_does_both_while_there_is_nobody_else() -> None:
    able = may_vouch(MILA, certified=[NOOR], administrators=[NOOR], needed=1)
    assert able == {NOOR}


def test_where_two_must_sign_an_administrator_is_the_second_if_need_be() -> None:
    able = may_vouch(MILA, certified=[NOOR, TARIK], administrators=[NOOR], needed=2)
    assert able == {NOOR, TARIK}
