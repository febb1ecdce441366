"""Every requirement that is cited is one that we wrote down (docs/requirements.toml)."""

import re
import tomllib
from pathlib import Path

import pytest

KNOWN = set(tomllib.loads(Path("docs/requirements.toml").read_text()))
CITED = re.compile(r"\bR-\d{3}-\d+\b|(?<![\w.\"'])[PK]\d{1,2}\b(?![\"'])")
SUFFIXES = {".py", ".toml", ".html", ".md", ".css"}


def files() -> list[Path]:
    roots = [Path("src/klankbord"), Path("tests"), Path("docs")]
    found = [path for root in roots for path in root.rglob("*") if path.suffix in SUFFIXES]
    return sorted(path for path in found if path != Path("docs/requirements.toml"))


@pytest.mark.parametrize("path", files(), ids=str)
def test_every_requirement_cited_exists(path: Path) -> None:
    assert set(CITED.findall(path.read_text(encoding="utf-8"))) <= KNOWN


def test_every_requirement_says_something_in_one_sentence() -> None:
    for name, entry in tomllib.loads(Path("docs/requirements.toml").read_text()).items():
        assert entry["says"].endswith("."), name
