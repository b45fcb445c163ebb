"""What the public wrote, without the numbers that identify somebody: for lists, exports and the site."""

from __future__ import annotations

from gongkai.redaction.personal import scan_text

MASK = "＊"


def masked(text: str) -> str:
    """The text with every find about a person covered, sign for sign."""
    found = list(text)
    for hit in scan_text(text):
        if hit.personal:
            found[hit.start : hit.end] = MASK * (hit.end - hit.start)
    return "".join(found)
