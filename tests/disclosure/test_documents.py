import datetime as dt

import pytest

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.core.models import Counter
from gongkai.disclosure.acts import end_document, register_document
from gongkai.disclosure.models import Document
from gongkai.organisations.acts import add_unit, lock_year, register_body

DAY = dt.date(2024, 3, 1)


def codes(refused):
    return [obstacle.code for obstacle in refused.value.obstacles]


def test_a_document_gets_its_index_number_and_an_audit_entry(document, body):
    assert document.index_number == "11999900MB0000000X/2024-00001"
    assert (document.attribute, document.first_published_at) == ("proactive", None)
    entry = Entry.objects.get(verb="disclosure.register_document")
    assert entry.body == body
    assert entry.detail == {
        "index_number": "11999900MB0000000X/2024-00001",
        "kind": "policy",
        "made_on": "2024-03-01",
    }


def test_all_obstacles_are_told_at_once_and_nothing_changes(document, body, appointed, at):
    with pytest.raises(RefusedError) as refused:
        register_document(
            body=body,
            title=" ",
            kind="policy",
            made_on=dt.date(2024, 3, 6),
            actor=appointed("reader"),
            at=at,
            document_number="青教体〔2024〕3号",
        )
    assert codes(refused) == ["not_permitted", "no_title", "made_later", "number_taken"]
    assert Document.objects.count() == 1
    assert Counter.objects.get().last == 1


def test_another_body_s_unit_is_refused(body, approver, at):
    other = register_body(actor=SYSTEM, name="别处局", slug="other", kind="department", tier="county")
    unit = add_unit(body=other, name="办公室", kind="internal", actor=SYSTEM)
    with pytest.raises(RefusedError) as refused:
        register_document(
            body=body, title="通知", kind="notice", made_on=DAY, actor=approver, at=at, unit=unit
        )
    assert codes(refused) == ["foreign_unit"]


def test_a_normative_document_of_a_year_that_is_locked_needs_a_reason(body, approver, at):
    lock_year(body=body, year=2023, actor=SYSTEM, at=at)
    given = {"body": body, "title": "办法", "actor": approver, "at": at, "made_on": dt.date(2022, 5, 6)}
    with pytest.raises(RefusedError) as refused:
        register_document(kind="normative", **given)
    assert codes(refused) == ["year_locked"]
    register_document(kind="notice", **given)
    amended = register_document(kind="normative", amendment="清理时发现漏登", **given)
    assert Entry.objects.get(target_id=str(amended.pk)).reason == "清理时发现漏登"


def test_ending_a_document(document, approver):
    ended = end_document(
        document=document, how="repealed", on=dt.date(2025, 1, 1), basis="青教体〔2025〕1号", actor=approver
    )
    assert (ended.ended_on, ended.ended_how) == (dt.date(2025, 1, 1), "repealed")
    with pytest.raises(RefusedError) as refused:
        end_document(document=document, how="gone", on=dt.date(2024, 1, 1), actor=approver)
    assert codes(refused) == ["ended", "how", "before_made"]
    document.refresh_from_db()
    assert document.ended_on == dt.date(2025, 1, 1)


def test_a_handler_may_not_end_a_document(document, appointed):
    with pytest.raises(RefusedError) as refused:
        end_document(document=document, how="lapsed", on=dt.date(2025, 1, 1), actor=appointed("handler"))
    assert codes(refused) == ["not_permitted"]
