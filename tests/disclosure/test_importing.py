"""Imports: checked before anything is imported, nothing twice, nothing lost, each rule with its failing example."""

import datetime as dt

import pytest
from tests.disclosure.importing import AT, checked, imported, line, now, opened, packed, table, told, workbook
from tests.factories import at_once, codes, workers_wait_for_each_other

from gongkai.audit.models import Entry
from gongkai.channels.models import Delivery
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.disclosure.acts import add_edition, register_document
from gongkai.disclosure.effects import register, unregister
from gongkai.disclosure.importing import acts, running
from gongkai.disclosure.importing.checking import check
from gongkai.disclosure.importing.enums import JOB_MOVES, JobState
from gongkai.disclosure.importing.holding import hold, is_gone, is_held, this_process
from gongkai.disclosure.importing.report import report, template
from gongkai.disclosure.importing.running import left_lying, run
from gongkai.disclosure.models import Attachment, Document, Edition, ImportedSource, ImportJob
from gongkai.organisations.acts import lock_year
from gongkai.organisations.models import Unit

pytestmark = pytest.mark.django_db


def why_start(job, actor=SYSTEM, **given):
    return codes(acts.why_not_start(job, actor=actor, at=AT, **given))


@pytest.mark.parametrize("make", [table, workbook, lambda *rows: table(*rows, encoding="gb18030")])
def test_a_table_becomes_documents_with_the_dates_of_its_source(body, make):
    job = imported(body, make(line(1), line(2, 成文日期="20220503", 公开时间="2022/5/6")))
    assert (job.state, job.total, job.imported, job.wrong) == ("done", 2, 2, 0)
    first = Document.objects.get(title="关于第1号事项的通知")
    assert (first.document_number, first.kind, first.made_on) == (
        "青教体〔2023〕1号",
        "notice",
        dt.date(2023, 4, 3),
    )
    assert first.first_published_at == dt.datetime(2023, 4, 6, 2, tzinfo=dt.UTC)
    assert first.index_number == "11999900MB0000000X/2023-00001"
    edition = first.editions.get()
    assert (edition.text, edition.state, edition.source) == ("<p>正文1</p>", "published", "imported")


def test_made_in_the_future_of_its_publication_is_an_error_of_its_row(body):
    job = checked(body, table(line(1, 公开时间="2022-05-06")))
    assert told(job) == [(2, "成文日期", "made_later", True)]


def test_the_check_imports_nothing_and_names_every_wrong_cell(body):
    job = checked(
        body,
        table(
            line(1),
            line(2, 标题=""),
            line(3, 公开时间="前天"),
            line(4, 公开时间=""),
            line(5, 类别="诗歌"),
            line(6, 正文=""),
            line(7, 公开时间="2025-01-01"),
            line(8, 附件="没有.pdf"),
            line(1),
            line(9, 文号="青教体〔2023〕1号"),
            line(10, 标题="长" * 301),
            line(11, 文号="长" * 81),
        ),
    )
    assert told(job) == [
        (3, "标题", "no_title", True),
        (4, "公开时间", "not_understood", True),
        (5, "公开时间", "no_date", True),
        (6, "类别", "kind", True),
        (7, "正文", "no_text", True),
        (8, "公开时间", "future", True),
        (9, "附件", "no_file", True),
        (10, "", "twice", True),
        (11, "", "number_twice", True),
        (12, "标题", "long_title", True),
        (13, "文号", "too_long", True),
    ]
    assert (job.state, job.total, job.wrong, Document.objects.count()) == ("checked", 1, 11, 0)
    assert report(job).startswith(b"PK")


HEAD_2 = (
    "标题",
    "公开时间",
    "正文",
    "科室",
    "目录事项",
    "主题",
    "体裁",
    "有效性",
    "废止日期",
    "有效期",
    "备注",
)


