"""`klankbord verify`: what was looked at, and what does not fit."""

from klankbord.cases.verifying import verify
from klankbord.config.checks import database_answers, pepper_fits


def print_findings() -> int:
    """Print them. Returns 0 when all fits and 1 when something does not."""
    database_answers()
    pepper_fits()
    found = verify()
    for fault in found.faults:
        print(fault)
    suites = ", ".join(f"suite {suite}: {number}" for suite, number in sorted(found.suites.items()))
    print(
        f"{found.cases} cases, {found.entries} entries, {found.files} files; {suites or 'no seals'}"
    )
    print(f"{len(found.faults)} things do not fit." if found.faults else "Everything fits.")
    return 1 if found.faults else 0
