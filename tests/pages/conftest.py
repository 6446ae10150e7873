"""A reader's client over the case pack, loaded once."""

import pytest
from django.test import Client

from stabilis.config import loading


@pytest.fixture
def reader(db: None) -> Client:
    """Return a client over a database in which codes, facts and claims are loaded."""
    loading.load()
    return Client()