def second(**changes):
    return {"标题": "甲", "公开时间": "2023-04-06", "正文": "正文"} | changes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"科室": "没有科"}, ("科室", "no_unit", True)),
        ({"目录事项": "没有的事项"}, ("目录事项", "no_item", True)),
        ({"主题": "诗歌"}, ("主题", "not_known", False)),
        ({"体裁": "诗歌"}, ("体裁", "not_known", False)),
        ({"有效性": "大概"}, ("有效性", "validity", True)),
        ({"有效性": "废止"}, ("废止日期", "no_end", True)),
        ({"废止日期": "2020-01-01"}, ("废止日期", "ended_early", True)),
        ({"有效性": "有效", "废止日期": "2023-05-01"}, ("有效性", "contradiction", True)),
        ({"有效期": "很久"}, ("有效期", "not_understood", True)),
    ],
)
def test_each_rule_of_a_row(body, changes, expected):
    job = checked(body, table(second(**changes), head=HEAD_2), default_kind="notice")
    assert expected in [one[1:] for one in told(job) if one[0] == 2]
    assert told(job)[0] == (1, "", "ignored", False) or told(job)[0][1] == "备注"


def test_classes_units_and_the_end_of_a_document_are_taken_over(body):
    unit = Unit.objects.create(body=body, name="基教科")
    given = {
        "科室": "基教科",
        "主题": "教育",
        "体裁": "通知",
        "有效性": "已废止",
        "废止日期": "2023.5.1",
        "有效期": "长期",
    }
    imported(body, table(second(**given), head=HEAD_2), default_kind="normative")
    found = Document.objects.get()
    assert (found.unit, found.subject, found.genre, found.valid_until) == (
        unit,
        "science_education",
        "notice",
        None,
    )
    assert (found.ended_on, found.ended_how, found.made_on) == (
        dt.date(2023, 5, 1),
        "repealed",
        dt.date(2023, 4, 6),
    )


def test_wrong_rows_stop_the_start_unless_they_are_skipped(body):
    job = checked(body, table(line(1), line(2, 标题="")))
    assert why_start(job) == ["wrong"]
    with pytest.raises(RefusedError):
        acts.start_import(job=job, actor=SYSTEM, at=AT)
    job = run(acts.start_import(job=job, actor=SYSTEM, at=AT, skip_wrong=True), now=now)
    assert (job.state, job.imported, job.wrong) == ("done", 1, 1)


def test_a_second_run_of_the_same_source_makes_nothing(body):
    content = table(*map(line, range(5)))
    imported(body, content)
    again = imported(body, content)
    assert (again.imported, again.unchanged, Document.objects.count()) == (0, 5, 5)
    without_ids = table(*({**line(n), "信息编号": ""} for n in range(7, 9)))
    assert [imported(body, without_ids).imported for _ in range(2)] == [2, 0]
    assert Document.objects.count() == ImportedSource.objects.count() == 7


def test_a_changed_row_is_reported_and_changes_nothing(body):
    imported(body, table(line(1)))
    job = imported(body, table(line(1, 正文="改过")))
    assert (job.changed, job.imported, Edition.objects.get().text) == (1, 0, "<p>正文1</p>")
    assert told(job) == [(2, "", "changed", False)]


def test_a_changed_row_becomes_the_next_edition_where_that_is_wanted(body):
    imported(body, table(line(1)))
    job = imported(body, table(line(1, 正文="改过", 标题="新标题")), on_change="revise")
    assert (job.revised, job.changed) == (1, 0)
    document = Document.objects.get()
    assert document.title == "新标题"
    assert list(document.editions.order_by("number").values_list("number", "text", "state")) == [
        (1, "<p>正文1</p>", "superseded"),
        (2, "<p>改过</p>", "published"),
    ]
    again = imported(body, table(line(1, 正文="改过", 标题="新标题")), on_change="revise")
    assert (again.revised, again.unchanged) == (0, 1)


def _draft(document):
    add_edition(document=document, text="本地改动", actor=SYSTEM, at=AT)


def _superseded(document):
    document.editions.update(state="superseded")


def _left(document):
    Document.objects.update(withdrawn_at=AT)


@pytest.mark.parametrize(
    ("before", "changes", "code"),
    [
        (_draft, {}, "draft"),
        (_superseded, {}, "newer"),
        (_left, {}, "left"),
        (lambda _document: None, {"类别": "工作动态"}, "fixed"),
        (lambda _document: None, {"公开时间": "2023-04-07"}, "fixed"),
    ],
)
def test_what_an_officer_did_goes_before_the_source(body, before, changes, code):
    imported(body, table(line(1)))
    before(Document.objects.get())
    job = imported(body, table(line(1, 正文="改过", **changes)), on_change="revise")
    assert (job.revised, job.changed) == (0, 1)
    assert code in [one[2] for one in told(job)]


