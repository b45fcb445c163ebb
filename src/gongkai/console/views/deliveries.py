"""Where editions appeared and where they are still to go: the list, a delivery's own page, what one does with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.channels import acts
from gongkai.channels.enums import Errand
from gongkai.channels.machine import Act, may_move
from gongkai.channels.models import Attempt, Delivery
from gongkai.channels.queueing import chosen_channels
from gongkai.console.access import body_of, officer_of, reach_one, require
from gongkai.console.document_tabs import TABS
from gongkai.console.forms import channels as forms
from gongkai.console.offers import Offer
from gongkai.console.pages import Acting, acting, crumbs, exporting, listing, record_table
from gongkai.console.performing import perform
from gongkai.console.records import Column, RecordList, docket
from gongkai.console.timeline import timeline_of
from gongkai.core.sniffing import sniff
from gongkai.disclosure.models import Document, Edition
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST_ATTEMPTS_SHOWN = 50


def _to(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"console:{name}", args=[row.pk])


def _to_document(row: Edition) -> str:
    return reverse("console:document", args=[row.document_id])


def _when(row: Delivery) -> object:
    return row.delivered_at


def delivery_mark(row: Delivery) -> str:
    """How a state is set off in a list."""
    late = {"failed_permanent", "follow_up_by_hand", "failed_retryable"}
    return "due due--late" if row.state in late else "due"


DELIVERIES = RecordList(
    name="deliveries",
    title="发布记录",
    model=Delivery,
    columns=(
        Column("文件", lambda row: row.edition.title, link=lambda row: _to_document(row.edition), width=50),
        Column("渠道", lambda row: row.channel.name, link=_to("delivery"), width=24),
        Column("渠道类别", lambda row: row.channel.get_kind_display()),
        Column("发布时间", _when, mark=lambda _: "due"),
        Column("状态", lambda row: row.standing, mark=delivery_mark),
        Column("期号、版面", lambda row: " ".join(filter(None, (row.issue, row.page))), width=20),
        Column("阅读数", lambda row: row.readers, is_number=True),
        Column("失败原因", lambda row: row.error, on_page=False, width=40),
        Column("网址", lambda row: row.address, on_page=False, width=40),
        Column("外部编号", lambda row: row.external_id, on_page=False, width=24),
    ),
    filters=forms.DeliveryFilter,
    order=("-delivered_at", "-pk"),
    related=("channel__body", "edition"),
    tabs=TABS,
    note="点渠道名称查看发送情况；在文件页上登记该文件在各渠道的发布情况。",
)
LISTS = (DELIVERIES,)
deliveries, deliveries_export = listing(DELIVERIES), exporting(DELIVERIES)


def _way(row: Delivery) -> list[tuple[str, str]]:
    return [("发布记录", reverse("console:deliveries")), (row.edition.title, _to_document(row.edition))]


ATTEMPT_COLUMNS = (
    Column("开始", lambda row: row.started_at, mark=lambda _: "due"),
    Column("事项", lambda row: row.get_errand_display()),
    Column("结果", lambda row: row.get_outcome_display() if row.finished_at else "未结束"),
    Column("说明", lambda row: f"{row.error}（{row.code}）" if row.code else row.error),
)


@login_required
@require_safe
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """One delivery: how it stands, every attempt, what can be done."""
    row = reach_one(request, Delivery, pk, "edition__document", "recorded_by", "replaces__edition")
    tried = Attempt.objects.filter(delivery=row)[:MOST_ATTEMPTS_SHOWN]
    context = {
        "title": f"{row.channel.name}：{row.edition.title}",
        "status": row.standing,
        "docket": docket(*_docket(row)),
        "notes": [row.error] if row.error else [],
        "acts": _offers(request, row),
        "delivery": row,
        "tables": [record_table("attempts", "发送日志", tried, ATTEMPT_COLUMNS, empty="没有由系统发送过。")],
        "timeline": timeline_of(row),
        "crumbs": crumbs(*_way(row), (row.channel.name, "")),
    }
    return render(request, "console/channels/delivery.html", context)


def _docket(row: Delivery) -> list[tuple[str, object]]:
    return [
        ("渠道", f"{row.channel.name}（{row.channel.get_kind_display()}）"),
        ("版本", str(row.edition)),
        ("事项", row.get_errand_display() if row.errand != Errand.PUBLISH else ""),
        ("发布时间", row.delivered_at),
        ("撤回时间", row.withdrawn_at),
        ("网址", row.address),
        ("外部编号", row.external_id),
        ("期号", row.issue),
        ("版面", row.page),
        ("阅读数", row.readers),
        *sorted(row.reactions.items()),
        ("计数时间", row.counted_at),
        ("尝试次数", row.attempts or ""),
        ("下次尝试", row.next_try_at),
        ("替代的版本", row.replaces.edition if row.replaces else ""),
        ("登记人", row.recorded_by),
    ]


def _offers(request: HttpRequest, row: Delivery) -> list[Offer]:
    officer = officer_of(request)
    here = lambda name: reverse(f"console:{name}", args=[row.pk])  # noqa: E731 - three times below
    offers = []
    if may_move(Act.RETRY, row.state) and row.channel.settings:
        label = "立即重试" if row.attempts else "立即发送"
        offers.append(
            Offer(
                label,
                here("delivery_retry"),
                acts.why_not_retry(row, actor=officer),
                primary=True,
                link=False,
            )
        )
    if may_move(Act.FINISH, row.state):
        words = "登记已人工" + (row.get_errand_display() if row.errand != Errand.PUBLISH else "发布")
        obstacles = acts.why_not_move(row, Act.FINISH, officer)
        offers.append(
            Offer(words, here("delivery_finish"), obstacles, "填写时间、网址或期号版面，可附扫描件。")
        )
    if may_move(Act.CANCEL, row.state):
        obstacles = acts.why_not_cancel(row, reason="—", actor=officer)
        words = "不再" + row.get_errand_display()
        offers.append(Offer(words, here("delivery_cancel"), obstacles))
    return offers


@login_required
@require_POST
def delivery_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it tried again at once."""
    row = reach_one(request, Delivery, pk, "edition__document")
    require(request, Permission.HANDLE, body_of(row))
    perform(
        request,
        lambda: acts.retry_delivery(delivery=row, actor=officer_of(request), at=timezone.now()),
        "已排队，稍后刷新本页查看结果",
    )
    return redirect(_to("delivery")(row))


