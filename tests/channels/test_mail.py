"""E-mail: one message for each, nobody twice, corrections and withdrawals told."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from tests.channels.conftest import run_due, the_delivery

from gongkai.channels.acts import configure_channel, open_channel
from gongkai.channels.kinds import mail as kind
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.disclosure.acts import withdraw_edition

pytestmark = pytest.mark.django_db
LIST = "a@example.org\n b@example.org \n\na@example.org"


@pytest.fixture
def letters(body):
    channel = open_channel(body=body, kind="mail", name="邮件", actor=SYSTEM)
    given = {"recipients": LIST, "subject_prefix": "【青屿】"}
    return configure_channel(channel=channel, settings=given, secrets={}, takes="all", actor=SYSTEM)


def test_each_gets_a_message_of_his_own(letters, publish):
    delivery = the_delivery(publish())
    assert run_due(delivery) == "published"
    assert [one.to for one in mail.outbox] == [["a@example.org"], ["b@example.org"]]
    assert mail.outbox[0].subject == "【青屿】关于做好招生工作的通知"
    assert delivery.edition.document.public_path in mail.outbox[0].body
    assert not mail.outbox[0].cc
    assert not mail.outbox[0].bcc


def test_subscribers_come_by_a_hook(letters, publish, monkeypatch):
    monkeypatch.setattr(kind, "_subscribers", {})
    kind.register_subscribers("test", find := lambda *_: ["c@example.org", "a@example.org"])
    kind.register_subscribers("test", find)
    with pytest.raises(ValueError, match="two sources"):
        kind.register_subscribers("test", lambda *_: [])
    run_due(the_delivery(publish()))
    assert sorted(one.to[0] for one in mail.outbox) == ["a@example.org", "b@example.org", "c@example.org"]


class Moody(EmailBackend):
    """Fails at the second message, once."""

    failures = [None, smtplib.SMTPServerDisconnected()]

    def send_messages(self, messages):
        if self.failures and (problem := self.failures.pop(0)):
            raise problem
        return super().send_messages(messages)


def test_who_was_told_is_not_told_again(letters, publish, settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Moody"
    monkeypatch.setattr(kind, "get_connection", lambda: Moody(fail_silently=False))
    monkeypatch.setattr(Moody, "failures", [None, smtplib.SMTPServerDisconnected()])
    delivery = the_delivery(publish())
    assert run_due(delivery) == "failed_retryable"
    assert run_due(delivery) == "published"
    assert [one.to[0] for one in mail.outbox] == ["a@example.org", "b@example.org"]


def refusing(code):
    return smtplib.SMTPRecipientsRefused({"x": (code, b"no")})


def test_a_refused_address_keeps_nobody_else_waiting(letters, publish, monkeypatch):
    monkeypatch.setattr(kind, "get_connection", lambda: Moody(fail_silently=False))
    monkeypatch.setattr(Moody, "failures", [refusing(550)])
    delivery = the_delivery(publish())
    assert run_due(delivery) == "published"
    assert delivery.error == "1个地址被邮件服务器拒收"
    monkeypatch.setattr(Moody, "failures", [refusing(550), refusing(550)])
    assert run_due(the_delivery(publish(title="二"))) == "failed_permanent"
    monkeypatch.setattr(Moody, "failures", [refusing(450)])
    assert run_due(the_delivery(publish(title="三"))) == "failed_retryable"


class Locked(EmailBackend):
    def open(self):
        raise smtplib.SMTPAuthenticationError(535, b"no")


def test_a_server_that_refuses_the_account_pauses_the_channel(letters, publish, monkeypatch):
    monkeypatch.setattr(kind, "get_connection", Locked)
    assert run_due(the_delivery(publish())) == "failed_retryable"
    letters.refresh_from_db()
    assert "用户名或口令" in letters.paused_reason


def test_corrections_and_withdrawals_are_told(letters, publish):
    first = publish()
    run_due(the_delivery(first))
    second = publish(first.document)
    delivery = the_delivery(second)
    run_due(delivery)
    withdraw_edition(edition=second, reason="含个人信息", actor=SYSTEM, at=timezone.now())
    assert run_due(delivery) == "withdrawn"
    subjects = [
        one.subject.removeprefix("【青屿】")[:4] for one in mail.outbox if one.to == ["a@example.org"]
    ]
    assert subjects == ["关于做好", "【更正】", "【撤回】"]
    assert "含个人信息" in mail.outbox[-1].body


def test_a_title_over_two_lines_makes_one_subject(letters, publish):
    run_due(the_delivery(publish(title="关于招生\n工作的通知")))
    assert "\n" not in mail.outbox[0].subject


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"recipients": "keine adresse"}, "address"),
        ({"recipients": "a@b.cn", "subject_prefix": "a\nb"}, "prefix"),
    ],
)
def test_what_is_no_address_is_named(body, given, code):
    channel = open_channel(body=body, kind="mail", name="邮件", actor=SYSTEM)
    with pytest.raises(RefusedError) as refused:
        configure_channel(channel=channel, settings=given, secrets={}, actor=SYSTEM)
    assert [one.code for one in refused.value.obstacles] == [code]
