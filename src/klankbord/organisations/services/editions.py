"""Writing an organisation's own words, publishing them, and going back (P12)."""

from collections.abc import Collection
from datetime import date
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet

from klankbord.kit.clock import day_number
from klankbord.kit.journal.services import write_down
from klankbord.organisations.models import Edition, Organisation
from klankbord.organisations.own import apply_to_row, our_words, own_words
from klankbord.rules.library import LANGUAGES, MAIN_LANGUAGE, Refused
from klankbord.rules.profiles.own import Part, Words, settled
from klankbord.rules.profiles.own_proof import part_findings
from klankbord.rules.profiles.reading import own_profile, shipped

Place = tuple[Part, str]


class NothingWaits(LookupError):
    """There is nothing to publish or to undo: somebody else was faster, or it was done already."""


@transaction.atomic
def write_draft(
    organisation: Organisation, part: Part, language: str, words: Words, *, by: UUID, on: date
) -> None:
    """A next version that nobody sees yet. `by` is a membership.

    Raises Refused if the words are not sound: it holds one sentence per thing that is wrong.
    """
    row = _locked(organisation)
    prove(row, part, language, words)
    _add(row, part, language, words, by=by, on=on)


@transaction.atomic
def undo_draft(organisation: Organisation, part: Part, language: str) -> None:
    """Take the last change of a draft back. Raises `NothingWaits`."""
    newest = _drafts(_locked(organisation), part, language).order_by("-version").first()
    if newest is None:
        raise NothingWaits
    newest.delete()


@transaction.atomic
def drop_draft(organisation: Organisation, part: Part, language: str) -> None:
    """Throw away every change that waits in this part. Raises `NothingWaits`."""
    if not _drafts(_locked(organisation), part, language).delete()[0]:
        raise NothingWaits


@transaction.atomic
def publish(organisation: Organisation, places: Collection[Place], *, by: UUID, on: date) -> None:
    """Show the drafts of these parts to everybody. Raises `NothingWaits` or `Refused`."""
    row = _locked(organisation)
    for part, language in places:
        waiting = _drafts(row, part, language)
        newest = waiting.order_by("-version").first()
        if newest is None:
            raise NothingWaits
        waiting.exclude(id=newest.id).delete()
        _show(row, newest, by=by, on=on, deed="page_published")


@transaction.atomic
def go_back(organisation: Organisation, edition: UUID, *, by: UUID, on: date) -> None:
    """Publish an earlier version once more; what was published in between stays in the history.

    Raises `NothingWaits` if this organisation never published it, `Refused` if it is not sound now.
    """
    row = _locked(organisation)
    earlier = row.editions.filter(id=edition, published_day__isnull=False).first()
    if earlier is None:
        raise NothingWaits
    again = _add(row, Part(earlier.part), earlier.language, earlier.words, by=by, on=on)
    _show(row, again, by=by, on=on, deed="page_taken_back")


@transaction.atomic
def back_to_ours(
    organisation: Organisation, part: Part, language: str, *, by: UUID, on: date
) -> None:
    """Write our text as the next version of a part: a draft, to be looked at like any other."""
    row = _locked(organisation)
    _add(row, part, language, our_words(row, part, language), by=by, on=on)


def prove(organisation: Organisation, part: Part, language: str, words: Words) -> None:
    """Raises Refused unless these words are sound, alone and as part of the whole profile."""
    tables = shipped(organisation.profile, organisation.profile_version, language or MAIN_LANGUAGE)
    host = urlsplit(settings.BASE_URL).hostname or ""
    country = organisation.country
    if found := part_findings(part, words, shipped=tables, country=country, our_host=host):
        raise Refused(found)
    whole = {**own_words(organisation), (part, language): words}
    for one in (language,) if language else LANGUAGES:
        own_profile(organisation.profile, organisation.profile_version, one, whole)


def _show(row: Organisation, edition: Edition, *, by: UUID, on: date, deed: str) -> None:
    part = Part(edition.part)
    if part is Part.CATEGORIES:
        edition.words = dict(settled(own_words(row).get((part, ""), {}), edition.words))
    prove(row, part, edition.language, edition.words)
    edition.published_day = day_number(on)
    edition.save(update_fields=["words", "published_day"])
    apply_to_row(row, part, edition.words)
    row.edition = uuid4()  # a name that nothing was ever remembered under
    row.save(update_fields=["telephone", "telephone_hours", "closures", "region", "edition"])
    subject = f"{part}.{edition.language}".rstrip(".")
    write_down(deed=deed, on=on, organisation=row.id, actor=by, subject=subject)


def _add(
    row: Organisation, part: Part, language: str, words: Words, *, by: UUID, on: date
) -> Edition:
    """The next version of a part; before the first one, what stood there until now."""
    if not row.editions.filter(part=part, language=language).exists():
        ours = our_words(row, part, language)
        _next(row, part, language, ours, by=None, on=row.founded_day, shown=row.founded_day)
    return _next(row, part, language, words, by=by, on=day_number(on), shown=None)


def _next(
    row: Organisation, part: Part, language: str, words: Words, *, by: UUID | None, on: int,
    shown: int | None,
) -> Edition:  # fmt: skip
    newest = row.editions.aggregate(newest=Max("version"))["newest"] or 0
    return row.editions.create(
        part=part, language=language, version=newest + 1, words=words, written_by=by,
        written_day=on, published_day=shown,
    )  # fmt: skip


def _drafts(row: Organisation, part: Part, language: str) -> QuerySet[Edition]:
    return row.editions.filter(part=part, language=language, published_day__isnull=True)


def _locked(organisation: Organisation) -> Organisation:
    """One writer at a time, so that versions have an order."""
    return Organisation.objects.select_for_update().get(id=organisation.id)
