"""How a figure is written: zero as 0, no thousands separators, money in 万元 with four decimals."""

from __future__ import annotations

from decimal import Decimal

from gongkai.law.report.figures import Figure, Number

MONEY_UNIT = "万元"
MONEY_DECIMALS = 4


def written(value: Number, unit: str = "") -> str:
    """A number as the form shows it; never rounded: money keeps more than four decimals when it has them."""
    if value == 0:
        return "0"
    exact = plain(value)
    if unit != MONEY_UNIT:
        return exact
    whole, _, fraction = exact.partition(".")
    return f"{whole}.{fraction.ljust(MONEY_DECIMALS, '0')}"


def plain(value: Number) -> str:
    """A number with all its digits, no exponent and no trailing zeros: one text per value."""
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if Decimal(text) == 0 else text


def shown(figure: Figure, unit: str = "") -> str:
    """The text of a cell: the number, or what stood there when it is blank or unreadable."""
    return figure.raw.strip() if figure.value is None else written(figure.value, unit)
