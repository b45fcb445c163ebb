"""The facts a letter was signed with, as text and back: plain dataclasses, days, money, enumerations."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_type_hints

from gongkai.foi.letters.facts import LetterFacts


def snapshot(facts: LetterFacts) -> str:
    """JSON of everything; the same facts give the same text."""
    return json.dumps(_plain(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def restored(text: str) -> LetterFacts:
    """The facts of a snapshot; what was added to letters since has its default. Raises ValueError for other text."""
    found = _value(LetterFacts, json.loads(text))
    assert isinstance(found, LetterFacts)  # noqa: S101 - the type asked for
    return found


def _value(kind: Any, value: Any) -> Any:
    if value is None or kind is Any:
        return value
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _value(hints[name], one) for name, one in value.items() if name in hints})
    if isinstance(kind, type) and issubclass(kind, Enum | Decimal):
        return kind(value)
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    if isinstance(value, list):
        return tuple(_value(get_args(kind)[0], one) for one in value)
    options = [one for one in get_args(kind) if one is not type(None)]
    return _value(options[0], value) if options else value
