"""A Word file or PDF dropped: read, its fields filled in for confirmation, saved as a document with its draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from gongkai.console.access import officer_of, reach_one, require, required_bodies
from gongkai.console.forms.documents import ConfirmDropForm
from gongkai.console.forms.publishing import DropForm
from gongkai.console.once import submit_once
from gongkai.console.pages import Adding, adding, page_view, show_form
from gongkai.core.errors import RefusedError
from gongkai.disclosure import acts
from gongkai.disclosure.enums import DocumentKind
from gongkai.disclosure.intake import read, take_up
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
    form = ConfirmDropForm(posted, bodies=bodies, initial=_initial(row.body, drafted))

    def act() -> str:
        made = take_up(
            drop=row,
            alternatives={},
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
        remarks=[str(one) for one in drafted.warnings],
    )


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
    found = [(label, one.value, f"{one.place}“{one.quote}”") for label, one in pairs if one is not None]
    pictures = [
        ("图片", one.name, one.alternative or "没有替代文字，请在正文中补写 alt") for one in drafted.pictures
    ]
    return [*found, *pictures]
