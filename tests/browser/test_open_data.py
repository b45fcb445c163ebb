"""Open data and subscriptions in a real browser: accessible in three looks, usable without scripts."""

import os
from pathlib import Path

import pytest
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.portal.made import make_document
from tests.subscriptions.made import asked

from gongkai.portal.engagement import fence
from gongkai.subscriptions import links
from gongkai.subscriptions.models import Subscription

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("PICTURES_IN")  # a folder to look at them by eye


@pytest.fixture
def pages(body):
    """The kinds of pages, with something on each."""
    make_document(body, title="关于做好小学入学工作的通知")
    waiting = asked(body)
    word = links.leaving_word(waiting.subscriber, [waiting.pk])
    confirming = f"/subscriptions/confirm/{links.confirmation_word(waiting)}/"
    holding = asked(body, address="b@example.com")
    Subscription.objects.filter(pk=holding.pk).update(confirmed_at=holding.asked_at)
    leaving = f"/subscriptions/leave/{links.leaving_word(holding.subscriber, [holding.pk])}/"
    return {
        "open-data": "/open-data/",
        "open-data-body": f"/open-data/documents/{body.slug}/",
        "api": "/api/v1/",
        "feeds": "/feeds/",
        "subscribe": f"/subscriptions/new/?body={body.slug}",
        "asked": "/subscriptions/asked/",
        "confirm": confirming,
        "leave": leaving,
        "over": f"/subscriptions/leave/{word}/",
    }


@pytest.mark.parametrize("appearance", ["standard", "contrast", "elder"])
def test_every_page_is_accessible_and_fits(pages, visit, violations, overflow, appearance):
    page = visit("/", viewport=PHONE, appearance=appearance)
    found = {}
    for name, path in pages.items():
        page.goto(path)
        page.set_viewport_size(PHONE)
        small = violations(page), overflow(page)
        _shoot(page, f"{name}-{appearance}-phone")
        page.set_viewport_size(NARROW)
        narrow = overflow(page)
        page.set_viewport_size(DESKTOP)
        large = violations(page), overflow(page)
        _shoot(page, f"{name}-{appearance}-desktop")
        if (small, narrow, large) != (([], 0), 0, ([], 0)):
            found[name] = (small, narrow, large)
    assert found == {}


def _shoot(page, name):
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_citizen_subscribes_and_leaves(body, visit, monkeypatch, scripts):
    monkeypatch.setattr(fence, "AT_LEAST", 0)
    page = visit(f"/bodies/{body.slug}/", viewport=PHONE, scripts=scripts)
    make_document(body)
    page.goto(f"/subscriptions/new/?body={body.slug}")
    page.get_by_label("电子邮箱").fill("kein Briefkasten")
    page.get_by_role("button", name="订阅", exact=True).click()
    assert page.get_by_role("alert").is_visible()
    page.get_by_label("电子邮箱").fill("lao.wang@example.com")
    page.get_by_role("button", name="订阅", exact=True).click()
    assert page.get_by_role("heading", name="请到邮箱确认").is_visible()
    row = Subscription.objects.get()
    page.goto(f"/subscriptions/confirm/{links.confirmation_word(row)}/")
    page.get_by_role("button", name="确认订阅").click()
    assert page.get_by_role("heading", name="订阅已生效").is_visible()
    page.goto(f"/subscriptions/leave/{links.leaving_word(row.subscriber, [row.pk])}/")
    page.get_by_role("button", name="全部退订，删除邮箱地址").click()
    assert page.get_by_role("heading", name="没有需要退订的内容").is_visible()
    assert not Subscription.objects.exists()