def test_what_was_registered_by_hand_is_not_imported_beside_it(body):
    given = {"body": body, "kind": "notice", "actor": SYSTEM, "at": AT}
    register_document(title="甲", made_on=dt.date(2023, 4, 3), document_number="青教体〔2023〕1号", **given)
    register_document(title="关于第2号事项的通知", made_on=dt.date(2023, 4, 3), **given)
    job = checked(body, table(line(1), line(2), line(3)))
    assert told(job) == [(2, "", "number_taken", True), (3, "", "same", True)]


def test_a_number_registered_between_check_and_run_stops_it_and_it_goes_on_skipping(body):
    job = checked(body, table(line(1), line(2)))
    register_document(
        body=body, title="甲", kind="notice", made_on=dt.date(2023, 4, 3), document_number="青教体〔2023〕1号",
        actor=SYSTEM, at=AT,
    )  # fmt: skip
    job = acts.start_import(job=job, actor=SYSTEM, at=AT)
    with pytest.raises(RefusedError) as refused:
        run(job, now=now)
    assert codes(refused.value.obstacles) == ["number_taken"]
    job.refresh_from_db()
    assert (job.state, job.position, Document.objects.count()) == ("failed", 0, 1)
    assert job.failure.startswith("第2行：文号“青教体〔2023〕1号”已经登记")
    job = run(acts.start_import(job=job, actor=SYSTEM, at=AT, skip_wrong=True), now=now)
    assert (job.state, job.imported, job.wrong, Document.objects.count()) == ("done", 1, 1, 2)


def test_files_come_with_their_digests_and_the_missing_are_errors(body):
    archive = packed(附件__甲_dot_txt="招生计划", 乙_dot_txt="说明", 空_dot_txt="")
    content = table(line(1, 附件="甲.txt；乙.txt"), line(2, 附件="附件/甲.txt", 正文=""))
    job = imported(body, content, archive=archive)
    assert (job.imported, job.files) == (2, 3)
    files = Attachment.objects.filter(edition__document__title="关于第1号事项的通知")
    assert [(one.name, one.text, len(one.sha256)) for one in files] == [
        ("甲.txt", "招生计划", 64),
        ("乙.txt", "说明", 64),
    ]
    wrong = checked(body, table(line(3, 附件="空.txt；丙.txt")), archive=archive)
    assert [one[2] for one in told(wrong)] == ["empty", "no_file"]


def test_a_folder_on_this_machine_is_not_left(body, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "甲.txt").write_text("甲")
    (tmp_path / "密.txt").write_text("密")
    (folder / "外.txt").symlink_to(tmp_path / "密.txt")
    source = tmp_path / "t.csv"
    source.write_bytes(table(line(1, 附件="甲.txt"), line(2, 附件="../密.txt"), line(3, 附件="外.txt")))
    job = checked(body, None, path=str(source), folder=str(folder))
    assert told(job) == [(3, "附件", "no_file", True), (4, "附件", "no_file", True)]
    (folder / "甲.txt").write_text("变了")
    job = acts.start_import(job=job, actor=SYSTEM, at=AT, skip_wrong=True)
    job = run(job, now=now)
    assert (job.imported, job.wrong) == (0, 3)
    assert "file_changed" in [one[2] for one in told(job)]


def test_what_the_guard_finds_is_counted_and_keeps_nothing_out(body):
    job = imported(body, table(line(1, 正文="张三 11010519491231002X"), line(2)))
    assert (job.findings, job.imported) == (1, 2)
    assert told(job) == [(2, "正文", "finding", False)]
    assert "19491231" not in job.problems.get().message


def test_a_published_year_needs_a_reason(body):
    lock_year(body=body, year=2023, actor=SYSTEM, at=AT)
    job = checked(body, table(line(1)))
    assert (job.years, why_start(job)) == ([2023], ["year_locked"])
    run(acts.start_import(job=job, actor=SYSTEM, at=AT, amendment="补录旧站"), now=now)
    entry = Entry.objects.get(verb="disclosure.amend.import_documents")
    assert (entry.reason, entry.detail["amended_years"]) == ("补录旧站", [2023])


