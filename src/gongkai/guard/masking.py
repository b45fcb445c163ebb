"""Personal data with so much of it covered that it says which one is meant, and no more."""

from __future__ import annotations

from gongkai.redaction import Kind

_LONG = 11
_AROUND = 12
_ADDRESS_HEAD = 6


def masked(kind: Kind, text: str) -> str:
    """Sign for sign: the length stays."""
    if kind is Kind.NAME:
        return text[:1] + "*" * (len(text) - 1)
    if kind is Kind.ADDRESS:
        return text[:_ADDRESS_HEAD] + "*" * max(0, len(text) - _ADDRESS_HEAD)
    if kind is Kind.EMAIL:
        user, at, domain = text.replace("＠", "@").partition("@")
        return user[:1] + "*" * max(0, len(user) - 1) + at + domain
    if kind is Kind.BIRTH_DATE:
        return text[:4] + "*" * max(0, len(text) - 4)
    places = [n for n, sign in enumerate(text) if sign.isalnum()]
    head, tail = (3, 2) if len(places) >= _LONG else (2, 1)
    kept = {*places[:head], *places[len(places) - tail :]}
    return "".join("*" if n in set(places) - kept else sign for n, sign in enumerate(text))


def covered(text: str, hits: list[tuple[int, int, Kind]]) -> str:
    """The text with every find masked."""
    for start, end, kind in hits:
        text = text[:start] + masked(kind, text[start:end]) + text[end:]
    return text


def excerpt(text: str, start: int, end: int) -> str:
    """The neighbourhood of a place in an already covered text, on one line."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    said = " ".join(text[first:last].split())
    return ("…" if first else "") + said + ("…" if last < len(text) else "")
