"""The sister lists of documents."""

from __future__ import annotations

TABS = (
    ("documents", "文件"),
    ("document_work", "发布办理"),
    ("interpretations", "解读监测"),
    ("faults", "公开内容复查"),
    ("deliveries", "发布记录"),
    ("channels", "发布渠道"),
    ("catalogues", "目录与重点领域"),
    ("guides", "公开指南"),
    ("hand_over_lists", "移交清单"),
    ("imports", "批量导入"),
)
