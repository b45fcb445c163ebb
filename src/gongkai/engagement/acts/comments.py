"""Opinions (意见): sent by the public or entered by hand, moderated, grouped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.numbering import next_number
from gongkai.core.validation import why_not_text
from gongkai.engagement.actors import PUBLIC
from gongkai.engagement.enums import COMMENT_MOVES, CommentState, IntakeWay, Naming, QuestionKind
from gongkai.engagement.flood import likeness_of, why_flooding
from gongkai.engagement.models import Answer, Comment, Consultation, Question
from gongkai.engagement.rules import why_empty, why_not_may
from gongkai.engagement.stages import is_open
from gongkai.organisations.rules import Permission, officer_of

LONGEST = 5000  # characters of an opinion or of one answer
LONGEST_NAME = 100


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody says: the opinion in free words, answers by question, and who he is if he says so."""

    text: str = ""
    answers: Mapping[int, str | tuple[str, ...]] = field(default_factory=dict)
    name: str = ""
    contact: str = ""

    @property
    def likeness(self) -> str:
        """What is the same for words that say the same: who says them does not count."""
        answers = (f"{key}={value}" for key, value in sorted(self.answers.items()) if value)
        return likeness_of(self.text, *answers)


def why_words_wrong(consultation: Consultation, words: Words) -> list[Obstacle]:
    """Nothing said, too much said, a required answer missing, a choice that is none, a name that is asked for."""
    obstacles = why_not_text(words.text, "意见", limit=LONGEST, field="text")
    obstacles += why_not_text(words.name, "姓名", limit=LONGEST_NAME, field="name")
    obstacles += why_not_text(words.contact, "联系方式", limit=LONGEST_NAME, field="contact")
    questions = list(consultation.questions.all())
    for question in questions:
        obstacles += _why_answer_wrong(question, words.answers.get(question.pk, ""))
    said = any(words.answers.get(one.pk) for one in questions)
    if not words.text.strip() and not said:
        obstacles.append(Obstacle("empty", "没有填写意见", "请写下您的意见，或者回答问题", "text"))
    if consultation.naming == Naming.NAMED and not words.name.strip():
        obstacles.append(Obstacle("no_name", "本次征集须署名", "请填写姓名或单位名称", "name"))
    return obstacles


def _why_answer_wrong(question: Question, given: str | tuple[str, ...]) -> list[Obstacle]:
    name = f"question_{question.pk}"
    if not given:
        missing = Obstacle("required", f"“{question.text}”是必答题", "请回答这个问题", name)
        return [missing] if question.is_required else []
    if question.kind == QuestionKind.TEXT:
        return why_not_text(str(given), f"“{question.text}”的回答", limit=LONGEST, field=name)
    chosen = (given,) if isinstance(given, str) else given
    too_many = question.kind == QuestionKind.ONE and len(chosen) > 1
    if too_many or not set(chosen) <= set(question.choices):
        return [Obstacle("choice", f"“{question.text}”的选项不对", "请重新选择", name)]
    return []


def why_not_comment(
    consultation: Consultation, *, words: Words, origin: str, at: dt.datetime
) -> list[Obstacle]:
    """It is not open here, what is said is wrong, or too much comes from one address."""
    today = timezone.localdate(at)
    if not consultation.takes_online or not is_open(consultation, today):
        return [_why_shut(consultation, today)]
    return [
        *why_words_wrong(consultation, words),
        *why_flooding(
            consultation.comments.all(), origin=origin, likeness=words.likeness, at=at, noun="意见"
        ),
    ]


def _why_shut(consultation: Consultation, today: dt.date) -> Obstacle:
    if not consultation.takes_online:
        return Obstacle("elsewhere", "这次征集不在本网站收集意见", "请按公告写明的途径提出")
    if consultation.released_at is None or today < consultation.opens_on:
        return Obstacle("not_yet", f"征集从{consultation.opens_on}开始", "请届时再提交")
    return Obstacle("over", f"征集已于{consultation.closes_on}截止", "可以通过意见箱联系我们")


def comment(*, consultation: Consultation, words: Words, origin: str, at: dt.datetime) -> Comment:
    """Take an opinion from the site. Raises ``RefusedError``. The audit has its number and nothing personal."""
    with transaction.atomic():
        consultation = lock_one(consultation)
        refuse_if(why_not_comment(consultation, words=words, origin=origin, at=at))
        row = _enter(consultation, words, way=IntakeWay.ONLINE, received_at=at, origin=origin)
        record(verb="engagement.comment", actor=PUBLIC, target=row, body=consultation.body)
    return row


