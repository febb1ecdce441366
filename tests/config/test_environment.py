"""Settings that make no sense are refused, by name."""

from pathlib import Path

import pytest

from klankbord.config import environment
from klankbord.config.environment import SettingRefused


@pytest.mark.parametrize("text", ["maybe", "2", "truee", "ja"])
def test_a_switch_is_on_or_off(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("KLANKBORD_HTTPS", text)
    with pytest.raises(SettingRefused, match=r"^KLANKBORD_HTTPS must be true or false\.$"):
        environment.truth("KLANKBORD_HTTPS", default=False)


@pytest.mark.parametrize("text", ["25MB", "-1", "0", "1e6", "٣٣٣٣٣٣", "999999999999999999"])
def test_a_limit_is_a_whole_number_within_bounds(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("KLANKBORD_UPLOAD_LIMIT", text)
    with pytest.raises(SettingRefused, match="^KLANKBORD_UPLOAD_LIMIT "):
        environment.whole_number("KLANKBORD_UPLOAD_LIMIT", default=9, least=9, most=10**7)


@pytest.mark.parametrize(
    "text",
    ["report.example.org", "ftp://report.example.org", "https://", "https://example.org/path",
     "https://example.org:port", "https://user@example.org", "https://example.org?a=b"],
)  # fmt: skip
def test_the_site_has_a_scheme_a_host_and_no_path(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("KLANKBORD_BASE_URL", text)
    with pytest.raises(SettingRefused, match="^KLANKBORD_BASE_URL must look like https://"):
        environment.web_address("KLANKBORD_BASE_URL", default="")


@pytest.mark.parametrize(
    "text", ["mysql://u@h/db", "sqlite://:memory:", "klankbord.sqlite3", "postgres://", "sqlite://"]
)
def test_a_database_stays_and_is_one_of_two_kinds(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", text)
    with pytest.raises(SettingRefused, match="^DATABASE_URL "):
        environment.database("DATABASE_URL", default="")


def test_a_password_with_signs_in_it_survives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://kb:p%40ss%2Fword@db.example.org:5433/klankbord")
    found = environment.database("DATABASE_URL", default="")
    assert (found["PASSWORD"], found["HOST"], found["PORT"]) == (
        "p@ss/word", "db.example.org", 5433,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["mail.example.org", "https://mail.example.org", "smtp://h:port"])
def test_mail_goes_to_a_mail_server(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("EMAIL_URL", text)
    with pytest.raises(SettingRefused, match="^EMAIL_URL "):
        environment.mail("EMAIL_URL", default="")


def test_a_setting_that_nobody_reads_is_a_typing_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLANKBORD_HTPS", "true")
    with pytest.raises(SettingRefused, match="^KLANKBORD_HTPS is not a setting"):
        environment.refuse_unknown()


def test_a_relative_folder_counts_from_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLANKBORD_DATA", "some/where")
    assert environment.folder("KLANKBORD_DATA", default=Path()) == Path.cwd() / "some" / "where"
