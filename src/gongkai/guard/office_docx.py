"""A DOCX before publication: its text as the draft reads it, and what it hides."""

from __future__ import annotations

import zipfile

from gongkai.drafting import docx_read
from gongkai.guard.material import add_blocks
from gongkai.guard.model import Material, Unit
from gongkai.guard.rules import found
from gongkai.redaction.archive import parse_xml, read_part
from gongkai.redaction.limits import Limits
from gongkai.redaction.ooxml import Element, name_of, switched_on, within

_OF_REMARKS = {
    "inserted": "hidden.changes",
    "deleted": "hidden.changes",
    "hidden": "hidden.text",
    "white": "hidden.text",
    "hidden_rows": "hidden.rows",
    "objects": "hidden.embedded",
    "chunks": "hidden.embedded",
}
_CHANGED = frozenset({"rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"})
_OTHERS = ("word/header", "word/footer", "word/footnotes", "word/endnotes", "word/glossary/document")
_NAMES = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "document": "自动图文集",
}


def add_docx(material: Material, data: bytes, archive: zipfile.ZipFile, limits: Limits, place: str) -> None:
    """Raises ``DraftingError``, ``RedactionError``."""
    blocks, _, remarks = docx_read.read(data, limits)
    add_blocks(material, blocks, place)
    for remark in remarks:
        if rule := _OF_REMARKS.get(remark.kind):
            message = remark.message.partition("，")[0]
            material.findings.append(
                found(
                    rule, f"{place}{remark.place}", key=message, container=material.container, message=message
                )
            )
    root = parse_xml(read_part(archive, docx_read.MAIN, limits))
    _changes(material, root, place)
    _unseen(material, root, place)
    for name in sorted(archive.namelist()):
        if name.startswith(_OTHERS) and name.endswith(".xml"):
            _other(material, parse_xml(read_part(archive, name, limits)), name, place)


def _changes(material: Material, root: Element, place: str) -> None:
    """Changes of looks are recorded with their authors too."""
    count = sum(1 for element in root.iter() if name_of(element) in _CHANGED)
    if count:
        material.findings.append(
            found(
                "hidden.changes", f"{place}正文", key=f"looks{count}", container=material.container,
                message=f"格式的修订{count}处",
            )
        )  # fmt: skip


def _unseen(material: Material, root: Element, place: str) -> None:
    """Deleted and hidden words, paragraph by paragraph: what is not seen still is in the file."""
    for number, paragraph in enumerate(within(root, "p"), start=1):
        deleted = "".join(each.text or "" for each in within(paragraph, "delText"))
        if deleted.strip():
            material.units.append(Unit(deleted, f"{place}修订中删除的文字（第{number}段）"))
        hidden = "".join(
            text.text or ""
            for run in within(paragraph, "r")
            if any(switched_on(each) for each in within(run, "vanish", "specVanish"))
            or any(True for _ in within(run, "color"))
            for text in within(run, "t")
        )
        if hidden.strip():
            material.units.append(Unit(hidden, f"{place}隐藏或变色的文字（第{number}段）"))


def _other(material: Material, root: Element, name: str, place: str) -> None:
    stem = name.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
    where = f"{place}{_NAMES.get(stem, stem)}"
    for paragraph in within(root, "p"):
        text = "".join(each.text or "" for each in within(paragraph, "t", "delText"))
        if text.strip():
            material.units.append(Unit(text, where))
    if any(name_of(each) in {"ins", "del", "moveFrom", "moveTo"} for each in root.iter()):
        material.findings.append(found("hidden.changes", where, key=name, container=material.container))
