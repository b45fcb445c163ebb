"""The ledgers: matters, fees received, procurement, trainings; correcting and removing entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.console.access import officer_of, reach_one
from gongkai.console.forms import ledgers as forms
from gongkai.console.forms.base import ReasonForm
from gongkai.console.forms.filters import (
    FeeReceiptFilter,
    MatterFilter,
    ProcurementFilter,
    SupervisionFilter,
    TallyFilter,
    TrainingFilter,
)
from gongkai.console.offers import Offer
from gongkai.console.pages import Acting, Adding, acting, adding, crumbs, exporting, listing, record_table
from gongkai.console.records import Addition, Column, RecordList, docket, wan
from gongkai.console.timeline import timeline_of
from gongkai.ledgers import acts
from gongkai.ledgers.models import FeeReceipt, Matter, MatterKind, Procurement, Supervision, Tally, Training
from gongkai.organisations.rules import Permission, why_not_permitted

if TYPE_CHECKING:
    from django.http import HttpRequest

TABS = (
    ("matters", "权责事项"),
    ("tallies", "办件统计"),
    ("fee_receipts", "收费记录"),
    ("procurements", "集中采购"),
    ("trainings", "培训"),
    ("supervisions", "考核评议追责"),
)


def _to(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"console:{name}", args=[row.pk])


MATTERS = RecordList(
    name="matters",
    title="权责事项",
    model=Matter,
    columns=(
        Column("事项名称", lambda row: row.name, link=_to("matter"), width=40),
        Column("类别", lambda row: row.get_kind_display()),
        Column("事项编码", lambda row: row.code),
        Column("承办机构", lambda row: row.unit.name if row.unit else ""),
        Column("列入日期", lambda row: row.since, mark=lambda _: "due"),
        Column("取消日期", lambda row: row.until, mark=lambda _: "due"),
    ),
    filters=MatterFilter,
    order=("body", "kind", "name", "pk"),
    related=("body", "unit"),
    additions=(Addition("登记事项", "matter_add"),),
    tabs=TABS,
)
TALLIES = RecordList(
    name="tallies",
    title="办件统计",
    model=Tally,
    columns=(
        Column("事项", lambda row: row.matter.name, link=_to("tally_correct"), width=40),
        Column("类别", lambda row: row.matter.get_kind_display()),
        Column("期间起", lambda row: row.first_day, mark=lambda _: "due"),
        Column("期间止", lambda row: row.last_day, mark=lambda _: "due"),
        Column("处理决定数量（件）", lambda row: row.count, is_number=True),
        Column("数据来源", lambda row: row.source, width=30),
    ),
    filters=TallyFilter,
    order=("-first_day", "matter__kind", "matter__name", "pk"),
    related=("matter__body",),
    additions=(Addition("按期填报", "tally_sheet"), Addition("导入文件", "tally_import")),
    tabs=TABS,
)
FEE_RECEIPTS = RecordList(
    name="fee_receipts",
    title="收费记录",
    model=FeeReceipt,
    columns=(
        Column("收费项目", lambda row: row.matter.name, link=_to("fee_receipt_correct"), width=40),
        Column("期间起", lambda row: row.first_day, mark=lambda _: "due"),
        Column("期间止", lambda row: row.last_day, mark=lambda _: "due"),
        Column("金额（元）", lambda row: row.amount_yuan, is_number=True),
        Column("折合（万元）", wan, is_number=True),
        Column("数据来源", lambda row: row.source, width=30),
    ),
    filters=FeeReceiptFilter,
    order=("-first_day", "matter__name", "pk"),
    related=("matter__body",),
    additions=(Addition("登记收费", "fee_receipt_add"),),
    tabs=TABS,
    note="收费项目先在“权责事项”中以“行政事业性收费”登记，再登记各期金额。",
)
PROCUREMENTS = RecordList(
    name="procurements",
    title="集中采购",
    model=Procurement,
    columns=(
        Column("采购项目", lambda row: row.name, link=_to("procurement_correct"), width=40),
        Column("成交日期", lambda row: row.concluded_on, mark=lambda _: "due"),
        Column("成交金额（元）", lambda row: row.amount_yuan, is_number=True),
        Column("折合（万元）", wan, is_number=True),
        Column("供应商", lambda row: row.supplier, width=30),
    ),
    filters=ProcurementFilter,
    order=("-concluded_on", "pk"),
    related=("body",),
    additions=(Addition("登记采购项目", "procurement_add"),),
    tabs=TABS,
)
TRAININGS = RecordList(
    name="trainings",
    title="培训",
    model=Training,
    columns=(
        Column("内容", lambda row: row.title, link=_to("training_correct"), width=40),
        Column("日期", lambda row: row.held_on, mark=lambda _: "due"),
        Column("组织单位", lambda row: row.organiser, width=24),
        Column("参加人数", lambda row: row.attendees, is_number=True),
    ),
    filters=TrainingFilter,
    order=("-held_on", "-pk"),
    related=("body",),
    additions=(Addition("登记培训", "training_add"),),
    tabs=TABS,
)
SUPERVISIONS = RecordList(
    name="supervisions",
    title="考核评议追责",
    model=Supervision,
    columns=(
        Column("内容", lambda row: row.title, link=_to("supervision_correct"), width=40),
        Column("类别", lambda row: row.get_kind_display()),
        Column("日期", lambda row: row.held_on, mark=lambda _: "due"),
        Column("涉及人数", lambda row: row.people, is_number=True),
        Column("结果", lambda row: row.result, width=40),
    ),
    filters=SupervisionFilter,
    order=("-held_on", "-pk"),
    related=("body",),
    additions=(Addition("登记", "supervision_add"),),
    tabs=TABS,
    note="工作考核、社会评议和责任追究（条例第四十六条），写入各级政府的年报。",
)
LISTS = (MATTERS, TALLIES, FEE_RECEIPTS, PROCUREMENTS, TRAININGS, SUPERVISIONS)

matters, matters_export = listing(MATTERS), exporting(MATTERS)
tallies, tallies_export = listing(TALLIES), exporting(TALLIES)
fee_receipts, fee_receipts_export = listing(FEE_RECEIPTS), exporting(FEE_RECEIPTS)
procurements, procurements_export = listing(PROCUREMENTS), exporting(PROCUREMENTS)
trainings, trainings_export = listing(TRAININGS), exporting(TRAININGS)
supervisions, supervisions_export = listing(SUPERVISIONS), exporting(SUPERVISIONS)


def _by(act: Callable[..., Any]) -> Callable[[HttpRequest, dict[str, Any]], Any]:
    """An act that needs the officer only."""
    return lambda request, data: act(actor=officer_of(request), **data)


matter_add = adding(
    Adding(
        "登记事项",
        forms.MatterForm,
        _by(acts.list_matter),
        "事项已登记",
        "权责事项",
        "matters",
        then=_to("matter"),
    )
)
fee_receipt_add = adding(
    Adding(
        "登记收费",
        forms.FeeReceiptForm,
        _by(acts.record_fee_receipt),
        "收费已登记",
        "收费记录",
        "fee_receipts",
    )
)
procurement_add = adding(
    Adding(
        "登记采购项目",
        forms.ProcurementForm,
        _by(acts.record_procurement),
        "采购项目已登记",
        "集中采购",
        "procurements",
    )
)
training_add = adding(
    Adding("登记培训", forms.TrainingForm, _by(acts.record_training), "培训已登记", "培训", "trainings")
)
supervision_add = adding(
    Adding(
        "登记考核评议追责",
        forms.SupervisionForm,
        _by(acts.record_supervision),
        "已登记",
        "考核评议追责",
        "supervisions",
    )
)


@login_required
@require_safe
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter with its counts."""
    row = reach_one(request, Matter, pk, "unit")
    counted = row.receipts.all() if row.kind == MatterKind.FEE else row.tallies.all()
    spec = FEE_RECEIPTS if row.kind == MatterKind.FEE else TALLIES
    context = {
        "title": row.name,
        "status": f"已取消（{row.until}）" if row.until else "在用",
        "docket": docket(
            ("类别", row.get_kind_display()),
            ("机关", row.body.name),
            ("事项编码", row.code),
            ("承办机构", row.unit),
            ("列入日期", row.since),
            ("取消日期", row.until),
        ),
        "acts": _offers(request, row),
        "tables": [
            record_table(
                "counts",
                spec.title,
                counted.select_related("matter").order_by("-first_day")[:60],
                spec.columns,
                empty="还没有记录。",
            )
        ],
        "timeline": timeline_of(row),
        "crumbs": crumbs(("权责事项", reverse("console:matters")), (row.name, "")),
    }
    return render(request, "console/records/case.html", context)


