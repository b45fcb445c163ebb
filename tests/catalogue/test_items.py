"""A body makes a standard its own: cells, rows, duties, what does not apply; editions stay as they were."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.catalogue.conftest import DAY
from tests.factories import at, codes, verbs

from gongkai.audit.models import Entry
from gongkai.catalogue import acts
from gongkai.catalogue.models import Item
from gongkai.catalogue.queries import row_of, rows_of
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.law.duty_terms import Duty, Rhythm
from gongkai.organisations.acts import add_unit

NOW = at()
TODAY = NOW.date()


def edit(item, actor=SYSTEM, **values):
    return acts.edit_item(item=item, values=values, actor=actor, at=NOW)


def refused(*expected):
    return pytest.raises(RefusedError, check=lambda error: codes(error.obstacles) == list(expected))


def test_a_changed_cell_is_remembered_and_forgotten_when_changed_back(item):
    changed = edit(item, time_limit="每年5月底前", publisher="县教体局")
    assert changed.localised == ["time_limit", "publisher"]
    assert changed.duty == Duty(Rhythm.YEARLY, month=5, day=31)
    back = edit(item, time_limit="信息形成或者变更之日起20个工作日内")
    assert back.localised == ["publisher"]
    assert back.duty == Duty(Rhythm.ON_EVENT, 20)
    entry = Entry.objects.filter(verb="catalogue.edit_item").first()
    assert entry.detail["changes"][0] == ["公开时限", "信息形成或者变更之日起20个工作日内", "每年5月底前"]


def test_the_unit_responsible_is_no_localisation(item):
    unit = add_unit(body=item.catalogue.body, name="基教股", kind="internal", actor=SYSTEM)
    assert (edit(item, unit="基教股").unit, edit(item).localised) == (unit, [])


def test_what_an_item_must_say(item, own, appointed):
    with refused("foreign_unit"):
        edit(item, unit="没有的股")
    with refused("empty", "empty"):
        edit(item, content=" ", channels=())
    with refused("too_long"):
        edit(item, publisher="长" * 201)
    with refused("name_taken"):
        edit(item, level2="招生政策")
    with refused("not_permitted"):
        edit(item, appointed("reader"), publisher="甲")
    acts.retire_item(item=item, reason="并入招生政策", actor=SYSTEM, at=NOW)
    with refused("retired_item"):
        edit(item, publisher="甲")
    assert Item.objects.get(pk=item.pk).publisher != "甲"


def test_a_row_of_the_body_s_own(own):
    row = replace(rows_of(own)[0], level1="学前教育", level2="幼儿园名录", time_limit="长期公开")
    added = acts.add_item(catalogue=own, row=row, actor=SYSTEM, at=NOW)
    assert (added.source, added.since, added.rhythm, added.is_official) == (None, TODAY, "standing", False)
    assert rows_of(own)[-1] == row
    with refused("name_taken"):
        acts.add_item(catalogue=own, row=row, actor=SYSTEM, at=NOW)
    acts.retire_item(item=added, reason="误加", actor=SYSTEM, at=NOW)
    assert Item.objects.get(catalogue=own, parent=None, name="学前教育").retired_on == TODAY
    again = acts.add_item(catalogue=own, row=row, actor=SYSTEM, at=NOW)
    assert (again.pk, again.retired_on, again.parent.retired_on) == (added.pk, None, None)


def test_an_item_that_does_not_occur_here(item, reference):
    owed = Item.objects.owed().count()
    with refused("no_reason"):
        acts.declare_not_applicable(item=item, reason=" ", actor=SYSTEM, at=NOW)
    with refused("too_long"):
        acts.declare_not_applicable(item=item, reason="长" * 301, actor=SYSTEM, at=NOW)
    acts.declare_not_applicable(item=item, reason="本县没有", actor=SYSTEM, at=NOW)
    assert Item.objects.owed().count() == owed - 1
    again = acts.declare_applicable(item=item, actor=SYSTEM, at=NOW)
    assert (again.not_applicable, again.since) == ("", TODAY)
    standard = reference.items.exclude(parent=None).first()
    with refused("reference"):
        acts.declare_not_applicable(item=standard, reason="无", actor=SYSTEM, at=NOW)


def test_a_duty_nobody_could_tell_is_determined_by_a_person(own):
    doubtful = Item.objects.exclude(parent=None).get(catalogue=own, rhythm="unknown")
    assert "5小时" in doubtful.time_limit
    with refused("duty"):
        acts.determine_duty(item=doubtful, duty=Duty(Rhythm.ON_EVENT), actor=SYSTEM, at=NOW)
    said = acts.determine_duty(item=doubtful, duty=Duty(Rhythm.ON_EVENT, 1), actor=SYSTEM, at=NOW)
    assert (said.duty, said.duty_by_hand) == (Duty(Rhythm.ON_EVENT, 1), True)
    assert edit(said, publisher="甲").duty_by_hand
    assert not edit(said, time_limit="当日公开").duty_by_hand
    assert acts.determine_duty(item=said, duty=None, actor=SYSTEM, at=NOW).duty == Duty(Rhythm.ON_EVENT, 0)
    assert verbs().count("catalogue.determine_duty") == 2


def test_retiring_an_item_keeps_it_and_says_why(item):
    with refused("no_reason"):
        acts.retire_item(item=item, reason="", actor=SYSTEM, at=NOW)
    gone = acts.retire_item(item=item, reason="并入招生政策", actor=SYSTEM, at=NOW)
    assert gone.retired_on == TODAY
    assert Entry.objects.get(verb="catalogue.retire_item").reason == "并入招生政策"
    assert item.pk not in Item.objects.owed().values_list("pk", flat=True)


# Editions ---------------------------------------------------------------------------------------------------


def issue(catalogue, actor=SYSTEM, **kw):
    return acts.issue_edition(**{"catalogue": catalogue, "adopted_on": TODAY, "actor": actor, "at": NOW} | kw)


def test_an_edition_is_frozen_and_says_what_changed(own, item):
    first = acts.latest_edition(own)
    assert (first.number, first.adopted_on, len(first.rows)) == (1, DAY, 34)
    edit(item, publisher="县教体局")
    assert [change.row.level2 for change in acts.unpublished(own).changed] == ["招生计划"]
    second = issue(own, note="调整公开主体")
    assert second.changes["changed"][0]["fields"] == [["公开主体", "县（市、区）教育行政部门", "县教体局"]]
    edit(item, publisher="县教育局")
    rows = {row.level2: row for row in acts.rows_in(acts.latest_edition(own))}
    assert rows["招生计划"].publisher == "县教体局"
    own.refresh_from_db()
    assert own.adopted_on == TODAY


def test_why_an_edition_is_not_issued(own, item, appointed):
    with refused("same"):
        issue(own)
    edit(item, publisher="县教体局")
    with refused("not_permitted", "before_last"):
        issue(own, appointed("handler"), adopted_on=DAY - dt.timedelta(1))
    with refused("future", "too_long"):
        issue(own, adopted_on=TODAY + dt.timedelta(1), note="长" * 301)
    assert own.editions.count() == 1


def test_a_catalogue_ends_with_a_reason_and_owes_nothing_then(own, appointed):
    def retire(actor=SYSTEM, **kw):
        return acts.retire_catalogue(
            **{"catalogue": own, "on": TODAY, "reason": "机构改革", "actor": actor, "at": NOW} | kw
        )

    with refused("not_permitted", "no_reason", "future"):
        retire(appointed("handler"), reason="", on=TODAY + dt.timedelta(1))
    with refused("before_adopted"):
        retire(on=DAY - dt.timedelta(1))
    assert retire().retired_on == TODAY
    own.refresh_from_db()
    with refused("retired"):
        retire()
    assert Item.objects.owed().count() == 0
    assert own.editions.count() == 1


def test_the_standard_says_what_every_row_is(reference):
    item = reference.items.exclude(parent=None).first()
    assert row_of(item).unit == ""
    assert acts.latest_edition(reference).number == 1


def test_a_retired_standard_is_not_adopted_and_a_catalogue_may_follow_a_retired_one(own, reference, body):
    acts.retire_catalogue(catalogue=own, on=TODAY, reason="重新采用", actor=SYSTEM, at=NOW)
    again = acts.adopt_catalogue(body=body, catalogue=reference, actor=SYSTEM, adopted_on=TODAY)
    assert again.pk != own.pk
    acts.retire_catalogue(catalogue=again, on=TODAY, reason="停用", actor=SYSTEM, at=NOW)
    acts.retire_catalogue(catalogue=reference, on=TODAY, reason="新版指引", actor=SYSTEM, at=NOW)
    reference.refresh_from_db()
    with refused("retired"):
        acts.adopt_catalogue(body=body, catalogue=reference, actor=SYSTEM, adopted_on=TODAY)
