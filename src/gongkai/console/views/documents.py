"""Documents: the list, entering one, its own page, publishing, ending, and where it appeared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from gongkai.catalogue.acts import adopt_catalogue, open_key_area
from gongkai.catalogue.models import Catalogue, KeyArea
from gongkai.channels.models import Delivery
from gongkai.console.access import bodies_to, officer_of, reach, reach_one
from gongkai.console.document_tabs import TABS
from gongkai.console.forms import documents as forms
from gongkai.console.forms.filters import DocumentFilter
from gongkai.console.offers import Offer
from gongkai.console.pages import (
    Acting,
    Adding,
    acting,
    adding,
    crumbs,
    exporting,
    listing,
    page_view,
    record_table,
)
from gongkai.console.records import Addition, Column, RecordList, docket, told
from gongkai.console.timeline import timeline_of
from gongkai.console.views.deliveries import DELIVERIES
from gongkai.disclosure import acts
from gongkai.disclosure.enums import IN_PREPARATION, EditionState
from gongkai.disclosure.models import Document, Edition
from gongkai.organisations.rules import Permission, may, why_not_permitted

if TYPE_CHECKING:
    from django.http import HttpRequest


def _to(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"console:{name}", args=[row.pk])


def _to_document(row: Any) -> str:
    return reverse("console:document", args=[row.document_id])


def document_state(row: Document) -> str:
    """Whether it is public, and whether it is still in force."""
    if row.first_published_at is None:
        return "尚未公开"
    if row.withdrawn_at is not None:
        return "已撤下"
    return f"在线（已{row.get_ended_how_display()}）" if row.ended_on else "在线"


def _day(moment: Any) -> object:
    return timezone.localdate(moment) if moment else ""


DOCUMENTS = RecordList(
    name="documents",
    title="文件",
    model=Document,
    columns=(
        Column("名称", lambda row: row.title, link=_to("document"), width=50),
        Column("类别", lambda row: row.get_kind_display()),
        Column("文号", lambda row: row.document_number, width=24),
        Column("索引号", lambda row: row.index_number, width=30),
        Column("成文日期", lambda row: row.made_on, mark=lambda _: "due"),
        Column("首次公开", lambda row: _day(row.first_published_at), mark=lambda _: "due"),
        Column("状态", document_state),
    ),
    filters=DocumentFilter,
    order=("-made_on", "-pk"),
    related=("body",),
    additions=(Addition("登记文件", "document_add"),),
    tabs=TABS,
)
LISTS = (DOCUMENTS,)
documents, documents_export = listing(DOCUMENTS), exporting(DOCUMENTS)


def _enter(request: HttpRequest, data: dict[str, Any]) -> Document:
    """The document, its first text and, when asked for, its publication: all of it or nothing."""
    actor, now = officer_of(request), timezone.now()
    text, publish = data.pop("text"), data.pop("publish", False)
    override = data.pop("override", "")
    amendment = data.get("amendment", "")
    document = acts.register_document(actor=actor, at=now, **data)
    if text.strip():
        edition = acts.add_edition(document=document, text=text, actor=actor, at=now)
        if publish:
            acts.publish_edition(edition=edition, actor=actor, at=now, amendment=amendment, override=override)
    return document


@page_view
def document_add(request: HttpRequest) -> HttpResponse:
    """Enter a document. 403 for who may enter one nowhere."""
    bodies = bodies_to(request, Permission.HANDLE)
    require_any = adding(
        Adding(
            "登记文件",
            _document_form(may_publish=bodies_to(request, Permission.APPROVE).exists()),
            _enter,
            "文件已登记",
            "文件",
            "documents",
            then=_to("document"),
            initial=lambda _: _initial(request, bodies),
        )
    )
    return require_any(request)


def _document_form(*, may_publish: bool) -> Any:
    return lambda *args, **kwargs: forms.DocumentForm(*args, may_publish=may_publish, **kwargs)


def _initial(request: HttpRequest, bodies: Any) -> dict[str, Any]:
    """An interpretation is entered from the page of what it interprets."""
    wanted = request.GET.get("interprets", "")
    found = (
        reach(request, Document).filter(pk=wanted, body__in=bodies).first() if wanted.isdecimal() else None
    )
    if found is None:
        return {}
    return {
        "body": found.body_id,
        "kind": "interpretation",
        "interprets": found.index_number,
        "title": f"《{found.title}》政策解读"[:300],
    }


EDITION_COLUMNS = (
    Column("版次", lambda row: f"第{row.number}版", link=_to("edition"), mark=lambda _: "due"),
    Column("标题", lambda row: row.title),
    Column("状态", lambda row: row.get_state_display(), mark=lambda _: "due"),
    Column("公开时间", lambda row: row.published_at, mark=lambda _: "due"),
    Column("变更或撤下理由", lambda row: row.reason),
)
INTERPRETATION_COLUMNS = (
    Column("名称", lambda row: row.title, link=_to("document")),
    Column("首次公开", lambda row: _day(row.first_published_at), mark=lambda _: "due"),
    Column("状态", document_state),
)


@login_required
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: what it is, its texts, where they appeared, what interprets it."""
    row = reach_one(request, Document, pk, "unit", "item", "key_area", "interprets")
    editions = list(row.editions.order_by("-number"))
    delivered = Delivery.objects.filter(edition__document=row).select_related("channel", "edition")
    context = {
        "title": row.title,
        "status": document_state(row),
        "docket": docket(*_docket(row)),
        "acts": _offers(request, row, editions),
        "tables": [
            record_table("editions", "版本", editions, EDITION_COLUMNS, empty="还没有正文。"),
            record_table(
                "deliveries",
                "发布渠道",
                delivered[:100],
                DELIVERIES.columns[1:],
                empty="还没有登记发布渠道。",
            ),
            record_table(
                "interpretations",
                "政策解读",
                row.interpretations.all()[:50],
                INTERPRETATION_COLUMNS,
                empty="还没有解读。",
                more=_more(request, row),
            ),
        ],
        "timeline": timeline_of(row, *editions),
        "crumbs": crumbs(("文件", reverse("console:documents")), (row.title, "")),
    }
    return render(request, "console/records/case.html", context)


