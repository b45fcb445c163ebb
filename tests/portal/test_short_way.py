"""The short way of a public page gives the answers of the long one, and stands back where it cannot."""

import types

import pytest
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from tests.factories import make_body
from tests.portal.made import leave, make_document

from gongkai.portal.caching import public_page, shelf
from gongkai.portal.short_way import ShortWay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("remembering")]


@pytest.fixture
def long_way(monkeypatch):
    """Whether pages go the long way."""

    def choose():
        monkeypatch.setattr(ShortWay, "answer", lambda _self, _request: None)
        shelf.clear()

    return choose


def both(client, long_way, address, **more):
    short = client.get(address, **more)
    long_way()
    return short, client.get(address, **more)


@pytest.mark.parametrize(
    "address",
    ["/", "/documents/", "/policies/?kind=rule", "/bodies/edu/statutory/", "/feeds/atom.xml", "/sitemap.xml"],
)
@pytest.mark.parametrize("more", [{}, {"secure": True}])
def test_both_ways_answer_alike(client, long_way, address, more):
    make_document(make_body(slug="edu"))
    short, long = both(client, long_way, address, **more)
    assert (short.status_code, short.content) == (long.status_code, long.content)
    assert dict(short.items()) == dict(long.items())
    assert "Content-Security-Policy" in short.headers


def test_a_tombstone_and_a_page_that_leads_on_answer_alike(client):
    body = make_body()
    into, merged, gone = (make_document(body) for _ in range(3))
    leave(merged, "merged", into=into)
    leave(gone, "error")
    for one in (merged, gone):
        short = client.get(one.public_path)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ShortWay, "answer", lambda _self, _request: None)
            shelf.clear()
            long = client.get(one.public_path)
        assert (short.status_code, short.content, dict(short.items())) == (
            long.status_code,
            long.content,
            dict(long.items()),
        )


@pytest.mark.parametrize("address", ["/documents/999/", "/nothing/", "/documents/?after=x", "/documents"])
def test_what_is_not_a_page_is_answered_by_the_long_way(client, rf, address):
    make_body()
    assert ShortWay().answer(rf.get(address)) is None
    assert client.get(address).status_code in {301, 400, 404}


def test_a_page_with_a_form_goes_the_long_way_for_its_cookie(client, settings):
    def form(request):
        return HttpResponse(get_token(request))

    site = types.ModuleType("site_with_a_form")
    site.urlpatterns = [path("form/", public_page(form))]
    settings.ROOT_URLCONF = site
    for _ in range(2):
        response = client.get("/form/")
        assert response.cookies["csrftoken"].value
        client.cookies.clear()
    assert not shelf._pages


def test_a_foreign_host_is_refused_as_ever(client, rf):
    make_body()
    assert ShortWay().answer(rf.get("/", headers={"host": "evil.example"})) is None
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_site_that_is_safe_leads_there_first(client, rf, settings):
    make_body()
    settings.SECURE_SSL_REDIRECT = True
    assert ShortWay().answer(rf.get("/")) is None
    assert ShortWay().answer(rf.get("/", secure=True)).status_code == 200


def test_a_page_for_readers_alone_stays_with_the_long_way(rf):
    assert ShortWay().answer(rf.get("/appearance/")) is None
    assert ShortWay().answer(rf.get("/accounts/login/")) is None