delivery_cancel = acting(
    Acting(
        title="不再办理",
        model=Delivery,
        form=forms.CancelForm,
        act=lambda request, row, data: acts.cancel_delivery(delivery=row, actor=officer_of(request), **data),
        done="已取消",
        back=_to("delivery"),
        way=_way,
        related=("edition__document",),
        button="确定",
        about=lambda row: (f"“{row.channel.name}”：{row.edition.title}（{row.standing}）",),
        offered=lambda row: may_move(Act.CANCEL, row.state),
    )
)
delivery_finish = acting(
    Acting(
        title="登记已人工办理",
        model=Delivery,
        form=forms.FinishForm,
        act=lambda request, row, data: acts.finish_by_hand(delivery=row, actor=officer_of(request), **data),
        done="已登记",
        back=_to("delivery"),
        way=_way,
        related=("edition__document",),
        about=lambda row: (f"“{row.channel.name}”：{row.edition.title}（{row.standing}）",),
        fitted=lambda row: {"is_publication": row.errand == Errand.PUBLISH},
        offered=lambda row: may_move(Act.FINISH, row.state),
    )
)


@login_required
@require_safe
def delivery_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The scanned page, as a download."""
    row = reach_one(request, Delivery, pk)
    if not row.scan:
        raise Http404
    try:
        with row.scan.open("rb") as file:
            content = file.read()
    except OSError:
        raise Http404 from None
    found = sniff(content)
    response = HttpResponse(content, content_type=found.media_type if found else "application/octet-stream")
    name = f"{row.channel.name}{row.issue}{row.page}.{found.endings[0] if found else 'bin'}"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _deliver(request: HttpRequest, row: Edition, data: dict[str, Any]) -> Delivery:
    amendment = data.pop("amendment", "")
    return acts.record_delivery(
        row=acts.DeliveryRow(edition=row, **data), actor=officer_of(request), amendment=amendment
    )


def _way_of_edition(row: Edition) -> list[tuple[str, str]]:
    return [("文件", reverse("console:documents")), (row.document.title, _to_document(row))]


delivery_add = acting(
    Acting(
        title="登记发布渠道",
        model=Edition,
        form=forms.DeliveryForm,
        act=_deliver,
        done="发布记录已登记",
        back=_to_document,
        way=_way_of_edition,
        about=lambda row: (f"“{row.title}”在哪个渠道、什么时间发布。渠道由管理员在机关资料中开设。",),
        offered=lambda row: row.published_at is not None,
    )
)
delivery_send = acting(
    Acting(
        title="发往其他渠道",
        model=Edition,
        form=forms.SendForm,
        act=lambda request, row, data: acts.send_to_channel(
            edition=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="已排队发送；没有接口的渠道列为待人工发布",
        back=_to_document,
        way=_way_of_edition,
        button="发送",
        about=lambda row: (f"把“{row.title}”再发往一个渠道。",),
        fitted=lambda row: {"edition": row},
        offered=lambda row: row.published_at is not None,
    )
)
document_channels = acting(
    Acting(
        title="选择发布渠道",
        model=Document,
        form=forms.ChosenChannelsForm,
        act=lambda request, row, data: acts.choose_channels(document=row, actor=officer_of(request), **data),
        done="发布渠道已选定，下次发布时生效",
        back=_to("document"),
        way=lambda row: [("文件", reverse("console:documents")), (row.title, _to("document")(row))],
        about=lambda _: ("发布时发往所选渠道，不再按各渠道的自动发布设置；一个也不选，就只登记不发送。",),
        initial=lambda row: {"channels": [one.pk for one in chosen_channels(row)]},
        related=("item",),
    )
)


def delivery_panel(document: Document) -> dict[str, Any]:
    """A document's deliveries as a table for its page, for ``console/records/_table.html``."""
    rows = Delivery.objects.filter(edition__document=document).select_related("channel__body", "edition")
    return record_table(
        "deliveries", "发布渠道", rows[:100], DELIVERIES.columns[1:7], empty="还没有发往任何渠道。"
    )
