"""Building markup that is always escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NewType

from gongkai.typesetting.text import writable

Safe = NewType("Safe", str)
"""Markup that needs no further escaping; only this module and literal tags make it."""

EMPTY = Safe("")


def esc(text: object) -> Safe:
    """Text as markup."""
    return Safe(escape(writable(str(text)), quote=True))


def join(parts: Iterable[Safe], between: str = "") -> Safe:
    """Pieces of markup one after the other."""
    return Safe(between.join(parts))


def tag(name: str, *content: Safe, **attributes: object) -> Safe:
    """An element. ``class_`` is class, ``_`` inside names is ``-``; attributes None or "" are left out."""
    return Safe(f"{opening(name, **attributes)}{''.join(content)}</{name}>")


def void(name: str, **attributes: object) -> Safe:
    """An element without content, such as ``col``."""
    return opening(name, **attributes)


def opening(name: str, **attributes: object) -> Safe:
    """A start tag."""
    written = (
        f' {key.rstrip("_").replace("_", "-")}="{escape(writable(str(value)), quote=True)}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    return Safe(f"<{name}{''.join(written)}>")
