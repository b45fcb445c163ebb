"""Progress moves on a terminal and is quiet elsewhere."""

from io import StringIO

import pytest

from gongkai.cli import progress
from gongkai.cli.progress import Progress, track


class Terminal(StringIO):
    def isatty(self):
        return True


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_in_a_log_a_line_every_few_seconds(clock):
    log = StringIO()
    with Progress("读取", 4, stream=log, clock=clock) as work:
        for seconds in (1, 5, 6, 11):
            clock.now = seconds
            work.advance()
    assert log.getvalue() == (
        "读取 ████████████░░░░░░░░░░░░ 2/4 50% · 5 秒\n"
        "读取 ████████████████████████ 4/4 100% · 11 秒\n"
        "读取 ████████████████████████ 4/4 100% · 11 秒\n"
    )


def test_in_a_log_short_work_says_nothing(clock):
    log = StringIO()
    with Progress("读取", 4, stream=log, clock=clock) as work:
        clock.now = 4.9
        work.advance(4)
    assert log.getvalue() == ""


def test_on_a_terminal_one_line_is_painted_over(clock):
    terminal = Terminal()
    with Progress("读取", stream=terminal, clock=clock) as work:
        work.advance()
        clock.now = 0.2
        work.advance(2)
    assert terminal.getvalue() == "\r\x1b[K读取 3 · 0 秒\r\x1b[K读取 3 · 0 秒\n"


def test_more_than_announced_is_no_more_than_whole(clock):
    work = Progress("读取", 2, stream=StringIO(), clock=clock)
    work.advance(3)
    assert work.line() == "读取 ████████████████████████ 3/2 100% · 0 秒"


def test_tracking_passes_the_items_on_and_asks_them_how_many(monkeypatch):
    totals = []

    class Noted(Progress):
        def __init__(self, label, total=None):
            totals.append(total)
            super().__init__(label, total, stream=StringIO())

    monkeypatch.setattr(progress, "Progress", Noted)
    assert list(track(["甲", "乙"], "读取")) == ["甲", "乙"]
    assert list(track(iter("甲乙"), "读取")) == ["甲", "乙"]
    assert list(track(iter("甲乙"), "读取", 2)) == ["甲", "乙"]
    assert totals == [2, None, 2]
