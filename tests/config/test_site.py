"""The floor of safety on real answers: policy, headers, error pages, health."""

import re

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from gongkai.schedule.models import Run
from gongkai.schedule.queries import job_states

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


def test_the_policy_allows_nothing_inline(client):
    policy = client.get("/accounts/login/")["Content-Security-Policy"]
    assert dict(part.strip().split(" ", 1) for part in policy.split(";")) == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "connect-src": "'self'",
        "font-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "img-src": "'self' data:",
        "manifest-src": "'self'",
        "object-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
    }


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/nothing-here"]
)
def test_public_pages_hold_nothing_inline_and_speak_chinese(client, path):
    page = client.get(path).content.decode()
    assert INLINE.findall(page) == []
    assert re.search(r'<html[^>]* lang="zh', page)


def test_nobody_signs_up(client):
    form = {
        "username": "mallory",
        "email": "m@example.cn",
        "password1": "long-enough-1",
        "password2": "long-enough-1",
    }
    client.post("/accounts/signup/", form)
    from gongkai.organisations.models import Officer

    assert Officer.objects.count() == 0


def test_a_stale_form_is_explained():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "重新提交" in response.content.decode()


def test_health_with_nothing_run_yet_says_the_schedule_is_late(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "database": "ok", "schedule": "late"},
    )
    assert "no-store" in response["Cache-Control"]


def test_health_when_every_job_ran(client):
    now = timezone.now()
    for state in job_states(now=now):
        due_at = state.job.latest_due(now)
        Run.objects.create(
            job=state.job.name, due_at=due_at, queued_at=due_at, started_at=due_at, finished_at=due_at
        )
    assert client.get("/healthz").json()["schedule"] == "ok"


def test_health_without_the_database(client, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(connection, "ensure_connection", away)
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (
        503,
        {"status": "unavailable", "database": "unavailable"},
    )
