"""Where a body takes requests, read off its own data (条例 art. 12: what the guide must say of the office)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404

from gongkai.organisations.enums import BodyKind
from gongkai.organisations.models import Body

if TYPE_CHECKING:
    from django.db.models import QuerySet

UNKNOWN = "未登记"
# 条例 art. 27: governments, and departments acting in their own name; art. 55: enterprises and institutions have
# rules of their own.
_ASKED = Q(is_active=True, kind__in=[BodyKind.GOVERNMENT, BodyKind.DEPARTMENT, BodyKind.TOWNSHIP])


def accepting() -> QuerySet[Body]:
    """The bodies to which a request under the Regulation can be made."""
    return Body.objects.filter(_ASKED)


def accepts(body: Body) -> bool:
    """Whether this one is among them."""
    asked = (BodyKind.GOVERNMENT, BodyKind.DEPARTMENT, BodyKind.TOWNSHIP)
    return body.is_active and body.kind in asked


def accepting_body(slug: str) -> Body:
    """The body of an address. Raises ``Http404`` when it is unknown, out of use, or takes no requests."""
    body = accepting().filter(slug=slug).first()
    if body is None:
        raise Http404
    return body


@dataclass(frozen=True)
class Way:
    """One way to hand in a request, with the day that counts as its receipt."""

    key: str
    name: str
    how: str
    counts: str
    missing: str = ""
    """What the body has not registered, so that the way cannot be used without asking; empty when nothing is."""


def ways(body: Body) -> list[Way]:
    """Every way of 条例 arts. 29 and 31; one without its address says so instead of being left out."""
    office = body.office or body.name
    return [
        Way("online", "网上申请", "在本页填写，不需要注册，可以用手机。", "双方确认之日"),
        Way(
            "in_person",
            "当面提交",
            f"到{office}提交：{body.address}。" if body.address else f"到{office}提交。",
            "提交之日",
            "" if body.address else "办公地址",
        ),
        Way(
            "post",
            "邮寄",
            f"信封注明“政府信息公开申请”，寄：{body.address}{_postcode(body)}，{office}收。"
            if body.address
            else "信封注明“政府信息公开申请”。",
            "签收之日；平常信函为与您确认之日",
            "" if body.address else "邮寄地址",
        ),
        Way(
            "fax",
            "传真",
            f"传真至 {body.fax}，并打电话确认收到。" if body.fax else "",
            "双方确认之日",
            "" if body.fax else "传真号码",
        ),
        Way(
            "email",
            "电子邮件",
            f"发至 {body.email}，主题注明“政府信息公开申请”。" if body.email else "",
            "双方确认之日",
            "" if body.email else "电子邮箱",
        ),
        Way("oral", "口头提出", f"书写确有困难的，可以到{office}口头提出，由工作人员代为填写。", "当日"),
    ]


def _postcode(body: Body) -> str:
    return f"（邮编{body.postcode}）" if body.postcode else ""


def office_facts(body: Body) -> list[tuple[str, str, str]]:
    """What 条例 art. 12 asks of the guide: name, value, and the address behind it; what is missing is said so."""
    phone = body.phone.split("、")[0].replace(" ", "")
    return [
        ("机关名称", body.name, ""),
        ("工作机构", body.office or UNKNOWN, ""),
        ("办公地址", body.address or UNKNOWN, ""),
        ("邮政编码", body.postcode or UNKNOWN, ""),
        ("办公时间", body.office_hours or UNKNOWN, ""),
        ("联系电话", body.phone or UNKNOWN, f"tel:{phone}" if phone else ""),
        ("传真", body.fax or UNKNOWN, ""),
        ("电子邮箱", body.email or UNKNOWN, f"mailto:{body.email}" if body.email else ""),
        ("网站", body.website or UNKNOWN, body.website),
    ]