def _enter(
    consultation: Consultation, words: Words, *, way: str, received_at: dt.datetime, origin: str = ""
) -> Comment:
    named = consultation.naming != Naming.ANONYMOUS
    serial = next_number(f"comment:{consultation.pk}")
    row = Comment.objects.create(
        consultation=consultation,
        number=f"YJ{consultation.pk}-{serial:05}",
        text=words.text.strip(),
        name=words.name.strip() if named else "",
        contact=words.contact.strip() if named else "",
        way=way,
        received_at=received_at,
        likeness=words.likeness,
        origin=origin,
    )
    for question in consultation.questions.all():
        given = words.answers.get(question.pk, "")
        if given and question.kind == QuestionKind.TEXT:
            Answer.objects.create(comment=row, question=question, text=str(given).strip())
        elif given:
            chosen = [given] if isinstance(given, str) else list(given)
            Answer.objects.create(comment=row, question=question, chosen=chosen)
    return row


def why_not_enter_comment(
    consultation: Consultation, *, words: Words, way: str, received_on: dt.date, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """By hand: what came otherwise, not before the first day, until the result is published."""
    obstacles = why_not_may(actor, Permission.HANDLE, consultation.body, at)
    obstacles += _why_finished(consultation)
    if way not in IntakeWay.values or way == IntakeWay.ONLINE:
        obstacles.append(Obstacle("way", "请选择意见的来源", "例如来信、电话、座谈会", "way"))
    if not consultation.opens_on <= received_on <= timezone.localdate(at):
        message = f"收到日期应在{consultation.opens_on}至今天之间"
        obstacles.append(Obstacle("day", message, "请核对日期", "received_on"))
    if not words.text.strip():
        obstacles.append(Obstacle("empty", "没有填写意见", "请填写意见内容", "text"))
    return obstacles + why_not_text(words.text, "意见", limit=LONGEST, field="text")


def enter_comment(
    *,
    consultation: Consultation,
    words: Words,
    way: str,
    received_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> Comment:
    """Enter an opinion that came by letter, telephone or at a meeting. Raises ``RefusedError``."""
    with transaction.atomic():
        consultation = lock_one(consultation)
        refuse_if(
            why_not_enter_comment(
                consultation, words=words, way=way, received_on=received_on, actor=actor, at=at
            )
        )
        noon = dt.datetime.combine(received_on, dt.time(12), tzinfo=timezone.get_current_timezone())
        row = _enter(consultation, words, way=way, received_at=min(noon, at))
        record(
            verb="engagement.enter_comment",
            actor=actor,
            target=row,
            body=consultation.body,
            detail={"way": way},
        )
    return row


def _why_finished(consultation: Consultation) -> list[Obstacle]:
    if consultation.feedback_published_on is None:
        return []
    message = f"采纳情况已于{consultation.feedback_published_on}公布"
    return [Obstacle("published", message, "公布之后不能再改动意见")]


def why_not_moderate(
    row: Comment, *, state: str, reason: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """A state that may follow; what is not counted has its reason; nothing changes after the result."""
    obstacles = why_not_may(actor, Permission.HANDLE, row.consultation.body, at)
    obstacles += _why_finished(row.consultation)
    if state not in COMMENT_MOVES[row.state]:
        message = f"该意见目前为“{row.get_state_display()}”"
        obstacles.append(Obstacle("state", message, "请刷新页面查看最新状态", "state"))
    if state == CommentState.SET_ASIDE:
        remedy = "例如：与主题无关、广告、含有他人隐私"
        obstacles += why_empty(reason, "不计入的理由", "reason", remedy=remedy)
    return obstacles


def moderate(*, row: Comment, state: str, actor: Actor, at: dt.datetime, reason: str = "") -> Comment:
    """Count an opinion or set it aside for a reason. Raises ``RefusedError``."""
    with transaction.atomic():
        lock_one(row.consultation)
        row = Comment.objects.select_related("consultation__body").get(pk=lock_one(row).pk)
        refuse_if(why_not_moderate(row, state=state, reason=reason, actor=actor, at=at))
        row.state, row.state_reason = state, reason.strip()
        row.moderated_at, row.moderated_by = at, officer_of(actor)
        if state == CommentState.SET_ASIDE:
            row.group = None
        row.save(update_fields=["state", "state_reason", "moderated_at", "moderated_by", "group"])
        record(
            verb="engagement.moderate",
            actor=actor,
            target=row,
            body=row.consultation.body,
            detail={"state": state},
            reason=reason,
        )
    return row


def accept_all(*, rows: Iterable[Comment], actor: Actor, at: dt.datetime) -> int:
    """Count several waiting opinions at once; what was decided meanwhile stays. Returns how many."""
    done = 0
    with transaction.atomic():
        for row in rows:
            if Comment.objects.filter(pk=row.pk, state=CommentState.WAITING).exists():
                moderate(row=row, state=CommentState.ACCEPTED, actor=actor, at=at)
                done += 1
    return done
