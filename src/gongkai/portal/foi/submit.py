"""The last step: everything shown once more, submitted once, answered by a receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import segno
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.core.errors import RefusedError
from gongkai.foi.models.materials import MaterialKind
from gongkai.law.clock import REPLY_WORKDAYS
from gongkai.portal.foi import drafts, steps
from gongkai.portal.foi.apply import UPLOADED, both, page
from gongkai.portal.foi.form_file import as_file
from gongkai.portal.foi.forms import kind_name
from gongkai.portal.foi.offices import accepting_body
from gongkai.portal.throttle import seconds_to_wait, too_many
from gongkai.typesetting.document import Code, KeyValues, OfficialDocument, Paragraph

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.foi.models import Request
    from gongkai.organisations.models import Body

SUBMISSIONS_PER_MINUTE = 10


@never_cache
@both
def check(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Everything once more; submitting twice makes one request."""
    body = accepting_body(slug)
    draft = drafts.draft_of(request, body, ref)
    if draft.submitted:
        return redirect("portal:foi_receipt", slug, ref)
    go = request.POST.get("go", "")
    if go == "later":
        return redirect("portal:foi_saved", slug, ref)
    if go == "back":
        return redirect(steps.address(body, draft, "files"))
    return _submitted(request, body, draft) if request.method == "POST" else _check_page(request, body, draft)


def _submitted(request: HttpRequest, body: Body, draft: drafts.Draft) -> HttpResponse:
    lacks, cleaned = steps.complete(draft, body)
    if lacks:
        return redirect(request.path)
    wait = seconds_to_wait(request, "foi-submit", limit=SUBMISSIONS_PER_MINUTE)
    if wait:
        return too_many(request, wait)
    try:
        drafts.submit(draft, cleaned["applicant"], cleaned["information"])
    except RefusedError as error:
        where = steps.address(body, draft, "information")
        return _check_page(request, body, draft, [steps.Lack(str(one), where) for one in error.obstacles])
    return redirect("portal:foi_receipt", body.slug, draft.ref)


def _check_page(
    request: HttpRequest, body: Body, draft: drafts.Draft, refused: list[steps.Lack] | None = None
) -> HttpResponse:
    lacks = refused or steps.complete(draft, body)[0]
    context = {
        "draft": draft,
        "lacks": lacks,
        "groups": _groups(draft, body),
        "reply_workdays": REPLY_WORKDAYS,
    }
    return page(request, "check", body, "check", **context)


def _groups(draft: drafts.Draft, body: Body) -> list[dict[str, Any]]:
    """What was typed, in the order it was asked."""
    kind = kind_name(draft.kind)
    groups: list[dict[str, Any]] = [
        {"title": "申请人身份", "rows": [("身份", kind)], "address": steps.address(body, draft, "kind")}
    ]
    for step, title in (("applicant", "申请人"), ("information", "想要的信息")):
        form = steps.form_of(step, draft, getattr(draft, step)) if kind else None
        rows = [(str(field.label), _shown(field)) for field in form] if form else []
        groups.append({"title": title, "rows": rows, "address": steps.address(body, draft, step)})
    groups.append(
        {"title": "证明材料", "rows": _file_rows(draft), "address": steps.address(body, draft, "files")}
    )
    return groups


def _shown(field: Any) -> str:
    value = str(field.value() or "")
    return str(dict(getattr(field.field, "choices", ())).get(value, value))


def _file_rows(draft: drafts.Draft) -> list[tuple[str, str]]:
    rows = []
    for _, kind, label in UPLOADED:
        names = "、".join(one["name"] for one in draft.files if one["kind"] == kind)
        if kind == MaterialKind.IDENTITY and not names and draft.content.get(steps.NOTED_LATER):
            names = "以后补交"
        if names or kind == MaterialKind.IDENTITY:
            rows.append((label, names))
    return rows


@never_cache
@require_safe
def receipt(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Number and query code: the code until it was noted, for half an hour at the most."""
    body = accepting_body(slug)
    draft = drafts.draft_of(request, body, ref)
    if draft.row.request is None:
        return redirect(steps.address(body, draft, "check"))
    case = draft.row.request
    path = track_path(case)
    return page(
        request, "receipt", body, case=case, ref=ref, code=drafts.code_of(draft), qr=qr(request.build_absolute_uri(path)),
        track_path=path, track_address=request.build_absolute_uri(path), reply_workdays=REPLY_WORKDAYS,
    )  # fmt: skip


def track_path(case: Request) -> str:
    """The query page with the number in its place; the code is never in an address."""
    return f"{reverse('portal:foi_track', args=[case.body.slug])}?number={case.number}"


def qr(address: str) -> SafeString:
    """A QR code as SVG without a single style."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=2,
        omitsize=True,
        svgclass="foi-qr__code",
        lineclass="foi-qr__ink",
        title="查询页的二维码",
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from an address of our own


@never_cache
@require_safe
def receipt_file(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """The receipt on paper; with the code while it may still be seen."""
    body = accepting_body(slug)
    draft = drafts.draft_of(request, body, ref)
    case = draft.row.request
    if case is None:
        return redirect(steps.address(body, draft, "check"))
    address = request.build_absolute_uri(track_path(case))
    back = reverse("portal:foi_receipt", args=[slug, ref])
    return as_file(
        request,
        receipt_document(case, drafts.code_of(draft), address),
        "pdf",
        at=case.registered_at,
        back=back,
    )


def receipt_document(case: Request, code: str, address: str) -> OfficialDocument:
    """What was handed in and when; it says itself that it is not yet the receipt of 条例 art. 31."""
    body = case.body
    submitted = timezone.localtime(case.registered_at)
    rows = [
        ("申请编号", case.number),
        *([("查询码", code)] if code else []),
        ("提交时间", f"{submitted:%Y-%m-%d %H:%M}"),
        ("所需信息", case.subject),
        ("信息形式", case.wanted_form or "—"),
        ("获取途径", case.wanted_delivery or "—"),
        ("受理机构", body.office or body.name),
        ("联系电话", body.phone or "未登记"),
    ]
    return OfficialDocument(
        issuer=body.name,
        title="政府信息公开申请提交回执",
        blocks=(
            Paragraph("您通过互联网提交的政府信息公开申请已经登记。"),
            KeyValues(tuple(rows), "申请登记"),
            Paragraph(
                "根据《中华人民共和国政府信息公开条例》第三十一条，以互联网渠道提交的申请，以双方确认之日为收到申请之日；"
                f"自次日起{REPLY_WORKDAYS}个工作日内答复。请妥善保管查询码，不要告诉他人。"
            ),
            Code(address, ("扫码打开查询页，再输入查询码。", address), "办理进度查询页的二维码"),
        ),
        number=case.number,
        signature=body.office or body.name,
        signed_on=timezone.localdate(case.registered_at),
        seal=False,
        subject="政府信息公开申请提交回执",
    )


@never_cache
@require_POST
def noted(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """The code is written down: nothing of the application stays on this device."""
    body = accepting_body(slug)
    draft = drafts.draft_of(request, body, ref)
    if draft.row.request is None:
        return redirect(steps.address(body, draft, "check"))
    response = redirect("portal:foi_track", slug)
    drafts.forget_key(request, response, draft.key)
    return response
