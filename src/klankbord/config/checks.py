"""Configuration that cannot work refuses to start, in one sentence that names the setting."""

import socket
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection

from klankbord.config.environment import SettingRefused, refuse_unknown
from klankbord.kit.vault.stretching import pepper_fingerprint
from klankbord.organisations.models import Installation

EVERYBODY_ELSE = 0o077
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def refuse_what_cannot_work() -> None:
    """All that a serving process needs. Raises SettingRefused."""
    refuse_unknown()
    address_fits_https()
    data_is_writable(settings.DATA)
    keyring_is_there(settings.KEYRING_FILE)
    database_answers()
    pepper_fits()


def address_fits_https() -> None:
    """The address that people use and the cookies agree on whether there is HTTPS."""
    secure = urlsplit(settings.BASE_URL).scheme == "https"
    if secure and not settings.HTTPS:
        raise SettingRefused("KLANKBORD_HTTPS", "must be true: KLANKBORD_BASE_URL is https://….")
    if settings.HTTPS and not secure:
        raise SettingRefused(
            "KLANKBORD_BASE_URL", "must begin with https:// when KLANKBORD_HTTPS is true."
        )


def data_is_writable(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=data):
            pass
    except OSError:
        raise SettingRefused("KLANKBORD_DATA", f"is not a folder I can write in: {data}.") from None


def keyring_is_there(path: Path) -> None:
    if path.is_relative_to(settings.DATA):
        raise SettingRefused("KLANKBORD_KEYRING", "must lie outside the data folder.")
    if not path.is_file():
        raise SettingRefused(
            "KLANKBORD_KEYRING", f"is not there: {path}; `klankbord found` makes it."
        )
    if path.stat().st_mode & EVERYBODY_ELSE:
        raise SettingRefused(
            "KLANKBORD_KEYRING", f"is not its owner's alone: type chmod 600 {path}"
        )


def database_answers() -> None:
    try:
        connection.ensure_connection()
    except DatabaseError:
        raise SettingRefused("DATABASE_URL", "names a database that does not answer.") from None


def pepper_fits() -> None:
    """The pepper of the keyring is the one this database was founded with."""
    try:
        installation = Installation.objects.first()
    except DatabaseError:
        raise SettingRefused(
            "DATABASE_URL", "names a database without our tables; `klankbord migrate` makes them."
        ) from None
    if installation is None:
        return
    mine = pepper_fingerprint(settings.KEYRING.pepper)
    if bytes(installation.pepper_print) != mine:
        raise SettingRefused(
            "KLANKBORD_KEYRING", "does not belong to this database: its pepper is another one."
        )


def something_is_founded() -> None:
    """There is an installation to serve."""
    if not Installation.objects.exists():
        raise SettingRefused(
            "KLANKBORD_DATA", "holds no organisation yet; `klankbord found` makes the first."
        )


def bind_is_private(host: str) -> None:
    """Plain HTTP and DEBUG stay on this machine."""
    if host in LOOPBACK:
        return
    if settings.DEBUG:
        raise SettingRefused("KLANKBORD_DEBUG", f"must be off to serve on {host}.")
    if not settings.HTTPS:
        raise SettingRefused(
            "KLANKBORD_HTTPS", f"must be true, with HTTPS in front, to serve on {host}."
        )


def port_is_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            raise SettingRefused("PORT", f"{port} on {host} is taken or not ours to use.") from None


def warn_of_what_could_be_better() -> None:
    """What is not refused but said at the start."""
    if not in_memory(Path(tempfile.gettempdir())):
        print("Note: TMPDIR is not in memory (tmpfs). Klankbord itself puts no content there.")
    if settings.DEBUG:
        print("Note: KLANKBORD_DEBUG is on. Never do this with real reports.")


def in_memory(folder: Path) -> bool:
    """Whether this folder is on a tmpfs, as far as /proc/mounts tells."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return False
    holding = [(point, kind) for point, kind in mounts if folder.is_relative_to(point)]
    return bool(holding) and max(holding, key=lambda mount: len(mount[0]))[1] == "tmpfs"
