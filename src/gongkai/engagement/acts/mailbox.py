"""意见箱: letters to the office about its disclosure work: taken, answered, shown, set aside, looked up."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import SYSTEM, Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.numbering import next_number
from gongkai.core.query_codes import NOBODY, digest_of_code, is_code, new_code
from gongkai.core.validation import why_not_text
from gongkai.engagement.actors import PUBLIC
from gongkai.engagement.enums import IntakeWay, LetterState
from gongkai.engagement.flood import likeness_of, why_flooding
from gongkai.engagement.models import MailboxLetter
from gongkai.engagement.rules import why_empty, why_not_may, why_not_unit_of
from gongkai.organisations.models import Body, Unit
from gongkai.organisations.rules import Permission, officer_of

LONGEST_SUBJECT, LONGEST, LONGEST_NAME = 120, 5000, 100  # characters
FAILURES = 5
LOCKED_FOR = dt.timedelta(minutes=15)


def why_not_write_letter(
    *,
    body: Body,
    subject: str,
    text: str,
    name: str,
    contact: str,
    origin: str,
    at: dt.datetime,
) -> list[Obstacle]:
    """Nothing said, too much said, or too much from one address. Nobody has to say who he is."""
    return [
        *why_empty(subject, "标题", "subject", remedy="请用一句话写明要说的事"),
        *why_empty(text, "内容", "text", remedy="请写下您的意见或问题"),
        *why_not_text(subject, "标题", limit=LONGEST_SUBJECT, field="subject"),
        *why_not_text(text, "内容", limit=LONGEST, field="text"),
        *why_not_text(name, "姓名", limit=LONGEST_NAME, field="name"),
        *why_not_text(contact, "联系方式", limit=LONGEST_NAME, field="contact"),
        *why_flooding(
            body.mailbox.all(), origin=origin, likeness=likeness_of(subject, text), at=at, noun="来信"
        ),
    ]


def write_letter(  # noqa: PLR0913 - what somebody writes
    *,
    body: Body,
    subject: str,
    text: str,
    origin: str,
    at: dt.datetime,
    name: str = "",
    contact: str = "",
    may_publish: bool = False,
    code: str = "",
) -> tuple[MailboxLetter, str]:
    """Take a letter from the site; returns it with its query code, told once. Raises ``RefusedError``.

    ``code`` is given where the same form, sent twice, must come to the same code.
    """
    with transaction.atomic():
        body = lock_one(body)
        refuse_if(
            why_not_write_letter(
                body=body, subject=subject, text=text, name=name, contact=contact, origin=origin, at=at
            )
        )
        code = code or new_code()
        letter = _enter(
            body,
            subject=subject.strip(),
            text=text.strip(),
            name=name.strip(),
            contact=contact.strip(),
            may_publish=may_publish,
            received_at=at,
            origin=origin,
            code_digest=digest_of_code(code),
        )
        record(verb="engagement.write_letter", actor=PUBLIC, target=letter, body=body)
    return letter, code


def _enter(body: Body, *, subject: str, text: str, received_at: dt.datetime, **more: object) -> MailboxLetter:
    year = timezone.localdate(received_at).year
    serial = next_number(f"mailbox:{body.pk}:{year}")
    letter = MailboxLetter(
        body=body,
        number=f"LX{body.pk}-{year}-{serial:05}",
        subject=subject,
        text=text,
        received_at=received_at,
        likeness=likeness_of(subject, text),
        **more,
    )
    letter.full_clean()
    letter.save()
    return letter


def why_not_enter_letter(
    *, body: Body, subject: str, text: str, way: str, received_at: dt.datetime, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """By hand: what came otherwise than by the site, and not in the future."""
    obstacles = why_not_may(actor, Permission.HANDLE, body, at)
    obstacles += why_empty(subject, "标题", "subject") + why_empty(text, "内容", "text")
    if way not in IntakeWay.values or way in (IntakeWay.ONLINE, IntakeWay.MEETING):
        obstacles.append(Obstacle("way", "请选择来信途径", "例如来信、电话、当面", "way"))
    if received_at > at:
        obstacles.append(Obstacle("future", "收到时间晚于当前时间", "请核对时间", "received_at"))
    return obstacles


def enter_letter(  # noqa: PLR0913 - what came in
    *,
    body: Body,
    subject: str,
    text: str,
    way: str,
    received_at: dt.datetime,
    actor: Actor,
    at: dt.datetime,
    name: str = "",
    contact: str = "",
) -> MailboxLetter:
    """Enter a letter that came by post, telephone or in person. Raises ``RefusedError`` or ``ValidationError``."""
    with transaction.atomic():
        refuse_if(
            why_not_enter_letter(
                body=body,
                subject=subject,
                text=text,
                way=way,
                received_at=received_at,
                actor=actor,
                at=at,
            )
        )
        letter = _enter(
            body,
            subject=subject.strip(),
            text=text.strip(),
            received_at=received_at,
            way=way,
            name=name.strip(),
            contact=contact.strip(),
        )
        record(verb="engagement.enter_letter", actor=actor, target=letter, body=body, detail={"way": way})
    return letter


def _why_dealt_with(letter: MailboxLetter) -> list[Obstacle]:
    if letter.state == LetterState.WAITING:
        return []
    message = f"来信{letter.number}{letter.get_state_display()}"
    return [Obstacle("dealt_with", message, "请刷新页面查看最新状态")]


def why_not_answer_letter(
    letter: MailboxLetter, *, answer: str, is_public: bool, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """Answered once; shown on the site only where the writer agreed."""
    obstacles = why_not_may(actor, Permission.APPROVE if is_public else Permission.HANDLE, letter.body, at)
    obstacles += _why_dealt_with(letter) + why_empty(answer, "答复", "answer")
    obstacles += why_not_text(answer, "答复", limit=LONGEST, field="answer")
    if is_public and not letter.may_publish:
        obstacles.append(Obstacle("not_agreed", "来信人没有同意公开", "请取消“在网站公开”", "is_public"))
    return obstacles


def answer_letter(
    *, letter: MailboxLetter, answer: str, actor: Actor, at: dt.datetime, is_public: bool = False
) -> MailboxLetter:
    """Answer a letter; the writer reads it with number and code. Raises ``RefusedError``."""
    with transaction.atomic():
        letter = lock_one(letter)
        refuse_if(why_not_answer_letter(letter, answer=answer, is_public=is_public, actor=actor, at=at))
        letter.answer, letter.answered_at = answer.strip(), at
        letter.answered_by, letter.is_public = officer_of(actor), is_public
        letter.state = LetterState.ANSWERED
        letter.save()
        detail = {"public": "是" if is_public else "否"}
        record(verb="engagement.answer_letter", actor=actor, target=letter, body=letter.body, detail=detail)
    return letter


def why_not_set_aside(letter: MailboxLetter, *, reason: str, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Only what waits, and for a reason the writer can read."""
    return [
        *why_not_may(actor, Permission.HANDLE, letter.body, at),
        *_why_dealt_with(letter),
        *why_empty(reason, "理由", "reason", remedy="来信人查询时会看到这个理由"),
    ]


