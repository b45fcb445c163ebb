"""Acts on consultations (意见征集): prepare, ask questions, release, prolong, add files."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.files import files_or_nothing, store
from gongkai.core.locks import lock_one
from gongkai.core.sniffing import safe_name, sniff
from gongkai.disclosure.html import clean_text
from gongkai.disclosure.models import Document
from gongkai.engagement.enums import Naming, QuestionKind
from gongkai.engagement.models import Consultation, ConsultationFile, Question
from gongkai.engagement.rules import why_empty, why_not_about, why_not_may, why_own
from gongkai.foi.acts.materials import why_file_wrong
from gongkai.law.answers import CONSULTATION_DAYS, FEEDBACK_WORKDAYS, is_short
from gongkai.organisations.amendments import record_dated
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted, why_year_closed

MOST_QUESTIONS = 30
MOST_CHOICES = 30
MOST_FILES = 20


def why_not_open_consultation(  # noqa: PLR0913 - all that is announced
    *,
    body: Body,
    opens_on: dt.date,
    document: Document | None,
    actor: Actor,
    amendment: str = "",
    closes_on: dt.date | None = None,
    takes_online: bool = False,
    short_reason: str = "",
    feedback_workdays: int = FEEDBACK_WORKDAYS,
) -> list[Obstacle]:
    """A consultation is counted in the year it opens; one on the site shorter than usual says why."""
    obstacles = [
        *why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate()),
        *why_not_about(body, document),
        *why_year_closed(body, opens_on.year, amendment),
    ]
    if not 1 <= feedback_workdays <= FEEDBACK_WORKDAYS:
        message = f"采纳情况的公布期限应为1至{FEEDBACK_WORKDAYS}个工作日"
        obstacles.append(Obstacle("feedback_term", message, "请改填期限", "feedback_workdays"))
    ends = closes_on is not None and closes_on >= opens_on
    if takes_online and ends and is_short(opens_on, closes_on or opens_on) and not short_reason.strip():
        message = f"征集期少于{CONSULTATION_DAYS}日，应当说明理由（重大行政决策程序暂行条例第十五条）"
        obstacles.append(Obstacle("short", message, "请填写缩短期限的说明，或者推迟截止日期", "short_reason"))
    return obstacles


def open_consultation(  # noqa: PLR0913 - all that is announced
    *,
    body: Body,
    title: str,
    opens_on: dt.date,
    closes_on: dt.date,
    actor: Actor,
    text: str = "",
    document: Document | None = None,
    takes_online: bool = False,
    naming: str = Naming.OPTIONAL,
    shows_comments: bool = False,
    short_reason: str = "",
    other_ways: str = "",
    feedback_workdays: int = FEEDBACK_WORKDAYS,
    amendment: str = "",
) -> Consultation:
    """Prepare to ask the public, from a day to a day; it is public and counted once released.

    Raises ``RefusedError``, or ``ValidationError`` when a field is wrong.
    """
    consultation = Consultation(
        body=body,
        title=title.strip(),
        text=clean_text(text),
        opens_on=opens_on,
        closes_on=closes_on,
        document=document,
        takes_online=takes_online,
        naming=naming,
        shows_comments=shows_comments,
        short_reason=short_reason.strip(),
        other_ways=other_ways.strip(),
        feedback_workdays=feedback_workdays,
        opened_by=officer_of(actor),
    )
    refuse_if(
        why_not_open_consultation(
            body=body,
            opens_on=opens_on,
            closes_on=closes_on,
            document=document,
            takes_online=takes_online,
            short_reason=short_reason,
            feedback_workdays=feedback_workdays,
            actor=actor,
            amendment=amendment,
        )
    )
    consultation.full_clean()
    with transaction.atomic():
        consultation.save()
        detail = {"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat()}
        record_dated(
            verb="engagement.open_consultation",
            actor=actor,
            target=consultation,
            body=body,
            detail=detail,
            years=[opens_on.year],
            amendment=amendment,
        )
    return consultation


def why_not_release(
    consultation: Consultation, *, actor: Actor, at: dt.datetime, amendment: str = ""
) -> list[Obstacle]:
    """Released once, by another than who prepared it, with something to read."""
    body = consultation.body
    obstacles = why_not_may(actor, Permission.APPROVE, body, at)
    obstacles += why_own(actor, consultation.opened_by, "该意见征集")
    if consultation.released_at is not None:
        obstacles.append(Obstacle("released", "该意见征集已经签发"))
    if consultation.takes_online and not (consultation.text.strip() or consultation.document_id):
        remedy = "请填写说明，或者指明征求意见稿"
        obstacles.append(Obstacle("nothing_to_read", "没有说明，也没有征求意见稿", remedy, "text"))
    if consultation.takes_online and consultation.closes_on < timezone.localdate(at):
        message = f"征集期已于{consultation.closes_on}结束"
        obstacles.append(Obstacle("over", message, "请先修改截止日期", "closes_on"))
    return obstacles + why_year_closed(body, consultation.opens_on.year, amendment)


def release_consultation(
    *, consultation: Consultation, actor: Actor, at: dt.datetime, amendment: str = ""
) -> Consultation:
    """Sign a consultation off; from its first to its last day the public may write. Raises ``RefusedError``."""
    with transaction.atomic():
        consultation = lock_one(consultation)
        refuse_if(why_not_release(consultation, actor=actor, at=at, amendment=amendment))
        consultation.released_at, consultation.released_by = at, officer_of(actor)
        consultation.save(update_fields=["released_at", "released_by"])
        record_dated(
            verb="engagement.release_consultation",
            actor=actor,
            target=consultation,
            body=consultation.body,
            years=[consultation.opens_on.year],
            amendment=amendment,
        )
    return consultation


def why_not_set_closing(
    consultation: Consultation, *, closes_on: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """The last day is moved while it is not over; once the public was told, only to a later day."""
    released = consultation.released_at is not None
    needed = Permission.APPROVE if released else Permission.HANDLE
    obstacles = why_not_may(actor, needed, consultation.body, at)
    if closes_on < consultation.opens_on:
        obstacles.append(Obstacle("order", "截止日期不得早于开始日期", "请核对日期", "closes_on"))
    if released and consultation.closes_on < timezone.localdate(at):
        obstacles.append(Obstacle("over", f"征集已于{consultation.closes_on}截止", "请另行发起意见征集"))
    elif released and closes_on <= consultation.closes_on:
        message = f"已经公布的截止日期（{consultation.closes_on}）只能推后"
        obstacles.append(Obstacle("earlier", message, "请填写更晚的日期", "closes_on"))
    return obstacles + why_empty(reason, "理由", "reason")


def set_closing(
    *, consultation: Consultation, closes_on: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> Consultation:
    """Move the last day, for a reason the page tells. Raises ``RefusedError``."""
    with transaction.atomic():
        consultation = lock_one(consultation)
        refuse_if(why_not_set_closing(consultation, closes_on=closes_on, reason=reason, actor=actor, at=at))
        before, consultation.closes_on = consultation.closes_on, closes_on
        consultation.save(update_fields=["closes_on"])
        record(
            verb="engagement.set_closing",
            actor=actor,
            target=consultation,
            body=consultation.body,
            detail={"before": before.isoformat(), "closes_on": closes_on.isoformat()},
            reason=reason,
        )
    return consultation


def why_not_ask(
    consultation: Consultation,
    *,
    text: str,
    kind: str,
    choices: Sequence[str],
    actor: Actor,
    at: dt.datetime,
) -> list[Obstacle]:
    """Questions are asked before the release; one with choices has at least two different ones."""
    obstacles = why_not_may(actor, Permission.HANDLE, consultation.body, at)
    obstacles += why_empty(text, "问题", "text")
    if consultation.released_at is not None:
        obstacles.append(Obstacle("released", "签发之后不能再改问题", "如有必要，请另行发起意见征集"))
    if kind not in QuestionKind.values:
        obstacles.append(Obstacle("kind", "没有这种题型", "请重新选择", "kind"))
    elif kind != QuestionKind.TEXT:
        obstacles += _why_choices_wrong(choices)
    if consultation.questions.count() >= MOST_QUESTIONS:
        obstacles.append(Obstacle("too_many", f"最多{MOST_QUESTIONS}个问题", "请合并问题"))
    return obstacles


def _why_choices_wrong(choices: Sequence[str]) -> list[Obstacle]:
    if len(choices) < 2 or len(choices) > MOST_CHOICES:  # noqa: PLR2004 - a choice is between two
        return [Obstacle("choices", f"选项应为2至{MOST_CHOICES}个", "每行填写一个选项", "choices")]
    if len(set(choices)) != len(choices):
        return [Obstacle("choices_twice", "选项有重复", "请删去重复的选项", "choices")]
    return []


def ask(
    *,
    consultation: Consultation,
    text: str,
    kind: str,
    actor: Actor,
    at: dt.datetime,
    choices: Sequence[str] = (),
    is_required: bool = False,
) -> Question:
    """Add a question. Raises ``RefusedError``, or ``ValidationError`` when a field is wrong."""
    wanted = [one.strip() for one in choices if one.strip()] if kind != QuestionKind.TEXT else []
    with transaction.atomic():
        consultation = lock_one(consultation)
        refuse_if(why_not_ask(consultation, text=text, kind=kind, choices=wanted, actor=actor, at=at))
        last = consultation.questions.aggregate(last=Max("position"))["last"] or 0
        question = Question(
            consultation=consultation,
            position=last + 1,
            text=text.strip(),
            kind=kind,
            choices=wanted,
            is_required=is_required,
        )
        question.full_clean()
        question.save()
        detail = {"question": question.text, "kind": kind}
        record(verb="engagement.ask", actor=actor, target=consultation, body=consultation.body, detail=detail)
    return question


def why_not_drop_question(question: Question, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Only before the release."""
    consultation = question.consultation
    obstacles = why_not_may(actor, Permission.HANDLE, consultation.body, at)
    if consultation.released_at is not None:
        obstacles.append(Obstacle("released", "签发之后不能再改问题", "如有必要，请另行发起意见征集"))
    return obstacles


