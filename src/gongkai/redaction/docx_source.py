"""A DOCX as pages: its text, tables and pictures set anew; what pages do not show is left behind and reported.

The line and page breaks are ours, not Word's. What cannot be shown faithfully — formulas, charts, embedded objects —
makes the file refused with the advice to export a PDF, rather than shown with a hole.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from typing import Any

from gongkai.redaction.archive import open_archive, parse_xml, read_part, xml_part
from gongkai.redaction.docx_body import Body
from gongkai.redaction.docx_numbering import Numbering
from gongkai.redaction.docx_pictures import Pictures
from gongkai.redaction.docx_styles import Styles
from gongkai.redaction.errors import RedactionError
from gongkai.redaction.limits import Limits
from gongkai.redaction.model import Finding
from gongkai.redaction.ooxml import (
    Element,
    attribute,
    child,
    children,
    package_findings,
    relations,
    whole,
    within,
)
from gongkai.redaction.typesetting import typeset

EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""The date of intermediate pages; they never leave the house."""
_MAIN = "word/document.xml"
_TWIPS = 20
_SHORTEST, _LONGEST = 100.0, 3000.0
"""Points of a side of paper that can be believed."""
_A4 = (595.28, 841.89, 72.0)
_UNSEEN = {
    "deleted": ("tracked_deletion", "修订中已删除的文字{}字"),
    "hidden": ("hidden_text", "隐藏文字{}字"),
    "white": ("hidden_text", "白色文字{}字"),
    "rows": ("hidden_rows", "隐藏或已删除的表格行{}行"),
    "shapes": ("shapes", "没有文字的图形{}个，页面上不呈现"),
}
_EXCERPT = 30


def read(data: bytes, limits: Limits) -> tuple[bytes, tuple[Finding, ...]]:
    """A PDF and what was left behind. Raises ``RedactionError`` (``not_renderable``, ``broken_office`` …)."""
    archive = open_archive(data, limits)
    root = parse_xml(read_part(archive, _MAIN, limits))
    pictures = Pictures(archive, relations(archive, _MAIN, limits), limits)
    body = Body(
        Styles(xml_part(archive, "word/styles.xml", limits)),
        Numbering(xml_part(archive, "word/numbering.xml", limits)),
        pictures,
        limits,
    )
    try:
        blocks = body.blocks(children(root, "body")[0] if children(root, "body") else ())
        blocks += _notes(body, archive, limits)
    except RecursionError as error:
        raise RedactionError("hostile") from error
    width, height, margin = _paper(root)
    page = {"width": width, "height": height, "margin": margin}
    pdf = typeset("document.typ", {"page": page, "blocks": blocks}, pictures.files, at=EPOCH)
    return pdf, tuple(_findings(archive, root, body, limits))


def _paper(root: Element) -> tuple[float, float, float]:
    section = next(iter(within(root, "sectPr")), None)
    size, margins = child(section, "pgSz"), child(section, "pgMar")
    width = whole(attribute(size, "w"), 0) / _TWIPS
    height = whole(attribute(size, "h"), 0) / _TWIPS
    if not all(_SHORTEST < side < _LONGEST for side in (width, height)):
        return _A4
    margin = whole(attribute(margins, "left"), 1440) / _TWIPS
    return width, height, min(max(margin, 20.0), min(width, height) / 4)


def _notes(body: Body, archive: zipfile.ZipFile, limits: Limits) -> list[dict[str, Any]]:
    """Footnotes and endnotes, after the text, in the order of their marks."""
    parts = {kind: xml_part(archive, f"word/{kind}s.xml", limits) for kind in ("footnote", "endnote")}
    found: list[dict[str, Any]] = []
    for number, note in enumerate(list(body.notes), start=1):
        kind, _, name = note.partition(":")
        wanted = next((each for each in children(parts[kind], kind) if attribute(each, "id") == name), None)
        blocks = body.blocks([] if wanted is None else wanted)
        texts = [block for block in blocks if block["type"] == "paragraph"]
        if texts:
            texts[0]["runs"].insert(0, {"text": f"〔注{number}〕", "bold": False, "size": 9})
        found += blocks
    return found


def _findings(archive: zipfile.ZipFile, root: Element, body: Body, limits: Limits) -> Iterator[Finding]:
    yield from package_findings(archive, limits)
    for key, (kind, message) in _UNSEEN.items():
        if body.unseen[key]:
            yield Finding(kind, message.format(body.unseen[key]), "正文")
    if inserted := sum(1 for _ in within(root, "ins", "moveTo")):
        yield Finding("tracked_insertion", f"未接受的修订插入{inserted}处，已按接受后的样子呈现", "正文")
    comments = xml_part(archive, "word/comments.xml", limits)
    if count := len(children(comments, "comment")):
        yield Finding("comments", f"批注{count}条", "正文")
    yield from _furniture(archive, limits)
    if any(relation.external for relation in relations(archive, _MAIN, limits).values()):
        yield Finding("external_links", "指向外部的链接，只保留其文字", "正文")


def _furniture(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Finding]:
    for name in sorted(archive.namelist()):
        kind = "页眉" if name.startswith("word/header") else "页脚" if name.startswith("word/footer") else ""
        if kind and name.endswith(".xml"):
            root = parse_xml(read_part(archive, name, limits))
            text = "".join(each.text or "" for each in within(root, "t")).strip()
            if text or any(True for _ in within(root, "drawing", "pict")):
                said = f"“{text[:_EXCERPT]}”" if text else "图形或水印"
                yield Finding("header_footer", f"{kind}{said}不带入；如须保留，请另存为PDF后上传", "文件")
