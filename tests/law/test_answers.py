"""期限：意见征集、回应关切、意见箱."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.answers import (
    CONSULTATION_DAYS,
    FEEDBACK_WORKDAYS,
    LONGEST_MAILBOX_WORKDAYS,
    ConcernStep,
    concern_terms,
    days_open,
    feedback_due,
    is_short,
    mailbox_due,
)
from gongkai.law.calendar import official_calendar
from gongkai.law.duties import DutyError

CALENDAR = official_calendar()
days = st.dates(dt.date(2019, 1, 1), dt.date(2025, 12, 31))


def test_decision_procedure_regulation_art_15_thirty_days_as_a_rule():
    first = dt.date(2024, 5, 1)
    assert days_open(first, first) == 1
    assert is_short(first, dt.date(2024, 5, 29)) is True
    assert is_short(first, dt.date(2024, 5, 30)) is False
    assert days_open(first, dt.date(2024, 5, 30)) == CONSULTATION_DAYS
    with pytest.raises(DutyError, match="早于开始日期"):
        days_open(first, dt.date(2024, 4, 30))


def test_art_26_the_result_is_due_in_20_workdays():
    # 2024-09-13 是星期五；9月14日（星期六）调休上班，15–17日中秋放假，29日（星期日）调休上班，10月1–7日国庆放假，10月12日调休上班。
    due = feedback_due(dt.date(2024, 9, 13), CALENDAR)
    assert (due.day, due.provisional) == (dt.date(2024, 10, 17), False)
    assert feedback_due(dt.date(2024, 9, 13), CALENDAR, workdays=1).day == dt.date(2024, 9, 14)


@pytest.mark.parametrize("workdays", [0, -1, FEEDBACK_WORKDAYS + 1])
def test_art_26_the_term_can_only_be_tightened(workdays):
    with pytest.raises(DutyError, match="采纳情况的公布期限应为1至20个工作日"):
        feedback_due(dt.date(2024, 1, 2), CALENDAR, workdays=workdays)


@given(days, st.integers(1, LONGEST_MAILBOX_WORKDAYS))
def test_letters_are_due_by_workdays(day, workdays):
    due = mailbox_due(day, CALENDAR, workdays=workdays).day
    between = [day + dt.timedelta(n) for n in range(1, (due - day).days + 1)]
    assert sum(CALENDAR.is_workday(one) for one in between) == workdays
    assert CALENDAR.is_workday(due)


def test_letters_have_a_longest_term():
    with pytest.raises(DutyError, match="来信答复期限应为1至60个工作日"):
        mailbox_due(dt.date(2024, 1, 2), CALENDAR, workdays=61)


def test_notices_2016_61_and_2016_80_hours_for_public_concern():
    arose = dt.datetime(2024, 7, 1, 20, tzinfo=dt.UTC)
    assert [(one.step, one.due_at - arose) for one in concern_terms(is_grave=True, arose_at=arose)] == [
        (ConcernStep.FIRST_WORD, dt.timedelta(hours=5)),
        (ConcernStep.BRIEFING, dt.timedelta(hours=24)),
    ]
    (general,) = concern_terms(is_grave=False, arose_at=arose)
    assert (general.step, general.due_at - arose) == (ConcernStep.ANSWER, dt.timedelta(hours=48))
    assert "48小时" in general.basis
