"""A table taken over: preview, confirmation of all or nothing, twice, by two officers, after the standard changed."""

import datetime as dt

import pytest
from tests.catalogue.conftest import DAY, line, official_workbook, saved, sheet_of
from tests.factories import at, codes, verbs

from gongkai.catalogue import acts
from gongkai.catalogue.models import Catalogue, Field, ImportDraft, Item
from gongkai.catalogue.queries import items_of, rows_of
from gongkai.catalogue.tables.writing import workbook
from gongkai.catalogue.tasks import sweep
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.organisations.acts import add_unit

NOW = at()
TODAY = NOW.date()


def prepare(own, content, actor=SYSTEM, **kw):
    kw = {"body": own.body, "field": own.field, "catalogue": own, "at": NOW} | kw
    return acts.prepare_import(content=content, file_name="目录.xlsx", actor=actor, **kw)


def confirm(draft, actor=SYSTEM, **kw):
    return acts.confirm_import(**{"draft": draft, "adopted_on": TODAY, "actor": actor, "at": NOW} | kw)


def table(catalogue):
    return workbook(rows_of(catalogue), title=catalogue.title)


def state():
    return (
        list(Item.objects.order_by("pk").values()),
        list(Catalogue.objects.order_by("pk").values()),
        list(ImportDraft.objects.order_by("pk").values()),
    )


def test_exporting_and_importing_makes_no_difference(own):
    before = state()
    draft = prepare(own, table(own))
    found = acts.preview(draft)
    assert not found
    assert found.unchanged == 34
    confirm(draft)
    assert own.editions.count() == 1
    assert state()[:1] == before[:1]


def test_the_official_workbook_becomes_a_new_catalogue_with_its_origin(body, reference):
    field = Field.objects.get(code="compulsory-education")
    draft = acts.prepare_import(
        content=official_workbook(), file_name="县目录.xlsx", body=body, field=field, actor=SYSTEM, at=NOW
    )
    assert (draft.title, draft.catalogue) == ("义务教育领域基层政务公开标准目录", None)
    assert len(acts.preview(draft).new) == 34
    assert not Catalogue.objects.filter(body=body).exists()
    made = confirm(draft)
    assert made.items.filter(parent=None).count() == 10
    assert made.items.exclude(parent=None).count() == 34
    assert made.based_on == reference
    assert made.origin == "导入自县目录.xlsx"
    assert rows_of(made) == rows_of(reference)
    assert all(item.source_id and not item.localised for item in items_of(made))
    assert made.editions.get().number == 1


def test_new_changed_and_gone_rows_are_told_and_then_applied(own):
    rows = rows_of(own)
    changed = line(
        B=rows[0].level1, C=rows[0].level2, D=rows[0].content, E=rows[0].basis, F="7个工作日内", G="县教体局"
    )
    book, _ = sheet_of([changed, line(B="学前教育", C="幼儿园名录", F="每年9月底前")])
    draft = prepare(own, saved(book))
    found = acts.preview(draft)
    assert [row.key for row in found.new] == [("学前教育", "幼儿园名录")]
    assert len(found.gone) == 33
    assert [one.name for one in found.changed[0].fields] == ["time_limit", "publisher"]
    confirm(draft, note="增加学前教育")
    assert [row.key for row in rows_of(own)] == [rows[0].key, ("学前教育", "幼儿园名录")]
    first, added = items_of(own)
    assert first.localised == ["time_limit", "publisher"]
    assert (first.term, first.rhythm) == (7, "on_event")
    assert (added.rhythm, added.due_month, added.due_day, added.since) == ("yearly", 9, 30, TODAY)
    assert added.source is None
    edition = own.editions.first()
    assert (edition.number, edition.note) == (2, "增加学前教育")
    assert len(edition.changes["gone"]) == 33
    assert Item.objects.filter(catalogue=own, parent=None, retired_on=None).count() == 2
    assert len(acts.rows_in(own.editions.get(number=1))) == 34


def test_a_second_confirmation_changes_nothing(own):
    book, _ = sheet_of([line()])
    draft = prepare(own, saved(book))
    assert confirm(draft) == own
    after = state()
    assert confirm(draft) == own
    assert state() == after
    assert verbs().count("catalogue.import_table") == 1


def test_two_officers_at_once_the_second_must_look_again(own, item):
    book, _ = sheet_of([line()])
    draft = prepare(own, saved(book))
    acts.edit_item(item=item, values={"publisher": "县教体局"}, actor=SYSTEM, at=NOW)
    before = state()
    with pytest.raises(RefusedError) as refused:
        confirm(draft)
    assert codes(refused.value.obstacles) == ["moved"]
    assert state() == before


def test_confirming_is_for_approvers_and_days_are_checked(own, appointed):
    book, _ = sheet_of([line()])
    handler = appointed("handler")
    draft = prepare(own, saved(book), handler)
    with pytest.raises(RefusedError) as refused:
        confirm(draft, handler, adopted_on=TODAY + dt.timedelta(1))
    assert codes(refused.value.obstacles) == ["not_permitted", "future"]
    with pytest.raises(RefusedError) as refused:
        confirm(draft, adopted_on=DAY - dt.timedelta(1))
    assert codes(refused.value.obstacles) == ["before_last"]
    assert confirm(draft, appointed("approver")) == own


