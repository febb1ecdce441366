"""Who looks after the house, signed in."""

import pytest
from django.test import Client

from tests.given import House
from tests.web.desks import signed_in


@pytest.fixture
def bert(client: Client, house: House) -> Client:
    """The administrator, who is a volunteer and knows nothing of computers."""
    return signed_in(client, house["bert"])