def _more(request: HttpRequest, row: Document) -> tuple[str, str] | None:
    if not may(officer_of(request), Permission.HANDLE, row.body, timezone.localdate()):
        return None
    return ("登记对本文件的解读", f"{reverse('console:document_add')}?interprets={row.pk}")


def _docket(row: Document) -> list[tuple[str, object]]:
    ended = f"{row.ended_on}{row.get_ended_how_display()}　{row.ended_basis}" if row.ended_on else ""
    return [
        ("索引号", row.index_number),
        ("发布机构", row.body.name),
        ("文号", row.document_number),
        ("类别", row.get_kind_display()),
        ("成文日期", row.made_on),
        ("首次公开", told(row.first_published_at)),
        ("公开属性", row.get_attribute_display()),
        ("起草机构", row.unit),
        ("目录事项", row.item),
        ("重点领域", row.key_area),
        ("解读的文件", row.interprets),
        ("终止", ended),
    ]


def _offers(request: HttpRequest, row: Document, editions: list[Edition]) -> list[Offer]:
    officer, now = officer_of(request), timezone.now()
    today = timezone.localdate(now)
    may_not = why_not_permitted(officer, Permission.HANDLE, row.body, today)
    waiting = next((one for one in editions if one.state in IN_PREPARATION), None)
    online = next((one for one in editions if one.state == EditionState.PUBLISHED), None)
    offers = []
    if waiting is not None:
        # The reason for an amendment is asked for on the page of the act, so it is no obstacle here.
        obstacles = acts.why_not_publish(waiting, actor=officer, at=now, amendment="—", override="—")
        offers.append(
            Offer(f"发布第{waiting.number}版", _to("edition_publish")(waiting), obstacles, primary=True)
        )
    else:
        offers.append(Offer("起草新版本", _to("edition_add")(row), may_not, primary=not editions))
    if online is not None:
        offers.append(Offer("登记发布渠道", _to("delivery_add")(online), may_not))
        obstacles = acts.why_not_withdraw(online, reason="—", actor=officer, at=now)
        offers.append(
            Offer("撤下", _to("edition_withdraw")(online), obstacles, "页面保留，说明撤下时间和理由。")
        )
    if row.ended_on is None:
        obstacles = acts.why_not_end(
            row, how="repealed", on=max(today, row.made_on), actor=officer, amendment="—"
        )
        offers.append(
            Offer("废止或失效", _to("document_end")(row), obstacles, "文件继续公开，并注明已废止或失效。")
        )
    return offers


