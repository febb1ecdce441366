"""`klankbord serve` with a clock that a test moves on: see `tests.system.moved_clock`."""

import sys
from typing import Any

from granian import server

from klankbord.config.cli import main

_Server = server.Server


def with_that_clock(_target: str, **settings: Any) -> Any:
    return _Server("tests.system.moved_clock:application", **settings)


if __name__ == "__main__":
    server.Server = with_that_clock  # type: ignore[assignment,misc]
    sys.exit(main())
