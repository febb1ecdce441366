"""An organisation's own words, read: what is in force, what waits, what was (P12).

What is in force is remembered per publication, so a public page asks the database nothing more: the
row of the organisation, which every page reads anyway, names its newest publication.
"""

from copy import copy
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Max, QuerySet

from klankbord.kit.clock import day_of
from klankbord.organisations.models import Edition, Organisation
from klankbord.rules.contrast import Theme
from klankbord.rules.library import LANGUAGES, Raw, Refused
from klankbord.rules.profiles.own import Own, Part, Words
from klankbord.rules.profiles.reading import load_profile, own_profile, shipped
from klankbord.rules.profiles.shape import Profile

REMEMBERED = 256  # publications, with four languages each
MOST_SHOWN = 100  # of the history


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a part as its editor sees it; `published` is the day, if there was one."""

    id: UUID
    part: Part
    language: str
    words: Words
    written: date
    written_by: UUID | None
    published: date | None


def own_words(organisation: Organisation) -> Own:
    """The words that count, by part and language: as published, or with drafts for a preview."""
    if organisation.drafted:
        return _newest(Edition.objects.filter(organisation=organisation))
    if organisation.edition is None:
        return {}
    return _published(organisation.id, organisation.edition)


def profile_in_own_words(organisation: Organisation, language: str) -> Profile:
    """The organisation's profile in one language, with its own words."""
    if organisation.drafted:
        return _read(organisation, own_words(organisation), language)
    return _remembered(_Key(organisation), language)


def theme_of(organisation: Organisation) -> Theme | None:
    """The colours an organisation chose, if it did."""
    words = own_words(organisation).get((Part.THEME, ""))
    return Theme(**words) if words else None


def with_drafts(organisation: Organisation) -> Organisation:
    """The organisation as it will be once everything that waits is published; not to be saved."""
    row = copy(organisation)
    row.drafted = True
    own = own_words(row)
    apply_to_row(row, Part.REACH, own.get((Part.REACH, ""), {}))
    apply_to_row(row, Part.CALENDAR, own.get((Part.CALENDAR, ""), {}))
    return row


def apply_to_row(row: Organisation, part: Part, words: Words) -> None:
    """Put in the columns of an organisation what other floors read there."""
    if part is Part.REACH and words:
        hours = words.get("hours", {})
        row.telephone = words.get("telephone", "")
        row.telephone_hours = next((hours[code] for code in LANGUAGES if hours.get(code)), "")
    if part is Part.CALENDAR and words:
        row.closures, row.region = list(words["closures"]), words.get("region", "")


# For the editor -----------------------------------------------------------------------------------


def starting_words(organisation: Organisation, part: Part, language: str) -> Words:
    """What an editor begins with: what stands there now, in our text where nothing was written."""
    written = own_words(organisation).get((part, language))
    return written or our_words(organisation, part, language)


def our_words(organisation: Organisation, part: Part, language: str) -> Words:
    """What stands there as long as the organisation wrote nothing itself."""
    tables = shipped(organisation.profile, organisation.profile_version, language or "nl")
    match part:
        case Part.PAGE:
            page = tables["page"]
            return {key: page[key] for key in ("hero", "lede", "doubt", "block")}
        case Part.PROMISES:
            return {it["key"]: _without_key(it) for it in tables.get("promise", [])}
        case Part.VOCABULARY:
            return dict(tables["vocabulary"])
        case Part.CATEGORIES:
            return {"category": [{"key": it["key"]} for it in tables.get("category", [])]}
        case Part.THEME:
            return asdict(Theme())
        case Part.REACH:
            hours = organisation.telephone_hours
            return {"telephone": organisation.telephone, "hours": {"nl": hours} if hours else {}}
        case Part.CALENDAR:
            return {"closures": sorted(organisation.closures), "region": organisation.region}


def drafts_of(organisation: Organisation) -> dict[tuple[str, str], Version]:
    """The newest draft of everything that waits to be published."""
    rows = _unpublished(organisation).order_by("version")
    return {(row.part, row.language): _version(row) for row in rows}


def draft_steps(organisation: Organisation, part: Part, language: str) -> int:
    """How many changes of this part wait: each of them can be undone."""
    return _unpublished(organisation).filter(part=part, language=language).count()


def history_of(organisation: Organisation, limit: int = MOST_SHOWN) -> list[Version]:
    """Everything that was ever published, the newest first."""
    rows = Edition.objects.filter(organisation=organisation, published_day__isnull=False)
    return [_version(row) for row in rows.order_by("-version")[:limit]]


def version_of(organisation: Organisation, edition: UUID) -> Version | None:
    """One published version of this organisation."""
    row = Edition.objects.filter(
        organisation=organisation, id=edition, published_day__isnull=False
    ).first()
    return _version(row) if row else None


def version_before(organisation: Organisation, version: Version) -> Version | None:
    """What was public of the same part before this version; nothing before the first."""
    rows = Edition.objects.filter(
        organisation=organisation,
        part=version.part,
        language=version.language,
        published_day__isnull=False,
    )
    newer = rows.filter(id=version.id).values("version")
    row = rows.filter(version__lt=newer).order_by("-version").first()
    return _version(row) if row else None


def _without_key(table: Raw) -> Raw:
    return {key: value for key, value in table.items() if key != "key"}


def _version(row: Edition) -> Version:
    return Version(
        id=row.id,
        part=Part(row.part),
        language=row.language,
        words=row.words,
        written=day_of(row.written_day),
        written_by=row.written_by,
        published=None if row.published_day is None else day_of(row.published_day),
    )


# Remembered ---------------------------------------------------------------------------------------


class _Key:
    """What a remembered profile depends on; the row comes along to read it the first time."""

    def __init__(self, row: Organisation) -> None:
        self.row = row
        self.key = (row.id, row.edition, row.profile, row.profile_version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=4 * REMEMBERED)
def _remembered(key: _Key, language: str) -> Profile:
    return _read(key.row, own_words(key.row), language)


@lru_cache(maxsize=REMEMBERED)
def _published(organisation: UUID, _edition: UUID) -> Own:
    return _newest(
        Edition.objects.filter(organisation_id=organisation, published_day__isnull=False)
    )


def _read(organisation: Organisation, own: Own, language: str) -> Profile:
    """Words that no longer fit the profile give way to ours: no page fails over a text."""
    try:
        return own_profile(organisation.profile, organisation.profile_version, language, own)
    except Refused:
        return load_profile(organisation.profile, organisation.profile_version, language)


def _newest(rows: QuerySet[Edition]) -> Own:
    newest = rows.values("part", "language").annotate(newest=Max("version")).values("newest")
    return {(row.part, row.language): row.words for row in rows.filter(version__in=newest)}


def _unpublished(organisation: Organisation) -> QuerySet[Edition]:
    return Edition.objects.filter(organisation=organisation, published_day__isnull=True)
