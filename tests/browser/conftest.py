"""A real browser against a live server. Nothing is fetched from the network."""

import os

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session", autouse=True)
def database_before_the_server(django_db_setup):
    """A server started earlier would see a database in memory and share its one connection among all threads."""


@pytest.fixture(scope="session")
def chromium(chromium_path):
    """One browser for the session. Playwright keeps an event loop in this thread, which Django must put up with."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(chromium, live_server, client, settings):
    """Open pages: ``visit(path, viewport=PHONE, scripts=False, appearance="elder", officer=somebody)``."""
    contexts = []

    def open_page(path="/", *, viewport=DESKTOP, scripts=True, appearance=None, officer=None, **options):
        context = chromium.new_context(
            viewport=viewport,
            java_script_enabled=scripts,
            base_url=live_server.url,
            locale="zh-CN",
            **options,
        )
        contexts.append(context)
        if appearance:
            context.add_cookies(
                [{"name": "gongkai_appearance", "value": appearance, "url": live_server.url}],
            )
        if officer:
            client.force_login(officer, backend="gongkai.accounts.backends.OfficerBackend")
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}],
            )
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def violations():
    """What axe finds wrong on a page: (rule, the elements concerned)."""

    def run(page):
        options = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
        found = Axe().run(page, options=options)["violations"]
        return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]

    return run


@pytest.fixture
def overflow():
    """How many pixels a page is wider than its window."""

    def measure(page):
        return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    return measure
