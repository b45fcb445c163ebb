"""Files of an edition: uploaded, replaced, described, removed, looked at by officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.console.access import officer_of, reach_one, require
from gongkai.console.forms import publishing as forms
from gongkai.console.pages import Acting, acting
from gongkai.console.performing import perform
from gongkai.console.views.editions import edition_address, edition_way
from gongkai.core.files import DamagedFileError, read
from gongkai.disclosure import acts
from gongkai.disclosure.models import Attachment, Edition
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from django.http import HttpRequest

SHOWN = frozenset({"image/png", "image/jpeg"})


def _uploaded(data: dict[str, Any]) -> dict[str, Any]:
    file = data.pop("file")
    return {"name": file.name, "content": file.read(), **data}


def _back(row: Attachment) -> str:
    return edition_address(row.edition)


def _way(row: Attachment) -> list[tuple[str, str]]:
    return edition_way(row.edition)


file_add = acting(
    Acting(
        title="上传附件或图片",
        model=Edition,
        form=forms.FileForm,
        act=lambda request, row, data: acts.add_file(
            edition=row, actor=officer_of(request), at=timezone.now(), **_uploaded(data)
        ),
        done="文件已加入，请查看检查结果",
        back=edition_address,
        way=edition_way,
        button="上传",
        about=lambda row: (f"{row.title}（第{row.number}版）", "发布前文件不对外公开。"),
    )
)
file_replace = acting(
    Acting(
        title="替换文件",
        model=Attachment,
        form=forms.ReplaceForm,
        act=lambda request, row, data: acts.add_file(
            edition=row.edition,
            replaces=row,
            role=row.role,
            alternative=row.alternative,
            actor=officer_of(request),
            at=timezone.now(),
            **_uploaded(data),
        ),
        done="文件已替换，网址不变",
        back=_back,
        way=_way,
        button="替换",
        about=lambda row: (row.name,),
    )
)
file_edit = acting(
    Acting(
        title="文件名和替代文字",
        model=Attachment,
        form=forms.DescribeForm,
        act=lambda request, row, data: acts.describe_file(
            attachment=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="已保存",
        back=_back,
        way=_way,
        initial=lambda row: {"name": row.name, "alternative": row.alternative},
    )
)


@login_required
@require_POST
def file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file out of a draft."""
    row = reach_one(request, Attachment, pk)
    require(request, Permission.HANDLE, row.edition.document.body)
    back = _back(row)
    act = lambda: acts.remove_file(attachment=row, actor=officer_of(request), at=timezone.now())  # noqa: E731
    perform(request, act, "文件已移除")
    return redirect(back)


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it is kept: a picture to look at, anything else as a download."""
    row = reach_one(request, Attachment, pk)
    try:
        content = read(row.file, row.sha256)
    except DamagedFileError:
        messages.error(request, f"“{row.name}”与上传时不一致或者已经丢失，请联系系统管理员从备份恢复")
        return redirect(reverse("console:edition", args=[row.edition_id]))
    response = HttpResponse(content, content_type=row.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=row.media_type not in SHOWN, filename=row.name)
        or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
