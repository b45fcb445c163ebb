"""Asking, confirming, being told once, leaving; what a flood, a dead server and a killed worker do to it."""

import datetime as dt
import re
import smtplib

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from tests.api.made import make_item
from tests.factories import codes, make_body
from tests.portal.made import add_edition, leave, make_document
from tests.subscriptions.made import ADDRESS, asked, confirmed, fresh, send_all, spread_all, subject_for, told

from gongkai.audit.models import Entry
from gongkai.core.errors import RefusedError
from gongkai.disclosure.effects import Change, tell, tell_many
from gongkai.search.acts import refresh
from gongkai.subscriptions import acts, links, mailing, rules, spreading, tasks
from gongkai.subscriptions.models import Notice, PublicChange, Subscriber, Subscription
from gongkai.subscriptions.subjects import query_of, subject_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(autouse=True)
def site(settings):
    settings.GONGKAI_SITE_ADDRESS = "https://gk.example.gov.cn"


def happened(document, change=Change.PUBLISHED):
    with transaction.atomic():
        tell(document, change, timezone.now())


def refusal(*args, **more):
    with pytest.raises(RefusedError) as caught, transaction.atomic():
        asked(*args, **more)
    return codes(caught.value.obstacles)


# Asking and confirming


def test_a_letter_asks_for_confirmation_and_nothing_is_told_before(body):
    row = asked(body)
    mailing.send_confirmation(row.pk, at=NOW)
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS]
    assert letter.subject == "请确认订阅"
    assert f"{body.name}的最新公开" in letter.body
    word = re.search(r"https://gk\.example\.gov\.cn/subscriptions/confirm/([^/]+)/", letter.body)[1]
    happened(make_document(body))
    assert told() == []
    assert links.to_confirm(word) == row
    acts.confirm(subscription=row, at=NOW)
    happened(make_document(body, title="入学办法"))
    (letter,) = told()
    assert letter.subject == "入学办法"


def test_the_letter_of_confirmation_goes_once(body):
    row = asked(body)
    assert mailing.send_confirmation(row.pk, at=NOW) is mailing.Sent.GONE
    assert mailing.send_confirmation(row.pk, at=NOW) is None
    assert len(mail.outbox) == 1


def test_a_word_expires_and_no_other_is_taken(body, monkeypatch):
    row = asked(body)
    word = links.confirmation_word(row)
    assert links.to_confirm(f"{word}x") is None
    assert links.to_confirm(links.leaving_word(row.subscriber, [])) is None
    monkeypatch.setattr(links, "LINK_FOR", dt.timedelta(seconds=-1))
    assert links.to_confirm(word) is None


def test_confirming_twice_is_confirming_once(body):
    row = confirmed(body)
    before = fresh(row).confirmed_at
    acts.confirm(subscription=row, at=timezone.now() + dt.timedelta(hours=1))
    assert fresh(row).confirmed_at == before
    assert Entry.objects.filter(verb="subscriptions.confirm").count() == 1


def test_the_address_is_encrypted_and_in_no_record(body):
    confirmed(body)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM subscriptions_subscriber")
        stored = cursor.fetchone()[0]
    assert "example.com" not in stored
    assert Subscriber.objects.get().address == ADDRESS
    assert all(ADDRESS not in f"{one.target_name}{one.detail}" for one in Entry.objects.all())


def test_asking_for_what_is_confirmed_sends_nothing(body):
    confirmed(body)
    assert asked(body) is None
    assert Subscription.objects.count() == 1


def test_asking_again_before_confirming_sends_a_new_letter(body):
    row = asked(body)
    mailing.send_confirmation(row.pk, at=NOW)
    assert asked(body, rhythm="daily") == row
    mailing.send_confirmation(row.pk, at=NOW)
    assert len(mail.outbox) == 2
    assert fresh(row).rhythm == "daily"


@pytest.mark.parametrize(
    "address", ["", "keiner", "a@b\r\nBcc: x@example.com", "ä@", f"{'a' * 250}@example.com", "a\0@b.cn"]
)
def test_what_is_no_address_is_refused(body, address):
    assert refusal(body, address=address) in (["no_address"], ["address"])


