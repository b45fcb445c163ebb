"""标准 / 高对比 / 适老: a cookie set by a plain form."""

import re

import pytest

from gongkai.core.appearance import COOKIE, Appearance

pytestmark = pytest.mark.django_db


def classes(response):
    return re.search(r'<html lang="zh-CN" class="([^"]*)"', response.content.decode()).group(1).split()


@pytest.mark.parametrize("mode", Appearance.values)
def test_a_choice_is_kept_in_a_cookie_and_leads_back(client, mode):
    response = client.get("/appearance/", {"mode": mode, "next": "/report-check/?x=1"})
    assert (response.status_code, response["Location"]) == (302, "/report-check/?x=1")
    cookie = response.cookies[COOKIE]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (mode, True, "Lax")
    assert classes(client.get("/report-check/")) == [f"appearance-{mode}"]


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_the_way_back_is_never_another_site(client, elsewhere):
    assert client.get("/appearance/", {"mode": "elder", "next": elsewhere})["Location"] == "/appearance/"


def test_without_a_choice_the_page_explains_all_three(client):
    page = client.get("/appearance/").content.decode()
    assert [f'value="{mode}"' in page for mode in Appearance.values] == [True, True, True]


def test_an_unknown_value_is_the_standard_look(client):
    assert COOKIE not in client.get("/appearance/", {"mode": "neon"}).cookies
    client.cookies[COOKIE] = 'x" onload="'
    assert classes(client.get("/")) == ["appearance-standard"]


def test_caches_keep_the_looks_apart(client):
    assert "Cookie" in client.get("/")["Vary"]


def test_the_switch_says_which_one_is_chosen(client):
    client.cookies[COOKIE] = "elder"
    page = client.get("/").content.decode()
    pressed = re.findall(r'<button name="mode" value="(\w+)" aria-pressed="(\w+)">', page)
    assert pressed == [("standard", "false"), ("contrast", "false"), ("elder", "true")]
