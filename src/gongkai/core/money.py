"""Money is stored in yuan and shown in 万元 with four decimals, as the annual report asks."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

YUAN_PER_WAN = Decimal(10_000)
WAN_PLACES = Decimal("0.0001")


def to_wan(yuan: Decimal) -> Decimal:
    """Yuan → 万元, rounded half up to four decimals."""
    return (yuan / YUAN_PER_WAN).quantize(WAN_PLACES, rounding=ROUND_HALF_UP)


def from_wan(wan: Decimal) -> Decimal:
    """万元 → yuan with two decimals (分)."""
    return (wan * YUAN_PER_WAN).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def plain(amount: Decimal) -> str:
    """An amount without superfluous zeros and without exponent: ``1120.5439``, ``0``."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
