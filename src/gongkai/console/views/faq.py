"""The library of questions: the list, writing and changing an entry, releasing it, taking it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import strip_tags
from django.views.decorators.http import require_POST, require_safe

from gongkai.console.access import reach_one, require
from gongkai.console.forms import answering as forms
from gongkai.console.forms.base import PlainReasonForm
from gongkai.console.forms.filters_engagement import FaqFilter
from gongkai.console.offers import Offer
from gongkai.console.pages import Acting, Adding, acting, adding, crumbs, exporting, listing
from gongkai.console.performing import perform
from gongkai.console.records import Addition, Column, RecordList, docket
from gongkai.console.timeline import timeline_of
from gongkai.console.views.consultations import TABS, by, to
from gongkai.engagement import acts
from gongkai.engagement.enums import FaqState
from gongkai.engagement.models import FaqEntry
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

FAQ = RecordList(
    name="faq_entries",
    title="问答库",
    model=FaqEntry,
    columns=(
        Column("问题", lambda row: row.question, link=to("faq_entry"), width=50),
        Column("专题", lambda row: row.topic, width=20),
        Column("状态", lambda row: row.get_state_display()),
        Column("发布", lambda row: row.published_at, mark=lambda _: "due"),
        Column("答复", lambda row: strip_tags(row.answer), on_page=False, width=60),
        Column("依据", lambda row: row.document, on_page=False, width=40),
    ),
    filters=FaqFilter,
    order=("topic", "pk"),
    related=("body", "document"),
    additions=(Addition("起草问答", "faq_add"),),
    tabs=TABS,
)
faq_entries, faq_entries_export = listing(FAQ), exporting(FAQ)
faq_add = adding(
    Adding(
        "起草问答",
        forms.FaqForm,
        lambda request, data: acts.write_entry(**by(request), **data),
        "问答已保存，由其他审核签发人员发布",
        "问答库",
        "faq_entries",
        then=to("faq_entry"),
    )
)


def _way(row: FaqEntry) -> Sequence[tuple[str, str]]:
    return [("问答库", reverse("console:faq_entries")), (row.question, to("faq_entry")(row))]


@login_required
@require_safe
def faq_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, and what can be done with it."""
    row = reach_one(request, FaqEntry, pk, "unit", "document", "written_by", "published_by")
    context = {
        "title": row.question,
        "status": row.get_state_display(),
        "docket": docket(
            ("机关", row.body.name),
            ("专题", row.topic),
            ("其他说法", row.keywords),
            ("答复机构", row.unit),
            ("依据的文件", row.document),
            ("起草", f"{row.written_by or '系统'}"),
            ("发布", row.published_at),
            ("撤下", row.withdrawn_reason),
            ("网站地址", row.public_path if row.state == FaqState.PUBLISHED else ""),
        ),
        "texts": [("答复", strip_tags(row.answer))],
        "acts": _offers(request, row),
        "timeline": timeline_of(row),
        "crumbs": crumbs(("问答库", reverse("console:faq_entries")), (row.question, "")),
    }
    return render(request, "console/records/case.html", context)


def _offers(request: HttpRequest, row: FaqEntry) -> list[Offer]:
    given = by(request)
    offers = [Offer("修改", reverse("console:faq_change", args=[row.pk]))]
    if row.state == FaqState.PUBLISHED:
        why = acts.why_not_set_entry(row, state=FaqState.WITHDRAWN, reason="—", **given)
        return [*offers, Offer("撤下", reverse("console:faq_withdraw", args=[row.pk]), why)]
    why = acts.why_not_set_entry(row, state=FaqState.PUBLISHED, **given)
    publish = Offer("发布", reverse("console:faq_publish", args=[row.pk]), why, primary=True, link=False)
    return [publish, *offers]


faq_change = acting(
    Acting(
        title="修改问答",
        model=FaqEntry,
        form=forms.FaqEditForm,
        act=lambda request, row, data: acts.write_entry(body=row.body, entry=row, **by(request), **data),
        done="问答已修改",
        back=to("faq_entry"),
        way=_way,
        initial=lambda row: {
            "topic": row.topic,
            "question": row.question,
            "answer": row.answer,
            "keywords": row.keywords,
            "unit": row.unit_id,
            "document": row.document.index_number if row.document else "",
        },
        related=("document",),
    )
)


faq_withdraw = acting(
    Acting(
        title="撤下问答",
        model=FaqEntry,
        form=PlainReasonForm,
        act=lambda request, row, data: acts.withdraw_entry(entry=row, **by(request), **data),
        done="问答已撤下",
        back=to("faq_entry"),
        way=_way,
        permission=Permission.APPROVE,
        button="撤下",
    )
)


@login_required
@require_POST
def faq_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Release by one button."""
    row = reach_one(request, FaqEntry, pk, "written_by")
    require(request, Permission.APPROVE, row.body)
    perform(request, lambda: acts.publish_entry(entry=row, **by(request)), "问答已发布")
    return redirect("console:faq_entry", row.pk)
