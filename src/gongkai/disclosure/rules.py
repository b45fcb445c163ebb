"""Rules shared by the acts on documents."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from gongkai.core.errors import Obstacle
from gongkai.disclosure.enums import EDITION_MOVES, DocumentKind, EditionState
from gongkai.disclosure.models import Document, Edition
from gongkai.organisations.models import Body
from gongkai.organisations.rules import why_years_closed

COUNTED_KINDS = frozenset({DocumentKind.RULE, DocumentKind.NORMATIVE})
"""Kinds whose stock table 2 tells at the end of every year, so that a late entry changes all later reports."""

TITLE_LENGTH = 300


def years_touched(kind: str, year: int) -> range:
    """The years whose reports an entry for ``year`` changes: that year, and for the counted kinds every later one."""
    last = timezone.localdate().year if kind in COUNTED_KINDS else year
    return range(year, last + 1)


def why_reports_closed(body: Body, kind: str, year: int, amendment: str) -> list[Obstacle]:
    """The obstacles when an entry for ``year`` would change published reports."""
    return why_years_closed(body, years_touched(kind, year), amendment)


def why_not_titled(title: str) -> list[Obstacle]:
    """A document has a title that fits."""
    if not title.strip():
        return [Obstacle("no_title", "名称不能为空", "请填写文件名称", "title")]
    if len(title.strip()) > TITLE_LENGTH:
        return [Obstacle("long_title", f"名称超过{TITLE_LENGTH}个字", "请缩短名称，其余写入正文", "title")]
    return []


def why_not_dated(made_on: dt.date, at: dt.datetime) -> list[Obstacle]:
    """A document is not made in the future."""
    if made_on <= timezone.localdate(at):
        return []
    message = f"成文日期（{made_on}）晚于登记或公开日期（{timezone.localdate(at)}）"
    return [Obstacle("made_later", message, "请核对成文日期", "made_on")]


def why_not_at(at: dt.datetime) -> list[Obstacle]:
    """A time of publication is not in the future: it is the system's own, never typed in."""
    if at <= timezone.now():
        return []
    return [Obstacle("future", "公开时间晚于当前时间", "公开时间由系统记录，请勿填写", "at")]


def why_number_taken(body: Body, document_number: str) -> list[Obstacle]:
    """A document number (文号) names one document of a body."""
    if (
        not document_number
        or not Document.objects.filter(body=body, document_number=document_number).exists()
    ):
        return []
    message = f"文号“{document_number}”已经登记"
    return [Obstacle("number_taken", message, "如系同一文件，请为其增加新版本", "document_number")]


def why_not_move(edition: Edition, state: EditionState) -> list[Obstacle]:
    """The obstacle when an edition in its state cannot become ``state``."""
    if state in EDITION_MOVES[edition.state]:
        return []
    message = f"版本目前为“{edition.get_state_display()}”，不能变为“{state.label}”"
    return [Obstacle("state", message, "请刷新页面查看最新状态")]
