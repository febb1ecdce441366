"""What somebody has told so far: it lives in the sealed session and nowhere else.

The key of that session is in the browser's cookie, so an hour after the last step, or at exit, it
is gone, and nobody can have read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.core import signing

from klankbord.kit.sessions.store import SessionStore
from klankbord.rules.entries import Activity, CleanCopy, KeptFile
from klankbord.rules.readers import Choice

KIND = "draft"
CARRIED = "klankbord.intake.drafts"  # what the signature is for


@dataclass(slots=True)
class Draft:
    """A report while it is being written. Empty means: not answered."""

    organisation: UUID
    language: str
    begun: date
    form: str = "report"
    version: int = 1
    answers: dict[str, Any] = field(default_factory=dict, repr=False)
    files: list[KeptFile] = field(default_factory=list, repr=False)
    choice: str = ""
    person: UUID | None = None
    must_not_members: list[UUID] = field(default_factory=list)
    must_not_groups: list[str] = field(default_factory=list)
    must_not_words: str = field(default="", repr=False)
    activity: Activity | None = field(default=None, repr=False)

    @property
    def chosen(self) -> Choice:
        """Who may read; nothing chosen means that it makes no difference."""
        return Choice(self.choice) if self.choice in set(Choice) else Choice.ANYONE

    @property
    def holds_something(self) -> bool:
        """Whether anything was answered, chosen or added yet."""
        told = (*self.answers.values(), self.files, self.choice, self.must_not_words)
        return any(told) or bool(self.must_not_members or self.must_not_groups)


def draft_in(session: SessionBase, organisation: UUID) -> Draft | None:
    """The draft of this browser for this organisation, if one is open."""
    kept = session.get(KIND)
    if not kept or session.get("kind") != KIND or kept["organisation"] != organisation.hex:
        return None
    return read_draft(kept)


def unfinished(session: SessionBase) -> Draft | None:
    """The draft of this browser, whatever organisation it is for."""
    kept = session.get(KIND)
    return read_draft(kept) if kept and session.get("kind") == KIND else None


def keep_draft(session: SessionBase, draft: Draft) -> None:
    """Seal the draft in the session; a session of another kind is left behind first."""
    if session.get("kind") != KIND:
        cast(SessionStore, session).start(kind=KIND)
    session[KIND] = written_draft(draft)


def drop_draft(session: SessionBase) -> None:
    """Forget everything that was typed."""
    session.flush()


def carried(draft: Draft) -> str:
    """The draft as signed text for a hidden field of a page that shows it all anyway.

    Without its files: their keys stay in the sealed session.
    """
    return signing.dumps({**written_draft(draft), "files": []}, salt=CARRIED, compress=True)


def taken_up(text: str, organisation: UUID) -> Draft | None:
    """The draft that a page of this organisation carried; None when it is not one of ours."""
    try:
        kept = signing.loads(text, salt=CARRIED)
    except signing.BadSignature:
        return None
    return read_draft(kept) if kept["organisation"] == organisation.hex else None


def written_file(file: KeptFile) -> dict[str, Any]:
    """A kept file as it stands in a sealed session."""
    clean = file.clean
    return {
        "blob": file.blob.hex, "key": file.key, "name": file.name, "type": file.type,
        "size": file.size, "digest": file.digest,
        "clean": clean and {
            "blob": clean.blob.hex, "key": clean.key, "type": clean.type, "size": clean.size,
            "digest": clean.digest,
        },
    }  # fmt: skip


def read_file(kept: Mapping[str, Any]) -> KeptFile:
    """A kept file out of a sealed session."""
    clean = kept["clean"]
    return KeptFile(
        **{**kept, "blob": UUID(hex=kept["blob"]),
           "clean": CleanCopy(**{**clean, "blob": UUID(hex=clean["blob"])}) if clean else None}
    )  # fmt: skip


def written_draft(draft: Draft) -> dict[str, Any]:
    """A draft as it stands in a sealed session."""
    return {
        "organisation": draft.organisation.hex,
        "language": draft.language,
        "begun": draft.begun.isoformat(),
        "form": draft.form,
        "version": draft.version,
        "answers": draft.answers,
        "files": [written_file(file) for file in draft.files],
        "choice": draft.choice,
        "person": draft.person.hex if draft.person else "",
        "must_not_members": [member.hex for member in draft.must_not_members],
        "must_not_groups": draft.must_not_groups,
        "must_not_words": draft.must_not_words,
        "activity": draft.activity and _written_activity(draft.activity),
    }


def read_draft(kept: Mapping[str, Any]) -> Draft:
    """A draft out of a sealed session."""
    return Draft(
        organisation=UUID(hex=kept["organisation"]),
        language=kept["language"],
        begun=date.fromisoformat(kept["begun"]),
        form=kept["form"],
        version=kept["version"],
        answers=kept["answers"],
        files=[read_file(file) for file in kept["files"]],
        choice=kept["choice"],
        person=UUID(hex=kept["person"]) if kept["person"] else None,
        must_not_members=[UUID(hex=member) for member in kept["must_not_members"]],
        must_not_groups=kept["must_not_groups"],
        must_not_words=kept["must_not_words"],
        activity=_read_activity(kept["activity"]) if kept["activity"] else None,
    )


def _written_activity(activity: Activity) -> dict[str, Any]:
    return {
        "id": activity.id.hex,
        "name": activity.name,
        "from_day": activity.from_day.isoformat(),
        "until_day": activity.until_day.isoformat(),
        "unit": activity.unit.hex if activity.unit else "",
    }


def _read_activity(kept: Mapping[str, Any]) -> Activity:
    return Activity(
        id=UUID(hex=kept["id"]),
        name=kept["name"],
        from_day=date.fromisoformat(kept["from_day"]),
        until_day=date.fromisoformat(kept["until_day"]),
        unit=UUID(hex=kept["unit"]) if kept["unit"] else None,
    )
