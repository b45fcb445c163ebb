"""The form 政府信息公开申请表 with the body's name in it, to be filled in by hand: as Word and as PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.foi.enums import ApplicantKind
from gongkai.portal.foi.offices import accepting_body
from gongkai.portal.throttle import seconds_to_wait, too_many
from gongkai.typesetting import docx, pdf
from gongkai.typesetting.document import Form, FormCell, FormRow, OfficialDocument, Paragraph
from gongkai.typesetting.fonts import PdfUnavailable

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.organisations.models import Body

FILES_PER_MINUTE = 30
TITLE = "政府信息公开申请表"
DRAWN_ON = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)  # of this layout; the file does not change from day to day


class Kind(NamedTuple):
    """A kind of file the form is made as."""

    name: str
    media_type: str
    render: Callable[..., bytes]


KINDS = {
    "docx": Kind(
        "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.render
    ),
    "pdf": Kind("PDF", "application/pdf", pdf.render),
}


@require_safe
def form_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The empty form as a file."""
    body, kind = accepting_body(slug), KINDS.get(ending)
    if kind is None:
        raise Http404
    wait = seconds_to_wait(request, "foi-form", limit=FILES_PER_MINUTE)
    if wait:
        return too_many(request, wait)
    return as_file(request, application_form(body), ending, at=DRAWN_ON, back=_guide(body))


def _guide(body: Body) -> str:
    return reverse("portal:foi_guide", args=[body.slug])


def as_file(
    request: HttpRequest, document: OfficialDocument, ending: str, *, at: dt.datetime, back: str
) -> HttpResponse:
    """A document as a download; a page that says so where the server lacks the font for it."""
    kind = KINDS[ending]
    try:
        content = kind.render(document, at=timezone.localtime(at))
    except PdfUnavailable:
        context = {"name": kind.name, "address": back}
        return render(request, "portal/foi/file_unavailable.html", context, status=503)
    response = HttpResponse(content, content_type=kind.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(document.name)}.{ending}"
    return response


def application_form(body: Body) -> OfficialDocument:
    """One official form for citizens and for organisations; what 条例 art. 29 asks for and nothing beyond it."""
    return OfficialDocument(
        issuer=body.name,
        title=TITLE,
        blocks=(_form(), *(Paragraph(text) for text in _notes(body))),
        seal=False,
        subject=f"向{body.name}申请公开政府信息用",
    )


def _label(text: str, *, rows: int = 1, columns: int = 1) -> FormCell:
    return FormCell(text, label=True, rowspan=rows, colspan=columns)


def _two(first: str, second: str) -> tuple[FormCell, ...]:
    return (_label(first), FormCell(), _label(second), FormCell())


def _one(label: str, text: str = "") -> tuple[FormCell, ...]:
    return (_label(label), FormCell(text, colspan=3))


def _wide(label: str, text: str = "") -> tuple[FormCell, ...]:
    return (_label(label, columns=2), FormCell(text, colspan=3))


def _row(*cells: FormCell, height: float = 8) -> FormRow:
    """Low enough for the whole form to stand on one page."""
    return FormRow(cells, height=height)


def _form() -> Form:
    kinds = "　".join(f"□{kind.label}" for kind in ApplicantKind if kind != ApplicantKind.NATURAL)
    rows = [
        _row(_label("申\n请\n人", rows=11), _label("公民", rows=4), *_two("姓名", "联系电话")),
        _row(*_two("证件名称", "证件号码")),
        _row(*_two("电子邮箱", "邮政编码")),
        _row(*_one("通信地址")),
        _row(_label("法人\n或者\n其他\n组织", rows=5), *_one("名称")),
        _row(*_one("类别", kinds), height=12),
        _row(*_two("统一社会\n信用代码", "法定代\n表人"), height=12),
        _row(*_two("联系人", "联系电话")),
        _row(*_two("通信地址", "电子邮箱")),
        _row(_label("代理\n人", rows=2), *_two("姓名", "联系电话")),
        _row(*_one("授权", "□附授权委托书和代理人身份证明")),
        _row(_label("所\n需\n信\n息", rows=6), *_wide("名称"), height=10),
        _row(*_wide("文号")),
        _row(*_wide("便于查询的\n其他特征描述"), height=26),
        _row(*_wide("信息形式", "□纸质　□电子文件　□光盘等　□其他：")),
        _row(*_wide("获取途径", "□邮寄　□自行领取　□电子邮件　□当面查阅、抄录")),
        _row(*_wide("需要的帮助", "（阅读困难、视听障碍等，写明需要怎样的帮助）")),
        _row(
            _label("申请人签名\n（盖章）", columns=3), FormCell(), _label("申请日期"), FormCell(), height=12
        ),
    ]
    return Form((9, 12, 22, 43, 22, 48), tuple(rows), TITLE)


def _notes(body: Body) -> list[str]:
    office = body.office or body.name
    address = f"，地址：{body.address}" if body.address else ""
    phone = f"，电话：{body.phone}" if body.phone else ""
    return [
        "填表说明：",
        "1. 公民填“公民”一栏，法人或者其他组织填“法人或者其他组织”一栏；请附身份证明复印件。一张表只写一项信息。",
        "2. 所需信息请写明名称、文号，或者便于查找的特征（时间、地点、事项、对象）。不知道文号可以不填。",
        "3. 没有选择形式和途径的，本机关按照信息的实际情况提供。书写有困难的，可以口头提出，由工作人员代填。",
        f"4. 本表交{office}{address}{phone}。信封请注明“政府信息公开申请”。",
    ]
