"""Keep a few child processes running until told to stop, then stop them all."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.2
GRACE_SECONDS = 20.0  # for requests and tasks under way, before a child is killed
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 30.0
STEADY_SECONDS = 60.0  # a child that ran this long is given its first short wait again
MOST_CRASHES = 6  # … in a row without ever running steadily: then mending is for people
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG

_c_library = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """Runs in the child: even when we are killed outright, no orphan keeps the port."""
    if _c_library is not None:
        _c_library.prctl(DIE_WITH_PARENT, signal.SIGTERM)


@dataclass
class Child:
    """One process that is to run: its name for the log, its command, and how it has fared."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    crashes: int = 0

    def start(self, now: float) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches it through us alone."""
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            list(self.command),
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - no threads are running here
        )
        self.started_at = now

    def note_crash(self, now: float) -> float:
        """The seconds to wait before the next start: longer with every crash in a row."""
        self.crashes = 1 if now - self.started_at >= STEADY_SECONDS else self.crashes + 1
        wait = min(FIRST_WAIT_SECONDS * 2 ** (self.crashes - 1), LONGEST_WAIT_SECONDS)
        self.process, self.start_again_at = None, now + wait
        return wait

    def signal_group(self, number: int) -> None:
        """Signal the process and whatever it started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


@dataclass
class Supervisor:
    """Start every child, start crashed ones again with growing pauses, stop all on SIGTERM or SIGINT."""

    children: list[Child]
    stopping: threading.Event = field(default_factory=threading.Event)
    failed: bool = False

    def run(self) -> int:
        """Work until stopped. 0 after a stop that was asked for, 1 when a child would not keep running."""
        previous = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self.stopping.is_set():
                self._look(time.monotonic())
                self.stopping.wait(LOOK_SECONDS)
        finally:
            self._stop_children()
            for number, handler in previous.items():
                signal.signal(number, handler)
        return 1 if self.failed else 0

    def _stop(self, *_: object) -> None:
        self.stopping.set()

    def _look(self, now: float) -> None:
        for child in self.children:
            if child.process is None and now >= child.start_again_at:
                child.start(now)
            elif child.process is not None and child.process.poll() is not None:
                self._restart_later(child, now)

    def _restart_later(self, child: Child, now: float) -> None:
        status = child.process.returncode if child.process is not None else None
        child.signal_group(signal.SIGKILL)  # what a crashed master leaves behind
        wait = child.note_crash(now)
        if child.crashes >= MOST_CRASHES:
            logger.error("%s 连续 %d 次异常退出（状态 %s），停止运行", child.name, child.crashes, status)
            self.failed = True
            self.stopping.set()
            return
        logger.error("%s 异常退出（状态 %s），%.0f 秒后重新启动", child.name, status, wait)

    def _stop_children(self) -> None:
        running = [child for child in self.children if child.process is not None]
        for child in running:
            if child.process is not None:
                child.process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in running:
            self._wait_or_kill(child, deadline)

    def _wait_or_kill(self, child: Child, deadline: float) -> None:
        if child.process is None:
            return
        try:
            child.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            logger.warning("%s 未能及时停止，强制结束", child.name)
        child.signal_group(signal.SIGKILL)
        child.process.wait()
