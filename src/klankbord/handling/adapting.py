"""Adapting a procedure: a copy, written until it is sound, switched on for new cases, and off.

A draft is kept as it was written, sound or not. Only a sound one is switched on.
"""

from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from klankbord.handling.models import OwnProcedure
from klankbord.handling.own import FIRST_OWN, OwnVersion, told_of
from klankbord.kit.clock import day_number
from klankbord.kit.journal.services import write_down
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import profile_of
from klankbord.rules.library import LANGUAGES, MAIN_LANGUAGE, Refused, version_in_force
from klankbord.rules.procedures.adapting import Texts, headed, shipped
from klankbord.rules.procedures.proof import (
    Proven,
    Surroundings,
    shipped_surroundings,
    text_proof,
)
from klankbord.rules.procedures.reading import FOLDER

#: Bodies that meet in every organisation; others are those with planned meetings.
BODIES = frozenset({"board", "daily_board"})
MOST_TEXT = 200_000  # characters of a file; our longest has a fifth of that
PROVEN = 64  # proofs that are remembered


class NothingWaits(LookupError):
    """There is no draft, or nothing to switch off: somebody else was faster."""


class TooLong(ValueError):
    """A file is longer than any procedure that people could follow."""


@transaction.atomic
def begin_copy(
    organisation: Organisation, key: str, *, by: UUID, on: date, like: int | None = None
) -> OwnVersion:
    """A draft to write in: of our text, or of an earlier own version `like`.

    Where a draft waits already that one is taken up again. Raises `NothingWaits` if this
    organisation never had that version, NotInLibrary if we have no such procedure.
    """
    row = _locked(organisation)
    waiting = _draft(row, key)
    if waiting is not None:
        return told_of(waiting)
    newest = row.procedures.filter(key=key).aggregate(newest=Max("version"))["newest"]
    number = (newest or FIRST_OWN - 1) + 1
    texts = headed(_to_copy(row, key, like, on), key=key, version=number, valid_from=on)
    copy = row.procedures.create(
        key=key, version=number, main=texts.main, translations=dict(texts.translations),
        written_day=day_number(on), written_by=by,
    )  # fmt: skip
    return told_of(copy)


@transaction.atomic
def write_copy(
    organisation: Organisation, key: str, texts: Texts, *, by: UUID, on: date
) -> OwnVersion:
    """Keep what was written, sound or not. Raises `NothingWaits`, `TooLong`."""
    if max(len(texts.of(language)) for language in LANGUAGES) > MOST_TEXT:
        raise TooLong
    draft = _waiting(organisation, key)
    _write(draft, _named(draft, texts, on))
    draft.written_day, draft.written_by = day_number(on), by
    draft.save(update_fields=["main", "translations", "written_day", "written_by"])
    return told_of(draft)


@transaction.atomic
def drop_copy(organisation: Organisation, key: str) -> None:
    """Throw a draft away. Raises `NothingWaits`."""
    _waiting(organisation, key).delete()


@transaction.atomic
def switch_on(organisation: Organisation, key: str, *, by: UUID, on: date) -> OwnVersion:
    """New cases begin by the draft from today; those that run keep the version they started with.

    Raises `NothingWaits`, and Refused with one sentence per thing that is wrong.
    """
    draft = _waiting(organisation, key)
    _write(draft, _named(draft, texts_of(draft), on))
    if found := proof_of(organisation, texts_of(draft)).findings:
        raise Refused(found)
    _in_force(organisation, key).update(off_day=day_number(on))
    draft.on_day = day_number(on)
    draft.save(update_fields=["main", "translations", "on_day"])
    _note("procedure_switched_on", organisation, key, by=by, on=on)
    return told_of(draft)


@transaction.atomic
def switch_off(organisation: Organisation, key: str, *, by: UUID, on: date) -> None:
    """New cases begin by our version again. Raises `NothingWaits`."""
    _locked(organisation)
    if not _in_force(organisation, key).update(off_day=day_number(on)):
        raise NothingWaits
    _note("procedure_switched_off", organisation, key, by=by, on=on)


def proof_of(organisation: Organisation, texts: Texts) -> Proven:
    """The proof of ours, with the roles and the bodies that this organisation knows."""
    roles = frozenset(role.key for role in profile_of(organisation, MAIN_LANGUAGE).roles)
    others = tuple((code, texts.of(code)) for code in LANGUAGES if code != MAIN_LANGUAGE)
    return _proven(texts.main, others, roles, BODIES | set(organisation.meetings))


@lru_cache(maxsize=PROVEN)
def _proven(
    main: str, others: tuple[tuple[str, str], ...], roles: frozenset[str], bodies: frozenset[str]
) -> Proven:
    """A walk takes a second or two; a page that is looked at again does not walk again."""
    ours = shipped_surroundings()
    around = Surroundings(ours.procedures, ours.forms, roles, bodies, ours.filled)
    return text_proof(main, dict(others), around=around)


def texts_of(row: OwnProcedure | OwnVersion) -> Texts:
    """The files of a version."""
    return Texts(row.main, row.translations)


def ours(key: str, on: date) -> Texts:
    """Our own text of a procedure, as new cases would begin by it on a day."""
    return shipped(key, version_in_force(FOLDER, key, on))


def _to_copy(row: Organisation, key: str, like: int | None, on: date) -> Texts:
    if like is None:
        return ours(key, on)
    found = row.procedures.filter(key=key, version=like).first()
    if found is None:
        raise NothingWaits
    return texts_of(found)


def _named(draft: OwnProcedure, texts: Texts, on: date) -> Texts:
    """Whatever was typed there: an own copy keeps its name, and a number of its own."""
    try:
        return headed(texts, key=draft.key, version=draft.version, valid_from=on)
    except Refused:
        return texts


def _write(row: OwnProcedure, texts: Texts) -> None:
    row.main, row.translations = texts.main, dict(texts.translations)


def _waiting(organisation: Organisation, key: str) -> OwnProcedure:
    draft = _draft(_locked(organisation), key)
    if draft is None:
        raise NothingWaits
    return draft


def _draft(row: Organisation, key: str) -> OwnProcedure | None:
    return row.procedures.filter(key=key, on_day=None).first()


def _in_force(organisation: Organisation, key: str) -> QuerySet[OwnProcedure]:
    return OwnProcedure.objects.filter(
        organisation=organisation, key=key, on_day__isnull=False, off_day=None
    )


def _note(deed: str, organisation: Organisation, key: str, *, by: UUID, on: date) -> None:
    subject = f"procedure.{key}"
    write_down(deed=deed, on=on, organisation=organisation.id, actor=by, subject=subject)


def _locked(organisation: Organisation) -> Organisation:
    """One writer at a time, so that versions have an order."""
    return Organisation.objects.select_for_update().get(id=organisation.id)
