"""The value of a cell as its number format shows it, for the usual formats; any other number is shown in full."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

_DECIMALS = re.compile(r"[0#?]\.(0+)")
_LONGEST = 1e20
"""Above, a whole number is shown with an exponent."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


def shown(value: Any, number_format: str) -> str:
    """Text, date, number, truth value; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        clock = value.time() != dt.time() or "h" in number_format.lower()
        return value.strftime("%Y-%m-%d %H:%M" if clock else "%Y-%m-%d")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return number_shown(value, number_format)
    return str(value)


def number_shown(value: float | Decimal, number_format: str) -> str:
    """With the decimals, thousands and percent of its format; as it is under no such format."""
    positive = _QUOTED.sub("", number_format.split(";", 1)[0])
    if positive in {"General", "@", ""} or not re.search("[0#?]", positive):
        return _plain(value)
    percent = "%" in positive
    decimals = _DECIMALS.search(positive)
    scaled = value * 100 if percent else value
    places = len(decimals[1]) if decimals else 0
    said = f"{scaled:,.{places}f}" if "#,#" in positive else f"{scaled:.{places}f}"
    padded = re.fullmatch(r"0+", positive)
    if padded and value >= 0:
        said = said.zfill(len(positive))
    return f"{said}%" if percent else said


def _plain(value: float | Decimal) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < _LONGEST:
        return str(int(value))
    return format(value, ".11g") if isinstance(value, float) else str(value)


def is_blanking(number_format: str) -> bool:
    """A format such as ;;; shows nothing, whatever the cell holds."""
    return ";" in number_format and not number_format.replace(";", "").strip()
