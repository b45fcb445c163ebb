"""Queries worked out once give the rows their query sets give, with whatever values."""

import pytest
from django.db import connection
from tests.factories import at, make_body
from tests.portal.made import make_document

from gongkai.disclosure.models import Document
from gongkai.portal.documents.finding import standing_of
from gongkai.portal.listing import listed, mark, newest, rows_of
from gongkai.portal.prepared import prepared, prepared_rows

pytestmark = pytest.mark.django_db


def everything(document):
    return {field.attname: getattr(document, field.attname) for field in Document._meta.concrete_fields}


def test_rows_are_instances_with_values_of_their_types_and_what_is_related():
    body = make_body()
    paper = make_document(body, kind="policy", at=at(2024, 3, 1), keywords=["入学"])
    made = make_document(body, interprets=paper, title="解读")

    def build(key):
        return Document.objects.select_related("body", "interprets", "unit").filter(pk=key)

    (found,) = prepared("a test", build, made.pk)
    assert everything(found) == everything(Document.objects.get(pk=made.pk))
    assert (found.body, found.interprets, found.unit) == (body, paper, None)
    (other,) = prepared("a test", build, paper.pk)
    assert (other.interprets, other.keywords) == (None, ["入学"])
    assert prepared("a test", build, 0) == []


def test_texts_and_numbers_stand_in_their_own_places():
    one, other = make_body(), make_body()
    for body in (one, other):
        for kind in ("news", "notice"):
            make_document(body, kind=kind)

    def build(body, kind):
        return Document.objects.filter(kind=kind, body=body)

    for body in (one, other):
        for kind in ("news", "notice"):
            (found,) = prepared("two values", build, body.pk, kind)
            assert (found.body_id, found.kind) == (body.pk, kind)


def test_a_query_that_does_not_use_a_value_as_it_is_is_refused():
    with pytest.raises(ValueError, match="does not reach"):
        prepared("changed", lambda _word: Document.objects.all(), "甲")
    with pytest.raises(ValueError, match="does not reach"):
        prepared("wrapped", lambda word: Document.objects.filter(title__contains=word), "甲")


def test_deferred_fields_are_read_when_they_are_asked_for():
    made = make_document(make_body(), title="甲")
    (found,) = prepared("short", lambda key: Document.objects.filter(pk=key).only("title"), made.pk)
    assert found.get_deferred_fields() >= {"summary"}
    assert found.index_number == made.index_number


def test_the_newest_are_those_of_the_list():
    edu, rest = make_body(), make_body(is_active=False)
    for body in (edu, rest, edu):
        make_document(body)
    for body in (None, edu):
        assert newest(body, 5) == rows_of(listed(body)[:5])
    rest.is_active = True
    rest.save()
    assert newest(None, 5) == rows_of(listed()[:5])
    assert len(newest(None, 5)) == 3


def test_a_plan_belongs_to_its_connection():
    make_document(make_body())
    newest(None, 5)
    assert connection.__dict__["gongkai_plans"]


def test_a_key_beyond_all_keys_is_not_found(client):
    assert client.get(f"/documents/{2**63}/").status_code == 404
    assert client.get(f"/documents/{'9' * 40}/").status_code == 404


def test_the_quick_answer_is_the_full_one():
    from gongkai.disclosure.queries import standing

    body = make_body()
    for fields in ({}, {"kind": "policy"}, {"archived_at": at(2024, 5, 1)}):
        made = make_document(body, **fields)
        _, answer = standing_of(made.pk)
        full = standing(made)
        assert (answer.status, answer.edition) == (full.status, full.edition)


def test_moments_stand_in_their_own_places_and_rows_are_tuples():
    body = make_body()
    made = [make_document(body, at=at(2024, 3, day, 10, 30)) for day in (1, 2, 3)]

    def build(since, until):
        found = Document.objects.filter(first_published_at__gt=since, first_published_at__lt=until)
        return found.order_by("pk").values_list("pk", "first_published_at", "keywords")

    for first, last in ((0, 2), (1, 2), (0, 1)):
        found = prepared_rows("between", build, made[first].first_published_at, at(2024, 3, last + 1, 23))
        assert found == [(one.pk, one.first_published_at, []) for one in made[first + 1 : last + 1]]


@pytest.mark.parametrize("kinds", [(), ("policy", "rule")])
def test_what_comes_after_a_position_is_what_the_list_has_there(kinds):
    edu = make_body()
    for body in (edu, make_body(), edu, edu):
        for kind in ("policy", "notice"):
            make_document(body, kind=kind, at=at(2024, 3, 1))
    for body in (None, edu):
        found = listed(body).filter(kind__in=kinds) if kinds else listed(body)
        every = rows_of(found)
        for place, row in enumerate(every):
            assert newest(body, 50, kinds, mark(row)) == every[place + 1 :]