def test_other_refusals(body, settings):
    assert refusal(body, rhythm="hourly") == ["rhythm"]
    assert refusal(make_document(body, published=False)) == ["not_public"]
    assert refusal("") == ["no_query"]
    assert refusal("q=" + "x" * 700) == ["query"]
    body.is_active = False
    assert refusal(body) == ["no_body"]
    settings.GONGKAI_SITE_ADDRESS = "https://.example.gov.cn"
    assert refusal(make_body()) == ["no_site_address"]
    settings.GONGKAI_SITE_ADDRESS = "http://localhost"
    assert rules.why_no_mail() == []
    settings.GONGKAI_MODE = "production"
    assert codes(rules.why_no_mail()) == ["no_site_address"]


def test_an_item_of_a_standard_catalogue_is_nobody_s(body):
    item = make_item(body)
    item.catalogue.body = None
    assert refusal(item) == ["no_item"]


def test_an_address_is_not_bombed(body):
    at = dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC)
    for _ in range(rules.CONFIRMATIONS_A_DAY):
        asked(body, at=at)
    assert refusal(body, at=at) == ["often"]
    assert refusal(make_body(), address=ADDRESS.upper(), at=at) == ["often"]
    assert asked(body, at=at + dt.timedelta(days=1))


def test_one_place_does_not_ask_for_everybody(body):
    at = dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC)
    for number in range(rules.ASKINGS_AN_HOUR):
        asked(body, address=f"a{number}@example.com", origin="10.0.0.1", at=at)
    assert refusal(body, address="b@example.com", origin="10.0.0.1", at=at) == ["origin"]
    assert asked(body, address="b@example.com", origin="10.0.0.2", at=at)


def test_an_address_has_only_so_many(body, monkeypatch):
    monkeypatch.setattr("gongkai.subscriptions.acts.asking.MOST_SUBSCRIPTIONS", 1)
    asked(body)
    assert refusal(make_body()) == ["many"]


def test_what_nobody_confirmed_goes_with_its_address(body):
    asked(body, at=NOW)
    kept = confirmed(make_body(), address="b@example.com", at=NOW)
    assert acts.sweep_unconfirmed(at=NOW + dt.timedelta(days=2, hours=23)) == 0
    assert acts.sweep_unconfirmed(at=NOW + rules.UNCONFIRMED_FOR) == 1
    assert list(Subscription.objects.all()) == [kept]
    assert Subscriber.objects.count() == 1


# Who is told of what


def test_every_kind_of_subscription_is_told(body):
    parent = make_item(body)
    item = make_item(body, "招生", parent=parent)
    document = make_document(body, title="学区划分方案", item=item)
    refresh([document.pk])
    wanted = (body, parent, item, document, query_of("学区", {}), query_of("", {"kind": "notice"}))
    for number, row in enumerate(wanted):
        confirmed(row, address=f"a{number}@example.com")
    for number, row in enumerate(
        (make_body(), make_item(body, "别的"), make_document(body), "q=食堂", "q=%E5%AD%A6&kind=news")
    ):
        confirmed(row, address=f"b{number}@example.com")
    happened(document, Change.REVISED)
    assert sorted(one.to[0] for one in told()) == [f"a{number}@example.com" for number in range(6)]


@pytest.mark.parametrize(
    ("change", "to_body", "to_document"),
    [("published", 1, 1), ("revised", 1, 1), ("metadata", 0, 1)],
)
def test_which_change_is_told_to_whom(body, change, to_body, to_document):
    document = make_document(body)
    confirmed(body, address="a@example.com")
    confirmed(document, address="b@example.com")
    happened(document, Change(change))
    receivers = [one.to[0] for one in told()]
    assert receivers.count("a@example.com") == to_body
    assert receivers.count("b@example.com") == to_document


def test_a_withdrawal_is_told_to_who_was_told_before_and_without_the_title(body):
    confirmed(body)
    confirmed(make_body(), address="other@example.com")
    document = make_document(body, title="误发的标题")
    happened(document)
    told()
    late = confirmed(body, address="late@example.com")
    leave(document, "error", reason="发错了")
    happened(document, Change.LEFT)
    (letter,) = told()
    assert letter.to == [ADDRESS]
    assert "误发的标题" not in letter.subject + letter.body
    assert "理由：发错了" in letter.body
    assert not Notice.objects.filter(subscription=late).exists()


