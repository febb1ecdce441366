"""Serving: all is brought up to date, then two workers answer and the ticks run beside them."""

import multiprocessing
import os
import sys
from threading import Event, Thread

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from klankbord.config import checks
from klankbord.config.environment import SettingRefused, refuse_unknown
from klankbord.config.jobs import JOBS
from klankbord.config.static import collect_static_when_stale
from klankbord.kit.pages.logs import keep_python_quiet
from klankbord.kit.ticks import run_ticks

A_DAY = 24 * 3600
WORKERS = 2
# A thread waits along with each slow upload and each code that waits for its turn to be hashed.
# With two, four telephones on a bad line, or a handful of codes at once, held up every page. The
# lanes of `kit.throttle` hold 34 of them at most.
THREADS = 36


def make_ready(host: str, port: int) -> None:
    """Refuse what cannot work, then migrate and collect. Raises SettingRefused."""
    checks.bind_is_private(host)
    checks.port_is_free(host, port)
    make_tables()
    checks.warn_of_what_could_be_better()
    collect_static_when_stale()


def make_tables() -> None:
    """Bring the tables up to date in a database that belongs to our keyring."""
    refuse_unknown()
    checks.address_fits_https()
    checks.data_is_writable(settings.DATA)
    checks.keyring_is_there(settings.KEYRING_FILE)
    checks.database_answers()
    migrate()
    checks.pepper_fits()


def migrate() -> None:
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError:
        raise SettingRefused("DATABASE_URL", "names a database I may not make tables in.") from None


def serve(host: str, port: int, *, workers: int = WORKERS) -> None:
    """Answer on this address until SIGINT or SIGTERM."""
    keep_python_quiet()
    connections.close_all()
    # Each of many threads would keep a heap of its own: two per worker hold what 36 gave back.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    # Not by forking: the ticks are a thread, and a fork would copy its locks half taken.
    multiprocessing.set_start_method("spawn", force=True)
    stop = Event()
    ticks = Thread(target=run_ticks, args=(JOBS, stop), name="ticks", daemon=True)
    server = Server(
        "klankbord.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_lifetime=A_DAY,
        workers_kill_timeout=10,
    )
    server.on_startup(ticks.start)
    server.on_shutdown(stop.set)
    sys.stdout.flush()
    server.serve()
    ticks.join(timeout=10)
