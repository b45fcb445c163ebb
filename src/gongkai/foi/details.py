"""What is noted with each kind of dated fact, and how it becomes a fact of the law's clock.

The law's own fact classes say which notes there are and which are required; here they are only read in and out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from gongkai.core.errors import Obstacle
from gongkai.foi.enums import FactKind
from gongkai.law import facts as law

LAW_FACTS: dict[FactKind, type[law.Fact]] = {
    FactKind.RECEIVED: law.Received,
    FactKind.CLARIFICATION_NOTIFIED: law.ClarificationNotified,
    FactKind.CLARIFICATION_RECEIVED: law.ClarificationReceived,
    FactKind.CLARIFICATION_LAPSED: law.Discontinued,
    FactKind.THIRD_PARTY_CONSULTED: law.ThirdPartyConsulted,
    FactKind.THIRD_PARTY_ANSWERED: law.ThirdPartyAnswered,
    FactKind.CO_AUTHOR_CONSULTED: law.CoAuthorConsulted,
    FactKind.CO_AUTHOR_ANSWERED: law.CoAuthorAnswered,
    FactKind.EXTENDED: law.Extended,
    FactKind.FEE_NOTIFIED: law.FeeNotified,
    FactKind.FEE_PAID: law.FeePaid,
    FactKind.FEE_LAPSED: law.Discontinued,
    FactKind.REASONS_REQUESTED: law.ReasonsRequested,
    FactKind.REASONS_GIVEN: law.ReasonsGiven,
    FactKind.TERM_SET: law.TermSet,
    FactKind.TERM_ORDERED: law.TermOrdered,
    FactKind.WITHDRAWN: law.Withdrawn,
    FactKind.ANSWERED: law.Answered,
}
"""Every kind the clock reckons with; the others are in ``FOR_THE_FILE``."""

FOR_THE_FILE = frozenset(
    {
        FactKind.SUBMITTED,
        FactKind.OFFICE_CONFIRMED,
        FactKind.APPLICANT_CONFIRMED,
        FactKind.THIRD_PARTY_OVERRIDDEN,
        FactKind.SPLIT,
        FactKind.MERGED,
        FactKind.REOPENED,
    }
)
"""Kinds no clock moves by."""

FILE_LABELS = {"reason": "理由", "numbers": "申请编号"}
"""What is noted with them."""

LABELS = {
    "deadline_on": "补正期限",
    "late_reason": "逾期补正的正当理由",
    "party": "第三方",
    "body": "被征求意见的机关",
    "received_on": "签收日期",
    "consents": "是否同意公开",
    "workdays": "延长工作日数",
    "approved_by": "同意延期的负责人",
    "told_on": "告知申请人日期",
    "received_by_applicant_on": "申请人收到收费通知日期",
    "due_on": "确定的答复期限",
}


@dataclass(frozen=True)
class Note:
    """One thing noted with a fact."""

    key: str
    type: str
    required: bool

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return LABELS[self.key]


def _notes_of(kind: type[law.Fact]) -> dict[str, Note]:
    return {
        one.name: Note(one.name, str(one.type).removesuffix(" | None"), one.default is MISSING)
        for one in fields(kind)
        if one.name != "on"
    }


NOTES: dict[str, dict[str, Note]] = {kind.value: _notes_of(fact) for kind, fact in LAW_FACTS.items()}


def why_detail_wrong(kind: str, detail: Mapping[str, object]) -> list[Obstacle]:
    """Notes that do not belong to the kind, are missing, or are not of their type."""
    notes = NOTES.get(kind, {})
    label = FactKind(kind).label
    found = [
        Obstacle("unknown_note", f"“{label}”没有“{key}”这一项", "请删去", key)
        for key in detail
        if key not in notes
    ]
    for note in notes.values():
        value = detail.get(note.key)
        if value is None or value == "":
            if note.required:
                found.append(Obstacle("missing_note", f"“{label}”应填写{note.label}", "请补填", note.key))
        elif _read(note, value) is None:
            found.append(Obstacle("bad_note", f"{note.label}“{value}”不正确", _HOW[note.type], note.key))
    return found


_HOW = {
    "date": "请写成 2024-01-31 的样子",
    "int": "请填整数",
    "bool": "请选择是或否",
    "str": "请填文字",
}


def _read(note: Note, value: object) -> object | None:
    """The value as its type; None when it is not one."""
    if note.type == "date":
        return _day(value)
    if note.type == "bool":
        return value if isinstance(value, bool) else None
    if note.type == "int":
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    return value if isinstance(value, str) else None


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def storable(detail: Mapping[str, object]) -> dict[str, Any]:
    """The notes as they are kept: days as ISO text, what is unknown left out."""
    return {
        key: value.isoformat() if isinstance(value, dt.date) else value
        for key, value in detail.items()
        if value is not None and value != ""
    }


def law_fact(kind: str, on: dt.date, detail: Mapping[str, object]) -> law.Fact | None:
    """The fact as the law's clock takes it; None for what the clock does not reckon with.

    Notes that are kept for the file only (the evidence of receipt, the decision's number) are passed over.
    """
    fact = LAW_FACTS.get(FactKind(kind))
    if fact is None:
        return None
    notes = NOTES[kind]
    values = {key: _read(notes[key], value) for key, value in detail.items() if key in notes}
    return fact(on, **values)  # type: ignore[arg-type]  # the notes were checked by why_detail_wrong
