"""A body adds to its guide in its own words (条例 art. 12: 及时更新); what stood there before stays in the history."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.enums import GuideSection
from gongkai.disclosure.guarding import why_words_of
from gongkai.disclosure.html import clean_text
from gongkai.disclosure.models import GuideText
from gongkai.disclosure.queries import guide_texts
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted

LONGEST = 20_000


def why_not_write_guide(
    body: Body,
    *,
    section: str,
    text: str,
    actor: Actor,
    at: dt.datetime,
    seen: int | None = None,
) -> list[Obstacle]:
    """It is public at once, so who approves writes it; ``seen`` is the row the page showed, 0 for none."""
    obstacles = why_not_permitted(actor, Permission.APPROVE, body, timezone.localdate(at))
    if section not in GuideSection.values:
        return [*obstacles, Obstacle("section", "指南中没有这一部分", "请返回重新选择", "section")]
    if len(text) > LONGEST:
        obstacles.append(Obstacle("long", f"补充内容超过{LONGEST}个字", "请精简，详细内容可另发文件", "text"))
    now = guide_texts(body).get(section)
    if (now.text if now else "") == clean_text(text):
        obstacles.append(Obstacle("same", "内容没有变化", "无须保存", "text"))
    elif seen is not None and seen != (now.pk if now else 0):
        message = f"{(now.by if now else None) or '他人'}刚刚修改了这一部分"
        obstacles.append(Obstacle("changed_meanwhile", message, "您写的内容仍在下面：请合并后再保存", "text"))
    return obstacles + why_words_of(body, text)


def write_guide(
    *, body: Body, section: str, text: str, actor: Actor, at: dt.datetime, seen: int | None = None
) -> GuideText:
    """Say it in the guide from now on; an empty text takes the addition away. Raises ``RefusedError``."""
    with transaction.atomic():
        body = lock_one(body)
        refuse_if(why_not_write_guide(body, section=section, text=text, actor=actor, at=at, seen=seen))
        row = GuideText.objects.create(
            body=body, section=section, text=clean_text(text), at=at, by=officer_of(actor)
        )
        record(
            verb="disclosure.write_guide",
            actor=actor,
            target=row,
            body=body,
            detail={"section": section, "length": len(row.text)},
        )
    return row