def test_what_was_withdrawn_before_the_letter_went_is_not_told(body):
    confirmed(body)
    document = make_document(body, title="误发的标题")
    happened(document)
    spread_all()
    leave(document, "by_law", basis="某法")
    assert send_all() == []
    assert Notice.objects.get().ended


def test_a_draft_revision_is_told_by_its_newest_state(body):
    document = make_document(body, kind="normative", ended_on=dt.date(2024, 5, 1), ended_how="repealed")
    confirmed(document)
    happened(document, Change.METADATA)
    (letter,) = told()
    assert "现为：废止" in letter.body


def test_an_import_writes_to_nobody(body):
    confirmed(body)
    rows = [make_document(body) for _ in range(3)]
    with transaction.atomic():
        tell_many(rows, Change.PUBLISHED, timezone.now())
    assert PublicChange.objects.count() == 3
    assert told() == []


# Once, in time


def test_one_letter_for_all_and_each_document_once(body):
    document = make_document(body, title="入学办法")
    confirmed(body)
    confirmed(document)
    happened(document)
    add_edition(document)
    happened(document, Change.REVISED)
    happened(make_document(body, title="第二件"))
    (letter,) = told()
    assert letter.body.count("入学办法\n") == 1
    assert letter.subject == "入学办法等2件"
    assert told() == []


def test_a_change_is_spread_once(body):
    confirmed(body)
    happened(make_document(body))
    change = PublicChange.objects.get()
    assert spreading.spread(change.pk, at=NOW) == 1
    assert spreading.spread(change.pk, at=NOW) == 0
    assert Notice.objects.count() == 1


def test_a_digest_comes_in_the_morning(body):
    confirmed(body, rhythm="daily")
    evening = dt.datetime(2026, 11, 28, 21, 0, tzinfo=timezone.get_default_timezone())
    PublicChange.objects.all().delete()
    for _ in range(3):
        happened(make_document(body))
    PublicChange.objects.update(noted_at=evening)
    spread_all(evening)
    assert send_all(evening) == []
    assert send_all(evening.replace(day=29, hour=7, minute=29)) == []
    (letter,) = send_all(evening.replace(day=29, hour=7, minute=30))
    assert letter.subject.endswith("等3件")


def test_before_the_hour_the_digest_is_of_the_same_day():
    morning = dt.datetime(2026, 11, 28, 6, 0, tzinfo=timezone.get_default_timezone())
    assert spreading.due("daily", morning) == morning.replace(hour=7, minute=30)


def test_after_a_standstill_nothing_stale_is_sent(body):
    confirmed(body)
    happened(make_document(body))
    assert spreading.spread(PublicChange.objects.get().pk, at=timezone.now() + dt.timedelta(days=8)) == 0


def test_a_letter_can_be_left_by_one_click(body):
    row = confirmed(body)
    happened(make_document(body))
    (letter,) = told()
    address = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert address.startswith("https://gk.example.gov.cn/subscriptions/leave/")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in letter.body
    assert letter.content_subtype == "plain"
    subscriber, rows, meant = links.to_leave(address.rstrip("/").rpartition("/")[2])
    assert (rows, meant) == ([row], [row.pk])
    assert acts.leave(subscriber=subscriber, subscriptions=meant) == 1
    assert acts.leave(subscriber=subscriber) == 0
    assert not Subscriber.objects.exists()
    happened(make_document(body))
    assert told() == []


def test_leaving_one_keeps_the_other(body):
    one, other = confirmed(body), confirmed(make_body())
    acts.leave(subscriber=one.subscriber, subscriptions=[one.pk])
    assert list(Subscription.objects.all()) == [other]


def test_a_word_of_another_address_leaves_nothing(body):
    row = confirmed(body)
    word = links.leaving_word(row.subscriber, [row.pk])
    acts.leave(subscriber=row.subscriber)
    confirmed(body, address="neu@example.com")
    assert links.to_leave(word) is None
    assert links.to_leave("kein:wort") is None


def test_an_address_is_forgotten_by_command(body, capsys):
    confirmed(body)
    call_command("forget_subscriber", ADDRESS)
    assert "已删除1项" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("forget_subscriber", ADDRESS)


