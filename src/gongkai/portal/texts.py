"""The text of an edition for its page."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString, mark_safe

TABLE = re.compile(r"<table\b[^>]*>.*?</table>", re.DOTALL)


def readable(text: str) -> SafeString:
    """The stored text, which is sanitised, with every table in a frame of its own that scrolls on a phone."""
    number = 0

    def framed(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return (
            f'<div class="table-frame" role="region" tabindex="0" aria-label="表格{number}">{found[0]}</div>'
        )

    return mark_safe(TABLE.sub(framed, text))  # noqa: S308 - sanitised when it was stored
