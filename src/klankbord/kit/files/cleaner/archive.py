"""The zip that an Office document is: taken out and put together again, within limits.

A bomb is a small file that unfolds to a large one: so the members are counted, their sizes added up
and compared with what came in, before and while they are unpacked.
"""

import io
import zipfile
from collections.abc import Mapping

MEMBERS = 2_000
UNPACKED = 128 * 2**20  # bytes of all members together
RATIO = 100  # times what came in, above what is small anyway
SMALL = 8 * 2**20
LONG_AGO = (1980, 1, 1, 0, 0, 0)


class Suspicious(ValueError):
    """A zip that no office program makes: too much, twice, locked, or outside its folder."""


def unpacked(content: bytes) -> dict[str, bytes]:
    """All members by name, in their order. Raises Suspicious, and what a broken zip raises."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [it for it in archive.infolist() if not it.is_dir()]
        _check(members, len(content))
        return {it.filename: _read(archive, it) for it in members}


def packed(members: Mapping[str, bytes], *, first_plain: bool = False) -> bytes:
    """A new zip of these members, of no day. `first_plain`: the first lies uncompressed in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(members.items()):
            plain = first_plain and number == 0
            archive.writestr(
                zipfile.ZipInfo(name, LONG_AGO), content,
                zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED,
            )  # fmt: skip
    return out.getvalue()


def _check(members: list[zipfile.ZipInfo], came_in: int) -> None:
    names = [it.filename for it in members]
    total = sum(it.file_size for it in members)
    if (
        len(members) > MEMBERS
        or total > UNPACKED
        or total > max(SMALL, RATIO * came_in)
        or len({name.lower() for name in names}) != len(names)
        or any(it.flag_bits & 1 for it in members)
        or any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names)
    ):
        raise Suspicious


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """What a member holds; it may say that it is small and not be."""
    with archive.open(member) as piece:
        content = piece.read(member.file_size + 1)
    if len(content) != member.file_size:
        raise Suspicious
    return content
