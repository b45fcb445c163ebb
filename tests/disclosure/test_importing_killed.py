"""A process killed in the middle of an import: the next one goes on, nothing is missing, nothing is there twice."""

import json
import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from tests.disclosure.importing import AT, checked, line, now, table
from tests.factories import workers_wait_for_each_other

from gongkai.core.actors import SYSTEM
from gongkai.disclosure.importing import running
from gongkai.disclosure.importing.acts import start_import
from gongkai.disclosure.importing.running import run
from gongkai.disclosure.models import Document, ImportedSource, ImportJob

CHILD = """
import json, os, signal
from django.conf import settings
settings.DATABASES["default"].update(json.loads(os.environ["TEST_DATABASE"]))
settings.PRIVATE_ROOT = os.environ["TEST_PRIVATE"]
import django
django.setup()
from gongkai.disclosure import effects
from gongkai.disclosure.importing import running
from gongkai.disclosure.models import ImportJob
running.BATCH = 4
calls = []
def kill(documents, change, at):
    calls.append(documents)
    if len(calls) == int(os.environ["TEST_KILL"]):
        os.kill(os.getpid(), signal.SIGKILL)
effects.register("test.kill", lambda *_: None, many=kill)
running.run(ImportJob.objects.get(pk=int(os.environ["TEST_JOB"])))
"""


def killed_in_batch(number, job):
    """Run the import in a process of its own that is killed inside the transaction of that batch."""
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = {name: str(connection.settings_dict[name] or "") for name in names}
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "gongkai.config.testing",
        "TEST_DATABASE": json.dumps(database),
        "TEST_PRIVATE": str(settings.PRIVATE_ROOT),
        "TEST_KILL": str(number),
        "TEST_JOB": str(job.pk),
    }
    finished = subprocess.run(
        [sys.executable, "-c", CHILD], env=environment, capture_output=True, check=False
    )
    assert finished.returncode == -signal.SIGKILL, finished.stderr.decode()


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_goes_on_where_it_was(body, monkeypatch):
    if not workers_wait_for_each_other():
        pytest.skip("one connection, one database")
    monkeypatch.setattr(running, "BATCH", 4)
    job = checked(body, table(*map(line, range(1, 15))))
    job = start_import(job=job, actor=SYSTEM, at=AT)
    killed_in_batch(3, job)
    job.refresh_from_db()
    assert (job.state, job.position, Document.objects.count()) == ("running", 8, 8)
    killed_in_batch(1, job)
    assert Document.objects.count() == 8
    job = run(ImportJob.objects.get(pk=job.pk), now=now)
    assert (job.state, job.imported, job.unchanged) == ("done", 14, 0)
    assert list(Document.objects.order_by("pk").values_list("title", flat=True)) == [
        f"关于第{number}号事项的通知" for number in range(1, 15)
    ]
    numbers = list(Document.objects.order_by("pk").values_list("index_number", flat=True))
    assert numbers == [f"11999900MB0000000X/2023-{number:05}" for number in range(1, 15)]
    assert ImportedSource.objects.count() == 14
