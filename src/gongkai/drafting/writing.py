"""Blocks as HTML within the tags a published text may have."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from gongkai.drafting.blocks import Block, Cell, Image, Paragraph, Rule, Run, Table, escaped

LOWEST, HIGHEST = 6, 2
"""The page has the <h1>; the text's headings begin below it."""
_SOURCE = re.compile(r'<img src="([^"]*)" alt="([^"]*)">')


def write(blocks: Sequence[Block]) -> str:
    """The blocks in their order, with lists and levels of headings put right."""
    levelled(blocks)
    parts: list[str] = []
    for bullets, run in groupby(blocks, key=_is_bullet):
        same = list(run)
        parts += [_list(same)] if bullets else [_block(block) for block in same]
    return "\n".join(part for part in parts if part)


def place_pictures(
    text: str, addresses: Mapping[str, str], alternatives: Mapping[str, str] | None = None
) -> str:
    """The HTML with each picture's name replaced by its address, and its description by the officer's.

    A picture without an address is taken out.
    """
    said = alternatives or {}

    def image(match: re.Match[str]) -> str:
        name = html.unescape(match[1])
        if name not in addresses:
            return ""
        alternative = html.escape(said[name]) if name in said else match[2]
        return f'<img src="{html.escape(addresses[name])}" alt="{alternative}">'

    return _SOURCE.sub(image, text)


def levelled(blocks: Iterable[Block]) -> None:
    """Headings from 1 on, none more than one level below the one above it."""
    open_levels: list[int] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.level:
            while open_levels and open_levels[-1] >= block.level:
                open_levels.pop()
            open_levels.append(block.level)
            block.level = len(open_levels)


def _is_bullet(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.bullet >= 0 and not block.level


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Rule):
        return "<hr>"
    caption = f"<figcaption>{escaped(block.caption)}</figcaption>" if block.caption else ""
    return f"<figure>{picture(block)}{caption}</figure>"


def picture(block: Image) -> str:
    """The <img> of a picture, in the form ``place_pictures`` knows."""
    return f'<img src="{html.escape(block.name)}" alt="{html.escape(block.alternative)}">'


def _paragraph(block: Paragraph) -> str:
    if block.is_blank:
        return ""
    if block.level:
        tag = f"h{min(block.level - 1 + HIGHEST, LOWEST)}"
        return f"<{tag}>{_inline(block.runs, plain=True)}</{tag}>"
    return f"<p>{_inline(block.runs)}</p>"


def _inline(runs: Iterable[Run], *, plain: bool = False) -> str:
    """Neighbours of the same look in one element; a heading is bold by itself (``plain``)."""
    parts = []
    for (link, bold, italic, raised), same in groupby(
        (run for run in runs if run.text or run.markup),
        key=lambda run: (run.link, run.bold and not plain, run.italic, run.raised),
    ):
        said = "".join(run.markup or escaped(run.text) for run in same)
        if not said.strip():
            parts.append(said)
            continue
        for wanted, tag in ((raised, raised), (italic, "em"), (bold, "strong")):
            said = f"<{tag}>{said}</{tag}>" if wanted else said
        parts.append(f'<a href="{html.escape(link)}" rel="noopener noreferrer">{said}</a>' if link else said)
    return _trimmed("".join(parts))


def _trimmed(text: str) -> str:
    text = re.sub(r"^(?:\s|\u3000|<br>)+|(?:\s|\u3000|<br>)+$", "", text)
    return text.replace("\t", "\u3000")


def _list(items: list[Block]) -> str:
    """Items by their depth; a deeper one lies in the item above it."""
    made: list[str] = []
    lists: list[tuple[int, str]] = []
    for item in items:
        if not isinstance(item, Paragraph):
            continue
        tag = "ol" if item.ordinal else "ul"
        while lists and (item.bullet < lists[-1][0] or lists[-1] == (item.bullet, _OTHER[tag])):
            made.append(f"</li></{lists.pop()[1]}>")
        if not lists or item.bullet > lists[-1][0]:
            start = f' start="{item.ordinal}"' if item.ordinal > 1 else ""
            made.append(f"<{tag}{start}>")
            lists.append((item.bullet, tag))
        else:
            made.append("</li>")
        made.append(f"<li>{_inline(item.runs)}")
    return "".join(made) + "".join(f"</li></{tag}>" for _, tag in reversed(lists))


_OTHER = {"ol": "ul", "ul": "ol"}


def _table(table: Table) -> str:
    rows: dict[int, list[Cell]] = {number: [] for number in range(table.rows)}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    ordered = [rows[number] for number in sorted(rows)]
    head = "".join(_row(row, heads=True) for row in ordered[: table.heads])
    body = "".join(_row(row, heads=False) for row in ordered[table.heads :])
    caption = f"<caption>{escaped(table.caption)}</caption>" if table.caption else ""
    return (
        f"<table>{caption}"
        + (f"<thead>{head}</thead>" if head else "")
        + (f"<tbody>{body}</tbody>" if body else "")
        + "</table>"
    )


def _row(cells: list[Cell], *, heads: bool) -> str:
    made = []
    for cell in sorted(cells, key=lambda cell: cell.column):
        is_head = heads or cell.is_head
        spans = "".join(
            f' {name}="{count}"'
            for name, count in (("rowspan", cell.rows), ("colspan", cell.columns))
            if count > 1
        )
        scope = (' scope="colgroup"' if cell.columns > 1 else ' scope="col"') if heads else ""
        scope = ' scope="row"' if is_head and not heads else scope
        tag = "th" if is_head else "td"
        made.append(f"<{tag}{spans}{scope}>{_cell(cell)}</{tag}>")
    return f"<tr>{''.join(made)}</tr>"


def _cell(cell: Cell) -> str:
    filled = [b for b in cell.blocks if not (isinstance(b, Paragraph) and b.is_blank)]
    if all(isinstance(block, Paragraph) and block.bullet < 0 for block in filled):
        return "<br>".join(_inline(block.runs) for block in filled if isinstance(block, Paragraph))
    return write(filled)
