"""The sister lists of documents."""

from __future__ import annotations

TABS = (
    ("documents", "文件"),
    ("deliveries", "发布记录"),
    ("channels", "发布渠道"),
    ("catalogues", "目录与重点领域"),
)
