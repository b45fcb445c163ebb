"""Subscribing by its pages: the form, the confirmation behind a button, leaving by one click and by hand."""

import time

import pytest
from django.core import mail, signing
from tests.api.made import make_item
from tests.portal.made import make_document, text
from tests.subscriptions.made import ADDRESS, confirmed

from gongkai.portal.engagement import fence
from gongkai.subscriptions import links, tasks
from gongkai.subscriptions.models import Subscription

pytestmark = pytest.mark.django_db
NEW = "/subscriptions/new/"


def form(**more):
    opened = signing.dumps(["abc", time.time() - 60], salt=fence.SALT)
    return {"address": ADDRESS, "rhythm": "daily", "opened": opened, "website": "", **more}


def test_from_the_form_to_the_first_letter(client, body):
    assert "邮件订阅" in text(client.get(f"{NEW}?body={body.slug}"))
    response = client.post(f"{NEW}?body={body.slug}", form(), follow=True)
    assert "请到邮箱确认" in text(response)
    tasks.send_due()
    (letter,) = mail.outbox
    word = letter.body.split("/subscriptions/confirm/")[1].split("/")[0]
    page = client.get(f"/subscriptions/confirm/{word}/")
    assert "确认订阅" in text(page)
    assert Subscription.objects.get().confirmed_at is None
    assert "订阅已生效" in text(client.post(f"/subscriptions/confirm/{word}/", follow=True))
    assert Subscription.objects.get().confirmed_at is not None
    assert "no-store" in page["Cache-Control"]
    # A page that hides its origin altogether could not send its own form.
    assert "no-referrer" not in text(page)


def test_every_kind_has_its_page(client, body):
    item, document = make_item(body), make_document(body, title="办法")
    for asked, said in (
        (f"item={item.pk}", "学区划分"),
        (f"document={document.pk}", "《办法》"),
        ("q=学区&kind=notice", "“学区”（另有筛选条件）"),
        (f"q=学区&body={body.slug}", "检索"),
    ):
        assert said in text(client.get(f"{NEW}?{asked}")), asked


@pytest.mark.parametrize(
    "asked", ["", "body=nowhere", "item=x", "item=99999999999999999999", "document=0", "q=", "body=%00"]
)
def test_what_is_not_there_cannot_be_subscribed_to(client, db, asked):
    assert client.get(f"{NEW}?{asked}").status_code == 404


def test_what_is_wrong_is_named_and_what_was_typed_stays(client, body):
    response = client.post(f"{NEW}?body={body.slug}", form(address="kein Briefkasten"))
    assert response.status_code == 422
    assert "这不是电子邮箱地址" in text(response)
    assert "kein Briefkasten" in text(response)
    assert "请填写接收邮件的地址" in text(client.post(f"{NEW}?body={body.slug}", form(address="")))
    response = client.post(f"{NEW}?body={body.slug}", form(website="http://spam.example"))
    assert response.status_code == 422
    assert not Subscription.objects.exists()


def test_two_clicks_ask_once(client, body):
    given = form()
    for _ in range(2):
        assert client.post(f"{NEW}?body={body.slug}", given).status_code == 302
    tasks.send_due()
    assert Subscription.objects.count() == 1
    assert len(mail.outbox) == 1


def test_without_an_address_of_the_site_it_says_so(client, body, settings):
    settings.GONGKAI_SITE_ADDRESS = "https://.example.gov.cn"
    page = text(client.get(f"{NEW}?body={body.slug}"))
    assert "GONGKAI_SITE_ADDRESS" in page
    assert '<form class="form"' not in page


def test_a_page_for_a_subscriber_tells_nobody_of_him(client, body):
    confirmed(body)
    first = text(client.post(f"{NEW}?body={body.slug}", form(), follow=True))
    other = text(client.post(f"{NEW}?body={body.slug}", form(address="b@example.com"), follow=True))
    assert first == other


def test_a_mail_program_leaves_by_one_click_without_a_form(body):
    from django.test import Client

    row = confirmed(body)
    word = links.leaving_word(row.subscriber, [row.pk])
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"/subscriptions/leave/{word}/", {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert not Subscription.objects.exists()


def test_leaving_by_hand(client, body):
    one = confirmed(body)
    other = confirmed(make_item(body))
    address = f"/subscriptions/leave/{links.leaving_word(one.subscriber, [one.pk])}/"
    page = text(client.get(address))
    assert "2 项内容" in page
    assert ADDRESS not in page
    assert Subscription.objects.count() == 2
    client.post(address, {"which": str(other.pk)})
    assert list(Subscription.objects.all()) == [one]
    response = client.post(address, {"which": "all"}, follow=True)
    assert response.status_code == 410
    assert "已经全部结束" in text(response)


def test_words_that_are_none(client, db):
    assert client.get("/subscriptions/confirm/kein-wort/").status_code == 410
    assert client.get("/subscriptions/leave/kein:wort/").status_code == 410
    assert (
        client.post("/subscriptions/leave/kein:wort/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    )


def test_guessing_is_slowed(client, db):
    answers = [client.get("/subscriptions/confirm/x/").status_code for _ in range(61)]
    assert answers[-1] == 429


def test_pages_lead_to_it(client, body):
    item, document = make_item(body), make_document(body)
    for page, wanted in (
        (f"/bodies/{body.slug}/", f"/subscriptions/new/?body={body.slug}"),
        (f"/bodies/{body.slug}/items/{item.pk}/", f"/subscriptions/new/?item={item.pk}"),
        (document.public_path, f"/subscriptions/new/?document={document.pk}"),
        ("/search/?q=%E9%80%9A%E7%9F%A5", "/subscriptions/new/?q=%E9%80%9A%E7%9F%A5"),
    ):
        assert f'href="{wanted}"' in text(client.get(page)), page
