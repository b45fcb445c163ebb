"""What the tests of the search share."""

import datetime as dt

import pytest

from gongkai.search import correcting
from gongkai.search.backends import backend


@pytest.fixture
def index(db):
    """The backend in use."""
    return backend()


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch):
    """What is offered instead of a word does not depend on how busy the machine is."""
    monkeypatch.setattr(correcting, "BUDGET", dt.timedelta(seconds=60))
