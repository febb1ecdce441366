"""From what is asked to where it is built and which test proves it: docs/requirements.md.

    python scripts/requirements.py update    write docs/requirements.md
    python scripts/requirements.py check     say whether it is as the code and the tests stand

A file of the library answers to an identifier by its `source` or `answers`, code and templates by
a comment or a docstring. A test proves one by citing it in its own body or docstring, or in a table
of its module that it goes through; what only stands on top of a test module proves nothing. One
line per requirement, sorted, so that two branches that build different things do not meet.
"""

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE, TESTS, DOCS = ROOT / "src" / "klankbord", ROOT / "tests", ROOT / "docs"
PAGE = DOCS / "requirements.md"
#: As in tests/habits/test_requirements.py; in a list of the library they are whole words.
CITED = re.compile(r"\bR-\d{3}-\d+\b|(?<![\w.\"'])[PK]\d{1,2}\b(?![\"'])")
WORD = re.compile(r"R-\d{3}-\d+|[PK]\d{1,2}")
RANGE = re.compile(r"\b(R-\d{3}-)(\d+)…(?:R-\d{3}-)?(\d+)")
LONGEST_RANGE = 12  # a docstring that claims more than this claims nothing in particular
READ = {".py", ".html", ".css", ".svg", ".txt"}
SECTIONS = {
    "R-000": "Contact persons for integrity in a youth movement",
    "R-001": "The integrity plan of a youth movement",
    "R-002": "A bureau of external counsellors",
    "R-003": "A counsellor's way of working",
    "R-004": "The handbook of a welfare organisation",
    "P": "Decided with the field",
    "K": "Contradictions and gaps, and how they are settled",
}
TOP = """# From requirement to proof

Written by `make requirements`; do not edit it by hand. What is asked stands in
[requirements.toml](requirements.toml), and what is not for software or still has to come in
[requirements_notes.toml](requirements_notes.toml). Files are under `src/klankbord/` and `tests/`;
in brackets the step, letter, seat, finding, ending or function that answers to it.
"""


@dataclass
class Line:
    """One requirement: what it says, where it is built, which tests prove it, what is noted."""

    name: str
    says: str
    built: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    tests: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    note: str = ""

    @property
    def proven(self) -> bool:
        return bool(self.built and self.tests)


def lines() -> dict[str, Line]:
    """Every requirement by its name, in order."""
    asked = tomllib.loads((DOCS / "requirements.toml").read_text(encoding="utf-8"))
    notes = tomllib.loads((DOCS / "requirements_notes.toml").read_text(encoding="utf-8"))
    found = {name: Line(name, asked[name]["says"]) for name in sorted(asked, key=order)}
    for name, note in notes.items():
        found[name].note = note_text(note)
    for name, file, where in built():
        if name in found:
            found[name].built[file].add(where)
    for name, file, test in proofs():
        if name in found:
            found[name].tests[file].add(test)
    return found


def note_text(note: Mapping[str, str]) -> str:
    if "not_software" in note:
        return f"Not software: {note['not_software']}"
    return f"Still to come: {note['later']}"


def order(name: str) -> tuple[int, str, int]:
    kind, _, number = name.rpartition("-") if "-" in name else (name[0], "", name[1:])
    return ("RPK".index(name[0]), kind, int(number))


# Where it is built


def built() -> Iterator[tuple[str, str, str]]:
    """Identifier, file under src/klankbord, and the part of it that answers."""
    for file in sorted(SOURCE.rglob("*")):
        name = file.relative_to(SOURCE).as_posix()
        if file.suffix == ".toml":
            text = file.read_text(encoding="utf-8")
            for cited, where in library_citations(tomllib.loads(text)):
                yield cited, name, where
            for comment in re.findall(r"^\s*#.*$", text, re.M):
                for cited in CITED.findall(comment):
                    yield cited, name, ""
        elif file.suffix == ".py":
            for cited, where in code_citations(file.read_text(encoding="utf-8")):
                yield cited, name, where
        elif file.suffix in READ:
            for cited in CITED.findall(file.read_text(encoding="utf-8")):
                yield cited, name, ""


