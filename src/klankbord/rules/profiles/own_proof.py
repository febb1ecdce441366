"""Are an organisation's own words sound? Every finding is a sentence that names what it is about.

What becomes part of a profile is proven again as a profile is (`rules.profiles.proof`); here stands
what only own words can have wrong.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from ipaddress import ip_address
from urllib.parse import urlsplit

from klankbord.rules.contrast import CHOSEN, COLOUR, Theme, unreadable
from klankbord.rules.library import LANGUAGES, Raw
from klankbord.rules.profiles.own import OWN_KEY, Part, Words, stays_offered
from klankbord.rules.profiles.shape import Regime
from klankbord.rules.telephone import is_telephone
from klankbord.rules.terms import REGIONAL_DAYS

#: The longest a text may be, in characters: a page stays light, and readable on a telephone.
LONGEST: Mapping[str, int] = {
    "hero": 120,
    "lede": 400,
    "doubt": 300,
    "title": 120,
    "paragraph": 1200,
    "label": 90,
    "example": 250,
    "short": 300,
    "long": 1200,
    "word": 60,
    "hours": 120,
    "telephone": 40,
    "exit_address": 200,
}
MOST_BLOCKS = 14
MOST_PARAGRAPHS = 12
MOST_CATEGORIES = 24  # that are offered
MOST_CLOSURES = 2000  # with those of years ago, which terms of then still count
#: How professional secrecy is called: only a regime that has it may claim it (P1).
SECRECY = ("beroepsgeheim", "secret professionnel", "professional secrecy", "berufsgeheimnis")


def part_findings(
    part: Part, words: Words, *, shipped: Raw, country: str, our_host: str
) -> tuple[str, ...]:
    """What is wrong with one part of an organisation's own words; empty if it is sound.

    `shipped` is the profile that they lie over, `country` the organisation's (ISO 3166), `our_host`
    the host of this installation.
    """
    match part:
        case Part.PAGE:
            found = _page(words)
        case Part.CATEGORIES:
            found = _categories(words, shipped)
        case Part.PROMISES:
            found = _promises(words, shipped)
        case Part.VOCABULARY:
            found = _vocabulary(words, shipped)
        case Part.REACH:
            found = _reach(words, our_host)
        case Part.THEME:
            found = _theme(words)
        case Part.CALENDAR:
            found = _calendar(words, country)
    return tuple(found)


def leads_elsewhere(address: str, our_host: str) -> bool:
    """Whether somebody who leaves in a hurry can be sent there: https, another site than ours, by a
    name that everybody can look up, and without a password or a port in it.
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or parts.username or port or "." not in host or _is_number(host):
        return False
    ours = our_host.lower().rstrip(".")
    odd = any(sign.isspace() or sign in '"<>\\' for sign in address)
    return not odd and host != ours and not host.endswith(f".{ours}")


def claims_secrecy(text: str) -> bool:
    """Whether a text speaks of professional secrecy: also "has none" is worth a second look."""
    return any(word in text.lower() for word in SECRECY)


def _is_number(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _text(name: str, value: object, longest: str) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield f"{name}: the text is empty."
    elif len(value) > LONGEST[longest]:
        yield f"{name}: the text is longer than {LONGEST[longest]} characters."


def _page(words: Words) -> Iterator[str]:
    for name in ("hero", "lede", "doubt"):
        yield from _text(name, words.get(name), name)
    blocks = words.get("block", [])
    if len(blocks) > MOST_BLOCKS:
        yield f"block: there are more than {MOST_BLOCKS}."
    for block in blocks:
        yield from _text(f"block {block['key']}", block.get("title"), "title")
        paragraphs = block.get("paragraphs", [])
        if not 0 < len(paragraphs) <= MOST_PARAGRAPHS:
            yield f"block {block['key']}: it needs 1 to {MOST_PARAGRAPHS} paragraphs."
        for paragraph in paragraphs:
            yield from _text(f"block {block['key']}", paragraph, "paragraph")


def _categories(words: Words, shipped: Raw) -> Iterator[str]:
    ours = {it["key"]: it for it in shipped.get("category", [])}
    lines = words.get("category", [])
    if sum(not line.get("retired") for line in lines) > MOST_CATEGORIES:
        yield f"category: more than {MOST_CATEGORIES} are offered."
    for line in lines:
        key = str(line.get("key"))
        if key in ours:
            if line.get("retired") and stays_offered(ours[key]):
                yield f"category {key}: it cannot be switched off."
        elif not key.startswith(OWN_KEY):
            yield f"category {key}: the word is not ours, and not one of yours."
        yield from _category_texts(key, line, own=key not in ours)


def _category_texts(key: str, line: Words, *, own: bool) -> Iterator[str]:
    texts = line.get("texts", {})
    if own and not any(text.get("label") and text.get("example") for text in texts.values()):
        yield f"category {key}: it needs a name and an example in at least one language."
    for language, text in texts.items():
        if language not in LANGUAGES:
            yield f"category {key}: {language} is not one of the languages."
        for name in text.keys() & {"label", "example"}:
            if text[name]:
                yield from _text(f"category {key}.{name}", text[name], name)


def _promises(words: Words, shipped: Raw) -> Iterator[str]:
    regimes = {promise["key"] for promise in shipped.get("promise", [])}
    for regime, promise in words.items():
        if regime not in regimes:
            yield f"promise {regime}: nobody here listens under it."
            continue
        for name in ("title", "short", "long"):
            yield from _text(f"promise {regime}.{name}", promise.get(name), name)
        if regime != Regime.SECRECY and claims_secrecy(promise.get("short", "")):
            yield f"promise {regime}: one line cannot speak of professional secrecy."


def _vocabulary(words: Words, shipped: Raw) -> Iterator[str]:
    for key, word in words.items():
        if key not in shipped["vocabulary"]:
            yield f"vocabulary {key}: the word is unknown."
        yield from _text(f"vocabulary {key}", word, "word")


def _reach(words: Words, our_host: str) -> Iterator[str]:
    if telephone := words.get("telephone"):
        yield from _text("telephone", telephone, "telephone")
        if not is_telephone(telephone):
            yield "telephone: this is not a number."
    for language, text in words.get("hours", {}).items():
        yield from _text(f"hours {language}", text, "hours")
    address = words.get("exit_address", "")
    if address and (
        len(address) > LONGEST["exit_address"] or not leads_elsewhere(address, our_host)
    ):
        yield "exit_address: it must begin with https:// and lead to another website."


def _theme(words: Words) -> Iterator[str]:
    bad = [name for name in CHOSEN if not COLOUR.fullmatch(str(words.get(name, "")))]
    yield from (f"{name}: this is not a colour." for name in bad)
    if not bad:
        for pair in unreadable(Theme(**{name: words[name] for name in CHOSEN})):
            yield f"{pair.text} on {pair.ground}: {pair.contrast:.2f} is too little contrast."


def _calendar(words: Words, country: str) -> Iterator[str]:
    region = words.get("region", "")
    if region and (country, region) not in REGIONAL_DAYS:
        yield f"region: {country} has no region {region}."
    closures = words.get("closures", [])
    if len(closures) > MOST_CLOSURES:
        yield f"closures: there are more than {MOST_CLOSURES} days."
    for text in closures:
        try:
            date.fromisoformat(text)
        except (TypeError, ValueError):
            yield "closures: one of them is not a day."
    for language, text in words.get("opening", {}).items():
        yield from _text(f"opening {language}", text, "hours")