# The mail server


class Server:
    """Django's mail in memory, failing as told."""

    def __init__(self, monkeypatch):
        self.failures = []
        original = mail.EmailMessage.send

        def send(message, *args, **more):
            if self.failures:
                raise self.failures.pop(0)
            return original(message, *args, **more)

        monkeypatch.setattr(mail.EmailMessage, "send", send)


@pytest.fixture
def server(monkeypatch):
    return Server(monkeypatch)


def later(minutes):
    return timezone.now() + dt.timedelta(minutes=minutes)


def test_what_the_server_puts_off_is_tried_again(body, server):
    confirmed(body)
    happened(make_document(body))
    spread_all()
    server.failures = [
        smtplib.SMTPRecipientsRefused({ADDRESS: (450, b"later")}),
        smtplib.SMTPDataError(451, b"later"),
    ]
    assert send_all() == []
    assert send_all() == []
    assert send_all(later(6)) == []
    assert len(send_all(later(30))) == 1
    assert send_all(later(3000)) == []


def test_after_six_times_it_is_left(body, server):
    confirmed(body)
    happened(make_document(body))
    spread_all()
    server.failures = [smtplib.SMTPDataError(451, b"later")] * 10
    for number in range(8):
        send_all(later(2000 * number))
    assert len(server.failures) == 4
    assert Notice.objects.get().ended == "多次发送未成"


def test_an_address_that_takes_nothing_is_forgotten(body, server):
    confirmed(body)
    for number in range(3):
        assert Subscriber.objects.count() == 1, number
        happened(make_document(body))
        spread_all()
        server.failures = [smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"unknown")})]
        send_all()
    assert Subscriber.objects.count() == 0


def test_a_letter_that_may_have_gone_is_not_sent_again(body, server):
    confirmed(body)
    happened(make_document(body))
    spread_all()
    server.failures = [smtplib.SMTPServerDisconnected("gone")]
    assert send_all() == []
    assert send_all(later(3000)) == []
    assert "不知是否送达" in Notice.objects.get().ended


def test_what_a_killed_worker_had_begun_is_not_sent_again(body):
    confirmed(body)
    happened(make_document(body))
    spread_all()
    subscriber = Subscriber.objects.get()
    assert mailing._claim(subscriber.pk, timezone.now())
    assert mailing._claim(subscriber.pk, timezone.now()) is None
    assert send_all(later(3000)) == []
    assert acts.sweep_notices(at=later(60)) == 0
    assert acts.sweep_notices(at=later(400)) == 1
    assert "不知是否送达" in Notice.objects.get().ended
    assert acts.sweep_notices(at=later(401 * 24 * 60)) == 1


def test_a_server_that_is_not_there_loses_nothing(body, monkeypatch):
    row = asked(body)

    class Dead:
        def open(self):
            raise ConnectionRefusedError

    monkeypatch.setattr(mailing, "get_connection", Dead)
    assert mailing.send_confirmation(row.pk, at=NOW) is mailing.Sent.LATER
    monkeypatch.undo()
    tasks.send_due()
    assert len(mail.outbox) == 1


def test_a_lost_task_is_made_up_for(body):
    confirmed(body)
    happened(make_document(body, title="没有任务的"))
    tasks.send_due()
    assert [one.subject for one in mail.outbox if "确认" not in one.subject] == ["没有任务的"]
    tasks.send_due()
    tasks.forget_unconfirmed()
    assert len([one for one in mail.outbox if "确认" not in one.subject]) == 1


def test_subjects_in_words(body):
    item = make_item(body)
    document = make_document(body, title="办法")
    assert subject_for(body).path == f"/bodies/{body.slug}/"
    assert subject_for(item).path == f"/bodies/{body.slug}/items/{item.pk}/"
    assert subject_for(document).words == "文件《办法》的变化"
    search = subject_for(query_of(" 学区  划分 ", {"kind": "notice"}))
    assert search.words == "检索“学区 划分”（另有筛选条件）"
    assert search.path.startswith("/search/?q=")
    row = confirmed(document)
    leave(document, "error")
    assert subject_of(fresh(row)).words == "一份文件的变化"
