"""The texts letters start from: an administrator's own, for one body or for all, with the built-in one beneath.

A change reaches letters drafted afterwards only; what is drafted keeps its text. Every text that ever stood is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.letter_text import inherited_text, template_of
from gongkai.foi.letters.kinds import LetterKind
from gongkai.foi.letters.templates import TEXT, check_template
from gongkai.foi.models import LetterTemplate, LetterTemplateEdit
from gongkai.organisations.models import Body, Officer
from gongkai.organisations.rules import administered_bodies, officer_of, why_not_administer

LONGEST = 20_000  # characters


def seen_of(kind: LetterKind, body: Body | None) -> str:
    """What stands for the text an administrator has before him; it changes whenever the text does."""
    return hashlib.sha256(template_of(kind, body).encode()).hexdigest()


def own_template(kind: LetterKind, body: Body | None) -> LetterTemplate | None:
    """The text written for this body, or for all (no body); None where none was written."""
    return LetterTemplate.objects.filter(kind=kind.key, body=body).select_related("edited_by").first()


def why_not_keep_templates(body: Body | None, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """A body's texts are its administrators'; those for all bodies belong to who administers a body without a parent."""
    on = timezone.localdate(at)
    if body is not None:
        return why_not_administer(actor, body, on)
    if not isinstance(actor, Officer) or actor.is_superuser:
        return []
    if administered_bodies(actor, on).filter(parent=None).exists():
        return []
    message = "您不能修改适用于全部机关的文书模板"
    return [Obstacle("not_permitted", message, "请修改本机关的模板，或者联系最上级机关的管理员")]


def why_not_edit_template(
    kind: LetterKind, body: Body | None, *, text: str, seen: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """No permission, changed meanwhile, nothing different, too long, or everything wrong with its placeholders."""
    found = [*why_not_keep_templates(body, actor=actor, at=at), *_why_seen(kind, body, seen)]
    text = written(text)
    if not found and text == written(template_of(kind, body)):
        found.append(Obstacle("unchanged", "没有任何改动", "无须保存", TEXT))
    if len(text) > LONGEST:
        message = f"正文有{len(text)}个字，超过{LONGEST}个字"
        found.append(Obstacle("too_long", message, "请删减", TEXT))
    return [*found, *check_template(kind, text)]


def _why_seen(kind: LetterKind, body: Body | None, seen: str) -> list[Obstacle]:
    if seen == seen_of(kind, body):
        return []
    message = f"《{kind.title}》的模板在您打开以后已由他人修改"
    return [Obstacle("changed", message, "请复制您的改动，刷新后在最新文本上修改", TEXT)]


def written(text: str) -> str:
    """As it is kept: one kind of line end, nothing blank around it."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def edit_template(
    *,
    kind: LetterKind,
    body: Body | None,
    text: str,
    seen: str,
    actor: Actor,
    at: dt.datetime,
    reason: str = "",
) -> LetterTemplate:
    """Let letters of a kind start from this text from now on. ``seen`` is ``seen_of`` when it was opened.

    Raises RefusedError.
    """
    with transaction.atomic():
        _lock(body)
        refuse_if(why_not_edit_template(kind, body, text=text, seen=seen, actor=actor, at=at))
        row, _ = LetterTemplate.objects.update_or_create(
            kind=kind.key,
            body=body,
            defaults={"text": written(text), "edited_at": at, "edited_by": officer_of(actor)},
        )
        _note("foi.edit_template", kind, body, row.text, reason, actor, at)
    return row


def why_not_restore_template(
    kind: LetterKind, body: Body | None, *, seen: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """No permission, no text of its own, or changed meanwhile."""
    found = why_not_keep_templates(body, actor=actor, at=at)
    if own_template(kind, body) is None:
        return [*found, Obstacle("unchanged", f"《{kind.title}》没有改过", "无须恢复")]
    return [*found, *_why_seen(kind, body, seen)]


def restore_template(
    *, kind: LetterKind, body: Body | None, seen: str, actor: Actor, at: dt.datetime, reason: str = ""
) -> str:
    """Take the own text away; what letters start from then: the one for all bodies, or the built-in one.

    Raises RefusedError.
    """
    with transaction.atomic():
        _lock(body)
        refuse_if(why_not_restore_template(kind, body, seen=seen, actor=actor, at=at))
        LetterTemplate.objects.filter(kind=kind.key, body=body).delete()
        _note("foi.restore_template", kind, body, "", reason, actor, at)
    return inherited_text(kind, body)


def _lock(body: Body | None) -> None:
    """Two administrators of one body meet here; of the texts for all, the unique row decides."""
    if body is not None:
        lock_one(body)


def _note(
    verb: str, kind: LetterKind, body: Body | None, text: str, reason: str, actor: Actor, at: dt.datetime
) -> None:
    edit = LetterTemplateEdit.objects.create(
        kind=kind.key,
        body=body,
        text=text,
        reason=reason.strip()[:200],
        made_at=at,
        made_by=officer_of(actor),
    )
    digest = hashlib.sha256(text.encode()).hexdigest() if text else ""
    record(
        verb=verb,
        actor=actor,
        target=edit,
        body=body,
        detail={"kind": kind.key, "sha256": digest},
        reason=reason.strip(),
    )
