"""The letters: plain text, short, and each says why it came and how to end it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone

from gongkai.channels.material import public_address
from gongkai.disclosure.effects import Change
from gongkai.disclosure.models import Departure, Document
from gongkai.subscriptions.enums import Rhythm
from gongkai.subscriptions.links import confirmation_address, leaving_address
from gongkai.subscriptions.models import Notice, Subscriber, Subscription
from gongkai.subscriptions.subjects import is_readable, subject_of

MOST = 50  # documents told of in one letter; the page tells the rest
LONGEST_SUBJECT = 60
SAID = {
    Change.PUBLISHED: "新公开",
    Change.REVISED: "已更正（换了新版本）",
    Change.RETURNED: "恢复公开",
    Change.METADATA: "信息有变更",
}


@dataclass(frozen=True)
class Letter:
    """A letter ready to go."""

    subject: str
    text: str
    headers: dict[str, str] = field(default_factory=dict)


def confirmation(subscription: Subscription) -> Letter:
    """Asks whether the reader of the address wants it."""
    subject = subject_of(subscription)
    rhythm = Rhythm(subscription.rhythm).label
    text = "\n".join(
        [
            f"有人用这个邮箱订阅了：{subject.words}（{rhythm}）。",
            "",
            "如果是您，请在48小时内打开下面的网址，按“确认订阅”：",
            confirmation_address(subscription),
            "",
            "如果不是您，不必理会：不确认就不会再收到邮件，三天后邮箱地址自动删除。",
            "",
        ]
    )
    return Letter("请确认订阅", text, {"Auto-Submitted": "auto-generated"})


def news(subscriber: Subscriber, notices: list[Notice]) -> Letter | None:
    """What changed, a document once, as it is now. None when nothing of it can be told any more."""
    latest = {one.change.document_id: one for one in notices}
    told = [line for one in latest.values() if (line := _told(one)) is not None]
    if not told:
        return None
    subscriptions = {one.subscription_id: one.subscription for one in notices}
    leaving = leaving_address(subscriber, sorted(subscriptions))
    lines = ["\n".join(one) for _, one in told[:MOST]]
    if len(told) > MOST:
        lines.append(f"另有{len(told) - MOST}件，请到网站查看：{public_address('/documents/')}")
    about = "；".join(subject_of(one).words for one in subscriptions.values())
    text = "\n\n".join([*lines, f"您订阅了：{about}。\n不再接收：{leaving}\n"])
    headers = {
        "List-Unsubscribe": f"<{leaving}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
    }
    return Letter(_subject([title for title, _ in told]), text, headers)


def _subject(titles: list[str]) -> str:
    first = " ".join(titles[0].split())
    first = first if len(first) <= LONGEST_SUBJECT else f"{first[: LONGEST_SUBJECT - 1]}…"
    return first if len(titles) == 1 else f"{first}等{len(titles)}件"


def _told(notice: Notice) -> tuple[str, list[str]] | None:
    """The title and the lines of one document; None when what was to be told is no longer so."""
    document, change = notice.change.document, Change(notice.change.change)
    if not is_readable(document):
        # Of what is gone only that is told, and only to whoever was told that it was there.
        return _gone(document) if change == Change.LEFT else None
    if change == Change.LEFT and document.archived_at is None:
        return None
    said = "已归档，仍可查看" if change == Change.LEFT else _standing(document, SAID[change])
    lines = [f"〔{said}〕{document.title}", f"{document.body.name}　{_day(notice)}"]
    return document.title, [*lines, public_address(document.public_path)]


def _standing(document: Document, said: str) -> str:
    """An end of force is what a reader most needs to know."""
    validity = document.validity(timezone.localdate())
    return f"{said}，现为：{validity.label}" if said == SAID[Change.METADATA] and validity else said


def _day(notice: Notice) -> str:
    return f"{timezone.localtime(notice.change.at):%Y-%m-%d}"


def _gone(document: Document) -> tuple[str, list[str]]:
    """As on its page: the number, why, and not the title."""
    gone = Departure.objects.filter(document=document, returned_at=None).order_by("-at", "-pk").first()
    title = f"索引号{document.index_number}的信息已撤下"
    lines = [f"〔已撤下〕索引号{document.index_number}，请勿继续使用或转载。"]
    if gone is not None:
        lines.append(f"{gone.get_way_display()}。理由：{gone.reason}")
    return title, [*lines, public_address(document.public_path)]
