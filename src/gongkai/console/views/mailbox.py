"""The mailbox: letters waiting and answered, one letter, its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.console.access import reach_one, require
from gongkai.console.forms import answering as forms
from gongkai.console.forms.filters_engagement import MailboxFilter
from gongkai.console.offers import Offer
from gongkai.console.pages import Acting, Adding, acting, adding, crumbs, exporting, listing
from gongkai.console.performing import perform
from gongkai.console.records import Addition, Column, RecordList, docket
from gongkai.console.timeline import timeline_of
from gongkai.console.views.consultations import TABS, by, calendar_for, to, with_calendar
from gongkai.engagement import acts
from gongkai.engagement.enums import LetterState
from gongkai.engagement.masking import masked
from gongkai.engagement.models import MailboxLetter
from gongkai.engagement.stages import is_letter_late, letter_due_of
from gongkai.organisations.rules import Permission, may

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


def _due(row: MailboxLetter) -> str:
    return str(letter_due_of(row, calendar_for(row)).day)


def _is_late(row: MailboxLetter) -> bool:
    return is_letter_late(row, timezone.localdate(), calendar_for(row))


MAILBOX = RecordList(
    name="mailbox",
    title="意见箱",
    model=MailboxLetter,
    columns=(
        Column("编号", lambda row: row.number, link=to("mailbox_letter"), width=20),
        Column("标题", lambda row: masked(row.subject), width=40),
        Column("收到", lambda row: row.received_at, mark=lambda _: "due"),
        Column("答复期限", _due, mark=lambda row: "due due--late" if _is_late(row) else "due"),
        Column("状态", lambda row: row.get_state_display()),
        Column("承办机构", lambda row: row.unit),
        Column("答复时间", lambda row: row.answered_at, on_page=False),
    ),
    filters=MailboxFilter,
    order=("state", "received_at", "pk"),
    related=("body", "unit"),
    prepare=with_calendar,
    additions=(Addition("登记来信", "mailbox_add"),),
    tabs=TABS,
    note="列表和导出不含姓名和联系方式。",
)
mailbox, mailbox_export = listing(MAILBOX), exporting(MAILBOX)
mailbox_add = adding(
    Adding(
        "登记来信",
        forms.LetterForm,
        lambda request, data: acts.enter_letter(**by(request), **data),
        "来信已登记",
        "意见箱",
        "mailbox",
        then=to("mailbox_letter"),
    )
)


def _way(row: MailboxLetter) -> Sequence[tuple[str, str]]:
    return [("意见箱", reverse("console:mailbox")), (row.number, to("mailbox_letter")(row))]


def _reached(request: HttpRequest, pk: int) -> MailboxLetter:
    return reach_one(request, MailboxLetter, pk, "unit", "answered_by")


@never_cache
@login_required
@require_safe
def mailbox_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter and its answer."""
    return _show(request, _reached(request, pk))


def _show(request: HttpRequest, row: MailboxLetter, sender: tuple[str, str] = ("", "")) -> HttpResponse:
    late = _is_late(row)
    due = letter_due_of(row, calendar_for(row))
    context = {
        "title": f"{row.number}　{masked(row.subject)}",
        "status": f"{row.get_state_display()}{'（逾期）' if late else ''}",
        "status_mark": "late" if late else "",
        "docket": docket(
            ("机关", row.body.name),
            ("收到", row.received_at),
            ("途径", row.get_way_display()),
            ("姓名或单位", sender[0] or ("有，未显示" if row.name else "未留")),
            ("联系方式", sender[1] or ("有，未显示" if row.contact else "未留")),
            ("同意公开", row.may_publish),
            ("承办机构", row.unit),
            ("答复期限", f"{due.day}前（收到后{row.workdays}个工作日）{due.note}"),
            ("答复", f"{row.answered_by or ''}" if row.answered_at else ""),
            ("答复时间", row.answered_at),
            ("在网站公开", row.is_public if row.answered_at else ""),
            ("不予处理的理由", row.set_aside_reason),
        ),
        "texts": [one for one in (("来信", row.text), ("答复", row.answer)) if one[1]],
        "acts": _offers(request, row),
        "timeline": timeline_of(row),
        "crumbs": crumbs(("意见箱", reverse("console:mailbox")), (row.number, "")),
    }
    return render(request, "console/records/case.html", context)


def _offers(request: HttpRequest, row: MailboxLetter) -> list[Offer]:
    given, here = by(request), [row.pk]
    if not may(given["actor"], Permission.HANDLE, row.body, timezone.localdate()):
        return []
    offers = []
    if row.state == LetterState.WAITING:
        offers = [
            Offer("答复", reverse("console:mailbox_answer", args=here), primary=True),
            Offer("转承办机构", reverse("console:mailbox_give", args=here)),
            Offer("不予处理", reverse("console:mailbox_set_aside", args=here)),
        ]
    if not acts.why_not_view_sender(row, **given):
        address = reverse("console:mailbox_sender", args=here)
        offers.append(Offer("显示姓名和联系方式", address, note="查看将被记录", link=False))
    return offers


@never_cache
@login_required
@require_POST
def mailbox_sender(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with who wrote, once; that it was looked at is recorded."""
    row = _reached(request, pk)
    require(request, Permission.HANDLE, row.body)
    seen: list[tuple[str, str]] = []

    def look() -> None:
        seen.append(acts.view_sender(row=row, **by(request)))

    if not perform(request, look, "已显示，本次查看已记录"):
        return redirect("console:mailbox_letter", row.pk)
    return _show(request, row, seen[0])


def _on(title: str, form: Any, act: Any, done: str, button: str, **more: Any) -> Any:
    """A page on which one thing is done with a letter."""
    return acting(
        Acting(
            title=title,
            model=MailboxLetter,
            form=form,
            act=lambda request, row, data: act(letter=row, **by(request), **data),
            done=done,
            back=to("mailbox_letter"),
            way=_way,
            about=lambda row: (masked(row.subject), row.text),
            button=button,
            **more,
        )
    )


mailbox_answer = _on(
    "答复来信",
    forms.LetterAnswerForm,
    acts.answer_letter,
    "来信已答复，来信人凭编号和查询码可以看到",
    "答复",
    fitted=lambda row: {"may_publish": row.may_publish},
)
mailbox_give = _on("转承办机构", forms.GiveForm, acts.give_letter, "已转承办机构", "保存")
mailbox_set_aside = _on("不予处理", forms.SetAsideForm, acts.set_aside_letter, "已登记不予处理", "保存")
