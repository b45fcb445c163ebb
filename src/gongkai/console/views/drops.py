"""A Word file or PDF dropped: read, its fields filled in for confirmation, saved as a document with its draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.console.access import officer_of, reach_one, require, required_bodies
from gongkai.console.forms.documents import ConfirmDropForm
from gongkai.console.forms.publishing import DropForm
from gongkai.console.once import submit_once
from gongkai.console.pages import Adding, adding, page_view, show_form
from gongkai.core.errors import RefusedError
from gongkai.core.sniffing import sniff
from gongkai.disclosure import acts
from gongkai.disclosure.acts.attachments import PICTURES
from gongkai.disclosure.enums import DocumentKind
from gongkai.disclosure.intake import read, shown_picture, take_up
from gongkai.disclosure.models import Drop
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.drafting import Drafted

WAY = "文件"


def _dropped(request: HttpRequest, data: dict[str, Any]) -> Drop:
    """Kept only when it can be read, so that what is wrong with it is said at once."""
    file = data["file"]
    drop = acts.drop_file(
        body=data["body"],
        name=file.name,
        content=file.read(),
        actor=officer_of(request),
        at=timezone.now(),
    )
    try:
        read(drop)
    except RefusedError:
        acts.forget_drop(drop)
        raise
    return drop


drop_add = adding(
    Adding(
        "从Word或PDF起草",
        DropForm,
        _dropped,
        "文件已读取，请核对下列内容",
        WAY,
        "documents",
        then=lambda row: reverse("console:drop", args=[row.pk]),
        button="读取",
        about=(
            "名称、文号、成文日期、发文机关和正文将自动填好，供您核对；批注、修订痕迹和隐藏内容不会带入。",
        ),
    )
)


@page_view
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, filled from the file; saving it makes the document."""
    row = reach_one(request, Drop, pk)
    require(request, Permission.HANDLE, row.body)
    try:
        drafted = read(row)
    except RefusedError as refused:
        for obstacle in refused.obstacles:
            messages.error(request, str(obstacle))
        return redirect(reverse("console:drop_add"))
    bodies = required_bodies(request, Permission.HANDLE).filter(pk=row.body_id)
    posted = request.POST if request.method == "POST" else None
    form = ConfirmDropForm(
        posted, bodies=bodies, initial=_initial(row.body, drafted), pictures=drafted.pictures
    )

    def act() -> str:
        made = take_up(
            drop=row,
            alternatives=form.alternatives(),
            actor=officer_of(request),
            at=timezone.now(),
            **_arguments(form),
        )
        return reverse("console:edition", args=[made.editions.get().pk])

    if form.is_valid() and (answer := submit_once(request, form, act, "文件已登记，正文存为草稿")):
        return answer
    return show_form(
        request,
        form,
        title="核对来稿",
        back=reverse("console:documents"),
        way=[(WAY, reverse("console:documents"))],
        template="console/documents/form.html",
        about=(row.name,),
        found=_found(drafted),
        pictures=[
            (f"图{place}", one.alternative or "", reverse("console:drop_picture", args=[row.pk, place]))
            for place, one in enumerate(drafted.pictures, start=1)
        ],
        remarks=[str(one) for one in drafted.warnings],
    )


@never_cache
@login_required
@require_safe
def drop_picture(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """A picture of the dropped file, so that who describes it sees it."""
    row = reach_one(request, Drop, pk)
    require(request, Permission.HANDLE, row.body)
    try:
        pictures = read(row).pictures
        content = shown_picture(pictures[place - 1]) if 0 < place <= len(pictures) else b""
    except (RefusedError, OSError, ValueError):
        content = b""
    kind = sniff(content)
    if kind is None or kind not in PICTURES:
        raise Http404
    response = HttpResponse(content, content_type=kind.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _arguments(form: ConfirmDropForm) -> dict[str, Any]:
    data = form.arguments()
    return {"text": data.pop("text"), "keep_original": data.pop("keep_original", False), "values": data}


def _initial(body: Body, drafted: Drafted) -> dict[str, Any]:
    number = drafted.document_number.value if drafted.document_number else ""
    others = [one.value for one in drafted.issuers if one.value not in {body.name, body.short_name}]
    return {
        "body": body.pk,
        "title": drafted.title.value[:300] if drafted.title else "",
        "document_number": number,
        "made_on": drafted.made_on.value if drafted.made_on else None,
        "joint_issuers": others,
        "kind": DocumentKind.NOTICE if not number else "",
        "attribute": "proactive",
        "is_lead": True,
        "text": drafted.html,
    }


def _found(drafted: Drafted) -> list[tuple[str, object, str]]:
    """What was proposed, and from where."""
    pairs: list[tuple[str, Any]] = [
        ("名称", drafted.title),
        ("文号", drafted.document_number),
        ("成文日期", drafted.made_on),
        *(("发文机关", one) for one in drafted.issuers),
        *(("文中列明的附件", one) for one in drafted.attachments),
    ]
    return [(label, one.value, f"{one.place}“{one.quote}”") for label, one in pairs if one is not None]
