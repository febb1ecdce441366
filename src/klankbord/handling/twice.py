"""A form that comes twice: a double click, or somebody went back and wrote something else."""

from uuid import UUID

from klankbord.cases.errors import AlreadyDone
from klankbord.cases.hands import Hand
from klankbord.cases.models import Case
from klankbord.cases.writing import reading
from klankbord.rules.entries import MessageSent, NoteTaken


def same_again(
    case: UUID, hand: Hand, *, text: str, kind: type[MessageSent] | type[NoteTaken]
) -> None:
    """Return quietly when the writer said this before in this case.

    Raises `AlreadyDone` for another text: nothing that was typed is lost without a word.
    """
    opened = reading(Case.objects.select_related("organisation").get(id=case), hand)
    for it in opened.happened if opened else ():
        if isinstance(it.entry, kind) and it.by == hand.id and it.entry.text == text:
            return
    raise AlreadyDone
