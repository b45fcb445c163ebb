"""Interpretation, attribute and assessment, metadata, hand-over lists, the nightly check, a body's rules."""

import datetime as dt

import pytest
from tests.disclosure.walking import published
from tests.factories import codes

from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.disclosure import acts, queries
from gongkai.disclosure.models import Document, Drop, Edition, Fault, HandOver, PublishingRules
from gongkai.disclosure.procedure import why_not_interpreting
from gongkai.law.calendar import official_calendar
from gongkai.organisations.acts import add_unit, lock_year

# Interpretation -------------------------------------------------------------------------------------------


def planned(document, staff, at, **given):
    given = {
        "is_needed": True,
        "forms": ["text"],
        "responsible": "林敏",
        "planned_on": dt.date(2024, 3, 6),
    } | given
    return acts.plan_interpretation(document=document, actor=staff["drafter"], at=at, **given)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"is_needed": False}, ["no_reason"]),
        ({"is_needed": False, "reason": "简明"}, []),
        ({"is_needed": True}, ["no_forms", "no_responsible", "no_day"]),
        (
            {"is_needed": True, "forms": ["song"], "responsible": "林", "planned_on": dt.date(2024, 1, 1)},
            ["no_forms"],
        ),
    ],
)
def test_what_a_plan_must_say(given, found, document, staff, at):
    assert codes(acts.why_not_plan(document, actor=staff["drafter"], at=at, **given)) == found


@pytest.mark.parametrize(
    ("workdays", "due"), [(3, dt.date(2024, 3, 8)), (1, dt.date(2024, 3, 6)), (0, dt.date(2024, 3, 5))]
)
def test_an_interpretation_is_due_within_the_term_of_the_body(
    workdays, due, document, draft, body, staff, at
):
    PublishingRules.objects.create(body=body, interpretation_workdays=workdays)
    planned(document, staff, at)
    published(draft, staff, at)
    given = {"calendar": official_calendar(), "today": dt.date(2024, 3, 11)}
    [one] = queries.lacking_interpretation([body], **given)
    assert (one.document, one.due.day, one.late_by) == (document, due, (dt.date(2024, 3, 11) - due).days)


def test_a_published_interpretation_takes_the_policy_off_the_list(document, draft, body, staff, at):
    planned(document, staff, at)
    published(draft, staff, at)
    given = {"calendar": official_calendar(), "today": dt.date(2024, 3, 11)}
    made = acts.register_document(
        body=body,
        title="解读",
        kind="interpretation",
        interprets=document,
        made_on=dt.date(2024, 3, 5),
        interpretation_form="questions",
        actor=SYSTEM,
        at=at,
    )
    edition = acts.add_edition(document=made, text="问：……", actor=SYSTEM, at=at)
    assert len(queries.lacking_interpretation([body], **given)) == 1
    acts.publish_edition(edition=edition, actor=SYSTEM, at=at)
    assert queries.lacking_interpretation([body], **given) == []


def test_who_drafts_interprets(document, body):
    own, other = (
        add_unit(body=body, name=name, kind="internal", actor=SYSTEM) for name in ("基教科", "人事科")
    )
    Document.objects.update(unit=own)
    document.refresh_from_db()
    row = Document(kind="interpretation", unit=other, interprets=document)
    assert codes(why_not_interpreting(row)) == ["not_drafter"]
    row.unit = own
    assert why_not_interpreting(row) == []
    assert codes(why_not_interpreting(Document(kind="interpretation"))) == ["no_policy"]


# Attribute and assessment ---------------------------------------------------------------------------------


def test_what_is_withheld_has_a_reason_and_a_day_of_assessment(document, body, staff, at):
    given = {"document": document, "attribute": "withheld", "actor": staff["drafter"], "at": at}
    with pytest.raises(RefusedError) as refused:
        acts.decide_attribute(reason=" ", **given)
    assert codes(refused.value.obstacles) == ["no_reason"]
    row = acts.decide_attribute(reason="条例第十六条", **given)
    assert row.reassess_on == dt.date(2025, 3, 5)
    assert list(queries.to_reassess([body], dt.date(2025, 3, 4))) == []
    assert list(queries.to_reassess([body], dt.date(2025, 3, 5))) == [document]
    done = acts.reassess_document(
        document=row, attribute="withheld", reason="情形仍在", actor=staff["signer"], at=at.replace(year=2025)
    )
    row.refresh_from_db()
    assert (done.before, done.after, row.reassess_on) == ("withheld", "withheld", dt.date(2026, 3, 5))


