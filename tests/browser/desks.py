"""What officers do at their desks in a browser, in small steps the journeys are made of."""

import os
from pathlib import Path

from django.urls import reverse
from tests.browser.conftest import DESKTOP, NARROW, PHONE

from gongkai.foi.models import Letter

PICTURES = "JOURNEY_PICTURES"
"""Names a folder in which the journeys leave pictures of their stations."""


def address(name, *args):
    return reverse(f"console:{name}", args=args)


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()


def told(page):
    """What the page says of the act before."""
    return page.locator(".messages").inner_text()


def photograph(page, name):
    """A picture for whoever asks for pictures."""
    if os.environ.get(PICTURES):
        page.screenshot(path=Path(os.environ[PICTURES]) / f"{name}.png", full_page=True)


def look_at(page, violations, overflow, name):
    """The page anew, with scripts for the checks, at three widths: accessible at each, never wider than its window."""
    state, browser = page.context.storage_state(), page.context.browser
    context = browser.new_context(storage_state=state, locale="zh-CN", viewport=DESKTOP)
    watched = context.new_page()
    watched.goto(page.url)
    for width, viewport in (("1280", DESKTOP), ("390", PHONE), ("320", NARROW)):
        watched.set_viewport_size(viewport)
        photograph(watched, f"{name}-{width}")
        assert (violations(watched), overflow(watched)) == ([], 0), (name, width)
    context.close()


def draft(clerk, case, title):
    clerk.goto(address("request", case.pk))
    follow(clerk, "拟写文书")
    follow(clerk, title)


def submit(clerk):
    press(clerk, "生成文书")
    follow(clerk, "提交审核")
    press(clerk, "提交审核")
    assert "文书已提交审核" in told(clerk)
    return Letter.objects.order_by("pk").last()


def agree(reviewer, letter, stage):
    reviewer.goto(address("letter_opinion", letter.pk, stage))
    reviewer.get_by_label("同意", exact=True).check()
    if stage == "secrecy":
        reviewer.get_by_label("依据").fill("依照保守国家秘密法审查，不含国家秘密")
    press(reviewer, "提交意见")


def sign(chief, letter):
    chief.goto(address("letter", letter.pk))
    follow(chief, "签发")
    press(chief, "签发")
    assert "文书已签发并编号" in told(chief)


def issue(clerk, letter):
    clerk.goto(address("letter", letter.pk))
    follow(clerk, "登记发出")
    press(clerk, "登记发出")


def send(clerk, letter, how="电子送达", **fields):
    """Register how a letter is served; ``fields`` are labels and what is filled in."""
    clerk.goto(address("letter", letter.pk))
    follow(clerk, "登记送达")
    clerk.get_by_label("送达方式").select_option(label=how)
    for label, words in fields.items():
        clerk.get_by_label(label).fill(words)
    press(clerk, "登记送达")
    assert "送达已登记" in told(clerk)
