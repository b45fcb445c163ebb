"""Where editions appeared: the list of deliveries, and entering one by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from gongkai.channels.acts import DeliveryRow, record_delivery
from gongkai.channels.models import Delivery
from gongkai.console.access import officer_of
from gongkai.console.document_tabs import TABS
from gongkai.console.forms import channels as forms
from gongkai.console.pages import Acting, acting, exporting, listing
from gongkai.console.records import Column, RecordList
from gongkai.disclosure.models import Edition

if TYPE_CHECKING:
    from django.http import HttpRequest


def _to_document(row: Edition) -> str:
    return reverse("console:document", args=[row.document_id])


DELIVERIES = RecordList(
    name="deliveries",
    title="发布记录",
    model=Delivery,
    columns=(
        Column("文件", lambda row: row.edition.title, link=lambda row: _to_document(row.edition), width=50),
        Column("渠道", lambda row: row.channel.name, width=24),
        Column("渠道类别", lambda row: row.channel.get_kind_display()),
        Column("发布时间", lambda row: row.delivered_at, mark=lambda _: "due"),
        Column("状态", lambda row: row.get_state_display(), mark=lambda _: "due"),
        Column("期号、版面", lambda row: " ".join(filter(None, (row.issue, row.page))), width=20),
        Column("阅读数", lambda row: row.readers, is_number=True),
    ),
    filters=forms.DeliveryFilter,
    order=("-delivered_at", "-pk"),
    related=("channel__body", "edition"),
    tabs=TABS,
    note="在文件页上登记该文件在各渠道的发布情况。",
)
LISTS = (DELIVERIES,)
deliveries, deliveries_export = listing(DELIVERIES), exporting(DELIVERIES)


def _deliver(request: HttpRequest, row: Edition, data: dict[str, Any]) -> Delivery:
    amendment = data.pop("amendment", "")
    return record_delivery(
        row=DeliveryRow(edition=row, **data), actor=officer_of(request), amendment=amendment
    )


delivery_add = acting(
    Acting(
        title="登记发布渠道",
        model=Edition,
        form=forms.DeliveryForm,
        act=_deliver,
        done="发布记录已登记",
        back=_to_document,
        way=lambda row: [
            ("文件", reverse("console:documents")),
            (row.document.title, _to_document(row)),
        ],
        about=lambda row: (f"“{row.title}”在哪个渠道、什么时间发布。渠道由管理员在机关资料中开设。",),
        offered=lambda row: row.published_at is not None,
    )
)