def set_aside_letter(*, letter: MailboxLetter, reason: str, actor: Actor, at: dt.datetime) -> MailboxLetter:
    """Do not deal with a letter (advertising, nothing to do with the office). Raises ``RefusedError``."""
    with transaction.atomic():
        letter = lock_one(letter)
        refuse_if(why_not_set_aside(letter, reason=reason, actor=actor, at=at))
        letter.state, letter.set_aside_reason = LetterState.SET_ASIDE, reason.strip()
        letter.save()
        record(
            verb="engagement.set_aside_letter", actor=actor, target=letter, body=letter.body, reason=reason
        )
    return letter


def give_letter(*, letter: MailboxLetter, unit: Unit | None, actor: Actor, at: dt.datetime) -> MailboxLetter:
    """Give a letter to a unit to prepare the answer. Raises ``RefusedError``."""
    with transaction.atomic():
        letter = lock_one(letter)
        refuse_if(
            [
                *why_not_may(actor, Permission.HANDLE, letter.body, at),
                *_why_dealt_with(letter),
                *why_not_unit_of(letter.body, unit),
            ]
        )
        letter.unit = unit
        letter.save(update_fields=["unit"])
        detail = {"unit": unit.name if unit else ""}
        record(verb="engagement.give_letter", actor=actor, target=letter, body=letter.body, detail=detail)
    return letter


def open_letter(*, number: str, code: str, at: dt.datetime) -> MailboxLetter | None:
    """The letter, when number and code are right and it is not locked; None for anything else, whatever it is.

    Five wrong codes lock it for a quarter of an hour, also against the right one.
    """
    with transaction.atomic():
        found = MailboxLetter.objects.filter(number=number.strip().upper()).exclude(code_digest="").first()
        letter = lock_one(found) if found is not None else None
        right = is_code(code, letter.code_digest if letter is not None else NOBODY)
        if letter is None or (letter.locked_until is not None and letter.locked_until > at):
            return None
        if right:
            MailboxLetter.objects.filter(pk=letter.pk).update(failures=0, locked_until=None)
            return letter
        _note_failure(letter, at)
    return None


def _note_failure(letter: MailboxLetter, at: dt.datetime) -> None:
    failures = letter.failures + 1
    if failures < FAILURES:
        MailboxLetter.objects.filter(pk=letter.pk).update(failures=failures)
        return
    MailboxLetter.objects.filter(pk=letter.pk).update(failures=0, locked_until=at + LOCKED_FOR)
    record(verb="engagement.letter_locked", actor=SYSTEM, target=letter, body=letter.body)
