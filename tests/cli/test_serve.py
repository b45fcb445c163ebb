"""`gongkai serve` for real: three processes from one command, and none left after SIGTERM."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.test import override_settings

from gongkai.cli.serve import _why_not_listen, address, positive

START_SECONDS = 90


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def descendants(pid):
    """Every living process below one, from the process table."""
    parents = {}
    for table in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = table.read_text().rpartition(")")[2].split()
        except OSError:  # gone before it was read
            continue
        if fields[0] != "Z":
            parents[int(table.parent.name)] = int(fields[1])
    found, below = set(), {pid}
    while below:
        below = {child for child, parent in parents.items() if parent in below} - found
        found |= below
    return found


def fetch(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.status, answer.read().decode()


def wait_until_healthy(port, process):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return fetch(port, "/healthz")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"not healthy: {process.poll()}")


@pytest.fixture
def serve(tmp_path):
    started = []

    def serve(port, **environment):
        outside = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GONGKAI_", "DATABASE_"))
        }
        outside.pop("DJANGO_SETTINGS_MODULE", None)
        log = (tmp_path / "log").open("w")
        process = subprocess.Popen(
            [sys.executable, "-m", "gongkai.cli.main", "serve", "--bind", f"127.0.0.1:{port}"],
            env={**outside, "GONGKAI_DATA_DIR": str(tmp_path / "var"), **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        started.append((process, log))
        return process

    yield serve
    for process, log in started:
        process.kill()
        process.wait()
        log.close()


def test_it_serves_works_off_tasks_keeps_the_schedule_and_stops_cleanly(serve, tmp_path):
    port = free_port()
    process = serve(port)
    status, health = wait_until_healthy(port, process)
    assert (status, json.loads(health)["status"]) == (200, "ok")

    # The scheduler queues what is due and the worker does it: then the schedule is no longer late.
    deadline = time.monotonic() + START_SECONDS
    while json.loads(health)["schedule"] != "ok" and time.monotonic() < deadline:
        time.sleep(0.3)
        _, health = fetch(port, "/healthz")
    assert json.loads(health) == {"status": "ok", "database": "ok", "schedule": "ok"}

    status, page = fetch(port, "/accounts/login/")
    assert (status, "政府信息公开" in page) == (200, True)
    assert fetch(port, "/static/gongkai/tokens.css")[0] == 200

    children = descendants(process.pid)
    assert len(children) == 5  # the web master and its two workers, the task worker, the scheduler
    process.send_signal(signal.SIGTERM)
    assert process.wait(40) == 0, (tmp_path / "log").read_text()
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


def test_a_port_in_use_is_told_before_anything_starts(serve, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert serve(port).wait(30) == 1
    assert (
        (tmp_path / "log").read_text()
        == f"端口 {port} 已被占用。请停止占用它的程序，或换一个端口（gongkai serve --bind 主机:端口，gongkai demo --port 端口）。\n"
    )


def why_not_listen(host, port, mode):
    with override_settings(GONGKAI_MODE=mode):
        return _why_not_listen(host, port)


def test_an_address_that_is_not_of_this_machine_is_told():
    assert why_not_listen("192.0.2.1", 8000, mode="production").startswith("不能监听 192.0.2.1:8000（")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])  # noqa: S104 - refused
def test_a_demonstration_listens_on_this_machine_only(host):
    assert why_not_listen(host, 8000, mode="demo").startswith("演示账号的口令是公开的")


def test_the_mode_for_tests_serves_nobody():
    assert why_not_listen("127.0.0.1", 8000, mode="test").startswith("GONGKAI_MODE=test 只供测试")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sqlite:////nowhere/at/all/g.sqlite3", "unable to open database file"),
        ("postgresql://g:s3cret@127.0.0.1:1/g", "connection failed"),
    ],
)
def test_a_database_that_does_not_answer_is_told_without_a_traceback(serve, tmp_path, address, said):
    assert serve(free_port(), DATABASE_URL=address).wait(60) == 78
    first, second = (tmp_path / "log").read_text().splitlines()
    assert first.startswith(f"数据库不能使用：{said}")
    assert second == "请核对 DATABASE_URL、GONGKAI_DATA_DIR 和数据库服务。"


def test_an_unsafe_production_does_not_start(serve, tmp_path):
    process = serve(
        free_port(),
        GONGKAI_MODE="production",
        GONGKAI_SECRET_KEY="s" * 60,
        GONGKAI_FIELD_KEY="f" * 60,
        GONGKAI_ALLOWED_HOSTS="gk.example.gov.cn",
        GONGKAI_HTTPS="off",
    )
    assert process.wait(30) == 78
    assert "(gongkai.E001)" in (tmp_path / "log").read_text()


@pytest.mark.parametrize(
    ("text", "bind"),
    [
        ("127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("[::1]:80", ("::1", 80)),
        ("localhost:65535", ("127.0.0.1", 65535)),
    ],
)
def test_an_address(text, bind):
    assert address(text) == bind


@pytest.mark.parametrize(
    "text",
    [
        "8000",
        ":8000",
        "localhost",
        "localhost:0",
        "localhost:65536",
        "localhost:http",
        "localhost:８０００",
        "300.1.1.1:80",
        "no.such.host.invalid:80",
    ],
)
def test_no_address(text):
    with pytest.raises(argparse.ArgumentTypeError, match=r"127\.0\.0\.1:8000"):
        address(text)


@pytest.mark.parametrize("text", ["0", "-1", "two", ""])
def test_not_a_number_of_processes(text):
    with pytest.raises(argparse.ArgumentTypeError, match="应为正整数"):
        positive(text)
