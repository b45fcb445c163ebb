"""Progress of long work on stderr: one line that moves on a terminal, plain lines now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self, TextIO, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sized
    from types import TracebackType

T = TypeVar("T")

TERMINAL_SECONDS = 0.1  # between two repaints
LOG_SECONDS = 5.0  # between two plain lines
BAR_WIDTH = 24


class Progress:
    """Count work done under a label; use it as a context manager and call `advance()`.

    `total` may be unknown. Nothing is printed for work that ends before the first line is due, except on
    a terminal, where the finished line stays.
    """

    def __init__(
        self,
        label: str,
        total: int | None = None,
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.label, self.total, self.done = label, total, 0
        self._stream = stream or sys.stderr
        self._clock = clock
        self._live = self._stream.isatty()
        self._shown_at = self._started_at = clock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        waited = self._clock() - self._started_at
        if self._live:
            self._stream.write(f"\r\x1b[K{self.line()}\n")
        elif waited >= LOG_SECONDS:
            self._stream.write(f"{self.line()}\n")
        self._stream.flush()

    def advance(self, amount: int = 1) -> None:
        """Note that so much more is done, and show it when it is time."""
        self.done += amount
        now = self._clock()
        if now - self._shown_at < (TERMINAL_SECONDS if self._live else LOG_SECONDS):
            return
        self._shown_at = now
        self._stream.write(f"\r\x1b[K{self.line()}" if self._live else f"{self.line()}\n")
        self._stream.flush()

    def line(self) -> str:
        """What is shown: label, bar, count, seconds so far."""
        seconds = f"{self._clock() - self._started_at:.0f} 秒"
        if not self.total:
            return f"{self.label} {self.done} · {seconds}"
        share = min(self.done / self.total, 1.0)
        bar = "█" * round(share * BAR_WIDTH)
        return f"{self.label} {bar:░<{BAR_WIDTH}} {self.done}/{self.total} {share:.0%} · {seconds}"


def track(items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
    """Go through `items` and show how far; `total` is asked of the items when they know it."""
    with Progress(label, _length(items) if total is None else total) as progress:
        for item in items:
            yield item
            progress.advance()


def _length(items: Iterable[T] | Sized) -> int | None:
    try:
        return len(items)  # type: ignore[arg-type]
    except TypeError:
        return None
