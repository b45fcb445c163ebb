"""How an item stands, rule by rule; and the states against a naive reckoning day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.calendar import official_calendar
from gongkai.law.coverage import (
    DocumentState,
    Published,
    State,
    coverage,
    document_state,
    explain_term,
    explain_window,
)
from gongkai.law.duty_terms import ORDINARY, Duty, Rhythm, Span, document_due, last_closed

CALENDAR = official_calendar()
TODAY = date(2024, 6, 28)
R = Rhythm


def online(published, made=None, **kw):
    return Published(made or published, published, listed=True, **kw)


CASES = {
    "nothing at all is blank": (ORDINARY, [], State.BLANK),
    "published on time": (ORDINARY, [online(date(2024, 6, 3))], State.PUBLIC),
    "made, not published, term running": (ORDINARY, [Published(date(2024, 6, 3))], State.BLANK),
    "made, not published, term over": (ORDINARY, [Published(date(2024, 5, 6))], State.OVERDUE),
    "one published, another overdue": (
        ORDINARY,
        [online(date(2024, 6, 3)), Published(date(2024, 5, 6))],
        State.OVERDUE,
    ),
    "published late is public now": (ORDINARY, [online(date(2024, 6, 3), date(2024, 3, 1))], State.PUBLIC),
    "taken off the lists is blank": (
        ORDINARY,
        [Published(date(2024, 6, 3), date(2024, 6, 3), listed=False)],
        State.BLANK,
    ),
    "changed and the change not public": (
        ORDINARY,
        [online(date(2023, 6, 5), amended_on=date(2024, 5, 6))],
        State.OVERDUE,
    ),
    "changed and published": (
        ORDINARY,
        [online(date(2023, 6, 5), amended_on=date(2024, 5, 6), changed_on=date(2024, 5, 8))],
        State.PUBLIC,
    ),
    "seven days for permits": (Duty(R.ON_EVENT, 7), [Published(date(2024, 6, 18))], State.OVERDUE),
    "yearly, missed": (
        Duty(R.YEARLY, month=3, day=31),
        [online(date(2023, 3, 1))],
        State.OVERDUE,
    ),
    "yearly, published": (Duty(R.YEARLY, month=3, day=31), [online(date(2024, 2, 1))], State.PUBLIC),
    "yearly, published after its day": (
        Duty(R.YEARLY, month=3, day=31),
        [online(date(2024, 5, 6))],
        State.PUBLIC,
    ),
    "yearly, nothing ever, is overdue rather than blank": (
        Duty(R.YEARLY, month=3, day=31),
        [],
        State.OVERDUE,
    ),
    "quarterly, last quarter missed": (Duty(R.QUARTERLY), [online(date(2023, 12, 29))], State.OVERDUE),
    "quarterly, met": (Duty(R.QUARTERLY), [online(date(2024, 3, 29))], State.PUBLIC),
    "monthly, met by the tenth": (
        Duty(R.MONTHLY, 10, Span.DAYS),
        [online(date(2024, 6, 7))],
        State.PUBLIC,
    ),
    "continuous, fresh on the last day": (
        Duty(R.CONTINUOUS, stale_days=180),
        [online(TODAY - timedelta(180))],
        State.PUBLIC,
    ),
    "continuous, stale a day later": (
        Duty(R.CONTINUOUS, stale_days=180),
        [online(TODAY - timedelta(181))],
        State.STALE,
    ),
    "a change freshens": (
        Duty(R.CONTINUOUS, stale_days=14),
        [online(date(2020, 1, 2), changed_on=TODAY)],
        State.PUBLIC,
    ),
    "standing, old, is public": (Duty(R.STANDING), [online(date(2015, 1, 5))], State.PUBLIC),
    "unknown is never overdue": (Duty(R.UNKNOWN), [Published(date(2020, 1, 2))], State.BLANK),
    "an event item may be watched for staleness": (
        Duty(R.ON_EVENT, 20, stale_days=90),
        [online(TODAY - timedelta(91))],
        State.STALE,
    ),
}


@pytest.mark.parametrize(("duty", "documents", "state"), CASES.values(), ids=CASES)
def test_how_an_item_stands(duty, documents, state):
    assert coverage(duty, documents, TODAY, CALENDAR).state is state


def test_a_period_that_ended_before_the_item_was_adopted_is_not_owed():
    duty = Duty(R.YEARLY, month=3, day=31)
    assert coverage(duty, [], TODAY, CALENDAR, since=date(2024, 4, 1)).state is State.BLANK
    assert coverage(duty, [], TODAY, CALENDAR, since=date(2024, 3, 31)).state is State.OVERDUE


@pytest.mark.parametrize(
    ("document", "state"),
    [
        (online(date(2024, 10, 30), date(2024, 9, 27)), DocumentState.ON_TIME),
        (online(date(2024, 10, 31), date(2024, 9, 27)), DocumentState.LATE),
        (Published(date(2024, 9, 27)), DocumentState.OVERDUE),
        (Published(date(2024, 10, 28)), DocumentState.WAITING),
    ],
)
def test_how_a_document_stands(document, state):
    assert document_state(ORDINARY, document, date(2024, 11, 1), CALENDAR)[0] is state


def test_without_a_known_term_a_document_is_not_judged():
    assert document_state(Duty(R.UNKNOWN), Published(date(2020, 1, 2)), TODAY, CALENDAR) == (
        DocumentState.UNJUDGED,
        None,
    )


def test_the_reasons_name_rule_start_holidays_end_and_doubt():
    made = date(2024, 9, 27)
    due = document_due(ORDINARY, made, CALENDAR)
    told = explain_term(ORDINARY, made, due, CALENDAR, changed=False)
    assert (
        told
        == "形成或者变更之日起20个工作日内公开。2024-09-27形成，次日起算，其间国庆节放假不计，至2024-10-30届满"
    )
    beyond = CALENDAR.official_through + timedelta(40)
    late = document_due(Duty(R.YEARLY), beyond, CALENDAR)
    told = explain_term(Duty(R.YEARLY), beyond, late, CALENDAR, changed=True)
    assert told.startswith("条例第二十六条")
    assert "变更，次日起算" in told
    assert "预计：" in told
    duty = Duty(R.QUARTERLY)
    window = last_closed(duty, TODAY, CALENDAR)
    assert explain_window(duty, window) == "每季度至少公开一次。本期自2024-01-01起，最迟2024-03-31公开"


DAYS = st.dates(date(2023, 1, 1), TODAY)
OPTIONAL = st.none() | DAYS


@st.composite
def documents(draw):
    made = draw(DAYS)
    first = draw(OPTIONAL)
    changed = draw(OPTIONAL) if first else None
    return Published(made, first, changed, draw(OPTIONAL), draw(st.booleans()) if first else False)


def naive(duty, rows, since):
    """Counts workdays one after the other and looks at every day."""

    def due(day):
        left = 20 if duty.rhythm is not R.ON_EVENT else duty.term
        while left:
            day += timedelta(1)
            left -= CALENDAR.is_workday(day)
        return day

    for row in rows:
        seen = [day for day in (row.first_published_on, row.changed_on) if day]
        if not seen and due(row.made_on) < TODAY:
            return State.OVERDUE
        if seen and row.amended_on and max(seen) < row.amended_on and due(row.amended_on) < TODAY:
            return State.OVERDUE
    if duty.rhythm is R.QUARTERLY and (since is None or since <= date(2024, 3, 31)):
        published = [d for row in rows for d in (row.first_published_on, row.changed_on) if d]
        if not any(day >= date(2024, 1, 1) for day in published):
            return State.OVERDUE
    shown = [d for row in rows if row.listed for d in (row.first_published_on, row.changed_on) if d]
    if not shown:
        return State.BLANK
    if duty.stale_days and (TODAY - max(shown)).days > duty.stale_days:
        return State.STALE
    return State.PUBLIC


DUTIES = st.sampled_from(
    [ORDINARY, Duty(R.ON_EVENT, 7), Duty(R.QUARTERLY), Duty(R.CONTINUOUS, stale_days=90), Duty(R.STANDING)]
)


@given(DUTIES, st.lists(documents(), max_size=4), OPTIONAL)
def test_the_state_is_that_of_a_naive_reckoning(duty, rows, since):
    assert coverage(duty, rows, TODAY, CALENDAR, since=since).state is naive(duty, rows, since)