def library_citations(raw: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """What the tables of a library file answer to, with the name of the table."""
    if isinstance(raw, list):
        for item in raw:
            if isinstance(item, dict):
                yield from library_citations(item, (*path, str(item.get("key", ""))))
        return
    for key, value in raw.items():
        if key in ("source", "answers"):
            for cited in words(value):
                yield cited, part(path)
        elif isinstance(value, dict | list):
            yield from library_citations(value, (*path, key))


def words(value: str | list[str]) -> list[str]:
    """The identifiers of a `source`; a range only says which pages a file goes through."""
    if isinstance(value, str):
        return [] if "…" in value else WORD.findall(value)
    return [found for item in value for found in WORD.findall(item)]


def part(path: tuple[str, ...]) -> str:
    """`receive` for a step, `letter.admissible` for a letter."""
    kept = [word for word in path if word and word not in ("step", "check", "outcome")]
    return ".".join(kept)


def code_citations(text: str) -> Iterator[tuple[str, str]]:
    places = functions(ast.parse(text))
    for number, line in enumerate(text.splitlines(), 1):
        for cited in CITED.findall(line):
            yield cited, next((name for name, a, b in places if a <= number <= b), "")


def functions(tree: ast.Module) -> list[tuple[str, int, int]]:
    """Top-level functions and classes with their first and last line, decorators included."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            found.append((node.name, first, node.end_lineno or first))
    return found


# Which tests prove it


def proofs() -> Iterator[tuple[str, str, str]]:
    """Identifier, file under tests, and the test that cites it, itself or in its table."""
    for file in sorted(TESTS.rglob("test_*.py")):
        text = file.read_text(encoding="utf-8")
        name = file.relative_to(TESTS).as_posix()
        for cited, test in proofs_in(text):
            yield cited, name, test


def proofs_in(text: str) -> Iterator[tuple[str, str]]:
    tree, rows = ast.parse(text), text.splitlines()
    tables = {name: cited_in(rows, a, b) for name, a, b in assignments(tree)}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        found = cited_in(rows, first, node.end_lineno or first)
        for used in ast.walk(node):
            if isinstance(used, ast.Name):
                found |= tables.get(used.id, set())
        for cited in sorted(found):
            yield cited, node.name


def assignments(tree: ast.Module) -> Iterator[tuple[str, int, int]]:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Name):
                yield target.id, node.lineno, node.end_lineno or node.lineno


def cited_in(rows: list[str], first: int, last: int) -> set[str]:
    text = "\n".join(rows[first - 1 : last])
    found = set(CITED.findall(RANGE.sub("", text)))
    for start, low, high in RANGE.findall(text):
        if int(high) - int(low) <= LONGEST_RANGE:
            found |= {f"{start}{n:0{len(low)}d}" for n in range(int(low), int(high) + 1)}
    return found | set(re.findall(r"\"([PK]\d{1,2})\"", text))


# The page


def page(found: Mapping[str, Line]) -> str:
    out = [TOP]
    for section, title in SECTIONS.items():
        out += [f"\n## {section}: {title}\n", "| | what it says | built in | proven by |"]
        out.append("|---|---|---|---|")
        out += [row(line) for line in found.values() if in_section(line.name, section)]
    return "\n".join(out) + "\n"


def in_section(name: str, section: str) -> bool:
    return name.startswith(f"{section}-") if "-" in section else name.startswith(section)


def row(line: Line) -> str:
    where = "; ".join(
        f"{file} ({', '.join(sorted(parts - {''}))})" if parts - {""} else file
        for file, parts in sorted(line.built.items())
    )
    proof = "; ".join(f"{file}: {', '.join(sorted(t))}" for file, t in sorted(line.tests.items()))
    cells = (line.name, line.says, ". ".join(filter(None, (where, line.note))) or "–", proof or "–")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update"]:
            found = lines()
            PAGE.write_text(page(found), encoding="utf-8")
            proven = sum(line.proven for line in found.values())
            print(f"{len(found)} requirements, {proven} built and proven by a test")
        case ["check"]:
            if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page(lines()):
                print("docs/requirements.md is not as things stand: run `make requirements`")
                return 1
            print("docs/requirements.md is up to date")
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
