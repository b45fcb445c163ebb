"""Correct or remove an entry of the ledgers; the audit keeps what it said before."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_row_wrong
from gongkai.ledgers.models import FeeReceipt, Procurement, Supervision, Tally, Training
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, why_not_permitted, why_years_closed

Entry: TypeAlias = Tally | FeeReceipt | Procurement | Training | Supervision

CHANGEABLE: dict[type[Entry], tuple[str, ...]] = {
    Tally: ("count", "source"),
    FeeReceipt: ("amount_yuan", "source"),
    Procurement: ("name", "concluded_on", "amount_yuan", "supplier"),
    Training: ("held_on", "title", "organiser", "attendees"),
    Supervision: ("kind", "held_on", "title", "people", "result"),
}
"""What may be put right in an entry; a wrong matter or period is removed and entered anew."""

DAYS = ("first_day", "concluded_on", "held_on")


def body_of(entry: Entry) -> Body:
    """Whose ledger it stands in."""
    body: Body = entry.matter.body if isinstance(entry, Tally | FeeReceipt) else entry.body
    return body


def _day(entry: Entry) -> dt.date:
    day: dt.date = next(getattr(entry, name) for name in DAYS if hasattr(entry, name))
    return day


def _told(entry: Entry) -> dict[str, Any]:
    fixed = ("first_day", "last_day") if isinstance(entry, Tally | FeeReceipt) else ()
    told = {name: getattr(entry, name) for name in (*fixed, *CHANGEABLE[type(entry)])}
    return told | ({"matter": entry.matter_id} if isinstance(entry, Tally | FeeReceipt) else {})


def _changed(entry: Entry, changes: dict[str, Any]) -> Entry:
    fields = [field.attname for field in entry._meta.concrete_fields]  # noqa: SLF001 - documented interface
    after = type(entry)(**{name: getattr(entry, name) for name in fields})
    for name, value in changes.items():
        setattr(after, name, value)
    return after


def _why_not_touch(
    entries: tuple[Entry, ...], reason: str, actor: Actor, amendment: str, purpose: str
) -> list[Obstacle]:
    body, today = body_of(entries[0]), timezone.localdate()
    found = why_not_permitted(actor, Permission.HANDLE, body, today)
    if not reason.strip():
        found.append(Obstacle("no_reason", f"{purpose}应写明理由", "请填写理由", "reason"))
    return found + why_years_closed(body, {_day(entry).year for entry in entries}, amendment)


def why_not_correct_entry(
    entry: Entry, changes: dict[str, Any], *, reason: str, actor: Actor, amendment: str = ""
) -> list[Obstacle]:
    """No permission, no reason, nothing changed, a wrong value, a future day, or a published year."""
    after = _changed(entry, changes)
    found = _why_not_touch((entry, after), reason, actor, amendment, "更正台账")
    if _told(after) == _told(entry):
        found.append(Obstacle("unchanged", "没有任何改动", "无须更正"))
    for name in DAYS:
        if name in changes and changes[name] > timezone.localdate():
            found.append(Obstacle("future", f"日期（{changes[name]}）晚于今天", "请核对日期", name))
    if changes.get("amount_yuan", 0) < 0:
        found.append(Obstacle("negative", "金额不能为负", "请核对金额（单位：元）", "amount_yuan"))
    return found + why_row_wrong(after)


def correct_entry(*, entry: Entry, reason: str, actor: Actor, amendment: str = "", **changes: Any) -> Entry:
    """Put an entry right. Raises RefusedError, TypeError for what may not be changed."""
    unknown = set(changes) - set(CHANGEABLE[type(entry)])
    if unknown:
        message = f"{type(entry).__name__} has no {', '.join(sorted(unknown))} to correct"
        raise TypeError(message)
    with transaction.atomic():
        entry = lock_one(entry)
        refuse_if(why_not_correct_entry(entry, changes, reason=reason, actor=actor, amendment=amendment))
        after = _changed(entry, changes)
        years, detail = {_day(entry).year, _day(after).year}, {"from": _told(entry), "to": _told(after)}
        for name, value in changes.items():
            setattr(entry, name, value)
        entry.save(update_fields=sorted(changes))
        record_dated(
            verb="ledgers.correct_entry",
            actor=actor,
            target=entry,
            body=body_of(entry),
            years=sorted(years),
            amendment=amendment,
            detail=detail,
            reason=reason,
        )
    return entry


def why_not_remove_entry(entry: Entry, *, reason: str, actor: Actor, amendment: str = "") -> list[Obstacle]:
    """No permission, no reason, or a published year."""
    return _why_not_touch((entry,), reason, actor, amendment, "删除台账记录")


def remove_entry(*, entry: Entry, reason: str, actor: Actor, amendment: str = "") -> None:
    """Take out an entry made by mistake; the audit keeps what it said. Raises RefusedError."""
    with transaction.atomic():
        entry = lock_one(entry)
        refuse_if(why_not_remove_entry(entry, reason=reason, actor=actor, amendment=amendment))
        record_dated(
            verb="ledgers.remove_entry",
            actor=actor,
            target=entry,
            body=body_of(entry),
            years=[_day(entry).year],
            amendment=amendment,
            detail=_told(entry),
            reason=reason,
        )
        entry.delete()