def drop_question(*, question: Question, actor: Actor, at: dt.datetime) -> None:
    """Take a question away. Raises ``RefusedError``."""
    with transaction.atomic():
        consultation = lock_one(question.consultation)
        question = Question.objects.select_related("consultation__body").get(pk=question.pk)
        refuse_if(why_not_drop_question(question, actor=actor, at=at))
        detail = {"question": question.text}
        question.delete()
        record(
            verb="engagement.drop_question",
            actor=actor,
            target=consultation,
            body=consultation.body,
            detail=detail,
        )


def why_not_add_file(
    consultation: Consultation, *, content: bytes, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """A file that is taken, not too many, not the same again, while opinions are still being asked for."""
    obstacles = [*why_not_may(actor, Permission.HANDLE, consultation.body, at), *why_file_wrong(content)]
    standing = consultation.files.filter(removed_at=None)
    if standing.count() >= MOST_FILES:
        obstacles.append(Obstacle("too_many", f"最多{MOST_FILES}个附件", "请合并文件", "file"))
    if standing.filter(sha256=hashlib.sha256(content).hexdigest()).exists():
        obstacles.append(Obstacle("again", "同样的文件已经上传过", "无须重复上传", "file"))
    if consultation.feedback_published_on is not None:
        obstacles.append(Obstacle("published", "采纳情况已经公布，不能再改附件"))
    return obstacles


def add_file(
    *, consultation: Consultation, name: str, content: bytes, actor: Actor, at: dt.datetime
) -> ConsultationFile:
    """Keep a file with a consultation. Raises ``RefusedError``."""
    with files_or_nothing(), transaction.atomic():
        consultation = lock_one(consultation)
        refuse_if(why_not_add_file(consultation, content=content, actor=actor, at=at))
        found = sniff(content)
        assert found is not None, "refused above"  # noqa: S101 - for the type checker
        row = ConsultationFile(
            consultation=consultation,
            name=safe_name(name, found),
            media_type=found.media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            added_at=at,
        )
        store(row.file, content, found.endings[0])
        row.save()
        detail = {"name": row.name, "sha256": row.sha256}
        record(
            verb="engagement.add_file",
            actor=actor,
            target=consultation,
            body=consultation.body,
            detail=detail,
        )
    return row


def why_not_remove_file(row: ConsultationFile, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """What the public could read goes on an approver's word only."""
    consultation = row.consultation
    needed = Permission.APPROVE if consultation.released_at is not None else Permission.HANDLE
    obstacles = why_not_may(actor, needed, consultation.body, at)
    if row.removed_at is not None:
        obstacles.append(Obstacle("removed", "该附件已经撤下"))
    return obstacles


def remove_file(*, row: ConsultationFile, reason: str, actor: Actor, at: dt.datetime) -> ConsultationFile:
    """Take a file off the consultation's page; it is kept. Raises ``RefusedError``."""
    with transaction.atomic():
        consultation = lock_one(row.consultation)
        row = lock_one(row)
        refuse_if([*why_not_remove_file(row, actor=actor, at=at), *why_empty(reason, "理由", "reason")])
        row.removed_at = at
        row.save(update_fields=["removed_at"])
        record(
            verb="engagement.remove_file",
            actor=actor,
            target=consultation,
            body=consultation.body,
            detail={"name": row.name, "sha256": row.sha256},
            reason=reason,
        )
    return row
