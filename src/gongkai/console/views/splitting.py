"""Splitting an application, merging another into it, answering anew what was closed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from gongkai.console.access import officer_of
from gongkai.console.forms.work import MergeForm, ReopenForm, SplitForm
from gongkai.console.pages import Acting, acting
from gongkai.console.views.letters import case_way
from gongkai.foi import acts
from gongkai.foi.models import Request


def _doing(title: str, form: Any, act: Any, done: str, about: str, **more: Any) -> Any:
    return acting(
        Acting(
            title=title,
            model=Request,
            form=form,
            act=lambda request, row, data: act(
                request=row, actor=officer_of(request), at=timezone.now(), **data
            ),
            done=done,
            back=lambda row: reverse("console:request", args=[row.pk]),
            way=case_way,
            about=lambda row: (f"{row.number}　{row.subject}", about),
            related=("applicant", "parent", "reopens"),
            button=title,
            **more,
        )
    )


request_split = _doing(
    "拆分申请",
    SplitForm,
    acts.split_request,
    "已拆分，各项分别办理",
    "一份申请有多项内容的，拆分后各项分别编号、答复、统计；原申请保留，不再单独统计。",
)
request_merge = _doing(
    "合并申请",
    MergeForm,
    acts.merge_requests,
    "已合并，由本件一并答复",
    "同一申请人就同一内容重复提交的，并入先收到的一件办理，答复期限从先收到的起算。",
    fitted=lambda row: {"case": row},
)
request_reopen = _doing(
    "重新办理",
    ReopenForm,
    acts.reopen_request,
    "已重新办理，编号见经过",
    "原答复和办结日期保留不变；重新办理另编号、另计期限，不重复统计。",
)
