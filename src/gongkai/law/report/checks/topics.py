"""What claims are called when spoken of to people."""

from __future__ import annotations

TOPICS = {
    "received": "收到申请",
    "answered": "答复申请",
    "handled": "办理申请",
    "carried_in": "上年结转",
    "carried_out": "结转下年度",
    "granted": "予以公开",
    "granted_and_partial": "予以公开和部分公开",
    "partial": "部分公开",
    "denied": "不予公开",
    "unable": "无法提供",
    "rejected": "不予处理",
    "other": "其他处理",
    "review": "行政复议",
    "litigation": "行政诉讼",
    "direct": "未经复议直接起诉",
    "after_review": "复议后起诉",
    "disputes": "行政复议和行政诉讼",
    "licence": "行政许可",
    "penalty": "行政处罚",
    "coercion": "行政强制",
    "fee": "行政事业性收费",
    "made": "制发规范性文件",
    "in_force": "现行有效规范性文件",
}
"""The topics of claims in words; a single row of table 3 has none and is called 分项."""

RESULT_TOPICS = ("granted", "granted_and_partial", "partial", "denied", "unable", "rejected", "other")
"""The topics that are kinds of results, as 总体情况 usually lists them."""