def test_a_year_published_meanwhile_stops_it_before_the_batch(body):
    job = acts.start_import(job=checked(body, table(line(1))), actor=SYSTEM, at=AT)
    lock_year(body=body, year=2023, actor=SYSTEM, at=AT)
    with pytest.raises(RefusedError):
        run(job, now=now)
    job.refresh_from_db()
    assert (job.state, Document.objects.count(), why_start(job)) == ("failed", 0, ["year_locked"])


def test_the_audit_says_that_the_times_are_the_sources_word(body):
    imported(body, table(line(1), line(2, 公开时间="2023-05-08")))
    detail = Entry.objects.get(verb="disclosure.import_documents").detail
    assert (detail["count"], detail["published_as_told_by"], detail["source"]) == (2, "source", "旧站.csv")
    assert (detail["published_from"], detail["published_to"]) == ("2023-04-06", "2023-05-08")


def test_nothing_is_delivered_anew_and_the_effects_are_told_of_the_batch(body):
    heard = []
    register(
        "test.many",
        lambda *_: None,
        many=lambda documents, change, _at: heard.append((len(documents), change)),
    )
    try:
        imported(body, table(line(1), line(2)))
    finally:
        unregister("test.many")
    assert (heard, Delivery.objects.count()) == ([(2, "published")], 0)


