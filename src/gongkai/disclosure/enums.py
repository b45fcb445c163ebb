"""Kinds of documents and states of editions."""

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    """What a document is; the first two are counted in table 2 (条例 art. 20(1))."""

    RULE = "rule", "规章"
    NORMATIVE = "normative", "行政规范性文件"
    OTHER_POLICY = "policy", "其他政策文件"
    INTERPRETATION = "interpretation", "政策解读"
    NOTICE = "notice", "通知公告"
    NEWS = "news", "工作动态"
    BUDGET = "budget", "预算决算"
    STATISTICS = "statistics", "统计信息"
    SERVICE = "service", "办事服务"
    OTHER = "other", "其他"


class Attribute(TextChoices):
    """Disclosure attribute decided at the source (条例 arts. 13–17)."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class EditionState(TextChoices):
    """The life of an edition."""

    DRAFT = "draft", "草稿"
    IN_REVIEW = "in_review", "审核中"
    APPROVED = "approved", "已签发"
    PUBLISHED = "published", "已发布"
    SUPERSEDED = "superseded", "已被新版替代"
    WITHDRAWN = "withdrawn", "已撤下"


class Ending(TextChoices):
    """How a document ceased to be in force."""

    REPEALED = "repealed", "废止"
    LAPSED = "lapsed", "失效"


EDITION_MOVES: dict[str, frozenset[str]] = {
    EditionState.DRAFT: frozenset({EditionState.IN_REVIEW, EditionState.APPROVED, EditionState.PUBLISHED}),
    EditionState.IN_REVIEW: frozenset({EditionState.DRAFT, EditionState.APPROVED, EditionState.PUBLISHED}),
    EditionState.APPROVED: frozenset({EditionState.DRAFT, EditionState.PUBLISHED}),
    EditionState.PUBLISHED: frozenset({EditionState.SUPERSEDED, EditionState.WITHDRAWN}),
    EditionState.SUPERSEDED: frozenset(),
    EditionState.WITHDRAWN: frozenset(),
}
"""Which state may follow which."""

IN_PREPARATION = frozenset({EditionState.DRAFT, EditionState.IN_REVIEW, EditionState.APPROVED})
"""An edition that is not yet public; a document has at most one."""
