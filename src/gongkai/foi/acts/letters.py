"""A letter on its way to the signature: draft, edit, submit, opinions, sign, void.

Who drafted or last edited a letter neither reviews nor signs it. An opinion is about the text the reviewer read: when
the text changes, it has to be given anew. Every opinion is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_row_wrong
from gongkai.foi.acts.answering import why_not_answer_with
from gongkai.foi.acts.steps import Step, has_step, why_step_refused
from gongkai.foi.letter_facts import storable_facts, why_facts_wrong
from gongkai.foi.letter_text import digest_of, drafted, why_not_filled, why_text_wrong
from gongkai.foi.letters.kinds import KINDS, Recipient, kind_of
from gongkai.foi.models import Letter, Request
from gongkai.foi.models.letters import LetterState
from gongkai.foi.rules import why_not_handle, why_set_aside
from gongkai.organisations.rules import officer_of

EDITABLE = (LetterState.DRAFT, LetterState.IN_REVIEW)
LIVE = (LetterState.DRAFT, LetterState.IN_REVIEW, LetterState.SIGNED)
"""Not issued, not void: a second one of the kind is a double click."""


def why_not_draft(letter: Letter, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Everything that stands against drafting this letter; what its step would meet today among it."""
    request = letter.request
    if letter.kind not in KINDS:
        return [Obstacle("kind", f"没有“{letter.kind}”这种文书", "请重新选择", "kind")]
    found = [
        *why_not_handle(request.body, actor=actor, at=at),
        *why_set_aside(request),
        *why_facts_wrong(letter.facts),
        *why_row_wrong(letter, exclude=["text"]),
    ]
    live = request.letters.filter(kind=letter.kind, state__in=LIVE)
    if any(one.recipient == letter.recipient for one in live):
        message = f"本件已有一份{kind_of(letter.kind).title}在办理"
        found.append(Obstacle("again", message, "请在该文书上修改，或者先作废", "kind"))
    found += why_not_answer_with(letter, on=timezone.localdate(at))
    return list(dict.fromkeys(found)) or _why_not_now(letter, actor, at)


