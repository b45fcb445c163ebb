"""The monitor's numbers: the database against the law's own code, and what each rule does to them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import make_body
from tests.oversight.conftest import ADOPTED, NOW, TODAY, put

from gongkai.catalogue.acts import adopt_catalogue, declare_not_applicable, retire_catalogue, retire_item
from gongkai.catalogue.models import Catalogue, Item
from gongkai.core.actors import SYSTEM
from gongkai.disclosure.models import Document, Edition
from gongkai.law.calendar import official_calendar
from gongkai.law.coverage import State, coverage
from gongkai.organisations.models import Body
from gongkai.oversight.coverage import Counts, Day, counts_by, total, with_state
from gongkai.oversight.details import (
    detail_of,
    documents_of,
    items_with_state,
    last_on,
    late_documents,
    owed_note,
    published,
    states,
)

pytestmark = pytest.mark.django_db
DAY = Day(TODAY, official_calendar())


def state_of(item):
    return with_state(Item.objects.owed(), DAY).get(pk=item.pk).state


def counted(catalogue):
    found = counts_by(Item.objects.owed(), DAY, "catalogue")
    return found.get((catalogue.pk,), Counts())


def test_a_catalogue_with_nothing_public_is_blank(own):
    assert counted(own) == Counts(owed=34, blank=34, undetermined=1)
    assert counted(own).share == "0%"
    assert Counts().share == "—"


def test_every_state_counts_once(own, items):
    put(items["招生计划"], dt.date(2024, 6, 3), dt.date(2024, 6, 3))
    put(items["招生政策"], dt.date(2024, 5, 6))
    stale = items["学校介绍"]
    Item.objects.filter(pk=stale.pk).update(stale_days=180)
    put(stale, dt.date(2023, 5, 6), dt.date(2023, 5, 8))
    assert counted(own) == Counts(owed=34, public=1, overdue=1, stale=1, blank=31, undetermined=1)
    assert total([counted(own), counted(own)]).owed == 68


def test_what_is_not_owed_is_not_counted(own, items):
    declare_not_applicable(item=items["招生计划"], reason="没有", actor=SYSTEM, at=NOW)
    retire_item(item=items["招生政策"], reason="合并", actor=SYSTEM, at=NOW)
    Item.objects.filter(pk=items["学校介绍"].pk).update(method="依申请公开")
    assert counted(own).owed == 31
    retire_catalogue(catalogue=own, on=TODAY, reason="停用", actor=SYSTEM, at=NOW)
    assert counted(own) == Counts()


def test_what_is_not_public_of_itself_neither_covers_nor_is_overdue(item):
    put(item, dt.date(2024, 1, 3), attribute="withheld")
    put(item, dt.date(2024, 1, 3), dt.date(2024, 1, 4), attribute="on_request")
    assert state_of(item) == State.BLANK


@pytest.mark.parametrize("gone", ["withdrawn_at", "archived_at"])
def test_what_left_the_lists_leaves_a_blank(item, gone):
    put(item, dt.date(2024, 6, 3), dt.date(2024, 6, 3), **{gone: NOW})
    assert state_of(item) == State.BLANK


def test_around_the_last_day_and_the_turn_of_the_year(item):
    document = put(item, dt.date(2024, 12, 31))
    for today, state in ((dt.date(2025, 2, 5), "blank"), (dt.date(2025, 2, 6), "overdue")):
        found = with_state(Item.objects.owed(), Day(today, DAY.calendar)).get(pk=item.pk)
        assert found.state == state, today
    assert detail_of(item, Day(dt.date(2025, 2, 5), DAY.calendar)).documents[0].due_on == dt.date(2025, 2, 5)
    assert document.made_on.year == 2024


def test_a_moment_belongs_to_its_local_day(item):
    Item.objects.filter(pk=item.pk).update(rhythm="quarterly", term=None)
    document = put(item, dt.date(2023, 12, 31), dt.date(2023, 12, 31))
    almost = dt.datetime(2023, 12, 31, 15, 59, tzinfo=dt.UTC)  # 23:59 in China
    Document.objects.filter(pk=document.pk).update(first_published_at=almost)
    assert state_of(item) == State.OVERDUE
    Document.objects.filter(pk=document.pk).update(first_published_at=almost + dt.timedelta(minutes=1))
    assert state_of(item) == State.PUBLIC


# Against the law's own code --------------------------------------------------------------------------------

DAYS = st.dates(dt.date(2023, 6, 1), TODAY)
DUTIES = st.sampled_from(
    [
        {"rhythm": "on_event", "term": 20},
        {"rhythm": "on_event", "term": 7, "stale_days": 90},
        {"rhythm": "on_event", "term": 20, "span": "days"},
        {"rhythm": "on_event", "term": 1, "span": "months"},
        {"rhythm": "yearly", "due_month": 3, "due_day": 31},
        {"rhythm": "yearly", "term": 20},
        {"rhythm": "half_yearly"},
        {"rhythm": "quarterly", "term": 15, "span": "days"},
        {"rhythm": "monthly"},
        {"rhythm": "continuous", "stale_days": 180},
        {"rhythm": "standing"},
        {"rhythm": "unknown"},
    ]
)
EMPTY = {
    "rhythm": "",
    "term": None,
    "span": "workdays",
    "due_month": None,
    "due_day": None,
    "stale_days": None,
}


@st.composite
def papers(draw):
    made = draw(DAYS)
    first = draw(st.none() | DAYS)
    changed = draw(st.none() | DAYS) if first else None
    gone = draw(st.sampled_from([None, None, "withdrawn_at", "archived_at"])) if first else None
    return {
        "made_on": made,
        "published_on": first,
        "changed_on": changed,
        "amended_on": draw(st.none() | DAYS),
        **({gone: NOW} if gone else {}),
        "attribute": draw(st.sampled_from(["proactive", "proactive", "proactive", "withheld"])),
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(DUTIES, st.none() | DAYS, st.lists(papers(), max_size=3)), min_size=1, max_size=4))
def test_the_database_says_what_the_law_s_code_says(own, items, drawn):
    Edition.objects.all().delete()
    Document.objects.all().delete()
    Item.objects.filter(catalogue=own).update(not_applicable="本次不看")
    chosen = list(items.values())[: len(drawn)]
    for item, (duty, since, rows) in zip(chosen, drawn, strict=True):
        Item.objects.filter(pk=item.pk).update(**{**EMPTY, **duty}, since=since, not_applicable="")
        for row in rows:
            put(item, **row)
    found = {one.pk: one.state for one in with_state(Item.objects.owed(), DAY)}
    expected = {}
    for item in chosen:
        item.refresh_from_db()
        facts = [published(one) for one in documents_of(item)]
        whole = coverage(item.duty, facts, DAY.today, DAY.calendar, since=item.since)
        expected[item.pk] = whole.state.value
    assert found == expected
    counts = counted(own)
    assert counts.owed == len(chosen) == counts.public + counts.overdue + counts.stale + counts.blank


# Behind the numbers ----------------------------------------------------------------------------------------


def test_an_item_s_documents_with_last_days_and_reasons(item):
    late = put(item, dt.date(2024, 3, 1), dt.date(2024, 5, 6))
    waiting = put(item, dt.date(2024, 6, 20))
    overdue = put(item, dt.date(2024, 4, 30))
    detail = detail_of(item, DAY)
    rows = [(one.document, one.state.value, one.due_on) for one in detail.documents]
    assert rows == [
        (waiting, "待公开", dt.date(2024, 7, 18)),
        (overdue, "逾期未公开", dt.date(2024, 5, 30)),
        (late, "逾期公开", dt.date(2024, 3, 29)),
    ]
    assert detail.documents[1].reason == (
        "形成或者变更之日起20个工作日内公开。2024-04-30形成，次日起算，其间劳动节放假不计，至2024-05-30届满"
    )
    assert (detail.coverage.state, detail.missed, detail.more) == (State.OVERDUE, "", 0)


def test_a_missed_period_and_the_coming_one(item):
    Item.objects.filter(pk=item.pk).update(rhythm="quarterly", term=None)
    item.refresh_from_db()
    detail = detail_of(item, DAY)
    assert detail.missed == "每季度至少公开一次。本期自2024-01-01起，最迟2024-03-31公开"
    assert detail.coming == "每季度至少公开一次。本期自2024-04-01起，最迟2024-06-30公开"
    assert owed_note(item, DAY) == ""
    item.since = dt.date(2024, 4, 2)
    assert "2024-04-02起应公开" in owed_note(item, DAY)


def test_an_unannounced_year_is_provisional(item):
    beyond = DAY.calendar.official_through + dt.timedelta(20)
    put(item, beyond)
    row = detail_of(item, Day(beyond, DAY.calendar)).documents[0]
    assert row.provisional
    assert "放假安排尚未公布" in row.reason


def test_an_unknown_duty_judges_nothing(items):
    item = next(one for one in items.values() if one.rhythm == "unknown")
    put(item, dt.date(2020, 1, 2))
    row = detail_of(item, DAY).documents[0]
    assert (row.state.value, row.due_on, row.reason) == ("时限待核定", None, "公开时限待核定，未作判断")
    assert state_of(item) == State.BLANK


def test_late_publications_of_a_year(own, items):
    Item.objects.filter(pk=items["招生政策"].pk).update(term=7)
    Item.objects.filter(pk=items["学校介绍"].pk).update(rhythm="standing", term=None)
    put(items["招生计划"], dt.date(2024, 3, 1), dt.date(2024, 3, 29))
    one = put(items["招生计划"], dt.date(2024, 3, 1), dt.date(2024, 4, 1))
    seven = put(items["招生政策"], dt.date(2024, 3, 1), dt.date(2024, 3, 13))
    standing = put(items["学校介绍"], dt.date(2024, 1, 2), dt.date(2024, 5, 6))
    put(items["招生计划"], dt.date(2022, 3, 1), dt.date(2023, 4, 1))
    found = late_documents(Body.objects.all(), year=2024, day=DAY)
    assert {(late.document, late.due_on) for late in found} == {
        (one, dt.date(2024, 3, 29)),
        (seven, dt.date(2024, 3, 12)),
        (standing, dt.date(2024, 1, 30)),
    }


def test_the_last_public_news_of_an_item(item, items):
    put(item, dt.date(2024, 3, 1), dt.date(2024, 3, 1), changed_on=dt.date(2024, 5, 6))
    put(item, dt.date(2024, 6, 3), dt.date(2024, 6, 4), withdrawn_at=NOW)
    rows = {one.name: one for one in items_with_state(Item.objects.owed(), DAY)}
    assert last_on(rows["招生计划"]) == dt.date(2024, 5, 6)
    assert last_on(rows["招生政策"]) is None
    assert len(rows) == 34
    assert {state: len(found) for state, found in states(list(rows.values())).items()} == {
        "public": 1,
        "blank": 33,
    }


def queries(work):
    with CaptureQueriesContext(connection) as found:
        work()
    return len(found)


def test_a_province_costs_as_many_queries_as_a_bureau(own, items):
    reference = Catalogue.objects.get(body=None)

    def one():
        counts_by(Item.objects.owed(), DAY, "catalogue__body", "catalogue__field")
        list(items_with_state(Item.objects.owed(), DAY))

    before = queries(one)
    for _ in range(2):
        adopt_catalogue(body=make_body(), catalogue=reference, actor=SYSTEM, adopted_on=ADOPTED)
    assert queries(one) == before == 4