def test_what_is_online_is_not_withheld_before_it_left(document, draft, staff, at):
    published(draft, staff, at)
    document.refresh_from_db()
    given = {"attribute": "withheld", "reason": "条例第十六条", "actor": staff["drafter"], "at": at}
    assert codes(acts.why_not_attribute(document, **given)) == ["online"]
    given["actor"] = staff["signer"]
    assert codes(acts.why_not_reassess(document, **given)) == ["not_withheld"]


# Metadata ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"first_published_at": None}, ["field"]),
        ({"valid_until": dt.date(2024, 1, 1)}, ["until_before"]),
        ({"amended_on": dt.date(2024, 1, 1)}, ["amended_before"]),
        ({"made_on": dt.date(2024, 5, 1)}, ["made_later"]),
        ({"keywords": ["词"] * 21}, ["too_many"]),
        ({"keywords": ["词" * 41]}, ["long_word"]),
        ({"keywords": ["招生"], "summary": "概述"}, []),
    ],
)
def test_what_metadata_must_be(values, found, document, staff, at):
    assert codes(acts.why_not_edit(document, values=values, actor=staff["drafter"], at=at)) == found


def test_what_a_published_report_counted_is_changed_only_as_an_amendment(document, body, staff, at):
    Document.objects.update(kind="normative")
    document.refresh_from_db()
    lock_year(body=body, year=2024, actor=SYSTEM, at=at)
    given = {"values": {"made_on": dt.date(2024, 2, 1)}, "actor": staff["drafter"], "at": at}
    assert codes(acts.why_not_edit(document, **given)) == ["year_locked"]
    assert acts.why_not_edit(document, amendment="日期录错", **given) == []


def test_what_is_public_is_corrected_by_who_approves(document, draft, staff, at):
    published(draft, staff, at)
    document.refresh_from_db()
    given = {"values": {"keywords": ["招生"]}, "at": at}
    assert codes(acts.why_not_edit(document, actor=staff["drafter"], **given)) == ["not_permitted"]
    later = at + dt.timedelta(hours=1)
    acts.edit_document(document=document, values={"keywords": ["招生"]}, actor=staff["signer"], at=later)
    document.refresh_from_db()
    assert (document.keywords, document.changed_at) == (["招生"], later)


# Hand-over --------------------------------------------------------------------------------------------------


def test_a_list_begins_where_the_last_one_ended(document, draft, body, staff, at):
    published(draft, staff, at)
    by = {"body": body, "actor": staff["drafter"]}
    first = acts.hand_over(receiver="archive", at=at, **by)
    assert [line["index_number"] for line in first.lines] == [document.index_number]
    assert codes(acts.why_not_hand_over(body, receiver="archive", actor=staff["drafter"], at=at)) == [
        "nothing"
    ]
    assert len(acts.hand_over(receiver="library", at=at, **by).lines) == 1
    later = at + dt.timedelta(days=1)
    other = acts.register_document(
        body=body, title="新", kind="notice", made_on=at.date(), actor=SYSTEM, at=later
    )
    acts.publish_edition(
        edition=acts.add_edition(document=other, text="新", actor=SYSTEM, at=later), actor=SYSTEM, at=later
    )
    second = acts.hand_over(receiver="archive", at=later, **by)
    assert (second.number, second.after, [line["title"] for line in second.lines]) == (2, at, ["新"])
    assert HandOver.objects.values("sha256").distinct().count() == 2


