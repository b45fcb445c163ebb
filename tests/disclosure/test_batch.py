import datetime as dt
import threading

import pytest
from django.db import connection

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.core.models import Counter
from gongkai.disclosure.acts import DocumentRow, import_documents
from gongkai.disclosure.models import Document, Edition
from gongkai.organisations.acts import lock_year

CHINA = dt.timezone(dt.timedelta(hours=8))


def row(number, *, day=dt.date(2023, 4, 6), **changes):
    given = {
        "title": f"工作动态{number}",
        "kind": "news",
        "made_on": day,
        "text": "正文",
        "published_at": dt.datetime.combine(day, dt.time(10), CHINA),
    }
    return DocumentRow(**given | changes)


def test_numbers_follow_the_order_of_the_rows_within_each_year(body, approver, at):
    rows = [row(1), row(2, day=dt.date(2022, 4, 6)), row(3)]
    editions = import_documents(body=body, rows=rows, actor=approver, at=at)
    assert [edition.document.index_number for edition in editions] == [
        "11999900MB0000000X/2023-00001",
        "11999900MB0000000X/2022-00001",
        "11999900MB0000000X/2023-00002",
    ]
    stored = Edition.objects.get(document__title="工作动态3")
    assert (stored.state, stored.text, stored.published_at) == (
        "published",
        "<p>正文</p>",
        rows[2].published_at,
    )
    assert stored.document.first_published_at == rows[2].published_at


def test_further_fields_of_the_directory_guide_are_entered(body, approver, at):
    said = {"genre": "notice", "subject": "science_education", "keywords": ["招生"], "summary": "招生安排"}
    import_documents(body=body, rows=[row(1, metadata=said)], actor=approver, at=at)
    stored = Document.objects.get()
    assert {name: getattr(stored, name) for name in said} == said


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ({"first_published_at": None}, "第1行：不能填写：first_published_at"),
        ({"kind": "news"}, "第1行：不能填写：kind"),
        ({"valid_until": dt.date(2020, 1, 1)}, "第1行：有效期早于成文或者施行日期"),
    ],
)
def test_fields_that_are_the_system_s_and_wrong_dates_are_refused(body, approver, at, metadata, message):
    with pytest.raises(RefusedError) as refused:
        import_documents(body=body, rows=[row(1, metadata=metadata)], actor=approver, at=at)
    assert message in [one.message for one in refused.value.obstacles]
    assert not Document.objects.exists()


def test_one_audit_entry_for_the_batch(body, approver, at):
    import_documents(body=body, rows=[row(n) for n in range(1, 701)], actor=approver, at=at)
    (entry,) = Entry.objects.filter(verb="disclosure.import_documents")
    assert entry.detail == {
        "count": 700,
        "first": "11999900MB0000000X/2023-00001",
        "last": "11999900MB0000000X/2023-00700",
    }


def test_wrong_rows_are_named_and_none_is_entered(body, approver, at):
    rows = [
        row(1),
        row(2, title="", kind="poem"),
        row(3, text=" ", published_at=at + dt.timedelta(days=1)),
        row(4, document_number="甲〔2023〕1号"),
        row(5, document_number="甲〔2023〕1号", made_on=dt.date(2023, 4, 7)),
    ]
    with pytest.raises(RefusedError) as refused:
        import_documents(body=body, rows=rows, actor=approver, at=at)
    assert [obstacle.message for obstacle in refused.value.obstacles] == [
        "第2行：名称不能为空",
        "第2行：不认识类别“poem”",
        "第3行：公开时间（2024-03-06）晚于导入时间",
        "第3行：没有正文",
        "第4行：文号“甲〔2023〕1号”已经登记，或在本批中重复",
        "第5行：成文日期（2023-04-07）晚于登记或公开日期（2023-04-06）",
        "第5行：文号“甲〔2023〕1号”已经登记，或在本批中重复",
    ]
    assert (Document.objects.count(), Counter.objects.count()) == (0, 0)


def test_a_locked_year_is_told_once(body, approver, at):
    lock_year(body=body, year=2023, actor=SYSTEM, at=at)
    rows = [row(1), row(2), row(3, kind="notice")]
    with pytest.raises(RefusedError) as refused:
        import_documents(body=body, rows=rows, actor=approver, at=at)
    assert [obstacle.code for obstacle in refused.value.obstacles] == ["year_locked"]
    import_documents(body=body, rows=rows, actor=approver, at=at, amendment="补录旧网站信息")
    assert Document.objects.count() == 3


def test_an_empty_batch_is_refused(body, approver, at):
    with pytest.raises(RefusedError) as refused:
        import_documents(body=body, rows=[], actor=approver, at=at)
    assert [obstacle.code for obstacle in refused.value.obstacles] == ["empty"]


@pytest.mark.django_db(transaction=True)
def test_batches_at_the_same_time_share_no_index_number(body, at):
    failures, start = [], threading.Barrier(3)

    def work(name):
        try:
            start.wait()
            rows = [row(f"{name}-{n}", day=dt.date(2022 + n % 2, 4, 6)) for n in range(30)]
            import_documents(body=body, rows=rows, actor=SYSTEM, at=at)
        except Exception as error:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in "甲乙丙"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    expected = [f"11999900MB0000000X/{year}-{n:05}" for year in (2022, 2023) for n in range(1, 46)]
    assert sorted(Document.objects.values_list("index_number", flat=True)) == expected
