import datetime as dt

import pytest
from django.db import transaction

from gongkai.core.actors import SYSTEM
from gongkai.disclosure import effects
from gongkai.disclosure.acts import (
    DocumentRow,
    add_edition,
    end_document,
    import_documents,
    publish_edition,
    withdraw_edition,
)
from gongkai.disclosure.effects import Change
from gongkai.disclosure.models import Document


@pytest.fixture
def told():
    heard = []
    effects.register("test.told", lambda document, change, at: heard.append((document.pk, change, at)))
    yield heard
    effects.unregister("test.told")


def test_every_public_change_is_told_and_dated(document, edition, at, told):
    publish_edition(edition=edition, actor=SYSTEM, at=at)
    later = at + dt.timedelta(days=1)
    second = add_edition(document=document, text="改", actor=SYSTEM, at=later)
    publish_edition(edition=second, actor=SYSTEM, at=later)
    withdraw_edition(edition=second, reason="误发", actor=SYSTEM, at=later)
    third = add_edition(document=document, text="再改", actor=SYSTEM, at=later)
    publish_edition(edition=third, actor=SYSTEM, at=later)
    end_document(document=document, how="repealed", on=dt.date(2024, 4, 1), actor=SYSTEM)
    assert [change for _, change, _ in told] == [
        Change.PUBLISHED,
        Change.REVISED,
        Change.LEFT,
        Change.RETURNED,
        Change.METADATA,
    ]
    assert {pk for pk, _, _ in told} == {document.pk}
    document.refresh_from_db()
    assert document.changed_at == told[-1][2]


def test_what_is_not_public_is_not_told(document, told):
    end_document(document=document, how="repealed", on=dt.date(2024, 4, 1), actor=SYSTEM)
    document.refresh_from_db()
    assert (told, document.changed_at) == ([], None)


def test_a_failing_effect_undoes_the_act(edition, at):
    def fails(document, change, at):
        raise ConnectionError

    effects.register("test.fails", fails)
    try:
        with pytest.raises(ConnectionError):
            publish_edition(edition=edition, actor=SYSTEM, at=at)
    finally:
        effects.unregister("test.fails")
    edition.refresh_from_db()
    assert (edition.state, Document.objects.get().first_published_at) == ("draft", None)


def test_a_batch_is_told_at_once_to_who_can_hear_it(body, at, told):
    heard = []
    effects.register(
        "test.many", lambda *_: None, many=lambda rows, change, _: heard.append((len(rows), change))
    )
    row = {"kind": "news", "made_on": at.date(), "text": "文", "published_at": at - dt.timedelta(hours=1)}
    rows = [DocumentRow(title=f"动态{number}", **row) for number in range(3)]
    try:
        import_documents(body=body, rows=rows, actor=SYSTEM, at=at)
    finally:
        effects.unregister("test.many")
    assert heard == [(3, Change.PUBLISHED)]
    assert [change for _, change, _ in told] == [Change.PUBLISHED] * 3
    assert set(Document.objects.values_list("changed_at", flat=True)) == {at}


def test_a_name_is_one_effect_s():
    effects.register("test.name", print)
    try:
        effects.register("test.name", print)
        with pytest.raises(ValueError, match=r"test\.name"):
            effects.register("test.name", repr)
        assert "test.name" in effects.registered()
    finally:
        effects.unregister("test.name")


@pytest.mark.django_db(transaction=True)
def test_told_only_inside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        effects.tell(Document(), Change.METADATA, dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
