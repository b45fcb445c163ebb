"""What a PDF holds beside its visible pages. The officer should know of it; none of it reaches the result."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

from gongkai.redaction.model import Finding

_DEEPEST = 12
_MARKUP = {
    "/Text": "批注",
    "/FreeText": "文字框批注",
    "/Highlight": "突出显示",
    "/Underline": "下划线标注",
    "/StrikeOut": "删除线标注",
    "/Squiggly": "波浪线标注",
    "/Ink": "手写标注",
    "/Stamp": "图章标注",
    "/Redact": "未执行的密文标记",
    "/FileAttachment": "页内附件",
    "/Widget": "表单控件",
    "/Link": "链接",
}


def findings_of(book: pikepdf.Pdf, data: bytes) -> tuple[Finding, ...]:
    """Everything of note, the whole file first and then page by page."""
    return (*_of_file(book, data), *_of_pages(book))


def _of_file(book: pikepdf.Pdf, data: bytes) -> Iterator[Finding]:
    root = book.Root
    named = [str(key)[1:] for key, value in book.docinfo.items() if str(value).strip()]
    if named or "/Metadata" in root:
        yield Finding("metadata", f"文档属性（{'、'.join(sorted(named)) or 'XMP'}）", "文件")
    if earlier := revisions(data):
        yield Finding("revisions", f"文件内保存有{earlier}个旧版本，其中可能有已删除的内容", "文件")
    if count := len(book.attachments):
        yield Finding("attachments", f"嵌入附件{count}个", "文件")
    if "/Collection" in root:
        yield Finding("portfolio", "这是PDF文件包，只处理封面页；包内文件请逐个上传", "文件")
    names: Any = root.get("/Names", {})
    if "/JavaScript" in names or "/OpenAction" in root or "/AA" in root:
        yield Finding("scripts", "脚本或自动动作", "文件")
    yield from _of_form(root.get("/AcroForm"))
    if "/OCProperties" in root:
        yield Finding(
            "layers",
            f"图层{len(root.OCProperties.get('/OCGs', []))}个，其中隐藏{len(_hidden(book))}个",
            "文件",
        )
    if "/Outlines" in root:
        yield Finding("outline", "书签", "文件")


def _of_form(form: Any) -> Iterator[Finding]:
    if form is None:
        return
    if "/XFA" in form:
        yield Finding(
            "xfa", "XFA动态表单，只处理页面上显示的内容；请核对预览，必要时打印为PDF后重新上传", "文件"
        )
    fields = list(form.get("/Fields", []))
    if any(field.get("/FT") == "/Sig" for field in fields):
        yield Finding("signature", "电子签名；遮盖后的文件是新文件，原签名不随之生效", "文件")
    if fields:
        yield Finding("form", f"表单域{len(fields)}个，只保留页面上显示的内容", "文件")


def _of_pages(book: pikepdf.Pdf) -> Iterator[Finding]:
    for number, page in enumerate(book.pages, start=1):
        kinds = Counter(_MARKUP.get(str(note.get("/Subtype")), "其他标注") for note in _annotations(page))
        if kinds:
            said = "、".join(f"{kind}{count}处" for kind, count in sorted(kinds.items()))
            yield Finding("annotations", f"{said}；页面上看得见的部分随页面处理，其余不带入", f"第{number}页")
        if "/Thumb" in page:
            yield Finding("thumbnail", "页面缩略图", f"第{number}页")
        if "/PieceInfo" in page or "/Metadata" in page:
            yield Finding("private", "制作软件留下的私有数据", f"第{number}页")


def _annotations(page: Any) -> list[Any]:
    return [note for note in page.get("/Annots", []) if isinstance(note, pikepdf.Dictionary | pikepdf.Object)]


def revisions(data: bytes) -> int:
    """Earlier revisions: each save without rewriting appends a file end. A linearised file begins with one more."""
    ends = len(re.findall(rb"startxref\s+\d+\s+%%EOF", data))
    return max(0, ends - (2 if b"/Linearized" in data[:1024] else 1))


def _hidden(book: pikepdf.Pdf) -> list[tuple[int, int]]:
    """The layers that are switched off as the file opens."""
    properties = book.Root.get("/OCProperties")
    if properties is None:
        return []
    default = properties.get("/D", pikepdf.Dictionary())
    off = {layer.objgen for layer in default.get("/OFF", [])}
    if default.get("/BaseState") == "/OFF":
        on = {layer.objgen for layer in default.get("/ON", [])}
        off |= {layer.objgen for layer in properties.get("/OCGs", []) if layer.objgen not in on}
    return sorted(off)


def layered_pages(book: pikepdf.Pdf) -> frozenset[int]:
    """Pages on which something belongs to a layer, when any layer of the file is hidden."""
    if not _hidden(book):
        return frozenset()
    return frozenset(
        number for number, page in enumerate(book.pages, start=1) if _layered(page.get("/Resources"), 0)
    )


def _layered(resources: Any, depth: int) -> bool:
    if resources is None or depth > _DEEPEST:
        return depth > _DEEPEST
    if any("/Type" in held and held.Type in ("/OCG", "/OCMD") for held in _values(resources, "/Properties")):
        return True
    return any(
        "/OC" in part or _layered(part.get("/Resources"), depth + 1)
        for part in _values(resources, "/XObject")
    )


def _values(resources: Any, key: str) -> list[Any]:
    return list(dict(resources.get(key, {})).values())
