"""The states of a delivery and what may be done in each: one table, which the acts and the worker both obey.

A move names the act and the state it is done in; what is not in the table cannot be done. The state after an act
that depends on more than the state (whether the channel can be reached, whether it was public) is one of several.
"""

from __future__ import annotations

from enum import StrEnum

from gongkai.channels.enums import DeliveryState as S


class Act(StrEnum):
    """What happens to a delivery."""

    CLAIM = "领取"
    """A worker takes it."""
    DONE = "成功"
    LATER = "平台稍后给出结果"
    IN_BOX = "入草稿箱"
    FAIL_FOR_NOW = "失败可重试"
    FAIL_FOR_GOOD = "失败不重试"
    NEEDS_HAND = "须人工办理"
    RETRY = "重试"
    """An officer has the machine try again, at once."""
    CANCEL = "取消"
    """An officer decides that it need not be done."""
    FINISH = "登记已办"
    """An officer did it himself and says where and when."""
    SUPERSEDE = "被新版替代"
    """A newer edition goes to the channel."""
    LEAVE = "文件撤下"
    RETURN = "文件恢复"
    CHANGE = "文件信息变更"


WAITING = (S.QUEUED, S.FAILED_RETRYABLE)
UNSENT = (*WAITING, S.FAILED_PERMANENT, S.AWAITING_HAND)
OUT_THERE = (S.PUBLISHED, S.BY_HAND, S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND)

MOVES: dict[tuple[Act, S], frozenset[S]] = {}


def _allow(act: Act, before: tuple[S, ...], *after: S) -> None:
    for state in before:
        MOVES[act, state] = frozenset(after)


_allow(Act.CLAIM, (*WAITING, S.SENDING), S.SENDING)
for _same in (S.SUBMITTED, S.IN_DRAFT_BOX, S.FOLLOW_UP):
    _allow(Act.CLAIM, (_same,), _same)
_allow(Act.DONE, (S.SENDING, S.SUBMITTED, S.IN_DRAFT_BOX), S.PUBLISHED)
_allow(Act.DONE, (S.FOLLOW_UP,), S.PUBLISHED, S.WITHDRAWN, S.CANCELLED)
_allow(Act.LATER, (S.SENDING, S.SUBMITTED), S.SUBMITTED)
_allow(Act.LATER, (S.FOLLOW_UP,), S.FOLLOW_UP)
_allow(Act.IN_BOX, (S.SENDING, S.SUBMITTED, S.IN_DRAFT_BOX), S.IN_DRAFT_BOX)
_allow(Act.IN_BOX, (S.FOLLOW_UP,), S.FOLLOW_UP_BY_HAND)
_allow(Act.FAIL_FOR_NOW, (S.SENDING,), S.FAILED_RETRYABLE)
for _same in (S.SUBMITTED, S.IN_DRAFT_BOX, S.FOLLOW_UP):
    _allow(Act.FAIL_FOR_NOW, (_same,), _same)
_allow(Act.FAIL_FOR_GOOD, (S.SENDING, S.SUBMITTED, S.IN_DRAFT_BOX), S.FAILED_PERMANENT)
_allow(Act.FAIL_FOR_GOOD, (S.FOLLOW_UP,), S.FOLLOW_UP_BY_HAND)
_allow(Act.NEEDS_HAND, (S.SENDING, S.SUBMITTED, S.IN_DRAFT_BOX), S.AWAITING_HAND)
_allow(Act.NEEDS_HAND, (S.FOLLOW_UP,), S.FOLLOW_UP_BY_HAND)
_allow(Act.RETRY, (S.FAILED_RETRYABLE, S.FAILED_PERMANENT, S.AWAITING_HAND, S.CANCELLED), S.QUEUED)
_allow(Act.RETRY, (S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND), S.FOLLOW_UP)
_allow(Act.RETRY, (S.SUBMITTED,), S.SUBMITTED)
_allow(Act.RETRY, (S.IN_DRAFT_BOX,), S.IN_DRAFT_BOX)
_allow(Act.CANCEL, (*UNSENT, S.IN_DRAFT_BOX), S.CANCELLED)
_allow(Act.CANCEL, (S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND), S.PUBLISHED, S.BY_HAND, S.WITHDRAWN, S.CANCELLED)
_allow(Act.FINISH, (*UNSENT, S.IN_DRAFT_BOX, S.SUBMITTED, S.CANCELLED), S.BY_HAND)
_allow(Act.FINISH, (S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND), S.PUBLISHED, S.BY_HAND, S.WITHDRAWN, S.CANCELLED)
_allow(Act.SUPERSEDE, UNSENT, S.CANCELLED)
_allow(Act.SUPERSEDE, (S.IN_DRAFT_BOX,), S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND)
_allow(Act.SUPERSEDE, OUT_THERE, S.PUBLISHED, S.BY_HAND, S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND)
_allow(Act.LEAVE, UNSENT, S.CANCELLED)
_allow(Act.LEAVE, (S.IN_DRAFT_BOX, *OUT_THERE), S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND, S.WITHDRAWN)
_allow(Act.RETURN, (S.CANCELLED,), S.QUEUED, S.AWAITING_HAND)
_allow(Act.RETURN, (S.WITHDRAWN,), S.PUBLISHED, S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND)
_allow(
    Act.RETURN, (S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND), S.PUBLISHED, S.BY_HAND, S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND
)
_allow(Act.CHANGE, OUT_THERE, S.PUBLISHED, S.BY_HAND, S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND)


def may_move(act: Act, state: str) -> bool:
    """Whether the act can be done in a state."""
    return (act, S(state)) in MOVES


def moved(act: Act, before: str, after: S) -> S:
    """The state after an act. Raises ValueError for a move that is not in the table."""
    if after not in MOVES.get((act, S(before)), ()):
        message = f"{act.name}: {before} → {after} is no move"
        raise ValueError(message)
    return after
