"""Reviews and lawsuits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.console.access import officer_of, reach_one
from gongkai.console.forms import disputes as forms
from gongkai.console.forms.filters import DisputeFilter
from gongkai.console.offers import Offer
from gongkai.console.pages import Acting, Adding, acting, adding, crumbs, exporting, listing
from gongkai.console.records import Addition, Column, RecordList, docket
from gongkai.console.timeline import timeline_of
from gongkai.disputes import acts
from gongkai.disputes.models import Dispute
from gongkai.disputes.queries import notes_on_dispute
from gongkai.organisations.rules import Permission, why_not_permitted

if TYPE_CHECKING:
    from django.http import HttpRequest


def _to(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"console:{name}", args=[row.pk])


DISPUTES = RecordList(
    name="disputes",
    title="复议诉讼",
    model=Dispute,
    columns=(
        Column("案号", lambda row: row.number or row.matter or "无案号", link=_to("dispute"), width=30),
        Column("类别", lambda row: row.get_route_display(), width=20),
        Column("案由", lambda row: row.matter, width=30),
        Column("复议机关或法院", lambda row: row.organ, width=26),
        Column("所涉申请", lambda row: row.request.number if row.request else ""),
        Column("受理日期", lambda row: row.filed_on, mark=lambda _: "due"),
        Column("审结日期", lambda row: row.concluded_on or "尚未审结", mark=lambda _: "due"),
        Column("结果", lambda row: row.get_result_display()),
    ),
    filters=DisputeFilter,
    order=("-filed_on", "-pk"),
    related=("body", "request"),
    additions=(Addition("登记案件", "dispute_add"),),
)
LISTS = (DISPUTES,)
disputes, disputes_export = listing(DISPUTES), exporting(DISPUTES)

dispute_add = adding(
    Adding(
        "登记复议诉讼案件",
        forms.DisputeForm,
        lambda request, data: acts.file_dispute(actor=officer_of(request), at=timezone.now(), **data),
        "案件已登记",
        "复议诉讼",
        "disputes",
        then=_to("dispute"),
    )
)


@login_required
@require_safe
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """One case, with what an officer should look at once more."""
    row = reach_one(request, Dispute, pk, "request")
    may_not = why_not_permitted(officer_of(request), Permission.HANDLE, row.body, timezone.localdate())
    offers = [Offer("更正案件记录", _to("dispute_amend")(row), may_not)]
    if row.concluded_on is None:
        offers.insert(0, Offer("登记审结", _to("dispute_conclude")(row), may_not, primary=True))
    title = str(row).strip()
    context = {
        "title": title,
        "status": f"已审结：{row.get_result_display()}" if row.concluded_on else "尚未审结",
        "notes": notes_on_dispute(row),
        "docket": docket(
            ("类别", row.get_route_display()),
            ("机关", row.body.name),
            ("案号", row.number),
            ("案由", row.matter),
            ("审理机关", row.organ),
            ("所涉申请", row.request),
            ("受理日期", row.filed_on),
            ("审结日期", row.concluded_on),
            ("仅作复议机关", "是，不计入本机关年报" if row.as_reviewing_organ else "否"),
        ),
        "acts": offers,
        "timeline": timeline_of(row),
        "crumbs": crumbs(("复议诉讼", reverse("console:disputes")), (title, "")),
    }
    return render(request, "console/records/case.html", context)


def _way(row: Dispute) -> list[tuple[str, str]]:
    return [("复议诉讼", reverse("console:disputes")), (str(row).strip(), _to("dispute")(row))]


dispute_conclude = acting(
    Acting(
        title="登记审结",
        model=Dispute,
        form=forms.ConcludeForm,
        act=lambda request, row, data: acts.conclude_dispute(
            dispute=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="审结情况已登记",
        back=_to("dispute"),
        way=_way,
        about=lambda row: (f"{row}，{row.filed_on}受理",),
    )
)


def _before(row: Dispute) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in forms.DisputeCorrection.of_model}
    return told | {"request": row.request.number if row.request else ""}


dispute_amend = acting(
    Acting(
        title="更正案件记录",
        model=Dispute,
        form=forms.DisputeCorrection,
        act=lambda request, row, data: acts.amend_dispute(
            dispute=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="案件记录已更正，原内容保留在操作记录中",
        back=_to("dispute"),
        way=_way,
        initial=_before,
        related=("request",),
    )
)
