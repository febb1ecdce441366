"""The `klankbord` command as an operator meets it: founding, serving, refusing, stopping."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PASSPHRASE = "een lange wachtzin voor deze proef"
FOUNDING = (
    "found", "--slug", "ravelijn", "--name", "Ravelijn", "--profile", "youth",
    "--person", "Noor Vermeer", "--mail", "noor@ravelijn.example",
)  # fmt: skip


@dataclass
class House:
    """A data folder with its keyring, a free port, and the command that works on them."""

    data: Path
    port: int

    @property
    def keyring(self) -> Path:
        return self.data.with_name(f"{self.data.name}.keyring")

    def words(self, *words: str) -> list[str]:
        start = "import sys; from klankbord.config.cli import main; sys.exit(main())"
        return [sys.executable, "-c", start, *words]

    def env(self, **more: str) -> dict[str, str]:
        bare = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
        return {**bare, "KLANKBORD_DATA": str(self.data), **more}

    def run(self, *words: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.words(*words), env=self.env(**more), input=typed, text=True,
            capture_output=True, timeout=60,
        )  # fmt: skip

    def serve(self) -> subprocess.Popen[str]:
        server = subprocess.Popen(
            self.words("serve", "--port", str(self.port)), env=self.env(), text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        until(lambda: server.poll() is not None or self.answers())
        return server

    def get(self, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={"Connection": "close", **headers})
        response = connection.getresponse()
        return response, response.read()

    def answers(self) -> bool:
        try:
            return self.get("/healthz")[0].status == 200
        except OSError:
            return False


def until(true: "object", seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():  # type: ignore[operator]
            return
        time.sleep(0.1)
    raise AssertionError("did not happen in time")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("house") / "data", free_port())
    done = house.run(*FOUNDING, typed=PASSPHRASE + "\n")
    assert done.returncode == 0, done.stderr
    return house


@pytest.fixture(scope="module")
def served(house: House) -> Iterator[House]:
    server = house.serve()
    yield house
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=20) == 0
    printed = server.communicate()[0]
    assert f"http://127.0.0.1:{house.port}/ravelijn/" in printed
    assert "Traceback" not in printed


def test_founding_prints_the_pepper_twice_and_the_passphrase_never(tmp_path: Path) -> None:
    house = House(tmp_path / "data", 1)
    done = house.run(*FOUNDING, typed=PASSPHRASE + "\n")
    pepper = json.loads(house.keyring.read_text())["pepper"]
    printed = done.stdout.replace(" ", "")
    assert printed.count(pepper) == 2
    assert PASSPHRASE.replace(" ", "") not in printed + done.stderr


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (("--slug", "werk"), "--slug is taken, or one of our own addresses."),
        (("--slug", "ravelijn"), "--slug is taken, or one of our own addresses."),
        (("--profile", "circus"), "--profile is not a profile in library/profiles."),
        (("--role", "king"), "--role king is none of"),
    ],
)
def test_what_cannot_be_founded_is_said_in_one_sentence(
    house: House, changed: tuple[str, str], sentence: str
) -> None:
    words = [*FOUNDING, "--slug", "anders", "--mail", "x@ravelijn.example", *changed]
    done = house.run(*words, typed=PASSPHRASE + "\n")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert sentence in done.stderr


def test_it_is_ready_and_serves_compressed_fingerprinted_style(served: House) -> None:
    manifest = json.loads((served.data / "static" / "staticfiles.json").read_text())
    name = manifest["paths"]["klankbord/govuk-frontend.min.css"]
    response, body = served.get(f"/static/{name}", **{"Accept-Encoding": "br"})
    assert (response.status, response.getheader("Content-Encoding")) == (200, "br")
    assert "immutable" in (response.getheader("Cache-Control") or "")
    assert len(body) < 20_000
    assert response.getheader("Access-Control-Allow-Origin") is None


@pytest.mark.parametrize("path", ["/ravelijn", "/fr/ravelijn"])
def test_a_missing_slash_is_added_in_the_same_language(served: House, path: str) -> None:
    response, _ = served.get(path)
    assert (response.status, response.getheader("Location")) == (301, path + "/")


def test_another_host_name_is_refused(served: House) -> None:
    assert served.get("/ravelijn/", Host="elsewhere.example")[0].status == 400


def test_a_port_in_use_is_said_in_one_sentence(served: House) -> None:
    done = served.run("serve", "--port", str(served.port))
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr == f"klankbord: PORT {served.port} on 127.0.0.1 is taken or not ours to use.\n"
    )


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"KLANKBORD_HTTPS": "maybe"}, "KLANKBORD_HTTPS must be true or false."),
        ({"KLANKBORD_HTPS": "true"}, "KLANKBORD_HTPS is not a setting"),
        ({"KLANKBORD_KEYRING": "/nowhere/at/all"}, "KLANKBORD_KEYRING is not there"),
        ({"DATABASE_URL": "postgres://x@127.0.0.1:1/x"}, "DATABASE_URL names a database that"),
        ({"KLANKBORD_DATA": "/proc/nowhere"}, "KLANKBORD_DATA is not a folder I can write in"),
    ],
)
def test_a_configuration_that_cannot_work_refuses_by_name(
    house: House, settings: dict[str, str], sentence: str
) -> None:
    ring = {"KLANKBORD_KEYRING": str(house.keyring)}
    done = house.run("serve", "--port", str(free_port()), **{**ring, **settings})
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert done.stderr.startswith(f"klankbord: {sentence}")


@pytest.mark.parametrize(
    ("settings", "name"),
    [({}, "KLANKBORD_HTTPS"), ({"KLANKBORD_DEBUG": "true"}, "KLANKBORD_DEBUG")],
)
def test_plain_http_and_debug_stay_on_this_machine(
    house: House, settings: dict[str, str], name: str
) -> None:
    done = house.run("serve", "--host", "0.0.0.0", "--port", str(free_port()), **settings)  # noqa: S104
    assert done.returncode == 2
    assert done.stderr.startswith(f"klankbord: {name} must be ")


def test_another_pepper_refuses_to_start(house: House, tmp_path: Path) -> None:
    other = json.loads(house.keyring.read_text())
    other["pepper"] = "00" * 32
    (tmp_path / "other.keyring").write_text(json.dumps(other))
    (tmp_path / "other.keyring").chmod(0o600)
    done = house.run("serve", KLANKBORD_KEYRING=str(tmp_path / "other.keyring"))
    assert done.returncode == 2
    assert done.stderr.startswith("klankbord: KLANKBORD_KEYRING does not belong to this database")


def test_there_is_nothing_to_serve_before_something_is_founded(
    house: House, tmp_path: Path
) -> None:
    empty = House(tmp_path / "data", free_port())
    done = empty.run("serve", KLANKBORD_KEYRING=str(house.keyring))
    assert done.returncode == 2
    assert done.stderr.startswith("klankbord: KLANKBORD_DATA holds no organisation yet")


def test_a_copy_of_the_data_folder_has_no_pepper(served: House) -> None:
    pepper = bytes.fromhex(json.loads(served.keyring.read_text())["pepper"])
    files = [path for path in served.data.rglob("*") if path.is_file()]
    assert files
    for path in files:
        stored = path.read_bytes()
        assert pepper not in stored
        assert pepper.hex().encode() not in stored


def test_nobody_else_on_the_machine_reads_the_data(served: House) -> None:
    assert served.data.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in served.data.glob("klankbord.sqlite3*"))


def test_when_the_server_is_killed_no_worker_goes_on_answering(house: House) -> None:
    alone = House(house.data, free_port())
    server = alone.serve()
    assert alone.answers()
    server.kill()
    server.wait(timeout=10)
    until(lambda: not alone.answers())
