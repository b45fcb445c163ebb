"""What grows by itself is kept in bounds."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from gongkai.schedule.models import Run
from gongkai.schedule.tasks import KEEP_RUNS, tidy_up

pytestmark = pytest.mark.django_db


def test_old_runs_and_sessions_go_and_recent_ones_stay():
    now = timezone.now()
    old = now - KEEP_RUNS - timedelta(minutes=1)
    Run.objects.create(job="a.b", due_at=old, queued_at=old)
    kept = Run.objects.create(job="a.b", due_at=now, queued_at=now)
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))
    tidy_up()
    assert list(Run.objects.all()) == [kept]
    assert [session.pk for session in Session.objects.all()] == ["new"]
