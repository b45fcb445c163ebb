"""How much time is left, in words an officer reads at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gongkai.law.clock import ClockResult

SOON = 5  # working days; from here on a case is marked


class Deadline(NamedTuple):
    """``text`` says it; ``mark`` is the style that seconds it: ``late``, ``soon`` or nothing."""

    text: str
    mark: str = ""


def deadline_of(clock: ClockResult | None) -> Deadline:
    """The term of a case as it stands; None is a request not received yet (条例 art. 31)."""
    if clock is None:
        return Deadline("尚未登记收到")
    if not clock.is_open:
        return Deadline(_late("逾期", clock, "办结"), "late") if clock.overdue else Deadline("按期办结")
    if clock.overdue:
        return Deadline(_late("已逾期", clock), "late")
    if clock.due_on is None or clock.left is None:
        return Deadline(clock.state.label)
    if clock.left == 0:
        return Deadline("今天到期", "soon")
    return Deadline(f"剩{clock.left}个工作日", "soon" if clock.left <= SOON else "")


def _late(head: str, clock: ClockResult, tail: str = "") -> str:
    """On the days off right after the due day no working day has passed yet."""
    return f"{head}{clock.overdue_by}个工作日{tail}" if clock.overdue_by else f"{head}{tail}"


def urgency(clock: ClockResult) -> tuple[int, int]:
    """Sorts a worklist: the longest overdue first, then by days left, what waits for others last."""
    if clock.overdue:
        return (0, -clock.overdue_by)
    return (1, clock.left) if clock.due_on is not None and clock.left is not None else (2, 0)
