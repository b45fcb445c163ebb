"""The text of an edition without its HTML: what people read, in their order."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<[^<>]*>")
_INLINE = re.compile(r"</?(?:a|b|strong|i|em|u|s|ins|del|sub|sup|span)(?:\s[^<>]*)?>", re.IGNORECASE)


def plain(text: str) -> str:
    """The words of sanitised HTML. Marks inside a line leave no gap; every other tag is one."""
    return " ".join(html.unescape(_TAG.sub(" ", _INLINE.sub("", text))).split())
