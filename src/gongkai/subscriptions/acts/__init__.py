"""Acts on subscriptions."""

from gongkai.subscriptions.acts.asking import ask, confirm, why_not_ask
from gongkai.subscriptions.acts.leaving import (
    forget_address,
    leave,
    note_refusal,
    sweep_notices,
    sweep_unconfirmed,
)

__all__ = [
    "ask",
    "confirm",
    "forget_address",
    "leave",
    "note_refusal",
    "sweep_notices",
    "sweep_unconfirmed",
    "why_not_ask",
]
