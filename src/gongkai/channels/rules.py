"""Why a delivery cannot be recorded."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from gongkai.channels.models import Channel, Delivery
from gongkai.core.errors import Obstacle
from gongkai.core.sniffing import JPEG, PDF, PNG, TIFF, sniff
from gongkai.disclosure.models import Edition
from gongkai.organisations.rules import why_year_closed


def why_not_deliverable(channel: Channel, edition: Edition, delivered_at: dt.datetime) -> list[Obstacle]:
    """The channel is in use, the edition is the same body's and public, the time is past and not before the text."""
    obstacles = []
    if not channel.is_active:
        obstacles.append(Obstacle("closed", f"渠道“{channel.name}”已停用", "请选择在用的渠道", "channel"))
    if channel.body_id != edition.document.body_id:
        message = f"渠道“{channel.name}”与文件《{edition.title}》不属于同一机关"
        obstacles.append(Obstacle("foreign", message, "请选择本机关的渠道", "channel"))
    if edition.published_at is None:
        message = f"《{edition.title}》尚未公开发布"
        obstacles.append(Obstacle("unpublished", message, "请先完成审核发布", "edition"))
    if delivered_at > timezone.now():
        obstacles.append(Obstacle("future", "发布时间晚于当前时间", "请核对发布时间", "delivered_at"))
    if timezone.localdate(delivered_at) < edition.document.made_on:
        message = f"发布时间早于成文日期（{edition.document.made_on}）"
        obstacles.append(Obstacle("before_made", message, "请核对发布时间", "delivered_at"))
    return obstacles


def why_not_new(channel: Channel, edition: Edition) -> list[Obstacle]:
    """An edition is recorded once per channel."""
    if not Delivery.objects.filter(channel=channel, edition=edition).exists():
        return []
    message = f"《{edition.title}》在“{channel.name}”已有发布记录"
    return [Obstacle("delivered", message, "请修改原记录", "edition")]


def why_year_of_delivery_closed(
    channel: Channel, delivered_at: dt.datetime, amendment: str
) -> list[Obstacle]:
    """The year of the delivery by the local calendar, not that of the text, is the one it is counted in."""
    return why_year_closed(channel.body, timezone.localdate(delivered_at).year, amendment)


SCANS = (PDF, JPEG, PNG, TIFF)
"""What a scanned page may be."""
HEAD = 16  # bytes that tell which


def why_not_scan(scan: UploadedFile | None) -> list[Obstacle]:
    """A scan is a PDF or a picture by its bytes, whatever it is called."""
    if scan is None:
        return []
    head = scan.read(HEAD)
    scan.seek(0)
    if head and sniff(head) in SCANS:
        return []
    return [Obstacle("scan", f"“{scan.name}”不是PDF或图片", "请上传PDF、JPG、PNG或TIFF格式的扫描件", "scan")]
