"""Why traces cannot be taken out of a file."""

from __future__ import annotations

MESSAGES = {
    "unsupported": "系统不能清除这种文件的属性信息。请另存为 DOCX、XLSX、PPTX、PDF、JPEG 或 PNG 后重新上传。",
    "broken_picture": "图片已损坏，无法清除拍摄信息。请另存为 PNG、JPEG 后重新上传。",
    "broken_office": "文件已损坏，无法清除属性信息。请在 Word、WPS 中打开后另存为新文件再上传。",
    "broken_pdf": "PDF 已损坏，无法清除属性信息。请重新导出后再上传。",
    "encrypted": "文件设有密码，无法清除属性信息。请先取消密码再上传。",
    "hostile": "文件结构异常，已拒绝处理。请重新导出后再上传。",
    "left_over": "清除属性信息后复查，仍有残留。请在 Word、WPS 中用“检查文档”清除后重新上传。",
}
"""Reason code → message with its remedy."""


class GuardError(Exception):
    """A file cannot be cleaned. ``reason`` is one of the keys of ``MESSAGES``."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(f"{detail}{MESSAGES[reason]}")
