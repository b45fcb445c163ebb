"""文件 · 版本 · 附件 · 审查记录 · 下线记录 · 解读方案 · 发布规则 · 公开指南 · 批量导入."""

from gongkai.disclosure.models.documents import ON_LISTS, Document, DocumentQuerySet
from gongkai.disclosure.models.duties import HandOver, InterpretationPlan, Reassessment
from gongkai.disclosure.models.editions import Attachment, Edition
from gongkai.disclosure.models.guarding import Drop, Fault, FindingOverride
from gongkai.disclosure.models.guide import GuideText
from gongkai.disclosure.models.importing import ImportedSource, ImportJob, ImportProblem
from gongkai.disclosure.models.procedure import Departure, Review
from gongkai.disclosure.models.procedure_settings import PublishingRules, WatchWord

__all__ = [
    "ON_LISTS",
    "Attachment",
    "Departure",
    "Document",
    "DocumentQuerySet",
    "Drop",
    "Edition",
    "Fault",
    "FindingOverride",
    "GuideText",
    "HandOver",
    "ImportJob",
    "ImportProblem",
    "ImportedSource",
    "InterpretationPlan",
    "PublishingRules",
    "Reassessment",
    "Review",
    "WatchWord",
]
