"""What applicants ask after the answer, and the code with which they see their case.

Corrections of information about themselves (条例 art. 41) and proposals that information be public (art. 44).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.console.access import officer_of, reach, reach_one, require
from gongkai.console.forms.asked import CorrectionAnswerForm, ProposalAnswerForm
from gongkai.console.pages import Acting, acting, crumbs, record_table
from gongkai.console.performing import perform
from gongkai.console.records import Column
from gongkai.console.views.letters import case_way
from gongkai.core.query_codes import shown_code
from gongkai.foi import acts
from gongkai.foi.models import DisclosureProposal, InformationCorrection, Request
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

TITLE = "更正与建议"
SHOWN = 300


def _case(row: Any) -> str:
    return reverse("console:request", args=[row.request_id])


def _answering(name: str, *, may_handle: bool) -> Column:
    """The way to answering, until it was answered."""
    open_ = lambda row: may_handle and row.answered_at is None  # noqa: E731 - said twice
    return Column(
        "答复",
        lambda row: row.answer or ("答复" if open_(row) else ""),
        link=lambda row: reverse(f"console:{name}", args=[row.pk]) if open_(row) else "",
    )


NUMBER = Column("申请", lambda row: row.request.number, link=_case)


def correction_columns(*, may_handle: bool) -> tuple[Column, ...]:
    """Without what is to be corrected and the evidence: they are personal and stand on the page for answering."""
    return (
        Column("需要更正的信息", lambda row: row.information),
        Column("提出时间", lambda row: row.asked_at),
        Column("处理", lambda row: row.get_result_display() or "尚未处理"),
        _answering("correction_answer", may_handle=may_handle),
    )


def proposal_columns(*, may_handle: bool) -> tuple[Column, ...]:
    """All of it."""
    return (
        Column("建议", lambda row: row.text),
        Column("提出时间", lambda row: row.made_at),
        Column("处理", _accepted),
        _answering("proposal_answer", may_handle=may_handle),
    )


def _accepted(row: DisclosureProposal) -> str:
    return {True: "采纳", False: "不采纳"}.get(row.accepted, "尚未处理")  # type: ignore[arg-type]


def asked_tables(row: Request, *, may_handle: bool) -> list[dict[str, Any]]:
    """On the page of a case; only those there are."""
    corrections, proposals = list(row.corrections.all()), list(row.proposals.all())
    tables = []
    if corrections:
        columns = correction_columns(may_handle=may_handle)
        tables.append(record_table("corrections", "更正自身信息的请求", corrections, columns, empty=""))
    if proposals:
        columns = proposal_columns(may_handle=may_handle)
        tables.append(record_table("proposals", "主动公开的建议", proposals, columns, empty=""))
    return tables


def waiting(request: HttpRequest) -> int:
    """How many in the officer's bodies wait for an answer."""
    models = (InformationCorrection, DisclosureProposal)
    return sum(reach(request, one).filter(answered_at=None).count() for one in models)


@login_required
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Those that wait first, the oldest on top; below them those that were answered."""
    context = {
        "title": TITLE,
        "tables": [
            _list(request, InformationCorrection, "更正自身信息的请求（条例第四十一条）", correction_columns),
            _list(request, DisclosureProposal, "主动公开的建议（条例第四十四条）", proposal_columns),
        ],
        "tabs": [
            (reverse("console:requests"), "公开申请", False),
            (reverse("console:letters"), "文书登记簿", False),
            (reverse("console:asked"), TITLE, True),
            (reverse("console:statistics"), "统计", False),
        ],
        "crumbs": crumbs(("公开申请", reverse("console:requests")), (TITLE, "")),
    }
    return render(request, "console/records/tables.html", context)


def _list(request: HttpRequest, model: Any, title: str, columns: Any) -> dict[str, Any]:
    rows = reach(request, model).select_related("request")
    open_: Iterable[Any] = rows.filter(answered_at=None).order_by("pk")[:SHOWN]
    done = rows.exclude(answered_at=None).order_by("-answered_at", "-pk")[:SHOWN]
    shown = (NUMBER, *columns(may_handle=True))
    return record_table(model._meta.model_name, title, [*open_, *done], shown, empty="没有。")  # noqa: SLF001 - documented


def _answer(title: str, model: Any, form: Any, act: Any, name: str, about: Any) -> Any:
    return acting(
        Acting(
            title=title,
            model=model,
            form=form,
            act=lambda request, row, data: act(
                **{name: row}, actor=officer_of(request), at=timezone.now(), **data
            ),
            done="答复已保存，申请人可以在查询页面看到",
            back=_case,
            way=lambda row: case_way(row.request),
            about=lambda row: (f"{row.request.number}　{row.request.subject}", *about(row)),
            button="答复",
        )
    )


correction_answer = _answer(
    "答复更正请求",
    InformationCorrection,
    CorrectionAnswerForm,
    acts.answer_correction,
    "correction",
    lambda row: (
        f"需要更正的信息：{row.information}",
        f"请求更正为：{row.wanted}",
        f"证据说明：{row.evidence}",
        "证据材料在案卷材料中。需要出具文书的，另在本件中拟写更正、不予更正或者转送的告知书。",
    ),
)
proposal_answer = _answer(
    "答复主动公开的建议",
    DisclosureProposal,
    ProposalAnswerForm,
    acts.answer_proposal,
    "proposal",
    lambda row: (f"建议：{row.text}",),
)


@never_cache
@login_required
@require_POST
def query_code(request: HttpRequest, pk: int) -> HttpResponse:
    """A new query code, shown this once; the officer hands it to the applicant and to nobody else."""
    row = reach_one(request, Request, pk, "applicant")
    require(request, Permission.HANDLE, row.body)
    made: list[str] = []

    def issue() -> None:
        made.append(acts.issue_query_code(request=row, actor=officer_of(request), at=timezone.now()))

    if not perform(request, issue, "已生成新的查询码，原查询码失效"):
        return redirect("console:request", row.pk)
    context = {
        "title": "查询码",
        "case": row,
        "code": shown_code(made[0]),
        "back": reverse("console:request", args=[row.pk]),
        "crumbs": crumbs(*case_way(row), ("查询码", "")),
    }
    return render(request, "console/requests/query_code.html", context)