def test_what_was_off_the_site_at_a_hand_over_is_on_the_next_list_once(document, draft, body, staff, at):
    edition = published(draft, staff, at)
    day = dt.timedelta(days=1)
    other = acts.register_document(
        body=body, title="新", kind="notice", made_on=at.date(), actor=SYSTEM, at=at
    )
    acts.publish_edition(
        edition=acts.add_edition(document=other, text="新", actor=SYSTEM, at=at), actor=SYSTEM, at=at
    )
    acts.withdraw_edition(edition=edition, reason="误", actor=staff["signer"], at=at + day)
    given = {"body": body, "receiver": "archive", "actor": staff["drafter"]}
    assert [line["title"] for line in acts.hand_over(at=at + 2 * day, **given).lines] == ["新"]
    again = acts.add_edition(document=document, text="改正", actor=SYSTEM, at=at + 3 * day)
    acts.publish_edition(edition=again, actor=SYSTEM, at=at + 3 * day)
    second = acts.hand_over(at=at + 4 * day, **given)
    assert [line["index_number"] for line in second.lines] == [document.index_number]
    assert codes(acts.why_not_hand_over(at=at + 5 * day, **given)) == ["nothing"]
    again.refresh_from_db()
    acts.withdraw_edition(edition=again, reason="误", actor=staff["signer"], at=at + 5 * day)
    last = acts.register_document(
        body=body, title="又新", kind="notice", made_on=at.date(), actor=SYSTEM, at=at + 6 * day
    )
    acts.publish_edition(
        edition=acts.add_edition(document=last, text="新", actor=SYSTEM, at=at + 6 * day),
        actor=SYSTEM,
        at=at + 6 * day,
    )
    acts.hand_over(at=at + 7 * day, **given)
    third = acts.add_edition(document=document, text="再改", actor=SYSTEM, at=at + 8 * day)
    acts.publish_edition(edition=third, actor=SYSTEM, at=at + 8 * day)
    assert codes(acts.why_not_hand_over(at=at + 9 * day, **given)) == ["nothing"]


def test_only_the_receivers_of_the_law(body, staff, at):
    given = {"receiver": "shop", "actor": staff["drafter"], "at": at}
    assert codes(acts.why_not_hand_over(body, **given)) == ["receiver"]


# By night ---------------------------------------------------------------------------------------------------


def test_the_night_finds_what_went_wrong_and_notes_when_it_is_gone(document, draft, body, staff, at):
    edition = published(draft, staff, at)
    assert acts.check_published(at=at) == (0, 0)
    Document.objects.update(valid_until=dt.date(2024, 3, 4))
    Edition.objects.filter(pk=edition.pk).update(text='<p>见<a href="/documents/999999/">此</a></p>')
    assert acts.check_published(at=at) == (2, 0)
    assert acts.check_published(at=at) == (0, 0)
    assert sorted(row.code for row in queries.open_faults([body])) == ["broken_link", "expired"]
    acts.end_document(document=document, how="lapsed", on=dt.date(2024, 3, 5), actor=staff["signer"])
    assert acts.check_published(at=at) == (0, 1)
    acts.withdraw_edition(edition=edition, reason="误", actor=staff["signer"], at=at)
    assert acts.check_published(at=at) == (0, 1)
    assert Fault.objects.filter(gone_at=at).count() == 2


# Rules of a body --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"legal_kinds": ["rule"]}, ["legal"]),
        ({"legal_kinds": ["rule", "normative", "x"]}, ["kind"]),
        ({"interpretation_workdays": 4}, ["too_lax"]),
        ({"reassessment_months": 0}, ["months"]),
        ({"return_reasons": ["长" * 201]}, ["reasons"]),
        ({}, []),
    ],
)
def test_a_body_may_be_stricter_and_not_laxer(given, found, body, appointed, at):
    values = {
        "legal_kinds": ["rule", "normative"],
        "interpretation_kinds": [],
        "interpretation_workdays": 0,
        "reassessment_months": 6,
        "return_reasons": [],
    } | given
    admin = appointed("administrator")
    assert codes(acts.why_not_settle(body, actor=admin, at=at, **values)) == found
    assert "not_permitted" in codes(acts.why_not_settle(body, actor=appointed("approver"), at=at, **values))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"word": "我"}, ["short"]),
        ({"kind": "x"}, ["kind"]),
        ({"suggestion": ""}, ["no_suggestion"]),
        ({}, []),
    ],
)
def test_what_a_watched_word_must_be(given, found, body, appointed, at):
    values = {"word": "按装", "kind": "typo", "suggestion": "安装"} | given
    assert codes(acts.why_not_watch(body, actor=appointed("administrator"), at=at, **values)) == found


def test_a_dropped_file_is_forgotten_after_a_week(body, staff, at, django_capture_on_commit_callbacks):
    given = {"body": body, "name": "甲.pdf", "content": b"%PDF-1.4", "actor": staff["drafter"], "at": at}
    drop = acts.drop_file(**given)
    assert codes(acts.why_not_drop(body, content="甲".encode(), actor=staff["drafter"], at=at)) == [
        "file_type"
    ]
    assert acts.forget_drops(at=at + dt.timedelta(days=6)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert acts.forget_drops(at=at + dt.timedelta(days=8)) == 1
    assert (Drop.objects.count(), drop.file.storage.exists(drop.file.name)) == (0, False)
