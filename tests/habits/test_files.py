"""What must never be in a file that we give away: hosts of package indexes, paths of a machine."""

import re
import subprocess
from pathlib import Path

import pytest

BINARY = {".mo", ".png", ".jpg", ".jpeg", ".gif", ".pdf", ".ico", ".zip", ".br", ".gz", ".woff2"}
REGISTRY = re.compile(
    r"pypi\.(?:org|python\.org)|pythonhosted|registry\.npmjs|npmmirror|--(?:extra-)?index-url\s*\S*:"
    r"|--find-links|artifactory|nexus\."
)
MACHINE = re.compile(r"(?<![\w.])/(?:root|home/\w+|Users/\w+|opt/\w+|work)/[\w.-]")
CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.M)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)(?P<target>[^)#\s]+)")
ALLOWED_TO_NAME_THEM = {"tests/habits/test_files.py"}


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files"], capture_output=True, text=True, check=True
    )
    return [
        name
        for name in listed.stdout.splitlines()
        if Path(name).is_file()
        and Path(name).suffix not in BINARY
        and name not in ALLOWED_TO_NAME_THEM
    ]


@pytest.mark.parametrize("name", tracked())
def test_a_file_names_no_index_and_no_machine(name: str) -> None:
    text = Path(name).read_text(encoding="utf-8")
    for forbidden in (REGISTRY, MACHINE, CONFLICT):
        assert not (found := forbidden.search(text)), f"{name}: {found.group()!r}"


@pytest.mark.parametrize("name", [name for name in tracked() if name.endswith(".md")])
def test_every_link_of_a_paper_leads_to_a_file_of_ours(name: str) -> None:
    root = Path.cwd().resolve()
    for found in LINK.finditer(Path(name).read_text(encoding="utf-8")):
        target = (Path(name).parent / found["target"]).resolve()
        assert target.is_relative_to(root), f"{name} leads out of the repository"
        assert target.exists(), f"{name} leads to {found['target']}, which is not there"


def test_the_locks_carry_a_hash_for_every_package() -> None:
    for lock in Path("requirements").glob("*.txt"):
        blocks = re.split(r"\n(?=\S)", lock.read_text().strip())
        assert all("--hash=sha256:" in block for block in blocks), lock
