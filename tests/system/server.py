"""The real thing: `klankbord serve` in a process of its own, with a house, a mail server and logs.

A house is founded once for each database and copied for each test: that takes a moment instead of
ten seconds. Everything a server writes lies in one folder, so that a test can look at all of it.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from aiosmtpd.controller import Controller

from tests.system.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 40.0
HOUSE = "ravelijn"
NEIGHBOUR = "molenbeemd"


def free_port() -> int:
    """A port of this machine that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Postbox:
    """A mail server on this machine that keeps every mail as it came, envelope and all."""

    received: list[bytes] = field(default_factory=list)
    port: int = field(default_factory=free_port)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        people = " ".join([envelope.mail_from, *envelope.rcpt_tos]).encode()
        self.received.append(people + b"\n" + envelope.content)
        return "250 kept"

    @contextmanager
    def open(self) -> Iterator["Postbox"]:
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()

    def mails(self) -> list[EmailMessage]:
        from email import message_from_bytes, policy

        return [
            message_from_bytes(it.partition(b"\n")[2], policy=policy.default)  # type: ignore[misc]
            for it in self.received
        ]


@dataclass(slots=True)
class Server:
    """Klankbord on a port of this machine; everything of it lies in `folder`."""

    folder: Path
    database: str = ""
    mail: str = "dummymail://"
    port: int = field(default_factory=free_port)
    extra: dict[str, str] = field(default_factory=dict)
    script: Sequence[str] = ("-m", "tests.system.serving")
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return Path(self.extra.get("KLANKBORD_DATA", self.folder / "data"))

    @property
    def keyring(self) -> Path:
        return self.folder / "data.keyring"

    @property
    def log(self) -> Path:
        """Everything it said, on standard output and standard error, in all its lives."""
        return self.folder / "said.log"

    @property
    def tmp(self) -> Path:
        return self.folder / "tmp"

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """The environment it is started in: nothing of ours but what an operator would set."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {
            **kept,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(self.tmp),
            "KLANKBORD_DATA": str(self.data),
            "KLANKBORD_KEYRING": str(self.keyring),
            "KLANKBORD_BASE_URL": self.origin,
            "EMAIL_URL": self.mail,
        }
        if self.database:
            own["DATABASE_URL"] = self.database
        return own | self.extra

    def command(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run `klankbord …` in the same environment."""
        self.tmp.mkdir(parents=True, exist_ok=True)
        return subprocess.run(
            [sys.executable, "-m", "tests.system.serving", *words],
            env=self.environment(), cwd=self.folder, capture_output=True, timeout=PATIENCE,
        )  # fmt: skip

    def start(self) -> "Server":
        """Start it and wait until it answers."""
        self.tmp.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, *self.script, "serve", "--port", str(self.port)],
                env=self.environment(), cwd=self.folder, stdout=said, stderr=said,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        self.wait()
        return self

    def stop(self) -> None:
        """Ask it to stop, as an operator would."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Pull the plug: every process of it at once, with no chance to say or write anything."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)
            self.process = None

    def visitor(self) -> Visitor:
        """A fresh browser."""
        return Visitor(self.origin)

    def processes(self) -> list[int]:
        """The processes it consists of."""
        if self.process is None:
            return []
        group = self.process.pid
        return [pid for pid in _all_processes() if _group_of(pid) == group]

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        group = self.process.pid
        self.process.send_signal(how)
        try:
            self.process.wait(PATIENCE)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
            self.process = None

    def wait(self) -> None:
        """Until it answers."""
        assert self.process is not None
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                raise AssertionError(f"it did not start:\n{self.said()[-2000:]}")
            try:
                if Visitor(self.origin, patience=5).get("/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        self.kill()
        raise AssertionError(f"it does not answer:\n{self.said()[-2000:]}")


def _all_processes() -> Iterator[int]:
    yield from (int(it.name) for it in Path("/proc").iterdir() if it.name.isdecimal())


def _group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return -1


# Houses -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Template:
    """A founded installation that is not served itself: data folder, keyring and database."""

    folder: Path
    cluster: str = ""  # postgres://…/klankbord, when it is on PostgreSQL
    database: str = ""

    def copied_to(self, folder: Path, **more: Any) -> Server:
        """An installation of its own for one test."""
        shutil.copytree(self.folder / "data", folder / "data")
        shutil.copy(self.folder / "data.keyring", folder / "data.keyring")
        address = new_database(self.cluster, like=self.database) if self.cluster else ""
        return Server(folder, database=address, **more)


def found(folder: Path, cluster: str = "") -> Template:
    """Found the house of the tests and its neighbour, as `tests.given` tells it."""
    folder.mkdir(parents=True, exist_ok=True)
    address = new_database(cluster) if cluster else ""
    server = Server(folder, database=address)
    server.tmp.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.system.founding"],
        env=server.environment(), cwd=folder, capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return Template(folder, cluster, address)


def new_database(cluster: str, *, like: str = "") -> str:
    """A database of its own in the cluster; `like` is the address of one to copy."""
    parts = urlsplit(cluster)
    name = f"system_{uuid4().hex[:12]}"
    template = f' TEMPLATE "{urlsplit(like).path[1:]}"' if like else ""
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{template}'.encode())
    return urlunsplit(parts._replace(path=f"/{name}"))


def drop_database(address: str, cluster: str) -> None:
    """Take a database away, whoever is still talking to it."""
    name = urlsplit(address).path[1:]
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def passphrase_of(first: str) -> str:
    """As `tests.given` gives them."""
    return f"{first} wandelt langs de rivier"


def mail_of(first: str, slug: str = HOUSE) -> str:
    return f"{first}@{slug}.example"
