"""A worker that dies in the middle, two workers at once, and no call inside a transaction."""

import datetime as dt
import os
import signal
import subprocess
import sys
import textwrap

import pytest
from django.db import connection, connections
from django.utils import timezone
from tests.channels.conftest import run_due, the_delivery
from tests.factories import at_once

from gongkai.channels import work
from gongkai.channels.acts import cancel_delivery
from gongkai.channels.kinds.base import Outcome
from gongkai.channels.kinds.webhook.kind import Webhook
from gongkai.channels.models import Attempt, Delivery
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError

OK = {"id": "A1"}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_called_inside_a_transaction(connected, publish, vendor, monkeypatch):
    seen = []

    def publishing(*_):
        seen.append(connection.in_atomic_block)
        return Outcome(external_id="A1")

    connected("webhook")
    monkeypatch.setattr(Webhook, "publish", publishing)
    assert run_due(the_delivery(publish())) == "published"
    assert seen == [False]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_once(connected, publish, vendor):
    connected("webhook")
    vendor.on("/hook", OK)
    delivery = the_delivery(publish())

    def worker():
        try:
            return work.work_on(delivery.pk)
        finally:
            connections.close_all()

    at_once(worker, worker)
    assert len(vendor.calls) == 1
    delivery.refresh_from_db()
    assert (delivery.state, Attempt.objects.count()) == ("published", 1)


@pytest.mark.django_db
def test_a_worker_whose_lease_ran_out_changes_nothing(connected, publish, vendor, monkeypatch):
    """It wakes up after another took the delivery over; what it brings is noted and not used."""
    connected("webhook")
    delivery = the_delivery(publish())

    def slow(_self, job):
        if Attempt.objects.count() == 1:
            Delivery.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
            assert work.work_on(delivery.pk) == "published"
            return Outcome(external_id="late")
        assert job.is_repetition
        return Outcome(external_id="first")

    monkeypatch.setattr(Webhook, "publish", slow)
    assert work.work_on(delivery.pk) == "published"
    delivery.refresh_from_db()
    assert delivery.external_id == "first"
    assert [one.code for one in Attempt.objects.order_by("pk")] == ["lost", ""]


SCRIPT = """
    import os, signal
    from gongkai.channels import work
    from gongkai.channels.kinds.webhook.kind import Webhook
    sent = Webhook.publish
    def killed(self, job):
        sent(self, job)          # the platform has it
        os.kill(os.getpid(), signal.SIGKILL)
    Webhook.publish = killed
    work.work_on({pk})
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_a_delivery_that_is_taken_up_and_not_published_twice(
    connected, publish, vendor, settings
):
    connected("webhook")
    taken = {}

    def platform(call):
        """Takes each key once, as a platform does that honours the idempotency key."""
        known = call.json["key"] in taken
        taken.setdefault(call.json["key"], f"A{len(taken) + 1}")
        return (409 if known else 200), {}, {"id": taken[call.json["key"]]}

    vendor.on("/hook", platform)
    delivery = the_delivery(publish())
    name = connection.settings_dict["NAME"]
    code = "import django; django.setup()\nfrom django.db import connection\n"
    code += f"connection.settings_dict['NAME'] = {str(name)!r}\n"
    code += "from django.conf import settings\n"
    code += "settings.GONGKAI_CHANNEL_NETWORKS = ['127.0.0.0/8']\n"
    code += textwrap.dedent(SCRIPT.format(pk=delivery.pk))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.config.testing"}
    ended = subprocess.run([sys.executable, "-c", code], env=environment, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.lease_until > timezone.now()) == ("sending", True)
    assert work.due(timezone.now()) == []
    with pytest.raises(RefusedError):
        cancel_delivery(delivery=delivery, reason="x", actor=SYSTEM)
    Delivery.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert work.due(timezone.now()) == [delivery.pk]
    assert run_due(delivery) == "published"
    assert (len(taken), delivery.external_id, len(vendor.calls)) == (1, "A1", 2)
    assert [bool(one.finished_at) for one in Attempt.objects.order_by("pk")] == [False, True]


@pytest.mark.django_db
def test_a_text_withdrawn_while_its_worker_was_dead_is_for_a_person(connected, publish, vendor):
    connected("webhook")
    delivery = the_delivery(publish())
    document = delivery.edition.document
    past = timezone.now() - dt.timedelta(minutes=1)
    Delivery.objects.update(state="sending", lease_until=past, next_try_at=past)
    type(document).objects.update(withdrawn_at=timezone.now())
    assert work.work_on(delivery.pk) is None
    delivery.refresh_from_db()
    assert delivery.state == "failed_permanent"
    assert "请到平台核对" in delivery.error
    assert vendor.calls == []


@pytest.mark.django_db
def test_a_delivery_that_is_gone_or_not_due_is_nothing_to_do(connected, publish, vendor):
    connected("webhook")
    assert work.work_on(999_999) is None
    delivery = the_delivery(publish())
    Delivery.objects.update(next_try_at=timezone.now() + dt.timedelta(hours=1))
    assert work.work_on(delivery.pk) is None


@pytest.mark.django_db
def test_a_newer_text_waits_for_the_older_one_under_way(connected, publish, vendor):
    connected("webhook")
    vendor.on("/hook", (202, {"id": "A1"}), {"id": "A1"})
    first = publish()
    older = the_delivery(first)
    assert run_due(older) == "submitted"
    newer = the_delivery(publish(first.document))
    assert run_due(newer) == "queued"
    assert newer.next_try_at > timezone.now()
    assert run_due(older) == "published"
    assert run_due(newer) == "published"
    assert [call.json["action"] for call in vendor.calls] == ["publish", "status", "update"]


@pytest.mark.django_db(transaction=True)
def test_publication_stands_whatever_a_channel_does_and_the_task_is_queued(connected, publish, vendor):
    from django_tasks_db.models import DBTaskResult

    from gongkai.channels.tasks import sweep

    connected("webhook")
    vendor.on("/hook", (500, {}))
    edition = publish()
    assert edition.state == "published"
    queued = DBTaskResult.objects.filter(task_path="gongkai.channels.tasks.deliver")
    assert queued.count() == 1
    delivery = the_delivery(edition)
    assert run_due(delivery) == "failed_retryable"
    edition.refresh_from_db()
    assert edition.state == "published"
    assert queued.count() == 2  # the next try, at its time
    Delivery.objects.update(next_try_at=timezone.now())
    sweep()
    assert queued.count() == 3
