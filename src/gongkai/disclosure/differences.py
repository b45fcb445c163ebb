"""Two editions side by side, word by word: what went is <del>, what came is <ins>. Only words are shown, no markup."""

from __future__ import annotations

import difflib
import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser

BLOCKS = frozenset(
    {"p", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "tr", "caption", "figcaption", "blockquote"}
)
CELLS = frozenset({"td", "th"})
WORDS = re.compile(r"[A-Za-z0-9.%]+|\s+|.", re.DOTALL)
MOST_BLOCKS = 20_000
SIMILAR = 0.3
"""Two paragraphs less alike than this are told as one gone and one come."""


@dataclass(frozen=True)
class Line:
    """A paragraph, list item or row: ``same``, ``gone``, ``come`` or ``changed``, with its words as safe HTML."""

    state: str
    html: str


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.close_block()
        elif tag in CELLS and self.open:
            self.open.append(" ｜ ")
        elif tag == "br":
            self.open.append("\n")
        elif tag == "img":
            self.open.append(f"［图片：{dict(attrs).get('alt') or '无替代文字'}］")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.close_block()

    def handle_data(self, data: str) -> None:
        self.open.append(data)

    def close_block(self) -> None:
        text = re.sub(r"[ \t\r\n]+", " ", "".join(self.open)).strip()
        if text:
            self.done.append(text)
        self.open = []


def blocks_of(text: str) -> list[str]:
    """The words of an HTML text, one entry per paragraph, item or row."""
    reader = _Blocks()
    reader.feed(text)
    reader.close()
    reader.close_block()
    return reader.done[:MOST_BLOCKS]


def differences(before: str, after: str) -> list[Line]:
    """The texts of two editions, line by line."""
    old, new = blocks_of(before), blocks_of(after)
    lines: list[Line] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            lines += [Line("same", html.escape(one)) for one in old[old_from:old_to]]
        else:
            lines += _replaced(old[old_from:old_to], new[new_from:new_to])
    return lines


def _replaced(old: list[str], new: list[str]) -> list[Line]:
    """Paragraphs in their order beside each other; what has no like is gone or come."""
    lines = []
    for was, now in zip(old, new, strict=False):
        if difflib.SequenceMatcher(None, was, now, autojunk=False).quick_ratio() >= SIMILAR:
            lines.append(Line("changed", _words(was, now)))
        else:
            lines += [_gone(was), _come(now)]
    shorter = min(len(old), len(new))
    return lines + [_gone(one) for one in old[shorter:]] + [_come(one) for one in new[shorter:]]


def _gone(text: str) -> Line:
    return Line("gone", f"<del>{html.escape(text)}</del>")


def _come(text: str) -> Line:
    return Line("come", f"<ins>{html.escape(text)}</ins>")


def _words(was: str, now: str) -> str:
    old, new = WORDS.findall(was), WORDS.findall(now)
    parts = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = html.escape("".join(old[old_from:old_to])), html.escape("".join(new[new_from:new_to]))
        if tag == "equal":
            parts.append(gone)
            continue
        parts += [f"<del>{gone}</del>"] if gone else []
        parts += [f"<ins>{come}</ins>"] if come else []
    return "".join(parts)
