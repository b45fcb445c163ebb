"""Channels of a body: how they are served, how they do, their settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.channels import acts
from gongkai.channels.enums import Takes
from gongkai.channels.kinds import configurable, kind_of
from gongkai.channels.models import Channel, Delivery
from gongkai.channels.queries import Trouble, troubles
from gongkai.console.access import bodies_for, body_of, officer_of, reach_one, require
from gongkai.console.document_tabs import TABS
from gongkai.console.forms import channels as forms
from gongkai.console.forms.base import ReasonForm
from gongkai.console.offers import Offer
from gongkai.console.pages import Acting, acting, crumbs, exporting, listing, record_table
from gongkai.console.performing import perform
from gongkai.console.records import Column, RecordList, docket, told
from gongkai.console.timeline import timeline_of
from gongkai.console.views.deliveries import DELIVERIES, delivery_mark
from gongkai.core.errors import RefusedError
from gongkai.disclosure.enums import DocumentKind
from gongkai.organisations.rules import Permission, why_not_permitted

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.core.errors import Obstacle

LATEST = 20


def _here(row: Channel) -> str:
    return reverse("console:channel", args=[row.pk])


def channel_state(row: Channel) -> str:
    """In words: closed, paused, resting, in trouble, in use."""
    if not row.is_active:
        return "已停用"
    if row.paused_at:
        return "已暂停"
    if row.is_resting(timezone.now()):
        return f"连续失败，暂缓至{told(row.rests_until)}"
    return "最近一次失败" if row.last_error else "在用"


def channel_mark(row: Channel) -> str:
    """Trouble is set off."""
    return "due due--late" if row.is_active and (row.paused_at or row.last_error) else "due"


def _takes(row: Channel) -> str:
    if row.takes == Takes.KINDS:
        return "、".join(DocumentKind(one).label for one in row.default_kinds) or "按目录事项"
    return Takes(row.takes).label


CHANNELS = RecordList(
    name="channels",
    title="发布渠道",
    model=Channel,
    columns=(
        Column("名称", lambda row: row.name, link=_here, width=30),
        Column("类别", lambda row: row.get_kind_display()),
        Column("发布方式", lambda row: kind_of(row).title),
        Column("自动发布", _takes, width=24),
        Column("状态", channel_state, mark=channel_mark, width=24),
        Column("最近成功", lambda row: row.last_success_at, mark=lambda _: "due"),
        Column("最近错误", lambda row: row.last_error, on_page=False, width=40),
    ),
    filters=forms.ChannelFilter,
    order=("body", "pk"),
    related=("body",),
    tabs=TABS,
    note="渠道由本机关管理员在“机关”页上开设，在渠道页上设置接口和自动发布。",
)
LISTS = (CHANNELS,)
channels, channels_export = listing(CHANNELS), exporting(CHANNELS)


@login_required
@require_safe
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """One channel: how it is served and how it does, what waits, what was sent last."""
    row = reach_one(request, Channel, pk)
    latest = Delivery.objects.filter(channel=row).select_related("channel__body", "edition").order_by("-pk")
    columns = [
        DELIVERIES.columns[0],
        DELIVERIES.columns[3],
        Column("状态", lambda one: one.standing, link=_to_delivery, mark=delivery_mark),
        DELIVERIES.columns[6],
    ]
    waiting = latest.filter(forms.GROUPS["attention"] | forms.GROUPS["open"])
    context = {
        "title": row.name,
        "status": channel_state(row),
        "docket": docket(*_docket(row)),
        "notes": _notes(row),
        "acts": _offers(request, row),
        "tables": [
            record_table(
                "waiting", "未完成", waiting[:LATEST], columns, empty="没有未完成的发布。", more=_more(row)
            ),
            record_table("latest", "最近的发布", latest[:LATEST], columns, empty="还没有发布记录。"),
        ],
        "timeline": timeline_of(row),
        "crumbs": crumbs(("发布渠道", reverse("console:channels")), (row.name, "")),
    }
    return render(request, "console/records/case.html", context)


def _to_delivery(row: Delivery) -> str:
    return reverse("console:delivery", args=[row.pk])


def _more(row: Channel) -> tuple[str, str]:
    return ("本渠道的全部发布记录", f"{reverse('console:deliveries')}?channel={row.pk}")


def _notes(row: Channel) -> list[str]:
    notes = [f"渠道已暂停：{row.paused_reason or '没有写明原因'}"] if row.paused_at else []
    if row.last_error and row.last_error != row.paused_reason:
        notes.append(f"{told(row.last_error_at)}出错：{row.last_error}")
    if row.count_error:
        notes.append(f"阅读数没有取得：{row.count_error}（不影响发布，次日再取）")
    return notes


def _docket(row: Channel) -> list[tuple[str, object]]:
    kind = configurable(row)
    named = kind.settings if kind else ()
    kept = row.secrets
    plain = [
        (one.label, "是" if value is True else value)
        for one in named
        if not one.secret and not one.is_long and (value := row.settings.get(one.name))
    ]
    secret = [(one.label, "已设置（不显示）") for one in named if one.secret and kept.get(one.name)]
    return [
        ("类别", row.get_kind_display()),
        ("机关", row.body.display_name),
        ("地址或账号", row.address),
        ("发布方式", kind_of(row).title),
        ("自动发布", _takes(row)),
        *plain,
        *secret,
        ("最近成功", row.last_success_at),
        ("阅读数取得于", row.counted_at),
        ("连续失败", f"{row.failures}次" if row.failures else ""),
    ]


def _offers(request: HttpRequest, row: Channel) -> list[Offer]:
    """An administrator's acts; who is none is not told of them at length."""
    may_not = why_not_permitted(officer_of(request), Permission.ADMINISTER, row.body, timezone.localdate())
    if may_not or not row.is_active:
        return []

    def offer(label: str, name: str, note: str = "", *, link: bool = True, primary: bool = False) -> Offer:
        none: list[Obstacle] = []
        return Offer(label, reverse(f"console:{name}", args=[row.pk]), none, note, primary, link)

    offers = [offer("设置", "channel_configure", "接口、密钥、自动发布。", primary=True)]
    if kind_of(row).by_network:
        offers.append(offer("测试连接", "channel_try", "只核对身份和权限，不发布内容。", link=False))
    if row.paused_at or row.is_resting(timezone.now()):
        offers.append(offer("恢复发送", "channel_resume", "排队的发布立即重试。", link=False))
    elif not kind_of(row).built_in:
        offers.append(offer("暂停", "channel_pause", "排队的发布保留，恢复后继续。"))
    offers.append(offer("停用", "channel_close"))
    return offers