@login_required
@require_safe
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One text, as plain words."""
    row = reach_one(request, Edition, pk, "created_by", "approved_by")
    context = {
        "title": str(row),
        "status": row.get_state_display(),
        "docket": docket(
            ("文件", row.document.title),
            ("起草", f"{row.created_by or '系统'}　{told(row.created_at)}"),
            ("签发", row.approved_by),
            ("公开时间", told(row.published_at)),
        ),
        "texts": [("正文", strip_tags(row.text.replace("</p>", "</p>\n\n")))],
        "acts": [],
        "timeline": timeline_of(row),
        "crumbs": crumbs(*_way(row.document), (f"第{row.number}版", "")),
    }
    return render(request, "console/records/case.html", context)


def _way(row: Document) -> list[tuple[str, str]]:
    return [("文件", reverse("console:documents")), (row.title, _to("document")(row))]


edition_add = acting(
    Acting(
        title="起草新版本",
        model=Document,
        form=forms.EditionForm,
        act=lambda request, row, data: acts.add_edition(
            document=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="新版本已保存为草稿，原版本继续在线",
        back=_to("document"),
        way=_way,
        button="保存草稿",
        initial=lambda row: {"title": row.title},
    )
)
edition_publish = acting(
    Acting(
        title="发布",
        model=Edition,
        form=forms.PublishForm,
        act=lambda request, row, data: acts.publish_edition(
            edition=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="已发布",
        back=_to_document,
        way=lambda row: _way(row.document),
        permission=Permission.APPROVE,
        button="发布",
        about=lambda row: (f"发布“{row.title}”第{row.number}版，公开时间以系统时间为准。",),
    )
)
edition_withdraw = acting(
    Acting(
        title="撤下",
        model=Edition,
        form=forms.WithdrawForm,
        act=lambda request, row, data: acts.withdraw_edition(
            edition=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="已撤下",
        back=_to_document,
        way=lambda row: _way(row.document),
        permission=Permission.APPROVE,
        button="撤下",
        about=lambda row: (f"撤下“{row.title}”。撤下的时间和理由将在公开页面上说明。",),
    )
)
document_end = acting(
    Acting(
        title="废止或失效",
        model=Document,
        form=forms.EndForm,
        act=lambda request, row, data: acts.end_document(document=row, actor=officer_of(request), **data),
        done="已登记，公开页面将注明",
        back=_to("document"),
        way=_way,
        permission=Permission.APPROVE,
    )
)


@login_required
@require_safe
def catalogues(request: HttpRequest) -> HttpResponse:
    """The body's own catalogues and key-area columns, with how much is filed under each."""
    own = reach(request, Catalogue).select_related("body", "field", "based_on")
    own = own.annotate(number=Count("items", distinct=True), filed=Count("items__documents", distinct=True))
    areas = reach(request, KeyArea).select_related("body").annotate(filed=Count("documents"))
    may_not_anywhere = not bodies_to(request, Permission.APPROVE).exists()
    context = {
        "title": "目录与重点领域",
        "tabs": [(reverse(f"console:{name}"), label, name == "catalogues") for name, label in TABS],
        "tables": [
            record_table("own", "本机关目录", own, CATALOGUE_COLUMNS, empty="还没有采用标准目录。"),
            record_table("areas", "重点领域栏目", areas, AREA_COLUMNS, empty="还没有开设栏目。"),
        ],
        "additions": []
        if may_not_anywhere
        else [
            ("采用标准目录", reverse("console:catalogue_adopt")),
            ("开设重点领域栏目", reverse("console:key_area_add")),
        ],
        "crumbs": crumbs(("目录与重点领域", "")),
    }
    return render(request, "console/records/tables.html", context)


CATALOGUE_COLUMNS = (
    Column("目录", lambda row: row.title),
    Column("领域", lambda row: row.field.name),
    Column("机关", lambda row: row.body.display_name),
    Column("发布日期", lambda row: row.adopted_on, mark=lambda _: "due"),
    Column("事项（含一级）", lambda row: row.number, is_number=True),
    Column("归入的文件", lambda row: row.filed, is_number=True),
)
AREA_COLUMNS = (
    Column("栏目", lambda row: row.name),
    Column("机关", lambda row: row.body.display_name),
    Column("归入的文件", lambda row: row.filed, is_number=True),
)
catalogue_adopt = adding(
    Adding(
        "采用标准目录",
        forms.AdoptForm,
        lambda request, data: adopt_catalogue(actor=officer_of(request), **data),
        "标准目录已采用",
        "目录与重点领域",
        "catalogues",
        permission=Permission.APPROVE,
        button="采用",
        about=("采用后成为本机关的目录，登记文件时可归入其中的事项。",),
    )
)
key_area_add = adding(
    Adding(
        "开设重点领域栏目",
        forms.KeyAreaForm,
        lambda request, data: open_key_area(actor=officer_of(request), **data),
        "栏目已开设",
        "目录与重点领域",
        "catalogues",
        permission=Permission.APPROVE,
    )
)
