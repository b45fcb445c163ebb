"""A file, or what was pasted, as a draft."""

from __future__ import annotations

from gongkai.drafting import docx_read, pdf_read, plain
from gongkai.drafting.errors import DraftingError, as_drafting_errors
from gongkai.drafting.finishing import finished
from gongkai.drafting.model import Drafted, Kind, Remark
from gongkai.drafting.opening import LIMITS, decoded, kind_of
from gongkai.drafting.pasted import Reader
from gongkai.redaction.limits import Limits

_LONGEST_PASTE = 10_000_000
_SAID = {
    "deleted": "修订：删除的文字{}处，未带入",
    "comments": "批注{}处，未带入",
    "hidden": "隐藏内容{}处，未带入",
    "white": "白色文字{}处（看不见），未带入",
    "active": "脚本、视频、嵌入网页等{}处，未带入",
    "links": "不能在本站使用的链接{}处，只保留其文字",
}


def read_document(name: str, content: bytes, *, limits: Limits = LIMITS) -> Drafted:
    """A DOCX, a PDF with text, HTML or plain text as a draft. Raises ``DraftingError`` with the remedy."""
    kind = kind_of(name, content, limits)
    if kind == "docx":
        with as_drafting_errors():
            blocks, pictures, remarks = docx_read.read(content, limits)
        return finished("docx", blocks, pictures=pictures, remarks=remarks, name=name)
    if kind == "pdf":
        with as_drafting_errors():
            blocks, remarks = pdf_read.read(content, limits)
        return finished("pdf", blocks, remarks=remarks, name=name)
    if kind == "html":
        return _of_html(decoded(content), name, limits)
    if kind == "text":
        return finished("text", plain.read(decoded(content)), name=name)
    raise DraftingError("unsupported")


def clean_pasted(text: str, *, limits: Limits = LIMITS) -> Drafted:
    """HTML from the clipboard, or plain text, as a draft. Raises ``DraftingError``."""
    if len(text) > _LONGEST_PASTE:
        raise DraftingError("too_large", f"粘贴的内容超过{_LONGEST_PASTE // 10000}万字符。")
    if "<" not in text:
        return finished("text", plain.read(text))
    return _of_html(text, "", limits)


def _of_html(text: str, name: str, limits: Limits) -> Drafted:
    reader = Reader(limits)
    kind: Kind = "html"
    with as_drafting_errors():
        blocks = reader.read(text)
    remarks = [
        Remark(key, message.format(reader.seen[key])) for key, message in _SAID.items() if reader.seen[key]
    ]
    return finished(kind, blocks, pictures=reader.pictures, remarks=[*remarks, *reader.remarks], name=name)
