"""The supervisor with small real processes."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from gongkai.cli.supervisor import (
    FIRST_WAIT_SECONDS,
    LONGEST_WAIT_SECONDS,
    STEADY_SECONDS,
    Child,
    Supervisor,
)

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
PARENT = """
import sys
from gongkai.cli.supervisor import Child, Supervisor
command = [sys.executable, "-c", sys.argv[1]]
sys.exit(Supervisor([Child("child", command)]).run())
"""


def alive(pid):
    """Whether the process runs; one that only waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(condition, seconds=15):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


@pytest.fixture
def start(tmp_path):
    """Start a supervisor in a process of its own; its child writes its process id into a file, one line a start."""
    parents = []

    def start(child):
        pids = tmp_path / "pids"
        note = f"import os, time, signal; open({str(pids)!r}, 'a').write(f'{{os.getpid()}}\\n')\n"
        parent = subprocess.Popen([sys.executable, "-c", PARENT, note + textwrap.dedent(child)])
        parents.append(parent)
        assert until(lambda: pids.exists() and pids.read_text().endswith("\n"))
        return parent, lambda: [int(line) for line in pids.read_text().split()]

    yield start
    for parent in parents:
        parent.kill()
        parent.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_stops_the_child_and_is_a_success(start, number):
    parent, pids = start("time.sleep(60)")
    parent.send_signal(number)
    assert parent.wait(15) == 0
    assert [alive(pid) for pid in pids()] == [False]


def test_a_child_that_crashes_is_started_again(start):
    parent, pids = start("time.sleep(60)")
    os.kill(pids()[0], signal.SIGKILL)
    assert until(lambda: len(pids()) == 2)
    parent.terminate()
    assert parent.wait(15) == 0
    assert [alive(pid) for pid in pids()] == [False, False]


def test_what_a_child_started_goes_with_it(start, tmp_path):
    grandchild = tmp_path / "grandchild"
    parent, _ = start(f"""
        import subprocess, sys
        process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        open({str(grandchild)!r}, "w").write(str(process.pid))
        time.sleep(60)
    """)
    assert until(lambda: grandchild.exists() and grandchild.read_text())
    parent.terminate()
    assert parent.wait(15) == 0
    assert until(lambda: not alive(int(grandchild.read_text())))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_no_orphan_when_the_supervisor_itself_is_killed(start):
    parent, pids = start("time.sleep(60)")
    parent.kill()
    parent.wait()
    assert until(lambda: not alive(pids()[0]))


def test_a_child_that_never_runs_steadily_ends_it_with_a_failure(monkeypatch):
    monkeypatch.setattr("gongkai.cli.supervisor.FIRST_WAIT_SECONDS", 0.01)
    steady = Child("steady", SLEEPER)
    broken = Child("broken", [sys.executable, "-c", "raise SystemExit(3)"])
    assert Supervisor([steady, broken]).run() == 1
    assert broken.crashes == 6
    assert steady.process is not None
    assert steady.process.poll() == -signal.SIGTERM


def test_pauses_grow_and_start_over_after_a_steady_run():
    child = Child("child", SLEEPER)
    waits = [child.note_crash(now=1.0) for _ in range(6)]
    assert waits == [FIRST_WAIT_SECONDS, 2.0, 4.0, 8.0, 16.0, LONGEST_WAIT_SECONDS]
    assert child.start_again_at == 1.0 + LONGEST_WAIT_SECONDS
    child.started_at = 100.0
    assert child.note_crash(now=100.0 + STEADY_SECONDS) == FIRST_WAIT_SECONDS
