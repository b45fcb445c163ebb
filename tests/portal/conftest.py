import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache():
    """Nobody is put off for what another test did."""
    cache.clear()
