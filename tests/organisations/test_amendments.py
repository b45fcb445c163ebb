"""An act on a published year is recorded as the amendment it is."""

import pytest
from django.db import transaction
from tests.factories import codes, day, everything, lock_year, make_body

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.organisations import amendments
from gongkai.organisations.amendments import record_dated, years_through

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "years"),
    [
        ([], []),
        ([None], []),
        (["2020-12-31"], [2020]),
        (["2021-01-01", "2019-12-31", None], [2019, 2020, 2021]),
    ],
)
def test_years_through(days, years):
    assert list(years_through(*(one and day(one) for one in days))) == years


def record(body, **kw):
    kw = {"detail": {"on": "2020-05-01"}, "reason": "看错"} | kw
    with transaction.atomic():
        entry = record_dated(
            verb="foi.close_request", actor=SYSTEM, target=body, body=body, years=[2020, 2021], **kw
        )
    return entry.verb, entry.detail, entry.reason


def test_an_ordinary_act():
    assert record(make_body()) == ("foi.close_request", {"on": "2020-05-01"}, "看错")


def test_an_amendment_names_the_published_years_and_both_reasons():
    body = make_body()
    lock_year(body, 2020)

    detail = {"on": "2020-05-01", "amended_years": [2020]}
    assert record(body, amendment="漏登") == ("foi.amend.close_request", detail, "看错；漏登")
    assert record(body, amendment="漏登", reason="", detail=None) == (
        "foi.amend.close_request",
        {"amended_years": [2020]},
        "漏登",
    )


def test_a_reason_without_a_published_year_is_still_an_amendment():
    detail = {"on": "2020-05-01", "amended_years": []}

    assert record(make_body(), amendment="漏登") == ("foi.amend.close_request", detail, "看错；漏登")


def test_a_year_published_after_the_obstacles_were_asked_undoes_the_act():
    body = make_body()
    lock_year(body, 2021)
    before = everything()
    with pytest.raises(RefusedError) as caught:
        record(body)
    assert codes(caught.value.obstacles) == ["year_just_locked"]
    assert everything() == before


def test_a_year_published_while_we_wait_for_the_end_of_the_chain_undoes_the_act(monkeypatch):
    body = make_body()
    append = amendments.record

    def publish_first(**kw):
        lock_year(body, 2021)
        return append(**kw)

    monkeypatch.setattr(amendments, "record", publish_first)
    before = everything()
    with pytest.raises(RefusedError) as caught:
        record(body)
    assert codes(caught.value.obstacles) == ["year_just_locked"]
    assert everything() == before
    assert Entry.objects.filter(verb="foi.close_request").count() == 0
