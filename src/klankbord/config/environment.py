"""Settings from the environment, each read strictly: what makes no sense is refused by name."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

OURS = frozenset(
    f"KLANKBORD_{name}"
    for name in (
        *("DATA", "KEYRING", "BASE_URL", "HTTPS", "DEBUG", "UPLOAD_LIMIT"),
        *("CODE_CHECKS", "REPORTS", "UPLOADS", "DISK_RESERVE", "HOSTED"),
    )
)
FOR_TESTS = "KLANKBORD_TEST_"

YES, NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}
DATABASES = {"sqlite", "postgres", "postgresql"}
MAIL = {"smtp", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "memorymail", "dummymail"}


class SettingRefused(ImproperlyConfigured):
    """A setting that cannot work; the message is one sentence that starts with its name."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")


def truth(name: str, *, default: bool) -> bool:
    """A yes or a no."""
    text = env.str(name, default="").strip().lower()
    if not text:
        return default
    if text not in YES | NO:
        raise SettingRefused(name, "must be true or false.")
    return text in YES


def whole_number(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number between `least` and `most`."""
    text = env.str(name, default=str(default)).strip()
    if not re.fullmatch(r"[0-9]{1,15}", text) or not least <= int(text) <= most:
        raise SettingRefused(name, f"must be a whole number from {least} to {most}.")
    return int(text)


def line(name: str, *, longest: int) -> str:
    """A line of plain text, or nothing."""
    text: str = env.str(name, default="").strip()
    if len(text) > longest or not text.isprintable():
        raise SettingRefused(name, f"must be one line of at most {longest} characters.")
    return text


def folder(name: str, *, default: Path) -> Path:
    """An absolute path; a relative one counts from the folder the command was started in."""
    text = env.str(name, default=str(default)).strip()
    if not text or "\0" in text:
        raise SettingRefused(name, "must be the path of a folder.")
    return Path(text).expanduser().absolute()


def web_address(name: str, *, default: str) -> str:
    """Scheme, host and port of the site, without a path: `https://meldpunt.example`."""
    text: str = env.str(name, default=default).strip().rstrip("/")
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.path or parts.query or parts.fragment or parts.username:
        raise SettingRefused(name, "must look like https://report.example.org, without a path.")
    return text


def database(name: str, *, default: str) -> dict[str, Any]:
    """Django's database settings from one address: sqlite:///… or postgres://…"""
    text = env.str(name, default=default).strip()
    scheme = text.partition(":")[0]
    if scheme not in DATABASES:
        raise SettingRefused(name, "must start with sqlite:/// or postgres://.")
    try:
        found: dict[str, Any] = dict(env.db_url_config(text))
    except (ValueError, ImproperlyConfigured):
        raise SettingRefused(name, "is not an address of a database.") from None
    if not found.get("NAME") or found["NAME"] == ":memory:":
        raise SettingRefused(
            name, "must name a database that stays: a file or a server's database."
        )
    return found


def mail(name: str, *, default: str) -> dict[str, Any]:
    """Django's mail settings from one address: smtp+tls://user:password@host:587 or consolemail://"""
    text = env.str(name, default=default).strip()
    if text.partition(":")[0] not in MAIL:
        raise SettingRefused(name, f"must start with one of {', '.join(sorted(MAIL))}.")
    try:
        return dict(env.email_url_config(text))
    except (ValueError, KeyError, ImproperlyConfigured):
        raise SettingRefused(name, "is not an address of a mail server.") from None


def refuse_unknown() -> None:
    """A KLANKBORD_… that nobody reads is a typing error, and what was meant is not in force."""
    for name in sorted(os.environ):
        if name.startswith("KLANKBORD_") and name not in OURS and not name.startswith(FOR_TESTS):
            raise SettingRefused(name, f"is not a setting; there are {', '.join(sorted(OURS))}.")