def _offers(request: HttpRequest, row: Matter) -> list[Offer]:
    officer, today = officer_of(request), timezone.localdate()
    if row.until is not None:
        return []
    may_not = why_not_permitted(officer, Permission.HANDLE, row.body, today)
    return [Offer("取消事项", reverse("console:matter_cancel", args=[row.pk]), may_not)]


matter_cancel = acting(
    Acting(
        title="取消事项",
        model=Matter,
        form=forms.CancelMatterForm,
        act=lambda request, row, data: acts.cancel_matter(matter=row, actor=officer_of(request), **data),
        done="事项已取消，原有统计保留",
        back=_to("matter"),
        way=lambda row: [("权责事项", reverse("console:matters")), (row.name, _to("matter")(row))],
        button="取消事项",
        about=lambda row: (f"“{row.name}”取消后不再计入事项数量；取消前的处理决定仍计入年报。",),
    )
)


def _correcting(spec: RecordList, form: type[Any], name: str, about: Callable[[Any], str]) -> tuple[Any, Any]:
    """The pages on which entries of a list are corrected and removed."""
    back = lambda _row: reverse(f"console:{spec.name}")  # noqa: E731 - a value of the spec below
    way = lambda _row: [(spec.title, reverse(f"console:{spec.name}"))]  # noqa: E731 - likewise
    correct = Acting(
        title=f"更正{spec.title}",
        model=spec.model,
        form=form,
        act=lambda request, row, data: acts.correct_entry(entry=row, actor=officer_of(request), **data),
        done="已更正，原数据保留在操作记录中",
        back=back,
        way=way,
        about=lambda row: (about(row), "期间或事项有误的，请删除后重新登记。"),
        initial=lambda row: {field: getattr(row, field) for field in form.of_model},
        other=lambda row: ("删除这条记录", reverse(f"console:{name}_remove", args=[row.pk])),
    )
    remove = Acting(
        title=f"删除{spec.title}",
        model=spec.model,
        form=ReasonForm,
        act=lambda request, row, data: acts.remove_entry(entry=row, actor=officer_of(request), **data),
        done="已删除，原数据保留在操作记录中",
        back=back,
        way=way,
        button="删除",
        about=lambda row: (about(row),),
    )
    return acting(correct), acting(remove)


def _period(row: Any) -> str:
    return f"{row.matter.name}，{row.first_day}至{row.last_day}"


tally_correct, tally_remove = _correcting(TALLIES, forms.TallyCorrection, "tally", _period)
fee_receipt_correct, fee_receipt_remove = _correcting(
    FEE_RECEIPTS, forms.FeeReceiptCorrection, "fee_receipt", _period
)
procurement_correct, procurement_remove = _correcting(
    PROCUREMENTS, forms.ProcurementCorrection, "procurement", str
)
training_correct, training_remove = _correcting(TRAININGS, forms.TrainingCorrection, "training", str)
supervision_correct, supervision_remove = _correcting(
    SUPERVISIONS, forms.SupervisionCorrection, "supervision", str
)
