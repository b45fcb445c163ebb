"""Each due time is done once, and a failure is seen."""

import threading
from datetime import datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from gongkai.schedule import jobs
from gongkai.schedule.acts import GIVEN_UP_AFTER, perform, queue_due
from gongkai.schedule.jobs import Job
from gongkai.schedule.models import Run
from gongkai.schedule.queries import JobState, job_states, schedule_state

pytestmark = pytest.mark.django_db

BEIJING = ZoneInfo("Asia/Shanghai")
NOW = datetime(2024, 9, 27, 9, 0, tzinfo=BEIJING)
DUE = datetime(2024, 9, 27, 2, 30, tzinfo=BEIJING)


@pytest.fixture
def done():
    return []


@pytest.fixture
def job(monkeypatch, done):
    job = Job(name="a.nightly", title="每晚", work=lambda: done.append("甲"), at=time(2, 30))
    monkeypatch.setattr(jobs, "_jobs", {job.name: job})
    return job


@pytest.fixture
def failing(monkeypatch):
    def work():
        message = "网络不通"
        raise OSError(message)

    job = Job(name="a.failing", title="会失败", work=work, at=time(2, 30))
    monkeypatch.setattr(jobs, "_jobs", {job.name: job})
    return job


def work_off():
    """The worker's own loop until the queue is empty, without its hold on the signals of this process."""
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    ).run()


def test_a_due_time_is_queued_once(job):
    (run,) = queue_due(now=NOW)
    assert (run.job, run.due_at, run.queued_at) == ("a.nightly", DUE, NOW)
    assert queue_due(now=NOW + timedelta(hours=1)) == []
    assert (Run.objects.count(), DBTaskResult.objects.count()) == (1, 1)


def test_of_missed_times_only_the_latest_is_made_up_for(job):
    queue_due(now=NOW)
    Run.objects.update(finished_at=NOW)
    (run,) = queue_due(now=NOW + timedelta(days=5))
    assert run.due_at == DUE + timedelta(days=5)
    assert Run.objects.count() == 2


def test_a_job_does_not_overtake_itself_but_a_lost_run_does_not_block_it(job):
    queue_due(now=NOW)
    tomorrow = DUE + timedelta(days=1)
    Run.objects.update(queued_at=tomorrow - timedelta(minutes=1))
    assert queue_due(now=tomorrow) == []
    (run,) = queue_due(now=tomorrow + GIVEN_UP_AFTER)
    assert run.due_at == tomorrow


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_it(job, done):
    queue_due(now=NOW)
    work_off()
    run = Run.objects.get()
    assert done == ["甲"]
    assert run.started_at is not None
    assert run.finished_at is not None
    assert run.error == ""


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_kept_and_shown(failing):
    queue_due(now=NOW)
    work_off()
    run = Run.objects.get()
    assert (run.error, run.finished_at is not None) == ("OSError: 网络不通", True)
    assert DBTaskResult.objects.get().status == "FAILED"
    assert job_states(now=NOW) == [JobState(failing, run, "failing")]
    assert schedule_state() == "failing"


def test_the_error_reaches_whoever_calls_it(failing):
    (run,) = queue_due(now=NOW)
    with pytest.raises(OSError, match="网络不通"):
        perform.call(run.pk)


def test_a_job_is_late_when_nothing_ran_and_ok_when_it_did(job):
    assert job_states(now=NOW) == [JobState(job, None, "late")]
    run = Run.objects.create(job=job.name, due_at=DUE, queued_at=DUE, started_at=DUE, finished_at=DUE)
    assert job_states(now=NOW) == [JobState(job, run, "ok")]
    assert job_states(now=DUE + timedelta(days=1, minutes=14)) == [JobState(job, run, "ok")]
    assert job_states(now=DUE + timedelta(days=1, minutes=15)) == [JobState(job, run, "late")]


def test_a_run_that_no_worker_takes_up_is_late(job):
    run = Run.objects.create(job=job.name, due_at=DUE, queued_at=DUE)
    assert job_states(now=DUE + timedelta(minutes=15)) == [JobState(job, run, "ok")]
    assert job_states(now=DUE + timedelta(minutes=16)) == [JobState(job, run, "late")]


def test_a_run_lost_with_its_worker_is_late(job):
    run = Run.objects.create(job=job.name, due_at=DUE, queued_at=DUE, started_at=DUE)
    assert job_states(now=DUE + GIVEN_UP_AFTER) == [JobState(job, run, "ok")]
    assert job_states(now=DUE + GIVEN_UP_AFTER + timedelta(seconds=1)) == [JobState(job, run, "late")]


@pytest.mark.django_db(transaction=True)
def test_the_list_shows_the_failure_and_says_so_by_its_status(failing):
    queue_due(now=NOW)
    work_off()
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("show_schedule", stdout=out)
    assert stopped.value.code == 1
    assert out.getvalue() == "失败\ta.failing\t会失败\t最近：2024-09-27 02:30\n\tOSError: 网络不通\n"


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_queue_it_once(job):
    start = threading.Barrier(4)
    queued, failures = [], []

    def look():
        try:
            start.wait()
            queued.extend(queue_due(now=NOW))
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert (len(queued), Run.objects.count(), DBTaskResult.objects.count()) == (1, 1, 1)
