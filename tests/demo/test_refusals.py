"""The demonstration is built into a demonstration only."""

import datetime as dt

import pytest

from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.demo.build import build, why_not_build
from gongkai.organisations.acts import register_body
from gongkai.organisations.models import Body

TODAY = dt.date(2026, 3, 2)


def codes(today=TODAY):
    return [obstacle.code for obstacle in why_not_build(today)]


@pytest.mark.django_db
def test_an_empty_database_will_do():
    assert codes() == []


@pytest.mark.django_db
def test_never_beside_somebody_s_own_body():
    register_body(actor=SYSTEM, name="真实县教育局", slug="real", kind="department", tier="county")
    assert codes() == ["real_data"]
    with pytest.raises(RefusedError, match="真实县教育局"):
        build(TODAY)
    assert Body.objects.count() == 1


@pytest.mark.django_db
def test_never_in_production_nor_before_its_time(settings):
    settings.GONGKAI_MODE = "production"
    assert codes(dt.date(2026, 2, 27)) == ["production", "too_early"]
