"""What the engine says when it refuses: a code for programs, a Chinese sentence with the remedy for people."""

from __future__ import annotations

_AS_PDF = "请在 Word、WPS 中打开，另存为（导出）PDF 后上传。"

MESSAGES = {
    "empty": "文件是空的。请重新选择要遮盖的文件。",
    "too_large": "文件过大。请压缩图片或拆分文件后再上传。",
    "unsupported": "不支持这种文件格式。请上传 PDF、图片（PNG、JPEG、TIFF、BMP、GIF、WEBP）、DOCX 或 XLSX 文件。",
    "old_office": f"这是旧版 Office 格式（.doc、.xls 或 .wps）。{_AS_PDF}",
    "encrypted_pdf": "PDF 设有打开密码。请先取消密码保护再上传。",
    "encrypted_office": "文件设有打开密码。请在 Word、WPS 中取消密码后另存再上传。",
    "broken_pdf": "PDF 文件已损坏，无法读取。请重新导出，或打印为 PDF 后再上传。",
    "broken_office": "文件已损坏，或不是有效的 DOCX、XLSX 文件。请在 Word、WPS 中打开后另存为新文件再上传。",
    "broken_image": "图片已损坏，无法读取。请重新扫描或另存为 PNG、JPEG 后再上传。",
    "hostile": "文件结构异常（含有实体展开、压缩炸弹或嵌套过深），已拒绝读取。请重新导出后再上传。",
    "no_pages": "文件没有任何页面。请确认上传的是正确的文件。",
    "too_many_pages": "页数过多。请拆分成几个文件，分别遮盖。",
    "page_too_large": "页面尺寸过大，无法按所需清晰度重新生成。请缩小页面或降低扫描分辨率后再上传。",
    "too_complex": "页面内容过于复杂。请打印为 PDF 或扫描后再上传。",
    "not_renderable": f"文件中有本系统不能如实呈现的内容。{_AS_PDF}",
    "nothing_to_show": "表格中没有可以呈现的内容（全部为空或被隐藏）。请核对文件；隐藏内容须先取消隐藏。",
    "no_font": (
        "这台机器上没有中文字体，无法生成文件。请先安装字体："
        "Debian/Ubuntu 用 apt-get install fonts-noto-cjk，RHEL/openEuler 用 dnf install google-noto-sans-cjk-ttc-fonts。"
    ),
    "bad_mark": "遮盖框有误。请重新标注：框须在页面之内，宽和高大于零，并选定遮盖依据。",
    "no_marks": "还没有标注任何遮盖处。请先标注，或按全部公开办理。",
    "too_many_marks": "遮盖框过多。请合并相邻的遮盖框，或整页不予公开。",
}
"""Reason code → message with its remedy."""


class RedactionError(Exception):
    """The file or the marks cannot be worked with. ``reason`` is one of the keys of ``MESSAGES``."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(f"{detail}{MESSAGES[reason]}")
