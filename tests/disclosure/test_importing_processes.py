"""The command and the worker as processes of their own, killed from outside in the middle, and started again."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from tests.disclosure.importing import AT, checked, line, packed, table
from tests.factories import workers_wait_for_each_other

from gongkai.core.actors import SYSTEM
from gongkai.core.files import read
from gongkai.disclosure.importing.acts import start_import
from gongkai.disclosure.importing.tasks import run_import, sweep
from gongkai.disclosure.models import Attachment, Document, ImportedSource, ImportJob

PROCESS = """
import json, os, sys
from django.conf import settings
settings.DATABASES["default"].update(json.loads(os.environ["TEST_DATABASE"]))
settings.PRIVATE_ROOT = os.environ["TEST_PRIVATE"]
import django
django.setup()
from gongkai.disclosure.importing import running
running.BATCH = 4
"""
COMMAND = f"{PROCESS}\nfrom gongkai.cli.main import main\nsys.exit(main(sys.argv[1:]))"
WORKER = f"""{PROCESS}
from django.core.management import call_command
call_command("db_worker", "--queue-name", "*", "--no-reload", "--no-startup-delay", "--batch", verbosity=0)
"""
ROWS = 120
PATIENCE = 120  # seconds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shared():
    if not workers_wait_for_each_other():
        pytest.skip("one connection, one database")


def process(code, *arguments):
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = {name: str(connection.settings_dict[name] or "") for name in names}
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "gongkai.config.testing",
        "TEST_DATABASE": json.dumps(database),
        "TEST_PRIVATE": str(settings.PRIVATE_ROOT),
    }
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_in_the_middle(running):
    """SIGKILL once some batches are in."""
    until = time.monotonic() + PATIENCE
    while not ImportJob.objects.filter(position__gte=8).exists():
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert running.returncode == -signal.SIGKILL


def lines():
    return [line(n, 附件=f"{n}.txt" if n % 3 == 0 else "") for n in range(1, ROWS + 1)]


def whole(job):
    """Every row once, numbers without a gap, files with the bytes they had, nothing beside them."""
    assert (job.state, job.position, job.total, job.imported) == ("done", ROWS, ROWS, ROWS)
    documents = Document.objects.order_by("pk")
    assert [one.title for one in documents] == [f"关于第{n}号事项的通知" for n in range(1, ROWS + 1)]
    assert [one.index_number[-5:] for one in documents] == [f"{n:05}" for n in range(1, ROWS + 1)]
    assert ImportedSource.objects.count() == ROWS
    attachments = list(Attachment.objects.select_related("edition"))
    assert len(attachments) == ROWS // 3
    for one in attachments:
        assert f"附件{one.name.removesuffix('.txt')}" == read(one.file, one.sha256).decode()


def test_the_command_killed_and_resumed_and_run_again(body, tmp_path):
    source, folder = tmp_path / "旧站.csv", tmp_path / "附件"
    source.write_bytes(table(*lines()))
    folder.mkdir()
    for n in range(3, ROWS + 1, 3):
        (folder / f"{n}.txt").write_text(f"附件{n}")
    given = ("import", str(source), "--body", body.slug, "--files", str(folder), "--origin", "旧站")
    kill_in_the_middle(process(COMMAND, *given))
    job = ImportJob.objects.get()
    assert (job.state, Document.objects.count()) == ("running", job.position)
    assert 0 < job.position < ROWS
    resumed = process(COMMAND, "import", "--resume", str(job.pk))
    told = resumed.communicate(timeout=PATIENCE)
    assert resumed.returncode == 0, told
    job.refresh_from_db()
    whole(job)
    again = process(COMMAND, *given)
    told = again.communicate(timeout=PATIENCE)
    assert (again.returncode, f"新导入 0，更新 0，以前已导入 {ROWS}" in told[0]) == (0, True), told
    assert Document.objects.count() == ROWS


def test_the_worker_killed_and_started_again(body):
    archive = packed(**{f"{n}_dot_txt": f"附件{n}".encode() for n in range(3, ROWS + 1, 3)})
    job = start_import(job=checked(body, table(*lines()), archive=archive), actor=SYSTEM, at=AT)
    run_import.enqueue(job.pk)
    kill_in_the_middle(process(WORKER))
    sweep()
    worker = process(WORKER)
    told = worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0, told
    job.refresh_from_db()
    whole(job)


def test_two_commands_at_once_bring_each_row_once(body, tmp_path):
    source = tmp_path / "旧站.csv"
    source.write_bytes(table(*(line(n) for n in range(1, 41))))
    given = ("import", str(source), "--body", body.slug, "--origin", "旧站")
    both = [process(COMMAND, *given) for _ in range(2)]
    told = [one.communicate(timeout=PATIENCE) for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    jobs = ImportJob.objects.all()
    assert [(one.state, one.imported + one.unchanged) for one in jobs] == [("done", 40)] * 2
    assert sum(one.imported for one in jobs) == Document.objects.count() == 40
    numbers = sorted(Document.objects.values_list("index_number", flat=True))
    assert [one[-5:] for one in numbers] == [f"{n:05}" for n in range(1, 41)]
