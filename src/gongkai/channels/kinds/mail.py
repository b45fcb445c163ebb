"""E-mail to a list and to whoever subscribed; each gets a message of his own, so nobody sees the others' addresses."""

from __future__ import annotations

import hashlib
import smtplib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings as site
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from gongkai.channels.failures import ChannelError
from gongkai.channels.kinds.base import Job, Kind, Outcome, Setting
from gongkai.channels.material import Material
from gongkai.channels.models import Channel
from gongkai.core.errors import Obstacle

Subscribers = Callable[[Channel, Material], Iterable[str]]
_subscribers: dict[str, Subscribers] = {}
NOTICES = {"publish": "", "update": "【更正】", "withdraw": "【撤回】", "restore": ""}
REFUSED = 500  # SMTP answers from here on are final


def register_subscribers(name: str, find: Subscribers) -> None:
    """Have ``find(channel, material)`` say who else gets a message. Raises ValueError for a name in use."""
    if _subscribers.get(name, find) is not find:
        message = f"two sources of subscribers are called {name}"
        raise ValueError(message)
    _subscribers[name] = find


class Mail(Kind):
    """A message with the title, the summary and the address; corrections and withdrawals are told the same way."""

    title = "电子邮件"
    by_network = True
    can_update = can_withdraw = replaces = True
    settings = (
        Setting("recipients", "收件地址", "每行一个", is_long=True, limit=20000),
        Setting("subject_prefix", "主题前缀", "例如【青屿县政府信息公开】", limit=60),
    )

    def why_not(self, settings: Mapping[str, Any], secrets: Mapping[str, str]) -> list[Obstacle]:
        """Every address is one."""
        found = super().why_not(settings, secrets)
        for line in listed(settings):
            try:
                validate_email(line)
            except ValidationError:
                found.append(
                    Obstacle("address", f"“{line[:80]}”不是电子邮箱地址", "请更正或删除", "recipients")
                )
        prefix = str(settings.get("subject_prefix", ""))
        if "\n" in prefix or "\r" in prefix:
            found.append(Obstacle("prefix", "主题前缀不能换行", "请写在一行", "subject_prefix"))
        return found

    def publish(self, job: Job) -> Outcome:
        """Tell everybody who was not told yet; of a corrected text that it is one."""
        return self._tell(job, "update" if job.previous_id else "publish")

    def update(self, job: Job) -> Outcome:
        """Tell everybody that the text was corrected."""
        return self._tell(job, "update")

    def withdraw(self, job: Job) -> Outcome:
        """Tell everybody that it was withdrawn."""
        return self._tell(job, "withdraw")

    def _tell(self, job: Job, errand: str) -> Outcome:
        wanted = list(dict.fromkeys([*listed(job.settings), *_subscribed(job)]))
        told = set(job.progress.get("told", []))
        subject, text = _message(job, errand)
        refused = 0
        with _connected() as connection:
            for address in wanted:
                mark = hashlib.sha256(f"{job.key}{address}".encode()).hexdigest()[:16]
                if mark in told:
                    continue
                refused += not _send(connection, address, subject, text)
                told.add(mark)
                job.remember(told=sorted(told), refused=job.progress.get("refused", 0) + refused)
                refused = 0
        missed = int(job.progress.get("refused", 0))
        if wanted and missed >= len(wanted):
            raise ChannelError("所有收件地址都被邮件服务器拒收", code="refused", retryable=False)
        note = f"{missed}个地址被邮件服务器拒收" if missed else ""
        return Outcome(external_id=job.key, address=job.material.address, note=note)

    def test(self, channel: Channel) -> str:
        """Reach the mail server."""
        with _connected():
            pass
        number = len(listed(channel.settings))
        return (
            f"邮件服务器可以连接；名单中有{number}个地址"
            if site.EMAIL_HOST
            else "未设邮件服务器，邮件将存为文件"
        )


def listed(settings: Mapping[str, Any]) -> list[str]:
    """The addresses the administrator wrote down."""
    return [line.strip() for line in str(settings.get("recipients", "")).splitlines() if line.strip()]


def _subscribed(job: Job) -> list[str]:
    return [address for find in _subscribers.values() for address in find(job.channel, job.material)]


def _message(job: Job, errand: str) -> tuple[str, str]:
    one = job.material
    title = " ".join(one.title.split())
    subject = f"{job.settings.get('subject_prefix', '')}{NOTICES[errand]}{title}"
    lines = [title, "", one.summary, "", f"全文：{one.address}", "", one.body]
    if errand == "withdraw":
        lines = [
            f"《{title}》已撤回，请勿继续使用或转载。",
            f"理由：{one.reason or '见网站说明'}",
            "",
            one.address,
            "",
            one.body,
        ]
    return subject, "\n".join(lines)


class _connected:  # noqa: N801 - a context manager
    """A connection to the mail server. Raises ChannelError."""

    def __enter__(self) -> Any:
        self.connection = get_connection()
        try:
            self.connection.open()
        except smtplib.SMTPAuthenticationError:
            raise ChannelError("邮件服务器不接受用户名或口令", code="smtp_auth", disconnects=True) from None
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelError(f"邮件服务器无法连接（{type(error).__name__}）", code="smtp") from None
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def _send(connection: Any, address: str, subject: str, text: str) -> bool:
    """Whether the server took it; a refused address is no reason to withhold it from the others."""
    try:
        EmailMessage(subject, text, to=[address], connection=connection).send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        if all(code >= REFUSED for code in codes):
            return False
        raise ChannelError("邮件服务器暂时不收", code="smtp_later") from None
    except (OSError, smtplib.SMTPException) as error:
        raise ChannelError(f"发送邮件时中断（{type(error).__name__}）", code="smtp", unknown=True) from None
    return True
