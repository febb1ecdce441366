"""From a file to a profile: `youth.1.toml` and its translations."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from klankbord.rules.forms.shape import Option
from klankbord.rules.library import (
    MAIN_LANGUAGE,
    Raw,
    Refused,
    file_text,
    keys,
    parse,
    version_in_force,
)
from klankbord.rules.profiles.own import Own, laid_over
from klankbord.rules.profiles.proof import structure_findings
from klankbord.rules.profiles.shape import (
    Block,
    Category,
    Door,
    Group,
    Lead,
    Page,
    Profile,
    Promise,
    Regime,
    Role,
)
from klankbord.rules.translation import translated, translation_findings

FOLDER = "profiles"


def profile_keys() -> tuple[str, ...]:
    """The keys of all shipped profiles."""
    return keys(FOLDER)


@cache
def load_profile(key: str, version: int, language: str) -> Profile:
    """A shipped profile in one language (`nl`, `fr`, `en`, `de`).

    NotInLibrary if there is no such file; Refused if the file is not sound.
    """
    translations = {}
    if language != MAIN_LANGUAGE:
        translations[language] = file_text(FOLDER, f"{key}.{version}", language)
    main = file_text(FOLDER, f"{key}.{version}", MAIN_LANGUAGE)
    return read_profile(main, translations, language)


@cache
def shipped(key: str, version: int, language: str) -> Raw:
    """The tables of a shipped profile in one language, to lay own words over; do not change them.

    NotInLibrary if there is no such file.
    """
    raw = parse(file_text(FOLDER, f"{key}.{version}", MAIN_LANGUAGE))
    if language == MAIN_LANGUAGE:
        return raw
    tables: Raw = translated(raw, parse(file_text(FOLDER, f"{key}.{version}", language)))
    return tables


def own_profile(key: str, version: int, language: str, own: Own) -> Profile:
    """A shipped profile with an organisation's own words over it (P12).

    Proven like a file of the library: Refused if what comes out is not sound.
    """
    raw = laid_over(shipped(key, version, language), own, language)
    if found := structure_findings(raw) + translation_findings(raw, {}):
        raise Refused(found)
    return _profile(raw, language)


def latest_profile(key: str, language: str, on: date) -> Profile:
    """The newest version in force on a day; NotInLibrary if none is."""
    return load_profile(key, version_in_force(FOLDER, key, on), language)


def read_profile(main: str, translations: Mapping[str, str], language: str) -> Profile:
    """A profile from the text of its files; Refused if unsound."""
    raw = parse(main)
    others = {code: parse(text) for code, text in translations.items()}
    if found := structure_findings(raw) + translation_findings(raw, others):
        raise Refused(found)
    return _profile(translated(raw, others.get(language, {})), language)


def _profile(raw: Raw, language: str) -> Profile:
    return Profile(
        key=raw["key"],
        version=raw["version"],
        language=language,
        title=raw["title"],
        valid_from=raw["valid_from"],
        source=raw.get("source", ""),
        lead=Lead(raw["lead"]),
        reports_from_public=raw["reports_from_public"],
        story_form=raw["story_form"],
        team=raw["team"],
        first_answer_working_days=raw["first_answer_working_days"],
        mail_hours=tuple(raw["mail_hours"]),
        certifiers=raw["certifiers"],
        begins=MappingProxyType(
            {form: MappingProxyType(dict(ways)) for form, ways in raw.get("begins", {}).items()}
        ),
        yearly=tuple(raw.get("yearly", ())),
        default_country=raw.get("default_country"),
        all_doors=tuple(Door(**door) for door in raw["door"]),
        roles=tuple(_role(role) for role in raw["role"]),
        groups=tuple(Group(g["key"], g["label"], tuple(g["roles"])) for g in raw.get("group", [])),
        all_categories=tuple(Category(**category) for category in raw.get("category", [])),
        relations=_options(raw.get("relation", [])),
        capacities=_options(raw.get("capacity", [])),
        families=_options(raw.get("family", [])),
        vocabulary=MappingProxyType(raw["vocabulary"]),
        promises=MappingProxyType(_promises(raw.get("promise", []))),
        page=_page(raw["page"]),
    )


def _role(raw: Raw) -> Role:
    regime = Regime(raw["regime"])
    return Role(
        raw["key"], raw["title"], regime, raw["reads"], raw["oversees"],
        bool(raw.get("listens", raw["reads"])), raw.get("mandate_of", ""),
    )  # fmt: skip


def _options(raw: list[Raw]) -> tuple[Option, ...]:
    return tuple(Option(one["key"], one["text"], one.get("example", "")) for one in raw)


def _promises(raw: list[Raw]) -> dict[Regime, Promise]:
    return {
        Regime(one["key"]): Promise(Regime(one["key"]), one["title"], one["short"], one["long"])
        for one in raw
    }


def _page(raw: Raw) -> Page:
    blocks = tuple(Block(b["key"], b["title"], tuple(b["paragraphs"])) for b in raw["block"])
    return Page(
        raw["hero"],
        raw["lede"],
        raw["doubt"],
        raw["exit_address"],
        blocks,
        telephone_hours=raw.get("telephone_hours", ""),
        opening=raw.get("opening", ""),
    )
