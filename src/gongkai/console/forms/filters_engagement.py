"""How the lists of consultations, opinions, concerns, questions and letters are narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters as filters
from django.utils import timezone

from gongkai.console.forms.filters import Narrowing, YearFilter, choice
from gongkai.engagement.enums import CommentState, FaqState, LetterState, Severity

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ConsultationFilter(Narrowing):
    """By year and whether the answer is out."""

    q = filters.CharFilter(field_name="title", lookup_expr="icontains", label="主题")
    year = YearFilter("opens_on", "开始年度")
    state = choice(
        "closes_on",
        "状态",
        [
            ("prepared", "待签发"),
            ("open", "征集中"),
            ("waiting", "已截止，待公布采纳情况"),
            ("answered", "已公布采纳情况"),
        ],
        method="by_state",
    )

    def by_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        """By today's date."""
        if state == "answered":
            return rows.filter(feedback_published_on__isnull=False)
        if state == "prepared":
            return rows.filter(released_at__isnull=True)
        rows = rows.filter(feedback_published_on__isnull=True, released_at__isnull=False)
        today = timezone.localdate()
        return rows.filter(closes_on__gte=today) if state == "open" else rows.filter(closes_on__lt=today)


class ConcernFilter(Narrowing):
    """By year, severity and whether it is answered."""

    year = YearFilter("arose_at", "发现年度")
    severity = choice("severity", "类别", Severity.choices)
    state = choice("answered_at", "状态", [("open", "未回应"), ("answered", "已回应")], method="by_state")

    def by_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        """Answered or not."""
        return rows.filter(answered_at__isnull=state == "open")


class CommentFilter(Narrowing):
    """By consultation, state and words."""

    body_path = "consultation__body"

    q = filters.CharFilter(field_name="text", lookup_expr="icontains", label="意见内容")
    topic = filters.CharFilter(field_name="consultation__title", lookup_expr="icontains", label="征集主题")
    state = choice("state", "状态", CommentState.choices)
    year = YearFilter("received_at", "收到年度")


class FaqFilter(Narrowing):
    """By topic, words and state."""

    q = filters.CharFilter(field_name="question", lookup_expr="icontains", label="问题")
    topic = filters.CharFilter(field_name="topic", lookup_expr="icontains", label="专题")
    state = choice("state", "状态", FaqState.choices)


class MailboxFilter(Narrowing):
    """By number, state and year."""

    q = filters.CharFilter(field_name="subject", lookup_expr="icontains", label="标题")
    number = filters.CharFilter(field_name="number", lookup_expr="iexact", label="编号")
    state = choice("state", "状态", LetterState.choices)
    year = YearFilter("received_at", "收到年度")
