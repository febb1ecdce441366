"""Configuration that cannot work refuses to start, in one sentence that names the setting."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from klankbord.config.keyring import new_keyring, write_keyring
from tests.system.server import PATIENCE, Server

Breaking = Callable[[Server], dict[str, str] | None]


def another_pepper(server: Server) -> None:
    write_keyring(server.keyring, new_keyring())


def no_keyring(server: Server) -> None:
    server.keyring.unlink()


def half_a_keyring(server: Server) -> None:
    server.keyring.write_text('{"format": 1, "secret_key": "x"')


def keyring_for_all_to_read(server: Server) -> None:
    server.keyring.chmod(0o640)


def keyring_inside(server: Server) -> dict[str, str]:
    inside = server.data / "keyring"
    inside.write_bytes(server.keyring.read_bytes())
    return {"KLANKBORD_KEYRING": str(inside)}


def data_is_a_file(server: Server) -> dict[str, str]:
    place = server.folder / "file"
    place.write_text("")
    return {"KLANKBORD_DATA": str(place)}


def not_a_database(server: Server) -> dict[str, str]:
    place = server.folder / "letter.txt"
    place.write_text("Geen databank, maar een brief. " * 40)
    return {"DATABASE_URL": f"sqlite:///{place}"}


def nowhere_to_make_it(server: Server) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{server.folder}/nowhere/at/all.sqlite3"}


def setting(name: str, value: str) -> Breaking:
    return lambda _server: {name: value}


BROKEN = [
    ("KLANKBORD_KEYRING", another_pepper),
    ("KLANKBORD_KEYRING", no_keyring),
    ("KLANKBORD_KEYRING", half_a_keyring),
    ("KLANKBORD_KEYRING", keyring_inside),
    ("KLANKBORD_KEYRING", keyring_for_all_to_read),
    ("KLANKBORD_DATA", data_is_a_file),
    ("KLANKBORD_DATA", setting("KLANKBORD_DATA", "/proc/nowhere")),
    ("DATABASE_URL", not_a_database),
    ("DATABASE_URL", nowhere_to_make_it),
    ("DATABASE_URL", setting("DATABASE_URL", "postgres://nobody:geheim@127.0.0.1:1/nothing")),
    ("DATABASE_URL", setting("DATABASE_URL", "mysql://x@127.0.0.1/x")),
    ("DATABASE_URL", setting("DATABASE_URL", "sqlite://:memory:")),
    ("KLANKBORD_BASE_URL", setting("KLANKBORD_BASE_URL", "meldpunt")),
    ("KLANKBORD_BASE_URL", setting("KLANKBORD_BASE_URL", "https://meldpunt.example/pad")),
    ("KLANKBORD_BASE_URL", setting("KLANKBORD_BASE_URL", "https://meldpunt.example:99999")),
    ("KLANKBORD_HTTPS", setting("KLANKBORD_HTTPS", "perhaps")),
    ("KLANKBORD_HTTPS", setting("KLANKBORD_BASE_URL", "https://meldpunt.example")),
    ("KLANKBORD_BASE_URL", setting("KLANKBORD_HTTPS", "true")),
    ("KLANKBORD_DEBUG", setting("KLANKBORD_DEBUG", "2")),
    ("KLANKBORD_UPLOAD_LIMIT", setting("KLANKBORD_UPLOAD_LIMIT", "25MB")),
    ("KLANKBORD_UPLOAD_LIMIT", setting("KLANKBORD_UPLOAD_LIMIT", "10")),
    ("EMAIL_URL", setting("EMAIL_URL", "carrier-pigeon://")),
    ("EMAIL_URL", setting("EMAIL_URL", "smtp://host:not-a-port")),
    ("KLANKBORD_PEPPER", setting("KLANKBORD_PEPPER", "x")),
]


def names(case: tuple[str, Breaking]) -> str:
    return f"{case[0]} {case[1].__name__}"


@pytest.mark.parametrize("broken", BROKEN, ids=names)
def test_a_setting_that_cannot_work_stops_the_start_with_its_name(
    sqlite_server: Server, broken: tuple[str, Breaking]
) -> None:
    name, breaking = broken
    sqlite_server.extra |= breaking(sqlite_server) or {}
    refused(sqlite_server, name)


def refused(server: Server, name: str, *words: str) -> None:
    done = server.command("serve", "--port", str(server.port), *words)
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert re.fullmatch(rf"klankbord: {name} [^\n]+\n", said), said
    assert "Traceback" not in said + done.stdout.decode()
    assert "geheim" not in said


def test_plain_http_and_debug_stay_on_this_machine(sqlite_server: Server) -> None:
    refused(sqlite_server, "KLANKBORD_HTTPS", "--host", "0.0.0.0")  # noqa: S104
    sqlite_server.extra = {"KLANKBORD_DEBUG": "true"}
    refused(sqlite_server, "KLANKBORD_DEBUG", "--host", "0.0.0.0")  # noqa: S104


def test_a_port_that_is_taken_is_named(sqlite_server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        sqlite_server.port = other.getsockname()[1]
        refused(sqlite_server, "PORT")


@pytest.mark.postgres
def test_a_postgresql_without_rights_or_room_for_our_tables_is_named(sqlite_server: Server) -> None:
    cluster = os.environ["KLANKBORD_TEST_POSTGRES"]
    sqlite_server.extra = {"DATABASE_URL": cluster.rpartition("/")[0] + "/not_there"}
    refused(sqlite_server, "DATABASE_URL")


def test_the_workers_refuse_what_the_start_refuses(sqlite_server: Server) -> None:
    """The door for any other web server checks the same."""
    another_pepper(sqlite_server)
    done = subprocess.run(
        [sys.executable, "-c", "import klankbord.config.wsgi"],
        env=sqlite_server.environment(), cwd=sqlite_server.folder, capture_output=True,
        timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode != 0
    assert b"KLANKBORD_KEYRING" in done.stderr


def test_nothing_was_changed_by_a_start_that_was_refused(sqlite_server: Server) -> None:
    before = tables(sqlite_server.data / "klankbord.sqlite3")
    another_pepper(sqlite_server)
    refused(sqlite_server, "KLANKBORD_KEYRING")
    assert tables(sqlite_server.data / "klankbord.sqlite3") == before


def tables(path: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(path) as file:
        found = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return sorted(
            (name, file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608
            for (name,) in found
        )
