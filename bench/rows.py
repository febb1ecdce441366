"""What was measured, against what it may be."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

RESULT = Path(__file__).with_name("result.json")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement; `limit` is the most it may be (with `least`: the least)."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    least: bool = False

    @property
    def holds(self) -> bool:
        """Whether it stays on the right side of its limit."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.least else self.value <= self.limit

    def line(self) -> str:
        """The row of the printed table."""
        bound = "" if self.limit is None else f"{'≥' if self.least else '≤'} {self.limit:g}"
        verdict = "" if self.limit is None else "yes" if self.holds else "NO"
        return f"{self.what:<66} {self.value:>10.2f} {self.unit:<10} {bound:<9} {verdict}"


def report(rows: list[Row]) -> int:
    """Print the table and write the JSON. Returns 1 when a limit was passed."""
    print(f"\n{'what':<66} {'value':>10} {'unit':<10} {'limit':<9} holds\n" + "-" * 104)
    for row in rows:
        print(row.line())
    RESULT.write_text(json.dumps([asdict(row) | {"holds": row.holds} for row in rows], indent=1))
    print(
        f"\nWritten to {RESULT.relative_to(Path.cwd())}"
        if RESULT.is_relative_to(Path.cwd())
        else ""
    )
    return int(not all(row.holds for row in rows))
