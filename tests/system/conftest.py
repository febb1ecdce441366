"""Houses to serve: founded once on each database, copied for each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.cast import Stage, a_stage
from tests.system.server import HOUSE, Postbox, Server, Template, drop_database, found

CLUSTER = "KLANKBORD_TEST_POSTGRES"
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Template]]:
    """The templates that were founded so far; `template_of` adds to them."""
    templates: dict[str, Template] = {}
    yield templates
    for template in templates.values():
        if template.cluster:
            drop_database(template.database, template.cluster)


def a_server(
    kind: str, templates: dict[str, Template], factory: pytest.TempPathFactory, folder: Path
) -> Server:
    """An installation on this kind of database, not started yet."""
    if kind not in templates:
        cluster = os.environ[CLUSTER] if kind == "postgres" else ""
        templates[kind] = found(factory.mktemp(f"founded-{kind}"), cluster)
    return templates[kind].copied_to(folder)


@pytest.fixture
def sqlite_server(
    founded: dict[str, Template], tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Iterator[Server]:
    """On SQLite, not started yet."""
    server = a_server("sqlite", founded, tmp_path_factory, tmp_path)
    yield server
    server.kill()


@pytest.fixture(params=BOTH)
def either(
    request: pytest.FixtureRequest,
    founded: dict[str, Template],
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
) -> Iterator[Server]:
    """On SQLite, and once more on PostgreSQL; not started yet."""
    server = a_server(request.param, founded, tmp_path_factory, tmp_path)
    yield server
    server.kill()
    if server.database:
        drop_database(server.database, os.environ[CLUSTER])


@pytest.fixture(scope="module")
def running(
    founded: dict[str, Template], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server on SQLite that the tests of one file share."""
    server = a_server("sqlite", founded, tmp_path_factory, tmp_path_factory.mktemp("running"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A mail server."""
    with Postbox().open() as box:
        yield box


@pytest.fixture
def slug() -> str:
    """The house that all of this is about."""
    return HOUSE


@pytest.fixture
def stage(db: None, trusting: None, data_folder: Path) -> Stage:
    """Three cases, and somebody of each kind."""
    return a_stage()
