"""Writing in the journal. No names, no sentences: the page that shows a line words it."""

import re
from datetime import date
from uuid import UUID

from klankbord.kit.clock import day_number
from klankbord.kit.journal.models import WORD, Line

_A_WORD = re.compile(rf"[A-Za-z0-9_.:-]{{0,{WORD}}}")


class NotAJournalWord(ValueError):
    """Somebody tried to write a sentence in the journal. The sentence is not repeated here."""


def write_down(
    *,
    deed: str,
    on: date,
    organisation: UUID | None = None,
    actor: UUID | None = None,
    subject: str = "",
) -> None:
    """Add one line, in the caller's transaction.

    `deed` and `subject` are words of the program or an id ("member.certified", a UUID), at most 64
    characters of letters, digits and `_ . : -`; the subject may be empty. Raises NotAJournalWord.
    """
    if not deed or not _A_WORD.fullmatch(deed) or not _A_WORD.fullmatch(subject):
        raise NotAJournalWord
    Line.objects.create(
        day=day_number(on), organisation=organisation, actor=actor, deed=deed, subject=subject
    )
