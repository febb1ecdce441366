"""Every text of ours is there in Dutch, French, English and German, and compiled."""

import pytest
from babel.messages import Catalog

from scripts.messages import LANGUAGES, collected, faults_of


@pytest.fixture(scope="module")
def template() -> Catalog:
    return collected()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete_and_compiled(language: str, template: Catalog) -> None:
    assert faults_of(language, template) == []
