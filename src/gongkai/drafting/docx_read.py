"""A DOCX as blocks, with remarks on everything that was resolved or left out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from gongkai.drafting.blocks import Block, Paragraph, Rule, Run
from gongkai.drafting.docx_pictures import Pictures
from gongkai.drafting.docx_walk import Walk
from gongkai.drafting.model import Picture, Remark
from gongkai.redaction.archive import open_archive, parse_xml, read_part, xml_part
from gongkai.redaction.docx_numbering import Numbering
from gongkai.redaction.docx_styles import Styles
from gongkai.redaction.limits import Limits
from gongkai.redaction.ooxml import Element, attribute, children, relations, within

MAIN = "word/document.xml"
_SAID = {
    "inserted": "修订：插入的文字{}处，按接受后的样子带入",
    "deleted": "修订：删除的文字{}处，未带入",
    "hidden": "隐藏文字{}处，未带入",
    "white": "白色文字{}处（看不见），未带入",
    "hidden_rows": "隐藏的表格行{}行，未带入",
    "contents": "自动目录{}处，未带入：网页上没有页码",
    "boxes": "文本框{}个，文字放在所在段落之后，请核对位置",
    "charts": "图表或 SmartArt {}个，未带入，请另存为图片后补上",
    "objects": "嵌入对象{}个，只带入其预览图",
    "formulas": "公式{}处，只带入其文字，请核对",
    "symbols": "符号字体的字符{}个，未带入，请补写",
    "chunks": "嵌入的其他文档{}个，未带入",
}
_EXCERPT = 30
_NOTE_KINDS = ("footnote", "endnote")


def read(data: bytes, limits: Limits) -> tuple[list[Block], list[Picture], list[Remark]]:
    """Blocks, pictures and remarks. Raises ``RedactionError`` or ``DraftingError``."""
    archive = open_archive(data, limits)
    root = parse_xml(read_part(archive, MAIN, limits))
    pictures = Pictures(archive, relations(archive, MAIN, limits), limits)
    walk = Walk(
        Styles(xml_part(archive, "word/styles.xml", limits)),
        Numbering(xml_part(archive, "word/numbering.xml", limits)),
        pictures,
        limits,
    )
    body = children(root, "body")
    blocks = walk.blocks(body[0] if body else ())
    blocks += _notes(walk, archive, limits)
    remarks = [
        Remark(kind, message.format(walk.seen[kind]), walk.first[kind])
        for kind, message in _SAID.items()
        if walk.seen[kind]
    ]
    remarks += [*walk.remarks, *pictures.remarks, *_left_out(archive, limits)]
    return blocks, pictures.found, remarks


def _notes(walk: Walk, archive: zipfile.ZipFile, limits: Limits) -> list[Block]:
    """Footnotes and endnotes below a line, in the order of their marks."""
    if not walk.runs.notes:
        return []
    parts = {kind: xml_part(archive, f"word/{kind}s.xml", limits) for kind in _NOTE_KINDS}
    held = {kind: {attribute(e, "id"): e for e in children(part, kind)} for kind, part in parts.items()}
    found: list[Block] = [Rule()]
    for number, note in enumerate(list(walk.runs.notes), start=1):
        kind, _, name = note.partition(":")
        wanted = held[kind].get(name)
        blocks = walk.blocks(wanted if wanted is not None else (), 1, f"注{number}")
        texts = [block for block in blocks if isinstance(block, Paragraph) and not block.is_blank]
        if texts:
            texts[0].runs.insert(0, Run(f"[{number}] "))
        found += [block for block in blocks if not (isinstance(block, Paragraph) and block.is_blank)]
    return found


def _left_out(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Remark]:
    comments = children(xml_part(archive, "word/comments.xml", limits), "comment")
    if comments:
        said = _text(comments[0])
        yield Remark("comments", f"批注{len(comments)}条，未带入：“{said}”", "批注")
    for name in sorted(archive.namelist()):
        kind = "页眉" if name.startswith("word/header") else "页脚" if name.startswith("word/footer") else ""
        if kind and name.endswith(".xml"):
            said = _text(parse_xml(read_part(archive, name, limits)))
            if said.strip("-—－ 0123456789第页共"):
                yield Remark("header_footer", f"{kind}“{said}”未带入", kind)


def _text(element: Element) -> str:
    said = "".join(each.text or "" for each in within(element, "t")).strip()
    return said[:_EXCERPT] + ("…" if len(said) > _EXCERPT else "")
