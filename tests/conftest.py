"""The rig of every test: a data folder of its own, a database in a file, and files served plainly.

Nothing a test does lands in the repository or in a data folder of somebody at work.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connections

from tests.proofreading import ProofreadingClient

# How long an example takes says more about the machine than about the rule.
# On the integration server the examples are the same each time: what fails there fails here.
hypothesis.settings.register_profile(
    "house", deadline=None, derandomize=os.environ.get("CI") == "true"
)
hypothesis.settings.load_profile("house")

PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def pytest_configure(config: pytest.Config) -> None:
    house = Path(tempfile.mkdtemp(prefix="kb-test-"))
    config.add_cleanup(lambda: shutil.rmtree(house, ignore_errors=True))
    settings.DATA = house / "data"
    settings.DATA.mkdir()
    settings.STATIC_ROOT = settings.DATA / "static"
    settings.STATIC_ROOT.mkdir()
    settings.KEYRING_FILE = house / "data.keyring"
    settings.STORAGES["staticfiles"] = PLAIN_STATIC
    default = connections["default"].settings_dict
    if default["ENGINE"].endswith("sqlite3"):  # in a file, as in real life: in memory nothing locks
        default["TEST"]["NAME"] = str(house / "test.sqlite3")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What needs a browser or PostgreSQL is left out only when asked (SKIP=…), and never in CI."""
    skipped = (
        set() if os.environ.get("CI") == "true" else set(os.environ.get("SKIP", "").split(","))
    )
    for name in ("browser", "postgres"):
        if item.get_closest_marker(name) and name in skipped:
            pytest.skip(f"SKIP={name}")
    if item.get_closest_marker("postgres") and not os.environ.get("KLANKBORD_TEST_POSTGRES"):
        pytest.fail("needs a cluster: scripts/with-postgres.sh pytest …", pytrace=False)


@pytest.fixture
def data_folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder for this test alone; blobs written by others are not in it."""
    before = settings.DATA
    settings.DATA = tmp_path
    yield tmp_path
    settings.DATA = before


@pytest.fixture(autouse=True)
def quick_stretching(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id at its lightest: the real costs are fixed by vectors, and measured by the bench."""
    if "vault" in request.node.path.parts:
        return
    from klankbord.kit.vault import codes, members
    from klankbord.kit.vault.stretching import Cost

    light = Cost(passes=1, memory=8192)
    monkeypatch.setattr(codes, "CODE_COST", light)
    monkeypatch.setattr(members, "PASSPHRASE_COST", light)


@pytest.fixture(autouse=True)
def whole_budgets() -> None:
    """What another test asked for is not taken from this one's budgets."""
    from klankbord.kit import budgets

    budgets.forget_all()


@pytest.fixture
def house(db: None, trusting: None) -> Any:
    """Ravelijn: noor and tarik read, els and joris count, bert administers, wout leads a group."""
    from tests import given

    return given.ravelijn()


@pytest.fixture
def neighbour(house: Any) -> Any:
    """Another organisation, with nadia who reads there, bas and cleo."""
    from tests import given

    return given.the_neighbour()


@pytest.fixture
def trusting() -> Iterator[None]:
    """A keyring of this test's own: founders pinned by others are not in it."""
    from klankbord.handling import own
    from klankbord.organisations import pins

    before = settings.KEYRING
    pins.code_salt.cache_clear()
    own._remembered.cache_clear()  # a house that is rolled back comes back under the same id
    yield
    settings.KEYRING = before
    pins.code_salt.cache_clear()


@pytest.fixture
def no_procedure(monkeypatch: pytest.MonkeyPatch) -> None:
    """An organisation where people choose the procedure when they read what was told."""
    from klankbord.rules.profiles.shape import Profile

    monkeypatch.setattr(Profile, "procedure_for", lambda *_: "")


@pytest.fixture
def client() -> ProofreadingClient:
    """A browser that proofreads."""
    return ProofreadingClient()