def _why_not_now(letter: Letter, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """What the case says today; when it only misses notes, everything the text misses is told instead."""
    today = timezone.localdate(at)
    step = why_step_refused(Step(letter, today, actor, at)) if has_step(letter) else []
    if any(one.code not in {"missing_note", "bad_note"} for one in step):
        return step
    return ([] if letter.text.strip() else why_not_filled(letter, on=today)) or step


def new_letter(
    request: Request,
    *,
    kind: str,
    outcome: str = "",
    recipient: str = "",
    facts: Mapping[str, object] | None = None,
    replaces: Letter | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Letter:
    """The letter as it would be drafted, not saved. A letter to the applicant needs no name given."""
    form = KINDS.get(kind)
    to_applicant = form is not None and form.recipient in {Recipient.APPLICANT, Recipient.ON_FILE}
    return Letter(
        request=request,
        kind=kind,
        outcome=form.outcome if form and form.outcome and replaces is None else outcome,
        recipient=recipient.strip() or (request.applicant.name if to_applicant else ""),
        title=form.title if form else "",
        facts=storable_facts(facts or {}),
        replaces=replaces,
        made_at=at,
        made_by=officer_of(actor),
    )


def draft_letter(  # noqa: PLR0913 - a letter has that many parts
    *,
    request: Request,
    kind: str,
    outcome: str = "",
    recipient: str = "",
    facts: Mapping[str, object] | None = None,
    text: str = "",
    replaces: Letter | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Letter:
    """Draft a letter of a kind of ``letters.kinds``, its text filled from the template and the case. Raises RefusedError.

    ``facts``: what the officer says, see ``letter_facts.GIVEN``. ``outcome`` is told only where the kind does not say
    it; ``replaces`` is the letter that is corrected or withdrawn.
    """
    with transaction.atomic():
        request = lock_one(request)
        letter = new_letter(
            request,
            kind=kind,
            outcome=outcome,
            recipient=recipient,
            facts=facts,
            replaces=replaces,
            actor=actor,
            at=at,
        )
        letter.text = text.strip()
        refuse_if(why_not_draft(letter, actor=actor, at=at))
        letter.text = letter.text or drafted(letter, on=timezone.localdate(at))
        letter.save()
        _record("foi.draft_letter", letter, actor, kind=kind, outcome=letter.outcome)
    return letter


def _record(verb: str, letter: Letter, actor: Actor, *, reason: str = "", **detail: Any) -> None:
    request = letter.request
    record(
        verb=verb,
        actor=actor,
        target=request,
        body=request.body,
        detail={"letter": letter.pk, **detail},
        reason=reason,
    )


def _locked(letter: Letter) -> Letter:
    """The case is locked first, then the letter: every act on a case meets there."""
    request = lock_one(letter.request)
    letter = lock_one(letter)
    letter.request = request
    return letter


def why_in_state(letter: Letter, *wanted: str, remedy: str = "") -> list[Obstacle]:
    """The letter is not in one of these states (any more)."""
    if letter.state in wanted:
        return []
    message = f"《{letter.title}》{letter.number}{letter.get_state_display()}"
    return [Obstacle("state", message, remedy or "请刷新后再办理")]


def why_not_edit(
    letter: Letter, changes: Mapping[str, Any], *, seen: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """Signed already, changed by somebody else meanwhile, nothing different, or values that are wrong."""
    found = [
        *why_not_handle(letter.request.body, actor=actor, at=at),
        *why_in_state(letter, *EDITABLE, remedy="签发以后不能修改；确有错误的，请作废或者另行更正"),
    ]
    if seen != digest_of(letter):
        message = "文书在您打开以后已由他人修改"
        found.append(Obstacle("changed", message, "请刷新后在最新文本上修改", "text"))
    after = _edited(letter, changes)
    if digest_of(after) == digest_of(letter):
        found.append(Obstacle("unchanged", "没有任何改动", "无须保存"))
    return [
        *found,
        *why_facts_wrong(after.facts),
        *why_row_wrong(after, exclude=["text"]),
        *_why_empty(after),
    ]


def _why_empty(letter: Letter) -> list[Obstacle]:
    if letter.text.strip():
        return []
    return [Obstacle("empty", "文书没有正文", "请填写正文", "text")]


def _edited(letter: Letter, changes: Mapping[str, Any]) -> Letter:
    """The letter as it would be; ``facts`` given replace the whole of them."""
    names = [field.attname for field in Letter._meta.concrete_fields]  # noqa: SLF001 - documented interface
    after = Letter(**{name: getattr(letter, name) for name in names})
    for name, value in changes.items():
        setattr(after, name, storable_facts(value) if name == "facts" else value.strip())
    return after


def edit_letter(
    *, letter: Letter, seen: str, actor: Actor, at: dt.datetime, refill: bool = False, **changes: Any
) -> Letter:
    """Change ``title``, ``text``, ``recipient`` or ``facts``; ``seen`` is the digest of what the officer had before him.

    With ``refill`` the text is made anew from the template and the changed facts. Raises RefusedError, TypeError for
    another name.
    """
    unknown = set(changes) - {"title", "text", "recipient", "facts"}
    if unknown:
        message = f"a letter has no {', '.join(sorted(unknown))} to edit"
        raise TypeError(message)
    with transaction.atomic():
        letter = _locked(letter)
        if refill:
            changes["text"] = drafted(_edited(letter, changes), on=timezone.localdate(at))
        refuse_if(why_not_edit(letter, changes, seen=seen, actor=actor, at=at))
        after = _edited(letter, changes)
        after.edited_by = officer_of(actor)
        after.save(update_fields=[*sorted(changes), "edited_by"])
        _record("foi.edit_letter", after, actor, digest=digest_of(after))
    return after


def why_not_submit(letter: Letter, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """No draft, no text, or a text in which something is left open."""
    return [
        *why_not_handle(letter.request.body, actor=actor, at=at),
        *why_in_state(letter, LetterState.DRAFT),
        *_why_empty(letter),
        *why_text_wrong(letter, on=timezone.localdate(at)),
    ]


def submit_letter(*, letter: Letter, actor: Actor, at: dt.datetime) -> Letter:
    """Put a draft before its reviewers. Raises RefusedError."""
    with transaction.atomic():
        letter = _locked(letter)
        refuse_if(why_not_submit(letter, actor=actor, at=at))
        letter.state = LetterState.IN_REVIEW
        letter.save(update_fields=["state"])
        _record("foi.submit_letter", letter, actor, digest=digest_of(letter))
    return letter


def why_not_void(letter: Letter, *, reason: str, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """What left the house cannot be made undone: it is corrected or withdrawn by another letter."""
    found = [
        *why_not_handle(letter.request.body, actor=actor, at=at),
        *why_in_state(letter, *LIVE, remedy="已发出的文书不能作废，请以更正或者撤销文书处理"),
    ]
    if letter.state == LetterState.SIGNED and letter.dispatches.exists():
        found.append(Obstacle("sent", "文书已经交付送达", "请以更正或者撤销文书处理"))
    if not reason.strip():
        found.append(Obstacle("no_reason", "作废文书应写明理由", "请填写理由", "reason"))
    return found


def void_letter(*, letter: Letter, reason: str, actor: Actor, at: dt.datetime) -> Letter:
    """Void a letter that has not left. A number it has stays used, and the register shows it. Raises RefusedError."""
    with transaction.atomic():
        letter = _locked(letter)
        refuse_if(why_not_void(letter, reason=reason, actor=actor, at=at))
        letter.state, letter.void_reason = LetterState.VOID, reason.strip()[:300]
        letter.save(update_fields=["state", "void_reason"])
        _record("foi.void_letter", letter, actor, reason=reason, number=letter.number)
    return letter
