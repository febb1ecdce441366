"""The texts of pages and code, collected and compiled without gettext's own programs.

    python scripts/messages.py update    collect msgids into locale/*/LC_MESSAGES/django.po, compile
    python scripts/messages.py compile   only compile
    python scripts/messages.py check     say what is missing, fuzzy, stale or not compiled

Msgids are English. The English catalogue is therefore filled by `update`; the other three wait for
somebody who speaks the language.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "klankbord"
LANGUAGES = ("nl", "fr", "en", "de")
KEYWORDS: dict[str, tuple[Any, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
A_FIXED_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # so that a catalogue changes only when a text does
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def po_file(language: str) -> Path:
    return SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"


def collected() -> Catalog:
    """Every msgid of the templates and the code."""
    template = Catalog()
    for file in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.*")]):
        for function, message in found_in(file):
            template.add(**message_of(function, message))
    return template


def found_in(file: Path) -> Iterator[tuple[str, Any]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        text = f"(\n{templatize(text)}\n)"  # in brackets indentation means nothing
    for _, function, message, _ in extract_python(io.BytesIO(text.encode()), KEYWORDS, (), {}):
        if message:
            yield str(function), message


def message_of(function: str, found: Any) -> dict[str, Any]:
    """The arguments for `Catalog.add`: msgid (with its plural) and context."""
    parts = [found] if isinstance(found, str) else list(found)
    spec = KEYWORDS[function]
    if spec is None:
        return {"id": parts[0]}
    context = parts[0] if isinstance(spec[0], tuple) else None
    ids = [parts[place - 1] for place in spec if isinstance(place, int)]
    return {"id": tuple(ids) if len(ids) > 1 else ids[0], "context": context}


def catalogue(language: str) -> Catalog:
    """The catalogue as it stands, or an empty one."""
    file = po_file(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def renewed(language: str, template: Catalog) -> Catalog:
    """The catalogue with exactly the template's msgids, keeping the translations there are."""
    old, new = catalogue(language), Catalog(locale=language, fuzzy=False)
    new.project, new.version, new.header_comment = "Klankbord", "0", "# Klankbord. EUPL-1.2"
    new.creation_date = new.revision_date = A_FIXED_DAY
    new.last_translator, new.language_team = "", ""
    for message in sorted(messages(template), key=order):
        known = old.get(message.id, message.context)
        string = known.string if known and not known.fuzzy else ""
        if language == "en":
            string = message.id
        empty = ("",) * new.num_plurals if message.pluralizable else ""
        new.add(message.id, string or empty, context=message.context)
    return new


def messages(of: Catalog) -> list[Message]:
    """All messages but the header."""
    return [message for message in of if message.id]


def order(message: Message) -> tuple[str, str]:
    first = message.id if isinstance(message.id, str) else message.id[0]
    return first, message.context or ""


def as_po(of: Catalog) -> bytes:
    stream = io.BytesIO()
    write_po(stream, of, width=100, no_location=True)
    return stream.getvalue()


def as_mo(of: Catalog) -> bytes:
    stream = io.BytesIO()
    write_mo(stream, of)
    return stream.getvalue()


def update() -> None:
    template = collected()
    for language in LANGUAGES:
        file = po_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_po(renewed(language, template)))
        missing = [fault for fault in faults_of(language, template) if "not translated" in fault]
        print(f"{language}: {len(messages(template))} texts, {len(missing)} still to translate")
    compile_all()


def compile_all() -> None:
    for language in LANGUAGES:
        po_file(language).with_suffix(".mo").write_bytes(as_mo(catalogue(language)))


def faults_of(language: str, template: Catalog) -> list[str]:
    """What is wrong with one catalogue, one sentence each."""
    known = {order(message): message for message in messages(catalogue(language))}
    wanted = {order(message): message for message in messages(template)}
    faults = [f"{language}: not used any more: {key[0]!r}" for key in known.keys() - wanted.keys()]
    for key, message in wanted.items():
        found = known.get(key)
        if found is None or found.fuzzy or not all(strings(found)):
            faults.append(f"{language}: not translated: {key[0]!r}")
        elif not same_placeholders(message, found):
            faults.append(f"{language}: other placeholders: {key[0]!r}")
    mo = po_file(language).with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != as_mo(catalogue(language)):
        faults.append(f"{language}: not compiled: run `make messages`")
    return sorted(faults)


def strings(message: Message) -> tuple[str, ...]:
    found = message.string
    return (found,) if isinstance(found, str) else tuple(found or ("",))


def same_placeholders(wanted: Message, found: Message) -> bool:
    ids = (wanted.id,) if isinstance(wanted.id, str) else tuple(wanted.id)
    asked = set(PLACEHOLDER.findall(" ".join(ids)))
    return asked == set(PLACEHOLDER.findall(" ".join(strings(found))))


def check() -> int:
    template = collected()
    faults = [fault for language in LANGUAGES for fault in faults_of(language, template)]
    print("\n".join(faults) or f"{len(messages(template))} texts, complete in {len(LANGUAGES)}")
    return 1 if faults else 0


def main(words: list[str]) -> int:
    match words:
        case ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            return check()
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
