"""What the tests of the search share."""

import pytest

from gongkai.search.backends import backend


@pytest.fixture
def index(db):
    """The backend in use."""
    return backend()
