"""What a body settles for its publishing, and the words it watches for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.enums import DocumentKind, WordKind
from gongkai.disclosure.models import PublishingRules, WatchWord
from gongkai.disclosure.models.procedure_settings import INTERPRETATION_WORKDAYS
from gongkai.disclosure.procedure import rules_of
from gongkai.organisations.models import Body
from gongkai.organisations.rules import why_not_administer

LONGEST_REASON = 200
MOST_REASONS = 50
SHORTEST_WORD = 2


def why_not_settle(
    body: Body,
    *,
    legal_kinds: Sequence[str],
    interpretation_kinds: Sequence[str],
    interpretation_workdays: int,
    reassessment_months: int,
    return_reasons: Sequence[str],
    actor: Actor,
    at: dt.datetime,
) -> list[Obstacle]:
    """A body may be stricter than the rule, not laxer: rules and normative documents keep their check of legality."""
    obstacles = why_not_administer(actor, body, timezone.localdate(at))
    unknown = {*legal_kinds, *interpretation_kinds} - set(DocumentKind.values)
    if unknown:
        obstacles.append(
            Obstacle("kind", f"不认识的类别：{'、'.join(sorted(unknown))}", "请重新选择", "legal_kinds")
        )
    missing = {DocumentKind.RULE.value, DocumentKind.NORMATIVE.value} - set(legal_kinds)
    if missing:
        labels = "、".join(sorted(DocumentKind(one).label for one in missing))
        obstacles.append(
            Obstacle("legal", f"{labels}必须经合法性审核", "请保留（国办发〔2018〕115号）", "legal_kinds")
        )
    if not 0 <= interpretation_workdays <= INTERPRETATION_WORKDAYS:
        message = f"解读期限应为0至{INTERPRETATION_WORKDAYS}个工作日"
        obstacles.append(Obstacle("too_lax", message, "可以更严，不能宽于规定", "interpretation_workdays"))
    if reassessment_months < 1:
        obstacles.append(
            Obstacle("months", "评估间隔应为1个月以上", "条例第十八条要求定期评估", "reassessment_months")
        )
    if len(return_reasons) > MOST_REASONS or any(len(one) > LONGEST_REASON for one in return_reasons):
        message = f"退回理由最多{MOST_REASONS}条，每条不超过{LONGEST_REASON}个字"
        obstacles.append(Obstacle("reasons", message, "请精简", "return_reasons"))
    return obstacles


def settle_publishing(*, body: Body, actor: Actor, at: dt.datetime, **values: Any) -> PublishingRules:
    """Set a body's rules of publishing. Raises ``RefusedError``."""
    with transaction.atomic():
        body = lock_one(body)
        refuse_if(why_not_settle(body, actor=actor, at=at, **values))
        rules = rules_of(body)
        for name, value in values.items():
            setattr(rules, name, list(value) if isinstance(value, list | tuple) else value)
        rules.full_clean(exclude=["body"])
        rules.save()
        record(
            verb="disclosure.settle_publishing",
            actor=actor,
            target=rules,
            body=body,
            detail={
                name: list(value) if isinstance(value, list | tuple) else value
                for name, value in values.items()
            },
        )
    return rules


def why_not_watch(
    body: Body, *, word: str, kind: str, actor: Actor, at: dt.datetime, suggestion: str = ""
) -> list[Obstacle]:
    """A word long enough not to stand everywhere, once."""
    obstacles = why_not_administer(actor, body, timezone.localdate(at))
    if len(word.strip()) < SHORTEST_WORD:
        obstacles.append(Obstacle("short", f"词语至少{SHORTEST_WORD}个字", "请填写完整", "word"))
    if kind not in WordKind.values:
        obstacles.append(Obstacle("kind", "应选择敏感词或者易错词", "请选择", "kind"))
    if kind == WordKind.TYPO and not suggestion.strip():
        obstacles.append(Obstacle("no_suggestion", "易错词没有写明正确写法", "请填写", "suggestion"))
    if body.watch_words.filter(word=word.strip()).exists():
        obstacles.append(Obstacle("again", f"“{word.strip()}”已在表中", "无须重复添加", "word"))
    return obstacles


def watch_word(
    *, body: Body, word: str, kind: str, actor: Actor, at: dt.datetime, suggestion: str = ""
) -> WatchWord:
    """Watch for a word in everything the body and those below publish. Raises ``RefusedError``."""
    with transaction.atomic():
        body = lock_one(body)
        refuse_if(why_not_watch(body, word=word, kind=kind, suggestion=suggestion, actor=actor, at=at))
        row = WatchWord(body=body, word=word.strip(), kind=kind, suggestion=suggestion.strip())
        row.full_clean()
        row.save()
        record(
            verb="disclosure.watch_word",
            actor=actor,
            target=row,
            body=body,
            detail={"word": row.word, "kind": kind, "suggestion": row.suggestion},
        )
    return row


def forget_word(*, word: WatchWord, actor: Actor, at: dt.datetime) -> None:
    """Watch for it no longer. Raises ``RefusedError``."""
    with transaction.atomic():
        body = lock_one(word.body)
        refuse_if(why_not_administer(actor, body, timezone.localdate(at)))
        word = lock_one(word)
        record(
            verb="disclosure.forget_word",
            actor=actor,
            target=word,
            body=body,
            detail={"word": word.word, "kind": word.kind},
        )
        word.delete()
