"""Whose opinions a letter needs before it leaves. One table, for a jurist to check."""

from __future__ import annotations

from gongkai.foi.letters.kinds import kind_of
from gongkai.foi.models.letters import Stage

ANSWER = (Stage.LEGAL, Stage.SECRECY, Stage.SIGN)
"""An answer discloses or refuses: legality, secrecy (条例 art. 17, 保守国家秘密法), then the signature."""

NOTICE = (Stage.SIGN,)
"""A letter on the way: the signature alone. For an extension it is the consent of the head of the office (art. 33)."""

STAGES: dict[str, tuple[Stage, ...]] = {
    "third_party_override": (Stage.LEGAL, Stage.SIGN),
    "answer_corrected": ANSWER,
    "answer_withdrawn": (Stage.LEGAL, Stage.SIGN),
    "record_corrected": (Stage.LEGAL, Stage.SIGN),
    "record_not_corrected": (Stage.LEGAL, Stage.SIGN),
}
"""Kinds that need other opinions than their family."""


def stages_of(kind: str) -> tuple[Stage, ...]:
    """The opinions a kind of letter needs, the signature last. Raises ValueError for an unknown kind."""
    if kind in STAGES:
        return STAGES[kind]
    return ANSWER if kind_of(kind).fact == "answered" else NOTICE
