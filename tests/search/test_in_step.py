"""The index stays what is listed: after every act, after a rollback, after a rebuild that was killed."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from tests.factories import at, at_once, make_body, verbs
from tests.search.made import published

from gongkai.disclosure import effects
from gongkai.disclosure.effects import Change
from gongkai.disclosure.models import Document
from gongkai.search import rebuilding
from gongkai.search.acts import follow, refresh
from gongkai.search.api import find
from gongkai.search.models import Entry, Keyword, Rebuild, Text
from gongkai.search.rebuilding import check, rebuild


def found(text="招生"):
    return sorted(hit.document for hit in find(text, page_size=100).hits)


def test_the_index_is_told_of_public_changes():
    assert "search" in effects.registered()


@pytest.mark.django_db
@pytest.mark.parametrize("change", list(Change))
def test_every_change_brings_the_index_in_step(change):
    one = published(indexed=False)
    follow(one, change, at())
    assert found() == [one.pk]
    one.editions.update(text="<p>录取名单</p>")
    Document.objects.filter(pk=one.pk).update(title="名单")
    follow(one, change, at())
    assert (found("招生"), found("录取名单")) == ([], [one.pk])
    Document.objects.filter(pk=one.pk).update(withdrawn_at=at())
    follow(one, change, at())
    assert (found("录取名单"), Entry.objects.count(), Text.objects.count()) == ([], 0, 0)
    Document.objects.filter(pk=one.pk).update(withdrawn_at=None)
    follow(one, change, at())
    assert found("录取名单") == [one.pk]


@pytest.mark.django_db
def test_an_act_that_fails_leaves_the_index_as_it_was():
    one = published()
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 - the act and its end
        Document.objects.filter(pk=one.pk).update(title="名单")
        effects.tell(one, Change.METADATA, at())
        refresh([one.pk])
        raise ZeroDivisionError
    assert (found("招生"), found("名单")) == ([one.pk], [])


@pytest.mark.django_db
def test_many_published_in_the_same_minute():
    body = make_body()
    keys = [published(body=body, indexed=False).pk for _ in range(5)]
    assert refresh(keys) == 5
    assert found() == keys
    assert refresh(keys) == 5
    assert len(set(Entry.objects.values_list("id", flat=True))) == 5


@pytest.mark.django_db
def test_a_taken_key_is_no_obstacle(monkeypatch):
    monkeypatch.setattr("gongkai.search.acts.key_for", lambda *_: 7 << 12)
    monkeypatch.setattr("gongkai.search.acts.first_key", lambda *_: 7 << 12)
    body = make_body()
    keys = [published(body=body, indexed=False).pk for _ in range(4)]
    refresh(keys[:1])
    refresh(keys)
    assert found() == keys
    assert sorted(Entry.objects.values_list("id", flat=True)) == [(7 << 12) + place for place in range(4)]


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once():
    body = make_body()
    keys = [published(body=body, indexed=False).pk for _ in range(2)]
    at_once(lambda: refresh(keys[:1]), lambda: refresh(keys[1:]))
    at_once(lambda: refresh(keys), lambda: refresh(keys))
    assert found() == keys
    assert Text.objects.count() == Keyword.objects.count() + 2 == 2


@pytest.mark.django_db
def test_a_rebuild_makes_everything_again(capsys):
    body = make_body()
    keys = [published(body=body, indexed=False).pk for _ in range(3)]
    call_command("rebuild_search")
    assert (found(), "3 份" in capsys.readouterr().out) == (keys, True)
    call_command("rebuild_search", afresh=True)
    assert found() == keys


@pytest.mark.django_db
def test_a_rebuild_that_was_killed_goes_on(monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    body = make_body()
    keys = [published(body=body, indexed=False).pk for _ in range(5)]
    done = []

    def killed(count, total):
        done.append((count, total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(at=at(), tell=killed)
    assert found() == keys[:2]
    rebuild(at=at(), tell=lambda count, total: done.append((count, total)))
    assert done == [(2, 5), (4, 5), (5, 5)]
    assert (found(), Rebuild.objects.get().finished_at is not None) == (keys, True)


@pytest.mark.django_db
def test_the_nightly_check_sets_right_and_records():
    body = make_body()
    missing = published(body=body, indexed=False).pk
    gone = published(body=body).pk
    stale = published(body=body)
    Document.objects.filter(pk=gone).update(withdrawn_at=at())
    Document.objects.filter(pk=stale.pk).update(changed_at=at(), title="名单")
    repair = check(at=at())
    assert (repair.missing, repair.surplus, repair.stale) == (1, 1, 1)
    assert (found(), found("名单")) == ([missing], [stale.pk])
    assert "search.repaired" in verbs()
    assert not check(at=at()).is_needed


@pytest.mark.django_db
def test_a_body_with_a_new_name_is_found_by_it():
    body = make_body(name="青屿县教育局")
    one = published(body=body).pk
    type(body).objects.filter(pk=body.pk).update(name="青屿县教育体育局")
    assert check(at=at()).stale == 1
    assert found("教育体育局") == [one]


@pytest.mark.django_db
def test_a_body_that_is_closed_takes_its_documents_along():
    body = make_body()
    published(body=body)
    type(body).objects.filter(pk=body.pk).update(is_active=False)
    assert found() == []
    assert check(at=at()).surplus == 1


@pytest.mark.django_db
def test_an_index_that_is_lost_is_made_again():
    one = published().pk
    with connection.cursor() as cursor:
        lost = "DROP INDEX search_text_keys" if connection.vendor == "postgresql" else "DROP TABLE search_fts"
        cursor.execute(lost)
    assert check(at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC)).was_rebuilt
    assert found() == [one]


@pytest.mark.django_db
def test_the_text_of_a_document_that_is_no_more_goes():
    one = published()
    Entry.objects.filter(document=one).delete()
    Document.objects.filter(pk=one.pk).update(withdrawn_at=at())
    assert check(at=at()).surplus == 1
    assert not Text.objects.exists()
    Document.objects.filter(pk=one.pk).update(withdrawn_at=None)
    assert check(at=at()).missing == 1
    assert found() == [one.pk]
