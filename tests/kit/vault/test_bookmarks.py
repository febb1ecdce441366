"""A holder remembers where a file ended, so a shortened one is noticed (promise 9)."""

import pytest

from klankbord.kit.vault.bookmarks import open_bookmark, seal_bookmark
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.pairs import new_pair
from tests.kit.vault.fixed import ANOTHER, CASE, HEAD, HOLDER, ORGANISATION, PAIR, flipped

FIXED_BOOKMARK = bytes.fromhex(
    "c395099969f5284ae0f209b015b12ec85bfb59aeb12f7c69314d2f61a7e0012f"
    "91ad7f73cd07e310f62baf2c902e6668a6d8854a645a84fc5b0168b7f2123bc1"
    "b095b0de702aac4393a934f79f9e33b98f3947998afec663b6c093d0ede77daf"
    "d247b84670f3574a06ced5929217ca8c48f0f1a6c68b78e575e903a000ec2bf9"
    "451bec5dafb199d052df09fb"
)


def a_bookmark(*, seq: int = 7, head: bytes = HEAD) -> bytes:
    return seal_bookmark(
        to=PAIR.box_pub, organisation=ORGANISATION, case=CASE, holder=HOLDER, seq=seq, head=head
    )


def test_a_bookmark_made_long_ago_still_opens() -> None:
    opened = open_bookmark(
        FIXED_BOOKMARK, box_priv=PAIR.box, organisation=ORGANISATION, case=CASE, holder=HOLDER
    )
    assert opened == (7, HEAD)
    assert len(a_bookmark()) == len(FIXED_BOOKMARK)


def test_a_bookmark_tells_its_holder_where_she_was() -> None:
    opened = open_bookmark(
        a_bookmark(seq=12),
        box_priv=PAIR.box,
        organisation=ORGANISATION,
        case=CASE,
        holder=HOLDER,
    )
    assert opened == (12, HEAD)


def test_the_bookmark_of_another_file_or_holder_is_refused() -> None:
    mark, others = a_bookmark(), new_pair().box
    for box, organisation, case, holder in (
        (PAIR.box, ANOTHER, CASE, HOLDER),
        (PAIR.box, ORGANISATION, ANOTHER, HOLDER),
        (PAIR.box, ORGANISATION, CASE, ANOTHER),
        (others, ORGANISATION, CASE, HOLDER),
    ):
        with pytest.raises(VaultError):
            open_bookmark(mark, box_priv=box, organisation=organisation, case=case, holder=holder)


def test_a_changed_bookmark_is_refused() -> None:
    with pytest.raises(VaultError):
        open_bookmark(
            flipped(a_bookmark(), 100),
            box_priv=PAIR.box,
            organisation=ORGANISATION,
            case=CASE,
            holder=HOLDER,
        )


def test_a_bookmark_that_does_not_fit_the_layout_is_not_made() -> None:
    for seq, head in ((-1, HEAD), (1 << 32, HEAD), (7, HEAD[:31])):
        with pytest.raises(VaultError):
            a_bookmark(seq=seq, head=head)
