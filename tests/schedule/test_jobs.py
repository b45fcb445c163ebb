"""When a job is due."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.schedule import jobs
from gongkai.schedule.jobs import DAY, Job, daily, every

BEIJING = ZoneInfo("Asia/Shanghai")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.fixture
def registry(monkeypatch):
    registry = {}
    monkeypatch.setattr(jobs, "_jobs", registry)
    return registry


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2024-09-27T02:29:59", "2024-09-26T02:30"),
        ("2024-09-27T02:30:00", "2024-09-27T02:30"),
        ("2024-09-27T23:59:59", "2024-09-27T02:30"),
        ("2024-03-01T00:00:00", "2024-02-29T02:30"),
    ],
)
def test_a_daily_job_is_due_at_its_local_time(now, due):
    job = Job(name="a.b", title="甲", work=print, at=time(2, 30))
    assert job.latest_due(at(now)) == at(due)
    assert job.latest_due(at(now).astimezone(UTC)) == at(due)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2024-09-27T00:09:59", "2024-09-27T00:00"),
        ("2024-09-27T00:10:00", "2024-09-27T00:10"),
        ("2024-09-27T17:44:30", "2024-09-27T17:40"),
    ],
)
def test_a_job_every_ten_minutes_counts_from_midnight(now, due):
    job = Job(name="a.b", title="甲", work=print, every=timedelta(minutes=10))
    assert job.latest_due(at(now)) == at(due)


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(1, 1440))  # noqa: DTZ001 - made aware below
def test_the_latest_due_time_is_past_and_less_than_a_period_ago(moment, minutes):
    now = moment.replace(tzinfo=BEIJING)
    period = timedelta(minutes=minutes)
    due = Job(name="a.b", title="甲", work=print, every=period).latest_due(now)
    assert timedelta(0) <= now - due < period
    daily_due = Job(name="a.b", title="甲", work=print, at=time(minutes // 60 % 24, minutes % 60)).latest_due(
        now
    )
    assert timedelta(0) <= now - daily_due < DAY


def test_jobs_register_under_their_names(registry):
    @daily(name="b.nightly", title="乙", at=time(1))
    def nightly():
        return None

    @every(timedelta(minutes=5), name="a.often", title="甲")
    def often():
        return None

    assert jobs.all_jobs() == (
        Job(name="a.often", title="甲", work=often, every=timedelta(minutes=5)),
        Job(name="b.nightly", title="乙", work=nightly, at=time(1)),
    )
    assert jobs.job_named("b.nightly").work is nightly


def test_a_name_is_taken_once(registry):
    daily(name="a.b", title="甲", at=time(1))(print)
    with pytest.raises(ValueError, match="two recurring jobs are called"):
        daily(name="a.b", title="乙", at=time(2))(print)
    assert [job.title for job in jobs.all_jobs()] == ["甲"]


@pytest.mark.parametrize("period", [timedelta(0), timedelta(minutes=-5), timedelta(days=1, seconds=1)])
def test_a_period_is_part_of_a_day(registry, period):
    with pytest.raises(ValueError, match="between nothing and a day"):
        every(period, name="a.b", title="甲")
    assert registry == {}
