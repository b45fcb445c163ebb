import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone

from gongkai.core.actors import SYSTEM
from gongkai.organisations.acts import register_body
from gongkai.organisations.enums import BodyKind, Tier
from gongkai.reports.enums import VersionState
from gongkai.reports.freeze import to_frozen
from gongkai.reports.models import AnnualReport, Version
from gongkai.reports.writing.canonical import digest
from tests.portal.made import report_with

@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def make_body(db):
    def make(slug="edu", **fields):
        fields = {"name": f"测试县{slug}局", "kind": BodyKind.DEPARTMENT, "tier": Tier.COUNTY} | fields
        return register_body(actor=SYSTEM, slug=slug, **fields)

    return make


@pytest.fixture
def make_version():
    def make(body, year=2023, number=1, state=VersionState.PUBLISHED, report=None, **fields):
        annual, _ = AnnualReport.objects.get_or_create(body=body, year=year)
        report = (report or report_with()).with_(year=year)
        moment = timezone.make_aware(dt.datetime(year + 1, 1, 20 + number, 9, 0))
        if state != VersionState.DRAFT:
            fields |= {"frozen": to_frozen(report, {}), "digest": digest(report)}
        if state in {VersionState.PUBLISHED, VersionState.SUPERSEDED}:
            fields["published_at"] = moment
        return Version.objects.create(report=annual, number=number, state=state, created_at=moment, **fields)

    return make
