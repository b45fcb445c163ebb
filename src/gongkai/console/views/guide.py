"""The guide to disclosure of a body: its sections, what the body adds in its own words, and what stood there before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from gongkai.console.access import bodies_for, officer_of, require
from gongkai.console.document_tabs import TABS
from gongkai.console.forms.publishing import GuideForm
from gongkai.console.once import submit_once
from gongkai.console.pages import crumbs, page_view, record_table, show_form
from gongkai.console.records import Column
from gongkai.disclosure import acts
from gongkai.disclosure.enums import GuideSection
from gongkai.disclosure.guarding import plain_of
from gongkai.disclosure.html import clean_text
from gongkai.disclosure.intake import pasted
from gongkai.disclosure.models import GuideText
from gongkai.disclosure.queries import guide_texts
from gongkai.organisations.rules import Permission, may

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.organisations.models import Body

LONGEST_SHOWN = 80
MOST_SHOWN = 100
GENERATED = {
    GuideSection.CLASSES: "自动列出主动公开的事项、采用的标准目录、索引号",
    GuideSection.ACCESS: "自动列出各栏目的入口和内设机构",
    GuideSection.OFFICE: "自动列出机关资料中的工作机构、地址、时间、电话",
    GuideSection.REQUESTS: "自动列出申请的途径和答复期限",
    GuideSection.REMEDIES: "自动列出投诉、举报和行政复议的途径",
}


def _shortened(text: str) -> str:
    plain = " ".join(plain_of(text).split())
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}……"


@login_required
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """The bodies of the officer, each with its guide."""
    bodies = list(bodies_for(request).filter(is_active=True))
    latest: dict[int, GuideText] = {}
    for row in GuideText.objects.filter(body__in=bodies).select_related("by").order_by("at", "pk"):
        latest[row.body_id] = row
    columns = (
        Column(
            "机关", lambda row: row.display_name, link=lambda row: reverse("console:guide", args=[row.pk])
        ),
        Column(
            "补充内容最近修改",
            lambda row: latest[row.pk].at if row.pk in latest else "",
            mark=lambda _: "due",
        ),
        Column("修改人", lambda row: (latest[row.pk].by or "系统") if row.pk in latest else ""),
    )
    context = {
        "title": "公开指南",
        "tabs": [(reverse(f"console:{name}"), label, name == "guides") for name, label in TABS],
        "tables": [
            record_table("bodies", "各机关的政府信息公开指南", bodies, columns, empty="没有可以查看的机关。")
        ],
        "additions": [],
        "crumbs": crumbs(("文件", reverse("console:documents")), ("公开指南", "")),
    }
    return render(request, "console/records/tables.html", context)


def _body(request: HttpRequest, pk: int) -> Body:
    body = bodies_for(request).filter(pk=pk).first()
    if body is None:
        raise Http404
    return body


@login_required
@require_safe
def guide(request: HttpRequest, pk: int) -> HttpResponse:
    """Section by section: what is made from the data, what the body adds; then everything that stood there before."""
    body = _body(request, pk)
    texts = guide_texts(body)
    may_write = may(officer_of(request), Permission.APPROVE, body, timezone.localdate())
    sections = (
        Column(
            "部分",
            lambda one: one.label,
            link=lambda one: reverse("console:guide_write", args=[body.pk, one.value]) if may_write else "",
        ),
        Column("由系统生成的内容", lambda one: GENERATED[one]),
        Column("本机关的补充", lambda one: _shortened(texts[one].text) if one in texts else ""),
        Column("修改时间", lambda one: texts[one].at if one in texts else "", mark=lambda _: "due"),
    )
    history = (
        Column("时间", lambda row: row.at, mark=lambda _: "due"),
        Column("部分", lambda row: row.get_section_display()),
        Column("修改人", lambda row: row.by or "系统"),
        Column("内容", lambda row: _shortened(row.text) or "（删去补充内容）"),
    )
    rows = GuideText.objects.filter(body=body).select_related("by")[:MOST_SHOWN]
    context = {
        "title": f"{body.display_name}公开指南",
        "tables": [
            record_table("sections", "各部分（点名称修改补充内容）", list(GuideSection), sections, empty=""),
            record_table("history", "修改记录", rows, history, empty="还没有补充内容。"),
        ],
        "additions": [("查看公开页面", reverse("portal:guide", args=[body.slug]))],
        "crumbs": crumbs(*_way(body)[:1], (body.display_name, "")),
    }
    return render(request, "console/records/tables.html", context)


def _way(body: Body) -> list[tuple[str, str]]:
    return [
        ("公开指南", reverse("console:guides")),
        (body.display_name, reverse("console:guide", args=[body.pk])),
    ]


@page_view
def guide_write(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Say it in one section; what stood there before stays in the history."""
    body = _body(request, pk)
    require(request, Permission.APPROVE, body)
    if section not in GuideSection.values:
        raise Http404
    label, now = GuideSection(section).label, guide_texts(body).get(section)
    initial = {"text": now.text if now else "", "seen": now.pk if now else 0}
    form = GuideForm(request.POST if request.method == "POST" else None, initial=initial, body=body)
    back = reverse("console:guide", args=[body.pk])

    def act() -> str:
        data: dict[str, Any] = form.arguments()
        acts.write_guide(
            body=body,
            section=section,
            actor=officer_of(request),
            at=timezone.now(),
            **(data | {"text": pasted(data["text"])}),
        )
        return back

    if form.is_valid() and (answer := submit_once(request, form, act, "公开指南已更新")):
        return answer
    return show_form(
        request,
        form,
        title=f"公开指南：{label}",
        back=back,
        way=_way(body),
        about=(
            f"{GENERATED[GuideSection(section)]}；您写的内容列在其后，保存后立即公开，原内容留在修改记录中。",
        ),
        preview=mark_safe(clean_text(now.text)) if now else "",  # noqa: S308 - sanitised
    )
