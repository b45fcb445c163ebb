"""One column of key-area information: renamed, closed, used again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.catalogue import acts
from gongkai.catalogue.models import KeyArea
from gongkai.console.access import officer_of, reach_one, require
from gongkai.console.forms import catalogues as forms
from gongkai.console.offers import Offer
from gongkai.console.pages import Acting, acting, crumbs
from gongkai.console.performing import perform
from gongkai.console.records import docket
from gongkai.console.timeline import timeline_of
from gongkai.organisations.rules import Permission, may

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

LIST = "公开目录与重点领域"


def _to(row: KeyArea) -> str:
    return reverse("console:key_area", args=[row.pk])


def _way(row: KeyArea) -> Sequence[tuple[str, str]]:
    return [(LIST, reverse("console:catalogues")), (row.name, _to(row))]


@login_required
@require_safe
def key_area(request: HttpRequest, pk: int) -> HttpResponse:
    """One column: how much is in it, and what can be done with it."""
    row = reach_one(request, KeyArea, pk)
    context = {
        "title": row.name,
        "status": f"{row.closed_on}停用" if row.closed_on else "在用",
        "docket": docket(
            ("机关", row.body.name),
            ("归入的文件", row.documents.count()),
            ("停用日期", row.closed_on),
        ),
        "acts": _offers(request, row),
        "timeline": timeline_of(row),
        "crumbs": crumbs((LIST, reverse("console:catalogues")), (row.name, "")),
    }
    return render(request, "console/records/case.html", context)


def _offers(request: HttpRequest, row: KeyArea) -> list[Offer]:
    if not may(officer_of(request), Permission.APPROVE, row.body, timezone.localdate()):
        return []
    offers = [Offer("改名", reverse("console:key_area_rename", args=[row.pk]))]
    if row.closed_on is None:
        return [*offers, Offer("停用", reverse("console:key_area_close", args=[row.pk]))]
    return [*offers, Offer("恢复", reverse("console:key_area_reopen", args=[row.pk]), link=False)]


key_area_rename = acting(
    Acting(
        title="栏目改名",
        model=KeyArea,
        form=forms.KeyAreaNameForm,
        act=lambda request, row, data: acts.rename_key_area(area=row, actor=officer_of(request), **data),
        done="栏目已改名，网址不变",
        back=_to,
        way=_way,
        permission=Permission.APPROVE,
        initial=lambda row: {"name": row.name},
    )
)
key_area_close = acting(
    Acting(
        title="停用栏目",
        model=KeyArea,
        form=forms.KeyAreaCloseForm,
        act=lambda request, row, data: acts.close_key_area(area=row, actor=officer_of(request), **data),
        done="栏目已停用，其中的文件仍然公开",
        back=_to,
        way=_way,
        permission=Permission.APPROVE,
        button="停用",
        about=lambda _: ("停用后不再列出，也不能再归入文件；已经归入的文件仍然公开，原网址仍可打开。",),
    )
)


@login_required
@require_POST
def key_area_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a closed column again, by one button."""
    row = reach_one(request, KeyArea, pk)
    require(request, Permission.APPROVE, row.body)
    perform(request, lambda: acts.reopen_key_area(area=row, actor=officer_of(request)), "栏目已恢复")
    return redirect("console:key_area", row.pk)
