"""What the tests of the search share."""

import datetime as dt

import pytest

from gongkai.search import correcting, finding
from gongkai.search.backends import backend


@pytest.fixture
def index(db):
    """The backend in use."""
    return backend()


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch):
    """What is offered instead of a word, and which old titles come along, do not depend on how busy the machine is."""
    monkeypatch.setattr(correcting, "BUDGET", dt.timedelta(seconds=60))
    monkeypatch.setattr(finding, "TITLE_BUDGET", dt.timedelta(seconds=60))
