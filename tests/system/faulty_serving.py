"""`klankbord serve` with traps in every layer: see `tests.system.faulty`."""

import sys
from typing import Any

from granian import server

from klankbord.config.cli import main

_Server = server.Server


def with_traps(_target: str, **settings: Any) -> Any:
    return _Server("tests.system.faulty:application", **settings)


if __name__ == "__main__":
    server.Server = with_traps  # type: ignore[assignment,misc]
    sys.exit(main())
