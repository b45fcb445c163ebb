"""Bodies, their units and channels, as an administrator keeps them and a supervisor sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import django_filters as filters
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.channels.acts import close_channel, open_channel
from gongkai.channels.models import Channel
from gongkai.console.access import (
    bodies_administered,
    bodies_overseen,
    officer_of,
    overseen_one,
    require_administration,
)
from gongkai.console.forms import administration as forms
from gongkai.console.forms.filters import ALL, choice
from gongkai.console.offers import Offer
from gongkai.console.once import submit_once
from gongkai.console.pages import crumbs, exporting, listing, page_view, record_table, show_form
from gongkai.console.records import Column, RecordList, docket
from gongkai.console.timeline import timeline_of
from gongkai.organisations import acts
from gongkai.organisations.enums import BodyKind, Tier
from gongkai.organisations.models import Body, Post, Unit
from gongkai.organisations.rules import Permission, may

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.console.forms.base import RecordForm

BODIES_TITLE = "机关"


def _to(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"console:{name}", args=[row.pk])


class BodyFilter(filters.FilterSet):
    """By name, kind and tier."""

    q = filters.CharFilter(field_name="name", lookup_expr="icontains", label="名称")
    kind = choice("kind", "类别", BodyKind.choices)
    tier = choice("tier", "层级", Tier.choices)
    is_active = filters.ChoiceFilter(
        label="使用状态", choices=[(True, "在用"), (False, "停用")], empty_label=ALL
    )


def _bodies(request: HttpRequest) -> Any:
    today = timezone.localdate()
    standing = Q(posts__since__lte=today) & (Q(posts__until=None) | Q(posts__until__gte=today))
    officers = Count("posts__officer", filter=standing, distinct=True)
    return bodies_overseen(request).annotate(officers=officers)


BODIES = RecordList(
    name="bodies",
    title=BODIES_TITLE,
    model=Body,
    columns=(
        Column("名称", lambda row: row.name, link=_to("body"), width=36),
        Column("类别", lambda row: row.get_kind_display(), width=24),
        Column("层级", lambda row: row.get_tier_display()),
        Column("上级机关", lambda row: row.parent.display_name if row.parent else "", width=24),
        Column("公开工作机构", lambda row: row.office, width=24),
        Column("联系电话", lambda row: row.phone),
        Column("在任人员", lambda row: row.officers, is_number=True),
        Column("状态", lambda row: "在用" if row.is_active else "停用"),
    ),
    filters=BodyFilter,
    order=("path",),
    related=("parent",),
    scope=_bodies,
    names_body=False,
)
bodies, bodies_export = listing(BODIES), exporting(BODIES)


def way(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """From the desk by the list of bodies."""
    return [(BODIES_TITLE, reverse("console:bodies")), *more]


def body_way(body: Body) -> list[tuple[str, str]]:
    """… to one body."""
    return way((body.display_name, _to("body")(body)))


@login_required
@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: its data, units, channels, officers, and the bodies right below it."""
    row = overseen_one(request, pk)
    mine = bodies_administered(request).filter(pk=row.pk).exists()
    context = {
        "title": row.name,
        "status": "在用" if row.is_active else "停用",
        "docket": docket(*_docket(row)),
        "acts": _offers(request, row) if mine else [],
        "tables": _tables(row, mine=mine),
        "timeline": timeline_of(row, room="organisations."),
        "crumbs": crumbs(*way((row.display_name, ""))),
    }
    return render(request, "console/records/case.html", context)


def _docket(row: Body) -> list[tuple[str, object]]:
    names = ("credit_code", *forms.GUIDE, *forms.REMEDIES)
    fields = [(str(Body._meta.get_field(name).verbose_name), getattr(row, name)) for name in names]  # type: ignore[union-attr]  # noqa: SLF001
    return [
        ("简称", row.short_name),
        ("类别", row.get_kind_display()),
        ("层级", row.get_tier_display()),
        ("上级机关", row.parent),
        ("网址代号", row.slug),
        ("规章制定权", "有" if row.makes_rules else "无"),
        *fields,
    ]


def _offers(request: HttpRequest, row: Body) -> list[Offer]:
    here: Callable[[str], str] = lambda name: reverse(f"console:{name}", args=[row.pk])  # noqa: E731 - said five times
    offers = [
        Offer("修改机关资料", here("body_edit"), note="公开指南的内容由此生成。"),
        Offer("增设下级机关", here("body_add")),
        Offer("增设内设机构", here("unit_add")),
        Offer("开设账号", here("account_add"), note="为新人员开设登录账号并设岗。"),
        Offer("设岗", here("post_add"), note="为已有账号的人员增设岗位。"),
        Offer("发布规则", here("publishing_rules"), note="审核环节、解读期限、退回理由、敏感词和易错词。"),
        Offer("修改文书模板", here("templates"), note="依申请公开各类文书的文字。"),
    ]
    if may(officer_of(request), Permission.ADMINISTER, row, timezone.localdate()):
        offers.append(Offer("开设渠道", here("channel_add")))
    return offers


