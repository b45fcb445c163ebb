"""The clock against a slow oracle that walks the days one by one over another calendar's workdays."""

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.calendar import official_calendar
from gongkai.law.clock import compute
from gongkai.law.facts import (
    ClarificationNotified,
    ClarificationReceived,
    CoAuthorAnswered,
    CoAuthorConsulted,
    Extended,
    FeeNotified,
    FeePaid,
    Received,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
)

END = date(2026, 12, 31)
WORKDAYS = frozenset(chinese_calendar.get_workdays(date(2019, 1, 1), END))


@dataclass(frozen=True)
class Asked:
    """One consultation as drawn: who, when sent, when signed for, when answered (None: never)."""

    third_party: bool
    sent_on: date
    served_on: date
    answered_on: date | None


@dataclass(frozen=True)
class Case:
    """A legal case as drawn, in plain dates."""

    received_on: date
    notified_on: date | None
    clarified_on: date | None
    asked: tuple[Asked, ...]
    extended_on: date | None
    extended_by: int
    fee_on: date | None
    paid_on: date | None


def after(day, least, most):
    return st.integers(least, most).map(lambda days: day + timedelta(days))


@st.composite
def cases(draw):
    received_on = draw(st.dates(date(2019, 5, 15), END))
    start, notified_on, clarified_on = received_on, None, None
    if draw(st.booleans()):
        notified_on = draw(after(received_on, 0, 12))
        clarified_on = start = draw(after(notified_on, 0, 40))
    asked = tuple(draw(consultations(start)) for _ in range(draw(st.integers(0, 3))))
    extended_on, extended_by = None, 0
    if draw(st.booleans()):
        extended_on, extended_by = draw(after(start, 0, 20)), draw(st.integers(1, 20))
    fee_on = paid_on = None
    if start.year >= 2021 and draw(st.integers(0, 3)) == 0:
        fee_on = draw(after(start, 0, 20))
        paid_on = draw(after(fee_on, 1, 20))
    return Case(received_on, notified_on, clarified_on, asked, extended_on, extended_by, fee_on, paid_on)


@st.composite
def consultations(draw, start):
    sent_on = draw(after(start, 0, 35))
    served_on = draw(after(sent_on, 0, 6))
    answered_on = draw(st.none() | after(served_on, 0, 40))
    return Asked(draw(st.booleans()), sent_on, served_on, answered_on)


def facts_of(case):
    facts = [Received(case.received_on)]
    if case.notified_on is not None:
        facts.append(ClarificationNotified(case.notified_on, case.notified_on + timedelta(60)))
        facts.append(ClarificationReceived(case.clarified_on))
    for number, one in enumerate(case.asked):
        name = f"第{number}个"
        ask, answer = (
            (ThirdPartyConsulted, ThirdPartyAnswered)
            if one.third_party
            else (CoAuthorConsulted, CoAuthorAnswered)
        )
        facts.append(ask(one.sent_on, name, one.served_on))
        if one.answered_on is not None:
            facts.append(answer(one.answered_on, name))
    if case.extended_on is not None:
        facts.append(Extended(case.extended_on, case.extended_by, "负责人", case.extended_on))
    if case.fee_on is not None:
        facts += [FeeNotified(case.fee_on, case.fee_on), FeePaid(case.paid_on)]
    return facts


class BeyondError(Exception):
    """Into a year whose holidays are not known yet."""


def is_workday(day):
    if day > END:
        raise BeyondError
    return day in WORKDAYS


def walk(day, number):
    """The number-th workday after `day`, one day at a time."""
    while number:
        day += timedelta(1)
        number -= is_workday(day)
    return day


def still(case, day):
    """Whether the clock stands still on that day for somebody's opinion."""
    for one in case.asked:
        last = walk(one.served_on, 15)
        if one.answered_on is not None:
            last = min(last, one.answered_on)
        if one.sent_on < day <= last:
            return True
    return False


def oracle(case):
    """The due date by the words of the Regulation: walk, count, restart."""
    restarts = [day for day in (case.clarified_on, case.paid_on) if day is not None]
    start = max([case.received_on, *restarts])
    paid_later = case.paid_on is not None
    number = 20 + (0 if paid_later else case.extended_by)
    day = start
    while number:
        day += timedelta(1)
        number -= is_workday(day) and not still(case, day)
    return day


def legal(case):
    """In order, and over before the days end whose holidays are known."""
    try:
        oracle(case)
        return in_order(case)
    except BeyondError:
        return False


def in_order(case):
    """Nothing is done after the term it needs, and no extension while the applicant must pay."""
    start = case.clarified_on or case.received_on
    term = oracle(Case(start, None, None, case.asked, None, 0, None, None))
    if case.extended_on is not None and case.extended_on > term:
        return False
    if case.fee_on is None:
        return True
    extended = oracle(Case(start, None, None, case.asked, case.extended_on, case.extended_by, None, None))
    before = case.extended_on is None or case.extended_on < case.fee_on
    return case.fee_on <= extended and before and case.paid_on <= walk(case.fee_on, 20)


def test_cases_are_drawn_from_all_years_up_to_the_last_known():
    """One of the last weeks, by hand: 2026-12-03 is a Thursday, no holiday follows; the 20th workday is 12-31."""
    last = Case(date(2026, 12, 3), None, None, (), None, 0, None, None)
    assert legal(last)
    assert oracle(last) == compute(facts_of(last), official_calendar(), END).due_on == END
    assert not legal(Case(date(2026, 12, 4), None, None, (), None, 0, None, None))


@settings(max_examples=300, deadline=None)
@given(cases().filter(legal))
def test_the_due_date_is_that_of_walking_day_by_day(case):
    """条例第三十、三十二、三十三、三十四条; 国办函〔2020〕109号."""
    result = compute(facts_of(case), official_calendar(), END)
    due_on = oracle(case)
    assert (result.due_on, result.provisional) == (due_on, False)
    assert result.explanation[-1].day == due_on
    assert result.explanation[-1].number == result.allowed


@settings(max_examples=150, deadline=None)
@given(cases().filter(legal), st.integers(0, 90))
def test_the_numbers_of_the_explanation_are_the_workdays_used(case, later):
    """Looked at on any day: the last number counted by then is `used`, and used + left is the whole term."""
    as_of = (case.paid_on or case.clarified_on or case.received_on) + timedelta(later)
    as_of = min(as_of, END)
    result = compute(facts_of(case), official_calendar(), as_of)
    numbers = [line.number for line in result.explanation if line.number is not None and line.day <= as_of]
    current = numbers[-1] if numbers and result.used else 0
    assert min(result.used, result.allowed) == current
    assert result.left == result.allowed - current
