"""Whether the result is only what we write: everything that is not on these lists is a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from lxml import etree

from gongkai.redaction.archive import parse_xml
from gongkai.redaction.issues import Issue
from gongkai.redaction.model import Source

_TRAILER = frozenset({"/Root", "/Info", "/ID", "/Size"})
_CATALOG = frozenset(
    {"/Type", "/Pages", "/Metadata", "/StructTreeRoot", "/Lang", "/MarkInfo", "/ViewerPreferences"}
)
_PAGE = frozenset(
    {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/StructParents", "/Group", "/Tabs"}
)
_RESOURCES = frozenset({"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/ProcSet"})
_INFO = {
    "/Creator": re.compile(r"Typst [\d.]+"),
    "/CreationDate": re.compile(r"D:\d{14}(Z|[+-]\d\d'\d\d'?)?"),
    "/ModDate": re.compile(r"D:\d{14}(Z|[+-]\d\d'\d\d'?)?"),
}
_XMP = re.compile(
    r"(Typst [\d.]+|zh-CN|\d{4}-\d\d-\d\dT[\d:]+(Z|[+-]\d\d:\d\d)|\d+|application/pdf|proof|1\.\d|[\w+/]{22}==)?"
)
"""All the values our own metadata has."""
_TYPES = frozenset(
    {
        "Catalog",
        "Pages",
        "Page",
        "Font",
        "FontDescriptor",
        "XObject",
        "ExtGState",
        "CMap",
        "Encoding",
        "Group",
    }
    | {"StructTreeRoot", "StructElem", "MCR", "Metadata", "ObjStm", "XRef"}
)
_TOLERANCE = 1.0
"""Points a page may differ in width."""


def structure(book: pikepdf.Pdf, data: bytes, original: Source) -> list[Issue]:
    """Everything in the file that a redacted file of ours does not have."""
    return [*_file(book, data), *_metadata(book), *_objects(book), *_pages(book, original)]


def _file(book: pikepdf.Pdf, data: bytes) -> Iterator[Issue]:
    if book.is_encrypted:
        yield Issue("encrypted", "文件被加密")
    if data.count(b"startxref") != 1 or not data.rstrip().endswith(b"%%EOF"):
        yield Issue("revisions", "文件内保存有旧版本，或文件末尾附有其他数据")
    yield from _beyond("文件", book.trailer, _TRAILER)
    yield from _beyond("目录", book.Root, _CATALOG)


def _beyond(what: str, held: Any, allowed: frozenset[str]) -> Iterator[Issue]:
    for key in sorted(set(held.keys()) - allowed):
        yield Issue("structure", f"{what}中有不应存在的内容（{key}）")


def _metadata(book: pikepdf.Pdf) -> Iterator[Issue]:
    for key, value in book.docinfo.items():
        if key not in _INFO or not _INFO[key].fullmatch(str(value)):
            yield Issue("metadata", f"文档属性未清除（{key}）")
    if "/Metadata" in book.Root:
        root = parse_xml(bytes(book.Root.Metadata.read_bytes()))
        values = [value for node in root.iter(etree.Element) for value in _values(node)]
        if not all(_XMP.fullmatch(value.strip()) for value in values):
            yield Issue("metadata", "文档属性未清除（XMP）")


def _values(node: etree._Element) -> list[str]:
    attributes = [
        str(value) for key, value in node.attrib.items() if not str(key).endswith(("}about", "}xmptk"))
    ]
    return [node.text or "", node.tail or "", *attributes]


def _objects(book: pikepdf.Pdf) -> Iterator[Issue]:
    for item in book.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        kind = str(item.get("/Type", ""))[1:]
        if kind and kind not in _TYPES:
            yield Issue("structure", f"文件中有不应存在的对象（{kind}）")
        if (
            "/JS" in item
            or "/EF" in item
            or "/OC" in item
            or "/AA" in item
            or ("/A" in item and kind != "StructElem")
        ):
            yield Issue("structure", "文件中有脚本、附件、图层或动作")


def _pages(book: pikepdf.Pdf, original: Source) -> Iterator[Issue]:
    if len(book.pages) != original.page_count:
        yield Issue("pages", f"页数不一致：原件{original.page_count}页，生成{len(book.pages)}页")
        return
    for number, (page, (width, height)) in enumerate(zip(book.pages, original.sizes, strict=True), start=1):
        for issue in (
            *_beyond("页面", page, _PAGE),
            *_beyond("页面资源", page.get("/Resources", {}), _RESOURCES),
        ):
            yield Issue(issue.code, issue.message, number)
        left, bottom, right, top = (float(side) for side in page.MediaBox)
        if left or bottom or abs(right - width) > _TOLERANCE or top < height - _TOLERANCE:
            yield Issue("pages", "页面尺寸与原件不一致", number)
        if len(list(dict(page.Resources.get("/XObject", {})).values())) != 1:
            yield Issue("structure", "页面应当只有一幅图像", number)
