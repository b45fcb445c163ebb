import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.portal import freshness
from gongkai.portal.caching import shelf


@pytest.fixture(autouse=True)
def empty_cache():
    """Nobody is put off for what another test did."""
    cache.clear()


@pytest.fixture
def remembering(settings):
    """A worker that remembers, and has just started."""
    settings.GONGKAI_PAGE_CACHE = 8 * 1024 * 1024
    freshness.forget()
    shelf.clear()
    yield
    freshness.forget()
    shelf.clear()


@pytest.fixture
def asked(remembering, client):
    """How many questions a running worker asks the database for a page made anew."""

    def count(address):
        shelf.clear()
        assert client.get(address).status_code == 200  # the frame of the site, which it then has
        shelf.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count