UNIT_COLUMNS = (
    Column("名称", lambda row: row.name),
    Column("类别", lambda row: row.get_kind_display()),
    Column("状态", lambda row: "在用" if row.is_active else "停用"),
)
CHANNEL_COLUMNS = (
    Column("名称", lambda row: row.name),
    Column("类别", lambda row: row.get_kind_display()),
    Column("地址或账号", lambda row: row.address),
    Column("状态", lambda row: "在用" if row.is_active else "已停用"),
)
POST_COLUMNS = (
    Column(
        "人员",
        lambda row: str(row.officer),
        link=lambda row: reverse("console:account", args=[row.officer_id]),
    ),
    Column("登录名", lambda row: row.officer.username),
    Column("岗位", lambda row: row.get_role_display()),
    Column("内设机构", lambda row: row.unit.name if row.unit else ""),
    Column("起", lambda row: row.since, mark=lambda _: "due"),
    Column("止", lambda row: row.until, mark=lambda _: "due"),
)
CHILD_COLUMNS = (
    Column("名称", lambda row: row.name, link=_to("body")),
    Column("类别", lambda row: row.get_kind_display()),
    Column("状态", lambda row: "在用" if row.is_active else "停用"),
)


def _edit(name: str, wanted: Callable[[Any], bool] = lambda _: True) -> Column:
    words = "停用" if name == "channel_close" else "修改"
    return Column(
        "操作",
        lambda row: words if wanted(row) else "",
        link=lambda row: reverse(f"console:{name}", args=[row.pk]) if wanted(row) else "",
    )


def _tables(row: Body, *, mine: bool) -> list[dict[str, Any]]:
    posts = Post.objects.filter(body=row).select_related("officer", "unit").order_by("until", "officer", "pk")
    unit_columns = (*UNIT_COLUMNS, _edit("unit_edit")) if mine else UNIT_COLUMNS
    closing = _edit("channel_close", lambda one: one.is_active)
    channel_columns = (*CHANNEL_COLUMNS, closing) if mine else CHANNEL_COLUMNS
    return [
        record_table("posts", "人员与岗位", posts, POST_COLUMNS, empty="还没有人员。"),
        record_table("units", "内设机构", row.units.all(), unit_columns, empty="还没有登记内设机构。"),
        record_table(
            "channels", "发布渠道", row.channels.all(), channel_columns, empty="还没有开设发布渠道。"
        ),
        record_table("children", "下级机关", row.children.all(), CHILD_COLUMNS, empty="没有下级机关。"),
    ]


def administering(
    request: HttpRequest,
    row: Body,
    form: RecordForm,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    done: str,
    to: Callable[[Any], str] | None = None,
    **more: Any,
) -> HttpResponse:
    """A page on which something of a body is changed; after it the body, or where ``to`` says. 403 for onlookers."""
    require_administration(request, row)
    back = _to("body")(row)

    def run() -> str:
        made = act(form.arguments())
        return to(made) if to else back

    if form.is_valid() and (answer := submit_once(request, form, run, done)):
        return answer
    return show_form(request, form, title=title, back=back, way=body_way(row), **more)


def sent(request: HttpRequest) -> Any:
    """What was posted, or None."""
    return request.POST if request.method == "POST" else None


@page_view
def body_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a body says of itself."""
    row = overseen_one(request, pk)
    before = {name: getattr(row, name) for name in forms.BodyDataForm.of_model}
    return administering(
        request,
        row,
        forms.BodyDataForm(sent(request), initial=before),
        lambda data: acts.edit_body(body=row, actor=officer_of(request), **data),
        title="修改机关资料",
        done="机关资料已保存",
        template="console/administration/body_form.html",
    )


@page_view
def body_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a body below this one."""
    row = overseen_one(request, pk)
    return administering(
        request,
        row,
        forms.NewBodyForm(sent(request)),
        lambda data: acts.register_body(parent=row, actor=officer_of(request), **data),
        title="增设下级机关",
        done="机关已登记，请继续为其开设管理员账号",
        to=_to("body"),
        about=[f"上级机关：{row.name}"],
        template="console/administration/body_form.html",
    )


@page_view
def unit_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a unit."""
    row = overseen_one(request, pk)
    return administering(
        request,
        row,
        forms.UnitForm(sent(request)),
        lambda data: acts.add_unit(body=row, actor=officer_of(request), **data),
        title="增设内设机构",
        done="内设机构已登记",
    )


def _of_overseen(request: HttpRequest, model: Any, pk: int) -> Any:
    found = model.objects.filter(pk=pk, body__in=bodies_overseen(request)).select_related("body").first()
    if found is None:
        raise Http404
    return found


@page_view
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a unit or use it no longer."""
    row = _of_overseen(request, Unit, pk)
    before = {"name": row.name, "kind": row.kind, "is_active": row.is_active}
    return administering(
        request,
        row.body,
        forms.UnitChangeForm(sent(request), initial=before),
        lambda data: acts.change_unit(unit=row, actor=officer_of(request), **data),
        title="修改内设机构",
        done="内设机构已保存",
    )


def _own_administrator(request: HttpRequest, row: Body) -> None:
    """Channels belong to the body's own administrator, not to one above it."""
    if not may(officer_of(request), Permission.ADMINISTER, row, timezone.localdate()):
        raise PermissionDenied


@page_view
def channel_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a channel."""
    row = overseen_one(request, pk)
    _own_administrator(request, row)
    return administering(
        request,
        row,
        forms.ChannelForm(sent(request)),
        lambda data: open_channel(body=row, actor=officer_of(request), **data),
        title="开设渠道",
        done="渠道已开设",
    )


@page_view
def channel_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a channel no longer."""
    row = _of_overseen(request, Channel, pk)
    _own_administrator(request, row.body)
    return administering(
        request,
        row.body,
        forms.CloseForm(sent(request)),
        lambda data: close_channel(channel=row, actor=officer_of(request), **data),
        title="停用渠道",
        done="渠道已停用，发布记录保留",
        button="停用",
        about=[f"停用“{row.name}”后不能再登记新的发布记录，已有记录照常计入年报。"],
    )
