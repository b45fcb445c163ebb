import pytest

from gongkai.core.actors import SYSTEM
from gongkai.organisations.models import Officer


class Clerk:
    """An actor that is in no table."""

    pk = None
    name_for_record = "测试员"


@pytest.fixture
def clerk():
    return Clerk()


@pytest.fixture
def system():
    return SYSTEM


@pytest.fixture
def officer(db):
    return Officer.objects.create_user(username="wang", name="王敏")
