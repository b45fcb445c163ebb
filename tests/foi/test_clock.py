"""The clock of stored requests, and the cases that were late."""

import datetime as dt

import pytest
from tests.factories import at, close, day, make_applicant, make_body, make_request

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.clock import _last_doubtful_receipt, clock_facts, clock_of, closed_late, overdue_closed
from gongkai.foi.models import CaseFact, Request
from gongkai.law.calendar import official_calendar
from gongkai.law.clock import ClockError, State
from gongkai.law.facts import Answered, Received, Withdrawn

pytestmark = pytest.mark.django_db

NOW = at(2024, 6, 28)


def bare(body, received_on, closed_on=None, **kw):
    """A row as an older register left it: two dates and no facts."""
    kw = {"applicant": kw.pop("applicant", None) or make_applicant(body), "applicant_kind": "natural"} | kw
    return Request.objects.create(
        body=body,
        number=f"旧-{Request.objects.count()}",
        channel="online",
        subject="旧件",
        registered_at=NOW,
        received_on=received_on,
        closed_on=closed_on,
        outcome="granted" if closed_on else "",
        **kw,
    )


def test_facts_in_the_laws_words_without_the_cancelled():
    request = make_request(submitted_on=day("2024-03-01"))
    detail = {"deadline_on": "2024-03-26"}
    asked = acts.record_fact(
        request=request,
        kind="clarification_notified",
        on=day("2024-03-05"),
        detail=detail,
        actor=SYSTEM,
        at=NOW,
    )
    acts.cancel_fact(fact=asked, reason="登记错误", actor=SYSTEM, at=NOW)
    acts.withdraw_request(request=request, on=day("2024-03-06"), actor=SYSTEM, at=NOW)

    request = Request.objects.get(pk=request.pk)
    assert clock_facts(request) == [Received(day("2024-03-01")), Withdrawn(day("2024-03-06"))]


def test_a_row_of_an_older_register_has_its_dates_for_facts():
    body = make_body()

    assert clock_facts(bare(body, day("2019-03-01"), day("2019-03-20"))) == [
        Received(day("2019-03-01")),
        Answered(day("2019-03-20")),
    ]
    assert clock_facts(bare(body, day("2019-03-01"))) == [Received(day("2019-03-01"))]


def test_the_clock_on_a_day():
    request = make_request(submitted_on=day("2024-03-01"))
    result = clock_of(request, as_of=day("2024-03-28"), calendar=official_calendar())

    assert (result.state, result.due_on, result.left) == (State.RUNNING, day("2024-03-29"), 1)


def test_there_is_no_clock_before_the_receipt():
    with pytest.raises(ClockError, match="没有收到申请的记录"):
        clock_of(make_request(received=False), as_of=day("2024-03-28"))


def test_late_is_counted_by_the_facts_of_each_case():
    body = make_body()
    on_time = make_request(body, submitted_on=day("2024-03-01"))
    close(on_time, served_on=day("2024-03-29"))
    late = make_request(body, submitted_on=day("2024-03-01"))
    close(late, served_on=day("2024-04-01"))
    extended = make_request(body, submitted_on=day("2024-03-01"))
    detail = {"workdays": 1, "approved_by": "王主任", "told_on": "2024-03-28"}
    acts.record_fact(
        request=extended, kind="extended", on=day("2024-03-28"), detail=detail, actor=SYSTEM, at=NOW
    )
    close(extended, served_on=day("2024-04-01"))
    of_last_year = bare(body, day("2023-01-03"), day("2024-01-02"))
    bare(body, day("2023-11-01"), day("2023-12-29"))
    bare(body, day("2023-11-01"))
    bare(make_body(), day("2024-01-02"), day("2024-12-31"))

    assert closed_late(body, 2024) == [of_last_year, late]
    assert [overdue_closed(body, year) for year in (2023, 2024, 2025)] == [1, 2, 0]


def test_facts_are_read_of_doubtful_cases_only_and_in_batches(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("gongkai.foi.clock.BATCH", 2)
    body = make_body()
    applicant = make_applicant(body)
    for _ in range(3):
        bare(body, day("2024-03-01"), day("2024-03-29"), applicant=applicant)
        late = bare(body, day("2024-03-01"), day("2024-04-01"), applicant=applicant)
    extended = bare(body, day("2024-03-01"), day("2024-04-01"), applicant=applicant)
    notes = {"workdays": 20, "approved_by": "负责人", "told_on": "2024-03-20"}
    CaseFact.objects.create(
        request=extended, kind="extended", on=day("2024-03-20"), detail=notes, recorded_at=at()
    )
    # The calendar, the days of closing, each of the two, the kinds of facts in two batches, the one case with facts.
    with django_assert_num_queries(8):
        assert overdue_closed(body, 2024) == 3
    assert late in closed_late(body, 2024)
    assert extended not in closed_late(body, 2024)


def test_the_bound_is_the_law_of_twenty_workdays():
    """Of every day of closing: the day found is doubtful, the next one is not."""
    calendar = official_calendar()
    for step in range(366):
        closed_on = day("2024-01-01") + dt.timedelta(step)
        last = _last_doubtful_receipt(closed_on, calendar)
        dues = [calendar.add_workdays(last + dt.timedelta(days), 20).day for days in (0, 1)]
        assert dues[0] < closed_on <= dues[1]
