"""Headings by their numbers, where no style says so: 第一章, 一、, （一）, 1.; and captions of tables and pictures."""

from __future__ import annotations

import re

from gongkai.drafting.blocks import Block, Image, Paragraph, Table

_COUNT = "[一二三四五六七八九十百零〇两0-9０-９]"
_FORMS = (
    (re.compile(rf"^\s*第{_COUNT}{{1,4}}[编章部][\s\u3000]*\S"), 1),
    (re.compile(rf"^\s*第{_COUNT}{{1,4}}节[\s\u3000]*\S"), 2),
    (re.compile(r"^\s*[一二三四五六七八九十]{1,3}、\s*\S"), 1),
    (re.compile(r"^\s*[（(][一二三四五六七八九十]{1,3}[)）]\s*[、]?\S"), 2),
    (re.compile(r"^\s*[0-9０-９]{1,2}[.．、](?![0-9])\s*\S"), 3),
)
_STOP = re.compile(r"[。；;！？!?：:，,]\s*$")
_LONGEST = 40
_TABLE = re.compile(r"^\s*表\s*[0-9０-９一二三四五六七八九十]{1,3}(?:[-—.][0-9]{1,2})?[\s\u3000:：.、]\s*\S")
_FIGURE = re.compile(r"^\s*图\s*[0-9０-９一二三四五六七八九十]{1,3}(?:[-—.][0-9]{1,2})?[\s\u3000:：.、]\s*\S")
_ANNEX = re.compile(r"^\s*附\s*件\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[:：]?\s*$")
_CAPTION_LENGTH = 60
_ARABIC = 3


def find_headings(blocks: list[Block]) -> None:
    """Set the level of short numbered paragraphs that are no sentences. A style's own level stays."""
    styled = any(isinstance(b, Paragraph) and b.level and not b.is_title for b in blocks)
    for block in blocks:
        if not isinstance(block, Paragraph) or block.level or block.bullet >= 0 or block.is_title:
            continue
        text = block.text.strip()
        if _ANNEX.match(text):
            block.level = 1
        elif not styled and not _STOP.search(text) and len(text) <= _LONGEST and "\n" not in text:
            level = next((level for form, level in _FORMS if form.match(text)), 0)
            # 1. begins items far more often than headings: only letters set off tell.
            block.level = level if level < _ARABIC or block.bold else 0


def take_captions(blocks: list[Block]) -> list[Block]:
    """The line above a table that names it becomes its caption; that below a picture its description."""
    kept: list[Block] = []
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if isinstance(block, Paragraph) and isinstance(following, Table) and _names(block, _TABLE):
            following.caption = block.text.strip()
            continue
        before = kept[-1] if kept else None
        if isinstance(block, Paragraph) and isinstance(before, Image) and _names(block, _FIGURE):
            before.caption = block.text.strip()
            continue
        kept.append(block)
    return kept


def _names(block: Paragraph, form: re.Pattern[str]) -> bool:
    text = block.text.strip()
    short = 0 < len(text) <= _CAPTION_LENGTH and not block.level and not _STOP.search(text)
    return short and (block.is_caption or bool(form.match(text)))
