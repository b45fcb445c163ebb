"""What a reader says when a file cannot be read: a code for programs, a Chinese sentence with the remedy for people."""

from __future__ import annotations

MESSAGES = {
    "empty": "文件是空的。请确认上传或指定的是年度报告文件。",
    "unreadable": "文件打不开。",
    "binary": "文件不是文字内容，无法识别。请提供 HTML、DOCX、PDF、纯文本、XLSX 或 JSON 格式的年度报告。",
    "encoding": "文字编码无法识别。请把文件另存为 UTF-8 编码后再试。",
    "encrypted_pdf": "PDF 设有打开密码。请先取消密码保护，或提供未加密的文件。",
    "encrypted_office": "文件设有打开密码。请在 Word、WPS 中取消密码后另存，再提供该文件。",
    "scanned_pdf": "PDF 只有扫描图片，没有文字层，无法读取数字。请提供由 Word、WPS 导出的 PDF，或报告的网页、DOCX 文件。",
    "garbled_pdf": "PDF 的文字无法还原（字体没有附带文字编码），读出来是乱码。请由 Word、WPS 重新导出 PDF，或提供 DOCX、网页。",
    "broken_pdf": "PDF 文件已损坏，无法读取。请重新导出或重新下载后再试。",
    "broken_office": "文件已损坏，或不是有效的 DOCX、XLSX 文件。请在 Word、WPS 中打开后另存为新文件再试。",
    "old_office": "这是旧版 Office 格式（.doc、.xls 或 .wps）。请在 Word、WPS 中打开后另存为 DOCX 再试。",
    "image": "这是图片文件，没有可读取的文字。请提供 HTML、DOCX、PDF 或纯文本格式的年度报告。",
    "archive": "这是压缩包。请先解压，再逐个提供其中的报告文件。",
    "unsupported": "不支持这种文件格式。请提供 HTML、DOCX、PDF、纯文本、XLSX 或 JSON 格式的年度报告。",
    "too_large": "文件过大。",
    "too_many_pages": "页数过多。",
    "too_complex": "文件内容过于庞大或嵌套过深，已停止读取。请只保留年度报告本身后再试。",
    "too_slow": "读取时间过长，已停止。请另存为 DOCX 或纯文本后再试。",
    "hostile": "文件结构异常（含有实体展开或压缩炸弹），已拒绝读取。请重新导出后再试。",
    "no_report": (
        "没有找到政府信息公开工作年度报告的内容（三张统计表和六个部分都没有找到）。"
        "请确认文件是 2019 年度以后的年度报告全文；网页请保存正文页，不要保存列表页或跳转页。"
    ),
    "not_our_xlsx": "表格文件中没有找到年度报告的三张统计表。请确认提供的是年度报告的 XLSX 文件。",
    "not_our_json": "JSON 中没有年度报告的数据（需要有 table2、table3、table4 中的至少一项）。",
}
"""Reason code → message. A reader may add a detail in front of the remedy with ``detail``."""


class ReadingError(Exception):
    """The file is no annual report that can be read. ``reason`` is one of the keys of ``MESSAGES``."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(f"{MESSAGES[reason]}{detail}")
