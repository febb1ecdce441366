"""The page about the procedure format names every key, sentence and word there is."""

import re
from pathlib import Path

from klankbord.rules.library import versions
from klankbord.rules.procedures.reading import load_procedure, procedure_keys
from klankbord.rules.procedures.shape import Relation, Reveals, Subject
from klankbord.rules.procedures.structure import ALL_KEYS, NEEDS

PAGE = (Path(__file__).parents[3] / "docs" / "procedures.md").read_text(encoding="utf-8")


def test_every_key_and_word_of_the_format_is_documented() -> None:
    missing = [
        word
        for word in sorted({*ALL_KEYS, *Relation, *Reveals, *Subject, *NEEDS})
        if not re.search(
            rf"`(?:{{ |\[)?(?:[a-z_]+, )*{word}(?:\.<\w+>)?(?:, [a-z_]+)*(?: }}|\])?(?: = [^`]*)?`",
            PAGE,
        )
    ]

    assert missing == []


def test_every_name_that_files_share_is_documented() -> None:
    """Forms, registers, who is told, and places of the directory."""
    steps = [
        step
        for key in procedure_keys()
        for number, _ in versions("procedures", key)
        for step in load_procedure(key, number, "nl").steps
    ]
    shared = {
        name
        for step in steps
        for name in (step.form, step.registers, step.notifies, step.directory)
        if name
    }

    assert [name for name in sorted(shared) if f"`{name}`" not in PAGE] == []
