"""What can be done with a document and with its editions next, with every reason why not."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from gongkai.console.offers import Offer
from gongkai.disclosure import acts
from gongkai.disclosure.enums import (
    IN_PREPARATION,
    OFF_THE_SITE,
    Attribute,
    EditionState,
    LeavingWay,
    Opinion,
    ReviewStep,
)
from gongkai.disclosure.procedure import needs_plan, next_step, plan_of, why_own_work
from gongkai.organisations.rules import Permission, why_not_permitted

if TYPE_CHECKING:
    from gongkai.disclosure.models import Departure, Document, Edition
    from gongkai.organisations.models import Officer

TOLD = "—"
"""Stands for what the page of an act asks for, so that it is no obstacle here."""


def _at(name: str, row: Any) -> str:
    return reverse(f"console:{name}", args=[row.pk])


def document_offers(
    document: Document, editions: list[Edition], departures: list[Departure], *, officer: Officer
) -> list[Offer]:
    """On the page of a document, what leads on first."""
    now = timezone.now()
    may_not = why_not_permitted(officer, Permission.HANDLE, document.body, timezone.localdate(now))
    waiting = next((one for one in editions if one.state in IN_PREPARATION), None)
    online = next((one for one in editions if one.state == EditionState.PUBLISHED), None)
    offers = []
    if document.attribute == Attribute.PROACTIVE:
        offers += _next_edition(document, waiting, editions, may_not)
    if needs_plan(document) and document.first_published_at is None:
        label = "修改解读方案" if plan_of(document) else "填写解读方案"
        offers.append(Offer(label, _at("document_plan", document), may_not))
    if document.attribute == Attribute.PROACTIVE and document.withdrawn_at is None:
        note = "下次发布时发往所选渠道；不选的按各渠道的设置。"
        offers.append(Offer("选择发布渠道", _at("document_channels", document), may_not, note))
    if online is not None:
        offers.append(Offer("发往其他渠道", _at("delivery_send", online), may_not))
        offers.append(Offer("登记发布渠道", _at("delivery_add", online), may_not))
    offers.append(
        Offer("修改目录信息", _at("document_edit", document), _why_not_edit(document, officer, now))
    )
    offers += _attribute(document, officer, now, may_not)
    return offers + _leaving(document, departures, officer, now)


def _next_edition(
    document: Document, waiting: Edition | None, editions: list[Edition], may_not: list[Any]
) -> list[Offer]:
    if waiting is not None:
        return [Offer(f"办理第{waiting.number}版", _at("edition", waiting), primary=True)]
    return [Offer("起草新版本", _at("edition_add", document), may_not, primary=not editions)]


def _why_not_edit(document: Document, officer: Officer, now: dt.datetime) -> list[Any]:
    return acts.why_not_edit(document, values={}, actor=officer, at=now)


def _attribute(document: Document, officer: Officer, now: dt.datetime, may_not: list[Any]) -> list[Offer]:
    if document.attribute == Attribute.WITHHELD:
        obstacles = acts.why_not_reassess(
            document, attribute=Attribute.WITHHELD, reason=TOLD, actor=officer, at=now
        )
        note = "定期评估（条例第十八条）"
        return [Offer("评估公开属性", _at("document_reassess", document), obstacles, note)]
    if document.first_published_at is not None and document.withdrawn_at is None:
        return []
    return [Offer("变更公开属性", _at("document_attribute", document), may_not)]


def _leaving(
    document: Document, departures: list[Departure], officer: Officer, now: dt.datetime
) -> list[Offer]:
    offers = []
    if document.first_published_at is not None and document.withdrawn_at is None:
        obstacles = acts.why_not_leave(document, way=LeavingWay.ERROR, reason=TOLD, actor=officer, at=now)
        note = "误发、并入其他文件、归档、依法撤下。网址保留并说明原因。"
        offers.append(Offer("撤下或归档", _at("document_leave", document), obstacles, note))
    if document.ended_on is None:
        today = timezone.localdate(now)
        obstacles = acts.why_not_end(
            document, how="repealed", on=max(today, document.made_on), actor=officer, amendment=TOLD
        )
        note = "文件继续公开，并注明已废止或失效。"
        offers.append(Offer("废止或失效", _at("document_end", document), obstacles, note))
    for one in departures:
        if one.returned_at is not None:
            continue
        obstacles = acts.why_not_return(one, reason=TOLD, actor=officer, at=now, amendment=TOLD)
        words = "恢复公开" if one.way in OFF_THE_SITE else f"撤销“{one.get_way_display()}”"
        offers.append(Offer(words, _at("document_return", one), obstacles))
    return offers


def edition_offers(edition: Edition, *, officer: Officer) -> list[Offer]:
    """On the page of an edition: the step whose turn it is, and the ways back."""
    return {
        EditionState.DRAFT: _of_draft,
        EditionState.IN_REVIEW: _of_review,
        EditionState.APPROVED: _of_signed,
        EditionState.PUBLISHED: _of_published,
    }.get(EditionState(edition.state), lambda *_: [])(edition, officer, timezone.now())


def _of_draft(edition: Edition, officer: Officer, now: dt.datetime) -> list[Offer]:
    may_not_edit = acts.why_not_edit_edition(edition, title=edition.title, actor=officer, at=now)
    return [
        Offer(
            "送审",
            _at("edition_submit", edition),
            acts.why_not_submit(edition, actor=officer, at=now),
            primary=True,
            link=False,
        ),
        Offer("修改正文", _at("edition_edit", edition), may_not_edit),
        Offer(
            "上传附件或图片",
            _at("file_add", edition),
            acts.why_not_change_files(edition, actor=officer, at=now),
        ),
        _exception(edition, officer, now),
    ]


def _of_review(edition: Edition, officer: Officer, now: dt.datetime) -> list[Offer]:
    step = next_step(edition)
    offers = []
    if step is not None:
        obstacles = acts.why_not_review(
            edition, step=step, opinion=Opinion.RETURNED, remark=TOLD, actor=officer, at=now
        )
        note = (
            "您起草、送审或者审查过这一版；由您办理须填写例外理由。"
            if why_own_work(edition, step, officer)
            else ""
        )
        offers.append(
            Offer(ReviewStep(step).label, _at("edition_review", edition), obstacles, note, primary=not note)
        )
    recall = acts.why_not_recall(edition, reason=TOLD, actor=officer, at=now)
    return [*offers, Offer("撤回", _at("edition_recall", edition), recall), _exception(edition, officer, now)]


def _of_signed(edition: Edition, officer: Officer, now: dt.datetime) -> list[Offer]:
    publish = acts.why_not_publish(edition, actor=officer, at=now, amendment=TOLD)
    schedule = acts.why_not_schedule(edition, publish_at=None, actor=officer, at=now)
    recall = acts.why_not_recall(edition, reason=TOLD, actor=officer, at=now)
    return [
        Offer("立即发布", _at("edition_publish", edition), publish, primary=True),
        Offer("定时发布", _at("edition_schedule", edition), schedule),
        Offer("选择发布渠道", _at("document_channels", edition.document), _may_not(edition, officer, now)),
        Offer("撤回", _at("edition_recall", edition), recall),
    ]


def _may_not(edition: Edition, officer: Officer, now: dt.datetime) -> list[Any]:
    return why_not_permitted(officer, Permission.HANDLE, edition.document.body, timezone.localdate(now))


def _of_published(edition: Edition, officer: Officer, now: dt.datetime) -> list[Offer]:
    recheck = acts.why_not_recheck(edition, opinion=Opinion.PASSED, actor=officer, at=now)
    withdraw = acts.why_not_withdraw(edition, reason=TOLD, actor=officer, at=now)
    offers = []
    if not any(one.code == "rechecked" for one in recheck):
        offers.append(Offer("发布后核查", _at("edition_recheck", edition), recheck, primary=True))
    return [*offers, Offer("误发撤下", _at("edition_withdraw", edition), withdraw)]


def _exception(edition: Edition, officer: Officer, now: dt.datetime) -> Offer:
    obstacles = acts.why_not_publish(edition, actor=officer, at=now, amendment=TOLD, override=TOLD)
    note = "仅限确无他人办理的情形；列入待复核清单，由第二人复核。"
    return Offer("例外直接发布", _at("edition_publish", edition), obstacles, note)
