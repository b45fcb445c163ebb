"""Registering a request: who asks and what, what the same person asked before, the slip and the form on paper."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.channels.material import public_address
from gongkai.console.access import officer_of, reach_one, require, required_bodies
from gongkai.console.forms.registering import RequestForm
from gongkai.console.once import submit_once
from gongkai.console.pages import page_view, show_form
from gongkai.console.performing import perform
from gongkai.core.errors import Obstacle, RefusedError, refuse_if
from gongkai.foi import acts
from gongkai.foi.acts.receipt import evidence_of, receipt_of
from gongkai.foi.application_form import filled_application_form
from gongkai.foi.models import Applicant, Request
from gongkai.foi.queries import Others, find_applicants, others_before
from gongkai.foi.registration_slip import registration_slip
from gongkai.organisations.rules import Permission
from gongkai.typesetting import docx, pdf
from gongkai.typesetting.fonts import PdfUnavailable

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.typesetting.document import OfficialDocument

FREE_ITEMS = 10  # by item, the first ten of a month are free (国办函〔2020〕109号 art. 4)
FILES: dict[str, tuple[Callable[..., bytes], str]] = {
    "pdf": (pdf.render, "application/pdf"),
    "docx": (docx.render, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@page_view
def request_add(request: HttpRequest) -> HttpResponse:
    """Register a request; for an applicant already known (``applicant``) only what is asked.

    What the same person asked before is shown, and asked about, before anything is registered.
    """
    bodies = required_bodies(request, Permission.HANDLE)
    chosen = request.GET.get("applicant", "")
    known = Applicant.objects.filter(pk=chosen, body__in=bodies).first() if chosen.isdecimal() else None
    if known is not None:
        bodies = bodies.filter(pk=known.body_id)
    form = RequestForm(request.POST if request.method == "POST" else None, bodies=bodies, applicant=known)
    if form.is_valid() and (
        answer := submit_once(request, form, lambda: _register(request, form), "申请已登记，可以打印登记回执")
    ):
        return answer
    if "duplicate_confirmed" not in form.fields and _found_again(form):
        form.ask_duplicate()
    others = _others(form)
    back = reverse("console:requests")
    return show_form(
        request,
        form,
        title="登记申请",
        back=back,
        way=[("公开申请", back)],
        button="登记",
        template="console/requests/add.html",
        known=known,
        others=others,
        seen=_mark(others),
        next_in_month=others.in_month + 1 if others else 0,
    )


def _found_again(form: RequestForm) -> bool:
    return any("已登记为" in message for message in form.non_field_errors())


def _others(form: RequestForm) -> Others | None:
    """What the same person asked before; None while nobody is named."""
    applicant = form.applicant()
    if applicant is None:
        return None
    data = getattr(form, "cleaned_data", {})
    month = data.get("submitted_on") or timezone.localdate()
    return others_before(applicant, subject=str(data.get("subject") or ""), month=month)


def _mark(others: Others | None) -> str:
    """A sign of what was shown: who sends it back has seen these requests, and no others."""
    if others is None or not others.rows:
        return ""
    rows = sorted((row.pk, row.pk in others.alike) for row in others.rows)
    return hashlib.sha256(f"{rows}{others.in_month >= FREE_ITEMS}".encode()).hexdigest()[:16]


def _why_look(others: Others | None, seen: str) -> list[Obstacle]:
    """Requests of the same person that were not shown yet."""
    mark = _mark(others)
    if others is None or not mark or mark == seen:
        return []
    alike = sum(row.pk in others.alike for row in others.rows)
    likely = f"，其中{alike}件可能与本件重复" if alike else ""
    message = f"同一申请人（或者同名的人）在本机关还有{len(others.rows)}件申请{likely}"
    return [Obstacle("others", message, "请核对下面列出的申请，确为另一件的，再按一次“登记”")]


def _register(request: HttpRequest, form: RequestForm) -> str:
    """The applicant, the request, and its receipt where the evidence is complete: all of it or nothing."""
    actor, now = officer_of(request), timezone.now()
    others = _others(form)
    applicant_data, data, evidence = form.split()
    amendment = data.get("amendment", "")
    applicant = form.known or _applicant(data["body"], applicant_data, actor, now)
    case = acts.register_request(applicant=applicant, actor=actor, at=now, **data)
    receipt, obstacles = receipt_of(evidence_of(case, **evidence))
    if receipt is not None:
        acts.record_receipt(request=case, actor=actor, at=now, amendment=amendment, **evidence)
    elif evidence and not obstacles[0].remedy.startswith("依据"):
        raise RefusedError(obstacles)
    if not data.get("duplicate_confirmed"):
        refuse_if(_why_look(others, request.POST.get("seen", "")))
    if receipt is None:
        messages.warning(request, f"{obstacles[0]}。收到之前不起算期限，请及时登记收到日期。")
    return reverse("console:request", args=[case.pk])


def _applicant(body: Any, data: dict[str, Any], actor: Any, now: Any) -> Applicant:
    """The one this body knows under this number and name, or a new one."""
    number = data.get("identity_number", "")
    found = find_applicants(body, name=data["name"], identity_number=number).first() if number else None
    return found or acts.register_applicant(body=body, actor=actor, at=now, **data)


# On paper ---------------------------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def request_slip(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The slip of the registration, to be handed over or sent; it names the applicant masked, and no query code."""
    row = reach_one(request, Request, pk, "applicant", "body")
    require(request, Permission.HANDLE, row.body)
    path = f"{reverse('portal:foi_track', args=[row.body.slug])}?number={row.number}"
    return _file(request, row, registration_slip(row, _full(request, path)), kind, "登记回执")


def _full(request: HttpRequest, path: str) -> str:
    """The path where the public finds the site; where that was never set, at the host this page came from."""
    is_set = urlsplit(settings.GONGKAI_SITE_ADDRESS).hostname != "localhost"
    return public_address(path) if is_set else request.build_absolute_uri(path)


@never_cache
@login_required
@require_POST
def request_form_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The application form filled in for the applicant, for his signature. It names him: that is recorded."""
    row = reach_one(request, Request, pk, "applicant", "body", "registered_by")
    require(request, Permission.HANDLE, row.body)
    made: list[HttpResponse] = []

    def look() -> None:
        acts.view_applicant(request=row, actor=officer_of(request), at=timezone.now())
        made.append(_file(request, row, filled_application_form(row), kind, "申请表（代填）"))

    if not perform(request, look, "代填的申请表含申请人信息，本次查看已记录"):
        return redirect("console:request", row.pk)
    return made[0]


def _file(
    request: HttpRequest, row: Request, document: OfficialDocument, kind: str, title: str
) -> HttpResponse:
    if kind not in FILES:
        raise Http404
    render, media_type = FILES[kind]
    try:
        content = render(document, at=timezone.localtime())
    except PdfUnavailable as error:
        messages.error(request, f"不能生成PDF：{error}。请改用Word文件打印。")
        return redirect("console:request", row.pk)
    response = HttpResponse(content, content_type=media_type)
    name = f"{row.number}{title}.{kind}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