def test_uploading_is_for_handlers_into_a_catalogue_in_use(own, appointed):
    content = table(own)
    with pytest.raises(RefusedError) as refused:
        prepare(own, content, appointed("reader"))
    assert codes(refused.value.obstacles) == ["not_permitted"]
    with pytest.raises(RefusedError) as refused:
        prepare(own, content, catalogue=None, title="")
    assert codes(refused.value.obstacles) == ["field_taken"]
    acts.retire_catalogue(catalogue=own, on=TODAY, reason="机构改革", actor=SYSTEM, at=NOW)
    own.refresh_from_db()
    with pytest.raises(RefusedError) as refused:
        prepare(own, content)
    assert codes(refused.value.obstacles) == ["retired"]
    assert ImportDraft.objects.count() == 0


def test_a_unit_must_be_the_body_s(own):
    top = (*[None] * 14, "责任机构")
    book, sheet = sheet_of([[*line(), "基教股"]])
    sheet.cell(2, 15, top[-1])
    with pytest.raises(RefusedError) as refused:
        prepare(own, saved(book))
    assert codes(refused.value.obstacles) == ["foreign_unit"]
    unit = add_unit(body=own.body, name="基教股", kind="internal", actor=SYSTEM)
    confirm(prepare(own, saved(book)))
    assert [item.unit for item in items_of(own)] == [unit]


def test_a_new_catalogue_whose_field_was_taken_meanwhile(body, reference):
    field = reference.field
    draft = acts.prepare_import(
        content=official_workbook(), file_name="a.xlsx", body=body, field=field, actor=SYSTEM, at=NOW
    )
    acts.adopt_catalogue(body=body, catalogue=reference, actor=SYSTEM, adopted_on=DAY)
    with pytest.raises(RefusedError) as refused:
        confirm(draft)
    assert codes(refused.value.obstacles) == ["field_taken"]


# The standard changes --------------------------------------------------------------------------------------


def standard_becomes(reference, change):
    """The official table once more, with some rows otherwise."""
    rows = [row for row in (change(row) for row in rows_of(reference)) if row]
    draft = ImportDraft.objects.create(
        body=None,
        catalogue=reference,
        field=reference.field,
        title=reference.title,
        rows=[acts_row(row) for row in rows],
        base_digest=digest_of(reference),
        made_at=NOW,
    )
    return confirm(draft)


def acts_row(row):
    from gongkai.catalogue.tables.rows import as_json

    return as_json(row)


def digest_of(catalogue):
    from gongkai.catalogue.queries import digest

    return digest(catalogue)


def test_local_rows_and_localised_fields_survive_an_update_of_the_standard(own, reference, item):
    from dataclasses import replace

    acts.edit_item(item=item, values={"time_limit": "7个工作日内"}, actor=SYSTEM, at=NOW)
    local = replace(rows_of(own)[0], level1="招生管理", level2="随迁子女入学")
    acts.add_item(catalogue=own, row=local, actor=SYSTEM, at=NOW)
    absent = Item.objects.get(catalogue=own, name="学籍管理")
    acts.declare_not_applicable(item=absent, reason="由市局统一办理", actor=SYSTEM, at=NOW)

    def change(row):
        if row.level2 == "教育督导报告" or row.level2 == rows_of(own)[-1].level2:
            return None
        if row.level2 == "招生计划":
            return replace(row, time_limit="每年5月底前", publisher="教育行政部门")
        return replace(row, publisher="教育行政部门") if row.level2 == "学籍管理" else row

    last = rows_of(own)[-1].key
    standard_becomes(reference, change)
    draft = acts.prepare_update(catalogue=own, actor=SYSTEM, at=NOW)
    rows, kept = acts.merged_with_standard(own)
    assert [(one.row.level2, one.name, one.own, one.standard) for one in kept] == [
        ("招生计划", "time_limit", "7个工作日内", "每年5月底前")
    ]
    found = acts.preview(draft)
    assert [change_.row.level2 for change_ in found.changed] == ["招生计划", "学籍管理"]
    assert (found.new, [row.key for row in found.gone]) == ((), [last])
    confirm(draft)
    by_name = {row.level2: row for row in rows_of(own)}
    assert by_name["招生计划"].time_limit == "7个工作日内"
    assert by_name["招生计划"].publisher == "教育行政部门"
    assert by_name["随迁子女入学"] == local
    assert by_name["学籍管理"].not_applicable == "由市局统一办理"
    kept_item = Item.objects.get(pk=item.pk)
    assert (kept_item.localised, kept_item.source_id is not None) == (["time_limit"], True)
    assert [row.level2 for row in rows if row.level1 == "招生管理"][-1] == "随迁子女入学"
    assert "catalogue.update_from_standard" in verbs()


def test_a_catalogue_without_standard_cannot_follow_one(body, reference, appointed):
    own = Catalogue.objects.create(field=reference.field, body=body, title="自编目录")
    with pytest.raises(RefusedError) as refused:
        acts.prepare_update(catalogue=own, actor=appointed("handler"), at=NOW)
    assert codes(refused.value.obstacles) == ["no_standard"]


def test_the_standard_is_the_installation_administrator_s(reference, appointed):
    with pytest.raises(RefusedError) as refused:
        prepare(reference, table(reference), appointed("approver"), body=None)
    assert codes(refused.value.obstacles) == ["not_permitted"]


def test_drafts_are_discarded_and_swept_and_applied_ones_are_not_undone(own):
    draft = prepare(own, table(own))
    acts.discard_draft(draft)
    assert ImportDraft.objects.count() == 0
    applied = prepare(own, table(own))
    confirm(applied)
    acts.discard_draft(applied)
    assert ImportDraft.objects.count() == 1
    assert acts.sweep_drafts(at=NOW + dt.timedelta(13)) == 0
    assert acts.sweep_drafts(at=NOW + dt.timedelta(15)) == 1
    sweep()
    assert own.items.exclude(parent=None).count() == 34
