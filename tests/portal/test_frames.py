"""Pages whose frame is kept: the places are filled and escaped, and whoever carries something gets a frame of his own."""

import pytest
from django.urls import reverse
from django.utils.safestring import mark_safe
from tests.factories import make_body
from tests.portal.made import make_document, text

from gongkai.core.actors import SYSTEM
from gongkai.disclosure.models import Document
from gongkai.organisations.acts import edit_body
from gongkai.portal import addresses
from gongkai.portal.frames import CLOSE, OPEN, Frame, Slots
from gongkai.portal.templatetags.portal_pages import HERE

pytestmark = pytest.mark.django_db


def test_the_places_are_filled_and_what_is_not_safe_is_escaped():
    frame = Frame(f"<h1>{Slots()['title']}</h1>{Slots()['list']}<a href='?next={HERE}'>")
    filled = frame.filled({"title": "甲<乙>&", "list": mark_safe("<ul></ul>"), "": "/?a=1&b='"})
    assert filled == "<h1>甲&lt;乙&gt;&amp;</h1><ul></ul><a href='?next=/?a=1&amp;b=&#x27;'>"


def test_a_place_without_a_value_is_a_mistake():
    with pytest.raises(KeyError):
        Frame(f"{OPEN}title{CLOSE}").filled({})


def test_what_a_value_says_is_no_place():
    frame = Frame(f"{OPEN}title{CLOSE}|{OPEN}other{CLOSE}")
    assert frame.filled({"title": f"{OPEN}other{CLOSE}", "other": "x"}) == f"{OPEN}other{CLOSE}|x"


def test_a_title_with_markup_stands_as_it_was_written(client):
    page = text(client.get(make_document(make_body(), title="<b>甲</b>&乙").public_path))
    assert page.count("&lt;b&gt;甲&lt;/b&gt;&amp;乙") >= 3
    assert "<b>甲" not in page


@pytest.mark.usefixtures("remembering")
def test_frames_of_bodies_looks_and_places_are_kept_apart(client):
    edu, water = make_body(slug="edu", name="教育局"), make_body(slug="water", name="水利局")
    pages = {body: make_document(body, title=body.name).public_path for body in (edu, water)}
    for _ in range(2):
        for body, address in pages.items():
            page = text(client.get(address))
            assert f'masthead__name" href="/bodies/{body.slug}/">{body.name}' in page
            assert f'name="next" value="{address}"' in page
    client.cookies["gongkai_appearance"] = "elder"
    assert 'class="appearance-elder' in text(client.get(pages[edu]))
    del client.cookies["gongkai_appearance"]
    assert 'class="appearance-standard' in text(client.get(pages[edu]))


@pytest.mark.usefixtures("remembering")
def test_a_frame_is_made_anew_when_the_body_has_another_name(client):
    body = make_body(slug="edu", name="教育局")
    make_body()
    address = make_document(body).public_path
    assert "教育局" in text(client.get(address))
    edit_body(body=body, actor=SYSTEM, reason="机构改革", name="教育体育局")
    page = text(client.get(address))
    assert 'masthead__name" href="/bodies/edu/">教育体育局' in page
    assert '<meta name="ContentSource" content="教育体育局">' in page


def test_written_addresses_are_those_of_the_site():
    assert reverse("portal:home") == addresses.HOME
    assert addresses.of_document(7) == reverse("portal:document", args=[7]) == Document(pk=7).public_path
    assert addresses.of_body("edu") == reverse("portal:body", args=["edu"])
    for part, name in (
        ("documents", "body_documents"),
        ("policies", "body_policies"),
        ("statutory", "statutory"),
    ):
        assert addresses.of_body("edu", part) == reverse(f"portal:{name}", args=["edu"])
    assert addresses.of_item("edu", 7) == reverse("portal:item", args=["edu", 7])
    assert addresses.of_area("edu", 7) == reverse("portal:key_area", args=["edu", 7])
