"""文件 · 版本 · 附件 · 审查记录 · 下线记录."""

from gongkai.disclosure.models.documents import HAS_VALIDITY, ON_LISTS, Document, DocumentQuerySet
from gongkai.disclosure.models.editions import Attachment, Edition
from gongkai.disclosure.models.procedure import Departure, Review

__all__ = [
    "HAS_VALIDITY",
    "ON_LISTS",
    "Attachment",
    "Departure",
    "Document",
    "DocumentQuerySet",
    "Edition",
    "Review",
]
