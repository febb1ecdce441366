"""The page about the form format names every key and every kind there is."""

from pathlib import Path

from klankbord.rules.forms.proof import FIELD_KEYS
from klankbord.rules.forms.shape import FieldKind, Register

PAGE = (Path(__file__).parents[3] / "docs" / "forms.md").read_text(encoding="utf-8")


def test_every_key_kind_and_grain_of_the_format_is_documented() -> None:
    for word in (*FIELD_KEYS, *FieldKind, *Register):
        assert f"`{word}`" in PAGE, word