def _way(row: Channel) -> list[tuple[str, str]]:
    return [("发布渠道", reverse("console:channels")), (row.name, _here(row))]


channel_configure = acting(
    Acting(
        title="设置渠道",
        model=Channel,
        form=forms.ChannelSettingsForm,
        act=lambda request, row, data: acts.configure_channel(channel=row, actor=officer_of(request), **data),
        done="设置已保存；请测试连接",
        back=_here,
        way=_way,
        permission=Permission.ADMINISTER,
        about=lambda row: _about(row),  # noqa: PLW0108 - defined below
        fitted=lambda row: {"channel": row},
        offered=lambda row: row.is_active,
    )
)


def _about(row: Channel) -> tuple[str, ...]:
    if configurable(row) is None:
        return (f"“{row.name}”没有接口，由人工发布后登记；可设置哪些文件自动列为待办。",)
    return ("各项从哪里取得，见部署说明“发布渠道”。密钥加密保存，保存后不再显示。全部留空则由人工发布。",)


class _PauseForm(ReasonForm):
    amendable = False


channel_pause = acting(
    Acting(
        title="暂停渠道",
        model=Channel,
        form=_PauseForm,
        act=lambda request, row, data: acts.pause_channel(
            channel=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="渠道已暂停",
        back=_here,
        way=_way,
        permission=Permission.ADMINISTER,
        button="暂停",
        offered=lambda row: row.is_active and row.paused_at is None,
    )
)


@login_required
@require_POST
def channel_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Send there again."""
    row = reach_one(request, Channel, pk)
    require(request, Permission.ADMINISTER, body_of(row))
    perform(
        request,
        lambda: acts.resume_channel(channel=row, actor=officer_of(request), at=timezone.now()),
        "渠道已恢复，排队的发布将在几分钟内发送",
    )
    return redirect(_here(row))


@login_required
@require_POST
def channel_try(request: HttpRequest, pk: int) -> HttpResponse:
    """Try the connection and say how it went."""
    row = reach_one(request, Channel, pk)
    require(request, Permission.ADMINISTER, body_of(row))
    try:
        said = acts.try_channel(channel=row, actor=officer_of(request))
    except RefusedError as refused:
        for obstacle in refused.obstacles:
            messages.error(request, str(obstacle))
    else:
        messages.success(request, f"测试通过：{said}")
    return redirect(_here(row))


class Alarm(NamedTuple):
    """A line on the desk."""

    text: str
    address: str


def channel_alarms(request: HttpRequest) -> list[Alarm]:
    """What a channel's failure asks of the officers who see it, for the desk."""
    return [_alarm(one) for one in troubles(bodies_for(request))]


def _alarm(trouble: Trouble) -> Alarm:
    address = reverse("console:channel", args=[trouble.channel])
    if trouble.waiting and not trouble.error:
        address = f"{reverse('console:deliveries')}?channel={trouble.channel}&state=attention"
    parts: list[Any] = [trouble.error] if trouble.error else []
    parts += [f"{trouble.failed}条发布失败"] if trouble.failed else []
    parts += [f"{trouble.waiting - trouble.failed}条待人工办理"] if trouble.waiting > trouble.failed else []
    return Alarm(f"{trouble.name}：{'；'.join(parts)}", address)
