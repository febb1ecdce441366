"""How long something takes, and work that is done inside the installation that is measured."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from tests.system.server import ROOT, Server


def inside(server: Server, what: str, number: int, module: str = "bench.inside") -> str:
    """Run a piece of work in the server's own environment."""
    done = subprocess.run(
        [sys.executable, "-m", module, what, str(number)],
        env=server.environment(), cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def median_of(work: Callable[[], object], times: int = 25) -> float:
    return statistics.median(timed(work) for _ in range(times))
