"""What the reader says when it refuses: a code for programs, a Chinese sentence with the remedy for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gongkai.redaction.errors import RedactionError

_SAVE_AS = "请在 Word、WPS 中打开，取消密码后另存为 .docx 再上传。"

MESSAGES = {
    "empty": "文件是空的。请重新选择文件。",
    "too_large": "文件过大。请压缩图片或拆分文件后再上传。",
    "unsupported": "不支持这种文件格式。请上传 DOCX、有文字层的 PDF、网页（HTML）或纯文本（TXT）文件。",
    "old_office": (
        "这是旧版格式（.doc、.xls、.ppt 或 .wps）。请在 Word、WPS 中打开，"
        "点“文件—另存为”，保存类型选“Word 文档（*.docx）”后再上传。"
    ),
    "encrypted_pdf": "PDF 设有打开密码。请先取消密码保护再上传。",
    "encrypted_office": f"文件设有打开密码。{_SAVE_AS}",
    "broken_pdf": "PDF 文件已损坏，无法读取。请重新导出后再上传。",
    "broken_office": "文件已损坏，或不是有效的 Office 文件。请在 Word、WPS 中打开后另存为新文件再上传。",
    "broken_text": "无法辨认文字的编码。请用记事本打开，另存时编码选“UTF-8”后再上传。",
    "hostile": "文件结构异常（含有实体展开、压缩炸弹或嵌套过深），已拒绝读取。请重新导出后再上传。",
    "scanned": (
        "这份 PDF 只有扫描图像，没有文字层，读不出正文。请上传制作它的 Word 文件；"
        "没有的，请先做文字识别（OCR）并校对后再上传，扫描件可作为附件。"
    ),
    "no_text": "文件里没有文字。请确认上传的是正确的文件。",
    "too_many_pages": "页数过多。请拆分成几个文件，或作为附件上传。",
    "too_complex": "文件内容过于复杂。请拆分后再上传，或作为附件上传。",
}
"""Reason code → message with its remedy."""


class DraftingError(Exception):
    """The file cannot be read. ``reason`` is one of the keys of ``MESSAGES``."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(f"{detail}{MESSAGES[reason]}")


@contextmanager
def as_drafting_errors() -> Iterator[None]:
    """Refusals of the shared readers of archives and PDF files, in the words of this package."""
    try:
        yield
    except RedactionError as error:
        reason = error.reason if error.reason in MESSAGES else "too_complex"
        raise DraftingError(reason, error.detail) from error
    except RecursionError as error:
        raise DraftingError("hostile") from error