def test_batches_move_the_checkpoint_and_a_stop_is_kept(body, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    job = acts.start_import(job=checked(body, table(*map(line, range(5)))), actor=SYSTEM, at=AT)
    seen = []

    def tell(done, total):
        seen.append((done, total, Document.objects.count()))
        if done == 2:
            acts.stop_import(job=ImportJob.objects.get(), actor=SYSTEM, at=AT)

    job = run(job, tell=tell, now=now)
    assert (job.state, job.position, seen) == ("stopped", 2, [(2, 5, 2)])
    job = run(acts.start_import(job=job, actor=SYSTEM, at=AT), now=now)
    assert (job.state, job.imported, Document.objects.count()) == ("done", 5, 5)
    numbers = sorted(Document.objects.values_list("index_number", flat=True))
    assert [one[-1] for one in numbers] == ["1", "2", "3", "4", "5"]


def test_a_stop_of_what_nobody_works_on_is_immediate(body):
    job = acts.start_import(job=checked(body, table(line(1))), actor=SYSTEM, at=AT)
    assert acts.stop_import(job=job, actor=SYSTEM, at=AT).state == "stopped"


def test_a_mistake_of_ours_is_noted_and_the_import_goes_on_later(body, monkeypatch):
    job = acts.start_import(job=checked(body, table(line(1))), actor=SYSTEM, at=AT)

    def broken(*_args):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(running, "enter", broken)
        with pytest.raises(ZeroDivisionError):
            run(job, now=now)
    job.refresh_from_db()
    assert (job.state, "ZeroDivisionError" in job.failure, job.holder) == ("failed", True, "")
    assert run(acts.start_import(job=job, actor=SYSTEM, at=AT), now=now).state == "done"


def test_two_runs_at_once_are_refused(body):
    job = acts.start_import(job=checked(body, table(line(1))), actor=SYSTEM, at=AT)
    held = hold(job, JobState.RUNNING, AT)
    assert is_held(held, AT)
    with pytest.raises(RefusedError) as refused:
        run(job, now=now)
    assert codes(refused.value.obstacles) == ["held"]
    assert why_start(held) == ["held"]
    assert codes(acts.why_not_discard(held, actor=SYSTEM, at=AT)) == ["state"]


@pytest.mark.django_db(transaction=True)
def test_of_two_that_start_together_one_runs(body):
    if not workers_wait_for_each_other():
        pytest.skip("one connection, one database")
    job = acts.start_import(job=checked(body, table(*map(line, range(20)))), actor=SYSTEM, at=AT)
    found = at_once(*[lambda: run(ImportJob.objects.get(pk=job.pk), now=now)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["ImportJob", "RefusedError"]
    assert Document.objects.count() == 20


def test_a_process_that_is_no_more_holds_nothing():
    mine = this_process()
    machine, number, token, _ = mine.rsplit("|", 3)
    assert not is_gone(mine)
    assert is_gone(f"{machine}|{number}|other|x")
    assert is_gone(f"{machine}|999999999|{token}|x")
    assert not is_gone(f"elsewhere|999999999|{token}|x")
    assert not is_gone("1|" + token)
    assert not is_gone("nonsense")


def test_what_a_killed_worker_left_is_found_when_its_time_is_over(body):
    job = acts.start_import(job=checked(body, table(line(1))), actor=SYSTEM, at=AT)
    held = hold(job, JobState.RUNNING, AT)
    assert left_lying(JobState.RUNNING, AT) == []
    assert left_lying(JobState.RUNNING, held.held_until) == [job.pk]
    ImportJob.objects.update(holder=held.holder.replace(f"|{held.holder.split('|')[-2]}|", "|earlier|"))
    assert left_lying(JobState.RUNNING, AT) == [job.pk]


@pytest.mark.parametrize("state", JobState.values)
def test_the_table_of_states(body, state):
    job = checked(body, table(line(1)))
    ImportJob.objects.update(state=state)
    job.refresh_from_db()
    starts = state in {"checked", "running", "stopped", "failed"}
    assert (why_start(job) == []) is starts is (JobState.RUNNING in JOB_MOVES[state])
    stops = acts.why_not_stop(job, actor=SYSTEM, at=AT) == []
    assert stops is (state == "running")
    gives_up = acts.why_not_discard(job, actor=SYSTEM, at=AT) == []
    assert gives_up is (state in {"new", "checking", "checked", "stopped", "failed"})
    checks = state in {"new", "checking", "checked"}
    if checks:
        assert check(job, now=now).state == "checked"
    else:
        with pytest.raises(RefusedError):
            check(job, now=now)


def test_who_may(body, appointed):
    handler, reader = appointed("handler"), appointed("reader")
    given = {"body": body, "at": AT, "content": table(line(1))}
    assert codes(acts.why_not_open(actor=reader, **given)) == ["not_permitted"]
    job = check(opened(body, table(line(1)), actor=handler), now=now)
    assert why_start(job, handler) == ["not_permitted"]
    assert why_start(job, appointed("approver")) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "source"),
        ({"content": b"x", "address": "https://example.gov.cn/feed"}, "source"),
        ({"content": b""}, "empty_file"),
        ({"address": "ftp://example.gov.cn/"}, "address"),
        ({"address": "http://127.0.0.1/feed"}, "address"),
        ({"content": b"x", "archive": b"Rar!"}, "not_zip"),
        ({"address": "https://example.gov.cn/", "archive": b"PK"}, "archive"),
        ({"content": b"x", "mapping": {"甲": "nonsense"}}, "mapping"),
        ({"content": b"x", "default_kind": "poem"}, "kind"),
        ({"content": b"x", "on_change": "sing"}, "on_change"),
        ({"content": b"x", "origin": "长" * 81}, "too_long"),
    ],
)
def test_what_cannot_be_opened(body, given, code):
    assert codes(acts.why_not_open(body=body, actor=SYSTEM, at=AT, **given)) == [code]


def test_a_source_that_cannot_be_read_waits_with_the_reason(body):
    job = opened(body, "随便写写\n没有表头".encode())
    with pytest.raises(RefusedError):
        check(job, now=now)
    job.refresh_from_db()
    assert (job.state, "没有找到表头" in job.failure, job.holder) == ("new", True, "")
    gone = opened(body, None, path="/nowhere/t.csv")
    with pytest.raises(RefusedError):
        check(gone, now=now)


def test_giving_up_lets_the_files_go(body, django_capture_on_commit_callbacks):
    job = checked(body, table(line(1)))
    storage, name = job.staged.storage, job.staged.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        job = acts.discard_import(job=job, actor=SYSTEM, at=AT)
    assert (job.state, storage.exists(name)) == ("discarded", False)


def test_the_template_is_a_table_we_read(body):
    job = checked(body, template())
    assert [one for one in told(job) if one[2] == "ignored"] == []
    assert told(job) == [(2, "附件", "no_file", True)] * 2
