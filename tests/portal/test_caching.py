"""Public pages are remembered until an act changes something public, and only for those to whom they belong."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories import at, make_body, make_handler, make_request
from tests.portal.made import make_document, text

from gongkai.audit.acts import record
from gongkai.core.actors import SYSTEM
from gongkai.portal import caching, freshness
from gongkai.portal.caching import shelf
from gongkai.portal.freshness import Watch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("remembering")]


def act(verb, target, body=None):
    with transaction.atomic():
        record(verb=verb, actor=SYSTEM, target=target, body=body)


def questions(client, address, **headers):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers=headers)
    return len(captured), response


def test_a_remembered_page_asks_one_question(client):
    make_document(make_body(slug="edu"))
    for address in ("/", "/documents/", "/bodies/edu/", "/bodies/edu/statutory/"):
        first = client.get(address)
        asked, second = questions(client, address)
        assert (asked, second.content) == (1, first.content)
        for header in (
            "Content-Type",
            "ETag",
            "Content-Security-Policy",
            "Vary",
            "Cache-Control",
            "Permissions-Policy",
        ):
            assert second[header] == first[header]


def test_a_public_act_shows_at_once(client):
    body = make_body(slug="edu")
    document = make_document(body, title="原来的标题")
    assert "原来的标题" in text(client.get("/documents/"))
    document.title = "后来的标题"
    document.save()
    assert "原来的标题" in text(client.get("/documents/"))  # no act, so nothing happened
    act("disclosure.publish_edition", document, body)
    assert "后来的标题" in text(client.get("/documents/"))


def test_a_withdrawal_shows_at_once_at_its_address_and_in_lists(client):
    from gongkai.disclosure.acts import leave_document

    body = make_body(slug="edu")
    document = make_document(body, title="误发的名单", at=at(2024, 3, 1))
    for address in (document.public_path, "/documents/", "/"):
        assert "误发的名单" in text(client.get(address))
    leave_document(document=document, way="error", reason="误发", actor=SYSTEM, at=at(2024, 3, 2))
    assert client.get(document.public_path).status_code == 410
    for address in ("/documents/", "/"):
        assert "误发的名单" not in text(client.get(address))
    assert questions(client, document.public_path)[0] == 1  # the tombstone is remembered as well


def test_acts_nobody_sees_leave_pages_as_they_are(client):
    body = make_body(slug="edu")
    make_document(body)
    client.get("/documents/")
    make_request(body)
    assert questions(client, "/documents/")[0] == 2  # the end of the record, and what is new in it


def test_what_another_body_does_leaves_the_pages_of_this_one(client):
    edu, water = make_body(slug="edu"), make_body(slug="water")
    document = make_document(water)
    client.get("/bodies/edu/documents/")
    client.get("/documents/")
    act("disclosure.publish_edition", document, water)
    assert questions(client, "/bodies/edu/documents/")[0] == 2
    assert questions(client, "/documents/")[0] > 2
    act("organisations.edit_body", edu, edu)
    assert questions(client, "/bodies/edu/documents/")[0] > 2


def test_an_unknown_act_counts_as_public():
    watch = Watch()
    watch.look()
    before = watch.stamp()
    body = make_body()
    act("a_new_room.does_something", body)
    watch.look()
    assert watch.stamp() > before


def test_two_workers_learn_of_an_act_each_by_themselves():
    one, other = Watch(), Watch()
    one.look()
    other.look()
    body = make_body()
    act("disclosure.publish_edition", body, body)
    one.look()
    other.look()
    assert one.stamp(body.pk) == other.stamp(body.pk) > 0


def test_a_record_that_is_shorter_than_before_forgets_everything():
    watch = Watch()
    act("disclosure.publish_edition", make_body())
    watch.look()
    watch._seen += 100
    watch.look()
    assert watch._seen == watch.stamp()


def test_a_long_absence_forgets_everything(monkeypatch):
    monkeypatch.setattr(freshness, "MOST_NEW", 1)
    watch = Watch()
    watch.look()
    body = make_body()
    act("foi.remark", body)
    act("foi.remark", body)
    watch.look()
    assert watch.stamp() == watch._seen


def test_looks_are_kept_apart(client):
    make_body()
    client.get("/")
    client.cookies["gongkai_appearance"] = "elder"
    assert "appearance-elder" in text(client.get("/"))
    client.cookies["gongkai_appearance"] = "nonsense"
    asked, response = questions(client, "/")
    assert (asked, "appearance-standard" in text(response)) == (1, True)


def test_an_officer_neither_gets_nor_leaves_a_remembered_page(client):
    body = make_body()
    client.force_login(make_handler(body), backend="gongkai.accounts.backends.OfficerBackend")
    response = client.get("/")
    assert response["Cache-Control"] == "private, no-cache"
    assert not shelf._pages
    client.logout()
    client.get("/")
    client.force_login(make_handler(body), backend="gongkai.accounts.backends.OfficerBackend")
    assert questions(client, "/")[0] > 1


@pytest.mark.parametrize("address", ["/report-check/", "/foi/", "/bodies/edu/foi/", "/console/", "/nothing/"])
def test_forms_cases_errors_and_the_console_are_never_remembered(client, address):
    make_body(slug="edu")
    client.get(address)
    assert not shelf._pages


def test_a_page_that_sets_a_cookie_is_not_remembered(rf):
    from django.http import HttpResponse

    def view(request):
        response = HttpResponse("x", headers={"ETag": 'W/"x"'})
        response.is_public = True
        response.set_cookie("csrftoken", "x")
        return response

    caching.PublicPagesMiddleware(view)(rf.get("/appearance/"))
    assert not shelf._pages


def test_another_host_does_not_get_the_page_of_this_one(client):
    make_body()
    client.get("/")
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_who_has_the_page_is_told_so(client):
    make_document(make_body())
    first = client.get("/documents/")
    for _ in range(2):
        again = client.get("/documents/", headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.get("/documents/", headers={"if-none-match": 'W/"x"'}).status_code == 200


def test_a_document_says_when_it_changed_last(client):
    made = make_document(
        make_body(),
        kind="policy",
        at=at(2024, 3, 1),
        changed_at=at(2024, 4, 1, 9),
        effective_on=dt.date(2024, 6, 1),
    )
    response = client.get(made.public_path)
    assert (
        response["Last-Modified"] == "Fri, 31 May 2024 16:00:00 GMT"
    )  # midnight in China: it came into force
    later = client.get(made.public_path, headers={"if-modified-since": response["Last-Modified"]})
    assert later.status_code == 304


def test_pages_are_sent_packed_to_those_who_can_unpack(client):
    import gzip

    make_body()
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Length"] == str(len(packed.content))
    assert "Accept-Encoding" in packed["Vary"]


def test_the_clock_alone_ends_a_page(client, monkeypatch):
    make_body()
    client.get("/")
    monkeypatch.setattr(caching, "today", lambda: dt.date(2999, 1, 1))
    assert questions(client, "/")[0] > 1
    monkeypatch.setattr(caching.time, "monotonic", lambda: 10.0**9)
    assert questions(client, "/")[0] > 1


def test_the_least_read_pages_go_when_the_room_is_full(client, settings):
    make_body()
    client.get("/")
    settings.GONGKAI_PAGE_CACHE = shelf._weight * 2
    client.get("/policies/")
    client.get("/")
    client.get("/documents/")
    kept = [key[2] for key in shelf._pages]
    assert "/policies/" not in kept
    assert shelf._weight <= settings.GONGKAI_PAGE_CACHE


def test_without_room_nothing_is_remembered(client, settings):
    settings.GONGKAI_PAGE_CACHE = 0
    make_body()
    client.get("/")
    assert not shelf._pages


def test_a_head_question_is_answered_from_memory(client):
    make_body()
    client.get("/")
    assert client.head("/").status_code == 200
