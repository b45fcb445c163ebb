"""A rebuild that is killed outright (SIGKILL), in a process of its own: the index is whole, and the next run goes on."""

import json
import os
import signal
import subprocess
import sys

import pytest
from django.db import connection
from tests.factories import at, make_body
from tests.search.made import published

from gongkai.disclosure.effects import Change
from gongkai.disclosure.models import Document
from gongkai.search import rebuilding
from gongkai.search.acts import follow
from gongkai.search.api import find
from gongkai.search.models import Entry, Rebuild, Text
from gongkai.search.rebuilding import check, rebuild

CHILD = """
import datetime as dt, json, os, signal
import django; django.setup()
from django.db import connection
connection.settings_dict.update(json.loads(os.environ["TEST_DATABASE"]))
from gongkai.search import rebuilding
rebuilding.BATCH = 2
refresh = rebuilding.refresh
calls = []
def killed(keys):
    calls.append(keys)
    refresh(keys)
    if len(calls) == 2:
        os.kill(os.getpid(), signal.SIGKILL)  # inside the transaction of the second batch
rebuilding.refresh = killed
rebuilding.rebuild(at=dt.datetime(2024, 6, 1, tzinfo=dt.UTC))
"""


def killed_rebuild():
    database = {
        name: str(connection.settings_dict[name] or "")
        for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    }
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "gongkai.config.testing",
        "TEST_DATABASE": json.dumps(database),
    }
    ended = subprocess.run([sys.executable, "-c", CHILD], env=environment, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


def found(text="招生"):
    return sorted(hit.document for hit in find(text, page_size=100).hits)


@pytest.mark.django_db(transaction=True)
def test_a_killed_rebuild_leaves_whole_batches_and_the_next_goes_on(monkeypatch):
    body = make_body()
    keys = [published(body=body, indexed=False).pk for _ in range(5)]
    killed_rebuild()
    assert found() == keys[:2]
    assert Entry.objects.count() == Text.objects.count() == 2
    assert [(run.done, run.finished_at) for run in Rebuild.objects.all()] == [(2, None)]
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    told = []
    rebuild(at=at(), tell=lambda done, _: told.append(done))
    assert (told, found()) == ([4, 5], keys)
    assert not check(at=at()).is_needed


@pytest.mark.django_db(transaction=True)
def test_a_killed_rebuild_of_a_whole_index_loses_nothing():
    body = make_body()
    keys = [published(body=body).pk for _ in range(5)]
    killed_rebuild()
    assert found() == keys
    assert Entry.objects.count() == Text.objects.count() == 5


@pytest.mark.django_db
@pytest.mark.parametrize("after", [1, 2, 3])
def test_what_is_withdrawn_during_a_rebuild_is_never_found(monkeypatch, after):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    body = make_body()
    keys = [published(body=body).pk for _ in range(6)]
    batches = []

    def withdraw(*_):
        batches.append(1)
        if len(batches) == after:
            gone = Document.objects.get(pk=keys[2])
            Document.objects.filter(pk=gone.pk).update(withdrawn_at=at())
            follow(gone, Change.LEFT, at())
        assert (keys[2] in found()) == (len(batches) < after)

    rebuild(at=at(), tell=withdraw)
    left = [key for key in keys if key != keys[2]]
    assert found() == left
    assert sorted(Entry.objects.values_list("document", flat=True)) == left
