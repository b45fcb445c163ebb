"""What a body settles for its publishing, the words it watches for; lists handed to archive and library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.console.access import (
    officer_of,
    overseen_one,
    reach,
    reach_one,
    require_administration,
)
from gongkai.console.document_tabs import TABS
from gongkai.console.export import MEDIA_TYPE
from gongkai.console.forms import publishing as forms
from gongkai.console.hand_over_sheets import as_pdf, as_xlsx
from gongkai.console.once import submit_once
from gongkai.console.pages import Adding, adding, crumbs, page_view, record_table, show_form
from gongkai.console.performing import perform
from gongkai.console.records import Column
from gongkai.disclosure import acts
from gongkai.disclosure.models import HandOver, WatchWord
from gongkai.disclosure.procedure import rules_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.organisations.models import Body

RULES = (
    "legal_kinds",
    "interpretation_kinds",
    "interpretation_workdays",
    "reassessment_months",
    "return_reasons",
)


def _way(body: Body) -> list[tuple[str, str]]:
    return [
        ("机关", reverse("console:bodies")),
        (body.display_name, reverse("console:body", args=[body.pk])),
    ]


@page_view
def publishing_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Which kinds pass the check of legality, the terms, the ready-made reasons; below them the words."""
    body = overseen_one(request, pk)
    require_administration(request, body)
    rules = rules_of(body)
    initial = {name: getattr(rules, name) for name in RULES}
    form = forms.RulesForm(request.POST if request.method == "POST" else None, initial=initial)

    def act() -> str:
        acts.settle_publishing(body=body, actor=officer_of(request), at=timezone.now(), **form.arguments())
        return reverse("console:publishing_rules", args=[body.pk])

    if form.is_valid() and (answer := submit_once(request, form, act, "发布规则已保存")):
        return answer
    return show_form(
        request,
        form,
        title="发布规则",
        back=reverse("console:body", args=[body.pk]),
        way=_way(body),
        template="console/documents/rules.html",
        body=body,
        words=body.watch_words.all(),
    )


@page_view
def word_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Watch for a word."""
    body = overseen_one(request, pk)
    require_administration(request, body)
    form = forms.WordForm(request.POST if request.method == "POST" else None)
    back = reverse("console:publishing_rules", args=[body.pk])

    def act() -> str:
        acts.watch_word(body=body, actor=officer_of(request), at=timezone.now(), **form.arguments())
        return back

    if form.is_valid() and (answer := submit_once(request, form, act, "词语已加入")):
        return answer
    return show_form(
        request,
        form,
        title="添加敏感词或易错词",
        back=back,
        way=[*_way(body), ("发布规则", back)],
        about=("适用于本机关及下级机关：草稿中出现时提示，改正或说明理由后才能发布。",),
    )


@login_required
@require_POST
def word_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Watch for it no longer."""
    word = WatchWord.objects.filter(pk=pk).select_related("body").first()
    if word is None:
        raise Http404
    body = overseen_one(request, word.body_id)
    require_administration(request, body)
    act = lambda: acts.forget_word(word=word, actor=officer_of(request), at=timezone.now())  # noqa: E731
    perform(request, act, "词语已移除")
    return redirect(reverse("console:publishing_rules", args=[body.pk]))


# Archive and library --------------------------------------------------------------------------------------

HAND_OVERS = (
    Column("清单", str, link=lambda row: reverse("console:hand_over_list", args=[row.pk])),
    Column("机关", lambda row: row.body.display_name),
    Column("截止时间", lambda row: row.until, mark=lambda _: "due"),
    Column("件数", lambda row: len(row.lines), is_number=True),
    Column("经办人", lambda row: row.by or "系统"),
)


@login_required
@require_safe
def hand_over_lists(request: HttpRequest) -> HttpResponse:
    """What was handed over so far."""
    rows = reach(request, HandOver).select_related("body", "by")[:100]
    context = {
        "title": "移交清单",
        "tabs": [(reverse(f"console:{name}"), label, name == "hand_over_lists") for name, label in TABS],
        "tables": [
            record_table(
                "lists", "向档案馆、图书馆移交（条例第二十五条）", rows, HAND_OVERS, empty="还没有办理移交。"
            )
        ],
        "additions": [("办理移交", reverse("console:hand_over_list_add"))],
        "crumbs": crumbs(("文件", reverse("console:documents")), ("移交清单", "")),
    }
    return render(request, "console/records/tables.html", context)


hand_over_list_add = adding(
    Adding(
        "办理移交",
        forms.HandOverForm,
        lambda request, data: acts.hand_over(actor=officer_of(request), at=timezone.now(), **data),
        "移交清单已生成",
        "移交清单",
        "hand_over_lists",
        then=lambda row: reverse("console:hand_over_list", args=[row.pk]),
        button="生成清单",
        about=("清单列出上次移交以后主动公开的文件，生成后固定不变。",),
    )
)
LINES = (
    Column("索引号", lambda line: line["index_number"]),
    Column("名称", lambda line: line["title"]),
    Column("文号", lambda line: line["document_number"]),
    Column("成文日期", lambda line: line["made_on"]),
    Column("公开日期", lambda line: line["published_on"]),
)


@login_required
@require_safe
def hand_over_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list, as it was frozen."""
    row = reach_one(request, HandOver, pk, "by")
    context: dict[str, Any] = {
        "title": str(row),
        "tables": [
            record_table(
                "lines",
                f"共{len(row.lines)}件（显示前500件）"
                if len(row.lines) > MOST_SHOWN
                else f"共{len(row.lines)}件",
                row.lines[:MOST_SHOWN],
                LINES,
                empty="清单是空的。",
            )
        ],
        "additions": [
            ("下载XLSX", reverse("console:hand_over_list_file", args=[row.pk, "xlsx"])),
            ("下载PDF", reverse("console:hand_over_list_file", args=[row.pk, "pdf"])),
        ],
        "crumbs": crumbs(("移交清单", reverse("console:hand_over_lists")), (str(row), "")),
    }
    return render(request, "console/records/tables.html", context)


MOST_SHOWN = 500
MAKERS = {"xlsx": (as_xlsx, MEDIA_TYPE), "pdf": (as_pdf, "application/pdf")}


@login_required
@require_safe
def hand_over_list_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The list to take along. 404 for another format."""
    row = reach_one(request, HandOver, pk, "by")
    if form not in MAKERS:
        raise Http404
    make, media_type = MAKERS[form]
    response = HttpResponse(make(row), content_type=media_type)
    name = f"{row.body.display_name}{row}.{form}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
