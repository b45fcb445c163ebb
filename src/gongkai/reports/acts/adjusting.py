"""Changing a figure by hand: always with a reason, always visible, never a sum of other cells."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_not_text
from gongkai.law.report.cells import Cell
from gongkai.law.report.formats import format_for
from gongkai.organisations.models import Officer
from gongkai.reports.acts.writing import why_not_edit
from gongkai.reports.compute.figures import is_derived
from gongkai.reports.compute.sources import source_of
from gongkai.reports.models import REASON_LENGTH, Adjustment, Version

LARGEST = Decimal(99999999999999)


def why_not_adjust(
    version: Version, cell: Cell, value: Decimal, reason: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """Why a figure cannot be adjusted to a value."""
    fmt = format_for(version.report.year)
    obstacles = why_not_edit(version, actor, at)
    if cell not in fmt.cells:
        return [*obstacles, Obstacle("no_cell", "本年度格式没有这个单元格", "请从年报表格中选择", "cell")]
    if is_derived(cell):
        remedy = "请调整构成合计的分项，合计自动重算"
        obstacles.append(Obstacle("derived", f"{fmt.label(cell)}是合计数，不能单独调整", remedy, "cell"))
    if not reason.strip():
        obstacles.append(Obstacle("no_reason", "调整数据应写明理由", "请填写理由", "reason"))
    obstacles += why_not_text(reason, "理由", limit=REASON_LENGTH, field="reason")
    return obstacles + _why_not_value(fmt.column(cell).unit, fmt.column(cell).signed, value)


def _why_not_value(unit: str, signed: bool, value: Decimal) -> list[Obstacle]:  # noqa: FBT001 - a fact of the column
    if not value.is_finite() or abs(value) > LARGEST:
        return [Obstacle("not_a_number", "调整后的数值过大或不是数", "请填写数字", "value")]
    obstacles = []
    if value < 0 and not signed:
        obstacles.append(Obstacle("negative", "此处不能填负数", "请填写0或正数", "value"))
    if unit != "万元" and value != value.to_integral_value():
        obstacles.append(Obstacle("not_whole", f"此处单位为“{unit}”，应为整数", "请填写整数", "value"))
    if unit == "万元" and value != round(value, 4):
        obstacles.append(Obstacle("too_fine", "金额（万元）最多保留4位小数", "请四舍五入到4位小数", "value"))
    return obstacles


def adjust(
    *, version: Version, cell: Cell, value: Decimal, reason: str, actor: Actor, at: dt.datetime
) -> Adjustment:
    """Set a figure of a draft by hand. Raises ``RefusedError``."""
    with transaction.atomic():
        version = lock_one(version)
        refuse_if(why_not_adjust(version, cell, value, reason, actor, at))
        computed = source_of(cell, version.report.body, version.report.year).value()
        adjustment, _ = Adjustment.objects.update_or_create(
            version=version,
            cell=str(cell),
            defaults={
                "value": value,
                "computed": computed,
                "reason": reason.strip(),
                "made_at": at,
                "made_by": actor if isinstance(actor, Officer) else None,
            },
        )
        detail = {"cell": str(cell), "computed": str(computed), "value": str(value)}
        _record("reports.adjust", version, actor, detail, reason)
    return adjustment


def remove_adjustment(*, version: Version, cell: Cell, actor: Actor, at: dt.datetime) -> None:
    """Let the records speak again. Removing what is not there changes nothing. Raises ``RefusedError``."""
    with transaction.atomic():
        version = lock_one(version)
        refuse_if(why_not_edit(version, actor, at))
        deleted, _ = Adjustment.objects.filter(version=version, cell=str(cell)).delete()
        if deleted:
            _record("reports.remove_adjustment", version, actor, {"cell": str(cell)})


def _record(verb: str, version: Version, actor: Actor, detail: dict[str, str], reason: str = "") -> None:
    body = version.report.body
    record(verb=verb, actor=actor, target=version.report, body=body, detail=detail, reason=reason)
