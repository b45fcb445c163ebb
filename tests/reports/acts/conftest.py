"""A bureau with one request and its people, and moments after the year has ended."""

import datetime as dt

import pytest
from tests.factories import at, close, make_body, make_handler, make_request

from gongkai.organisations.enums import Role
from gongkai.reports import acts


@pytest.fixture
def bureau(db):
    body = make_body(name="清溪县教育局", short_name="教育局", slug="qingxi")
    close(make_request(body))
    return body


@pytest.fixture
def handler(bureau):
    return make_handler(bureau)


@pytest.fixture
def approver(bureau):
    return make_handler(bureau, role=Role.APPROVER)


@pytest.fixture
def now():
    return at(2025, 1, 10)


@pytest.fixture
def draft(bureau, handler, now):
    return acts.open_report(body=bureau, year=2024, actor=handler, at=now)


@pytest.fixture
def submitted(draft, handler, now):
    acts.submit(version=draft, actor=handler, at=now)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def approved(submitted, approver, now):
    acts.approve(version=submitted, actor=approver, at=now + dt.timedelta(hours=1))
    submitted.refresh_from_db()
    return submitted


@pytest.fixture
def published(approved, handler, now):
    acts.publish(version=approved, actor=handler, at=now + dt.timedelta(hours=2))
    approved.refresh_from_db()
    return approved
