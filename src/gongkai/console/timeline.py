"""The record of what was done, in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from gongkai.audit.models import Entry

if TYPE_CHECKING:
    from django.db import models

VERBS = {
    "reports.open": "建立年报",
    "reports.set_section_text": "修改正文",
    "reports.adjust": "调整数据",
    "reports.remove_adjustment": "撤销数据调整",
    "reports.submit": "校核并送审",
    "reports.return": "退回草稿",
    "reports.approve": "审签",
    "reports.publish": "公布，本年度记录锁定",
    "reports.start_correction": "发起更正",
    "reports.note_problem": "登记问题与措施",
    "reports.follow_up": "登记落实情况",
    "reports.remove_problem": "删除问题与措施",
}


class Happened(NamedTuple):
    """One line of a timeline."""

    at: dt.datetime
    text: str
    who: str
    state: str = ""


def timeline_of(target: models.Model, limit: int = 40) -> list[Happened]:
    """What was recorded about one thing, newest first."""
    label = target._meta.label_lower  # noqa: SLF001 - Django's documented interface
    entries = Entry.objects.filter(target_type=label, target_id=str(target.pk)).order_by("-sequence")[:limit]
    return [_happened(entry) for entry in entries]


def _happened(entry: Entry) -> Happened:
    words = VERBS.get(entry.verb, entry.verb)
    reason = f"：{entry.reason}" if entry.reason else ""
    return Happened(timezone.localtime(entry.at), f"{words}{reason}", entry.actor_name)
