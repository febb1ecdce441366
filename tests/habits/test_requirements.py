"""Every requirement that is cited is written down, and the handbook's are built and proven."""

import re
import tomllib
from pathlib import Path

import pytest

from scripts.requirements import Line, lines, page, proofs_in, row

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


# docs/requirements.md: from what is asked to where it is built and what proves it


@pytest.fixture(scope="module")
def found() -> dict[str, Line]:
    return lines()


def test_each_sentence_of_the_handbook_is_built_and_proven_or_says_why_not(
    found: dict[str, Line],
) -> None:
    """R-004-001 to R-004-218, without one missing."""
    names = [f"R-004-{number:03d}" for number in range(1, 219)]
    open_ones = [name for name in names if not found[name].proven and not found[name].note]

    assert open_ones == []


def test_what_is_noted_as_not_for_software_is_built_nowhere(found: dict[str, Line]) -> None:
    noted = [line for line in found.values() if line.note.startswith("Not software")]

    assert noted
    assert [line.name for line in noted if line.proven] == []


def test_a_test_proves_what_it_cites_itself_or_in_its_table_and_nothing_else() -> None:
    module = '''
"""Everything: R-004-001…113."""
TABLE = {"R-004-007": 1}

@pytest.mark.parametrize("name", TABLE)
def test_a_table(name): ...

def test_a_few():
    """R-004-009…011, P3."""

def test_too_many_to_mean_anything():
    """R-004-114…218"""
'''

    assert list(proofs_in(module)) == [
        ("R-004-007", "test_a_table"),
        ("P3", "test_a_few"),
        ("R-004-009", "test_a_few"),
        ("R-004-010", "test_a_few"),
        ("R-004-011", "test_a_few"),
    ]


def test_the_page_has_one_line_for_each_requirement(found: dict[str, Line]) -> None:
    written = page(found).splitlines()

    assert all(written.count(row(line)) == 1 for line in found.values())
