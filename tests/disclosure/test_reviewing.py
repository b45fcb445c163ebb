import datetime as dt

import pytest
from django.utils import timezone
from tests.disclosure.walking import BASIS, published, signed, submitted
from tests.factories import codes

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.disclosure import acts, queries
from gongkai.disclosure.enums import ReviewStep
from gongkai.disclosure.models import Document, Edition, PublishingRules, Review
from gongkai.disclosure.procedure import next_step, reviews_of_round, steps_for


def why(edition, step, actor, at, opinion="passed", **given):
    return codes(acts.why_not_review(edition, step=step, opinion=opinion, actor=actor, at=at, **given))


def test_the_steps_come_in_their_order_and_the_last_signs(draft, staff, at):
    edition = submitted(draft, staff, at)
    assert steps_for(edition.document) == (ReviewStep.UNIT, ReviewStep.SECRECY, ReviewStep.SIGN_OFF)
    assert next_step(edition) == "unit"
    assert why(edition, "secrecy", staff["secrecy"], at, basis=BASIS) == ["step"]
    edition = signed_from(edition, staff, at)
    assert (edition.state, edition.approved_by, edition.approved_at) == ("approved", staff["signer"], at)
    told = [(one.step, one.opinion, one.reviewer, one.basis) for one in reviews_of_round(edition)]
    assert told == [
        ("unit", "passed", staff["unit"], ""),
        ("secrecy", "passed", staff["secrecy"], BASIS),
        ("sign_off", "passed", staff["signer"], ""),
    ]


def signed_from(edition, staff, at):
    for step, who, basis in (("unit", "unit", ""), ("secrecy", "secrecy", BASIS), ("sign_off", "signer", "")):
        acts.review_edition(
            edition=edition, step=step, opinion="passed", basis=basis, actor=staff[who], at=at
        )
    edition.refresh_from_db()
    return edition


@pytest.mark.parametrize("kind", ["rule", "normative"])
def test_rules_and_normative_documents_pass_a_check_of_legality(kind, document):
    document.kind = kind
    assert ReviewStep.LEGAL in steps_for(document)


def test_a_body_may_have_more_kinds_checked(document, body):
    PublishingRules.objects.create(body=body, legal_kinds=["rule", "normative", "policy"])
    assert ReviewStep.LEGAL in steps_for(document)


@pytest.mark.parametrize("step", ["unit", "secrecy", "sign_off"])
def test_nobody_reviews_his_own_work(step, draft, staff, at):
    edition = submitted(draft, staff, at)
    drafter = staff["drafter"]
    found = why(edition, step, drafter, at, basis=BASIS)
    assert "own_work" in found
    assert "own_work" not in why(edition, step, drafter, at, basis=BASIS, override="仅一人在岗")
    assert "own_work" not in why(edition, step, drafter, at, opinion="returned", remark="改")


def test_who_edited_the_draft_last_has_worked_on_it_too(draft, staff, at):
    acts.edit_edition(edition=draft, title="题", text="改", actor=staff["unit"], at=at)
    draft.refresh_from_db()
    edition = submitted(draft, staff, at)
    assert why(edition, "unit", staff["unit"], at) == ["own_work"]


def test_who_reviewed_secrecy_does_not_sign(draft, staff, at):
    edition = submitted(draft, staff, at)
    acts.review_edition(edition=edition, step="unit", opinion="passed", actor=staff["unit"], at=at)
    acts.review_edition(
        edition=edition, step="secrecy", opinion="passed", basis=BASIS, actor=staff["signer"], at=at
    )
    assert why(edition, "sign_off", staff["signer"], at) == ["own_review"]


def test_the_review_of_secrecy_says_what_it_rests_on(draft, staff, at):
    edition = submitted(draft, staff, at)
    acts.review_edition(edition=edition, step="unit", opinion="passed", actor=staff["unit"], at=at)
    assert why(edition, "secrecy", staff["secrecy"], at, basis=" ") == ["no_basis"]


def test_signing_takes_an_approver(draft, staff, at):
    edition = submitted(draft, staff, at)
    assert "not_permitted" in why(edition, "sign_off", staff["unit"], at)


def test_a_return_has_a_reason_and_starts_a_new_round(draft, staff, at):
    edition = submitted(draft, staff, at)
    assert why(edition, "unit", staff["unit"], at, opinion="returned") == ["no_remark"]
    acts.review_edition(
        edition=edition, step="unit", opinion="returned", remark="附件缺失", actor=staff["unit"], at=at
    )
    edition.refresh_from_db()
    assert (edition.state, edition.text) == ("draft", "<p>一、招生范围</p>")
    edition = submitted(edition, staff, at)
    assert (edition.round, next_step(edition), reviews_of_round(edition)) == (2, "unit", [])
    assert edition.reviews.count() == 1


def test_the_same_step_twice_is_done_once(draft, staff, at):
    edition = submitted(draft, staff, at)
    acts.review_edition(edition=edition, step="unit", opinion="passed", actor=staff["unit"], at=at)
    with pytest.raises(RefusedError) as refused:
        acts.review_edition(edition=edition, step="unit", opinion="passed", actor=staff["secrecy"], at=at)
    assert codes(refused.value.obstacles) == ["step"]
    assert edition.reviews.count() == 1


def test_an_exception_stays_on_a_list_until_a_second_person_confirms(draft, staff, body, at, appointed):
    edition = acts.publish_edition(edition=draft, actor=staff["signer"], at=at, override="仅一人在岗")
    rows = list(queries.unconfirmed([body]))
    assert [(one.step, one.is_override, one.remark) for one in rows] == [
        (step, True, "仅一人在岗") for step in ("unit", "secrecy", "sign_off")
    ]
    assert Entry.objects.get(verb="disclosure.publish_edition").reason == "仅一人在岗"
    assert codes(acts.why_not_confirm(rows[0], actor=staff["signer"], at=at)) == ["own_exception"]
    assert codes(acts.why_not_confirm(rows[0], actor=staff["unit"], at=at)) == ["not_permitted"]
    second = appointed("approver")
    for row in rows:
        acts.confirm_exception(review=row, actor=second, at=at)
    assert list(queries.unconfirmed([body])) == []
    rows[0].refresh_from_db()
    assert codes(acts.why_not_confirm(rows[0], actor=second, at=at)) == ["confirmed"]
    assert edition.round == 1


def test_an_exception_within_the_way_is_marked_on_its_step_alone(draft, staff, body, at):
    edition = submitted(draft, staff, at)
    acts.review_edition(
        edition=edition, step="unit", opinion="passed", actor=staff["drafter"], at=at, override="科长出差"
    )
    assert [(one.step, one.remark) for one in queries.unconfirmed([body])] == [("unit", "科长出差")]
    review = acts.review_edition(
        edition=edition,
        step="secrecy",
        opinion="passed",
        basis=BASIS,
        actor=staff["secrecy"],
        at=at,
        override="多写了",
    )
    assert not review.is_override


def test_nothing_is_published_unreviewed_and_unsaid(draft, staff, at):
    with pytest.raises(RefusedError) as refused:
        acts.publish_edition(edition=draft, actor=staff["signer"], at=at)
    assert codes(refused.value.obstacles) == ["not_approved"]
    assert Review.objects.count() == 0


def test_the_plan_of_interpretation_comes_before_the_signature(draft, staff, at):
    Document.objects.update(kind="normative")
    edition = submitted(Edition.objects.get(pk=draft.pk), staff, at)
    for step, who in (("unit", "unit"), ("secrecy", "secrecy"), ("legal", "unit")):
        acts.review_edition(
            edition=edition, step=step, opinion="passed", basis=BASIS, actor=staff[who], at=at
        )
    assert why(edition, "sign_off", staff["signer"], at) == ["no_plan"]
    acts.plan_interpretation(
        document=edition.document, is_needed=False, reason="内容简明", actor=staff["drafter"], at=at
    )
    assert why(edition, "sign_off", staff["signer"], at) == []


def test_a_signed_edition_is_published_by_the_clock(draft, staff, at):
    edition = signed(draft, staff, at)
    soon = at + dt.timedelta(hours=1)
    acts.schedule_edition(edition=edition, publish_at=soon, actor=staff["drafter"], at=at)
    assert acts.publish_due(at=at) == []
    assert [one.pk for one in acts.publish_due(at=soon)] == [edition.pk]
    edition.refresh_from_db()
    assert (edition.state, edition.published_at) == ("published", soon)


def test_what_the_clock_cannot_publish_says_why_and_holds_up_nothing(draft, staff, body, at):
    edition = signed(draft, staff, at)
    acts.schedule_edition(
        edition=edition, publish_at=at + dt.timedelta(hours=1), actor=staff["drafter"], at=at
    )
    Document.objects.update(attribute="on_request")
    assert acts.publish_due(at=at + dt.timedelta(hours=2)) == []
    [waiting] = queries.signed_not_published([body])
    assert "依申请公开" in waiting.publish_problem


@pytest.mark.parametrize(
    ("delta", "found"),
    [(dt.timedelta(0), ["past"]), (dt.timedelta(days=400), ["too_far"]), (dt.timedelta(days=3), [])],
)
def test_times_that_can_be_set(delta, found, draft, staff, at):
    edition = signed(draft, staff, at)
    given = {"publish_at": at + delta, "actor": staff["drafter"], "at": at}
    assert codes(acts.why_not_schedule(edition, **given)) == found


def test_the_page_is_looked_at_again_once(draft, staff, body, at):
    edition = published(draft, staff, at)
    assert [one.pk for one in queries.to_recheck([body])] == [edition.pk]
    given = {"actor": staff["drafter"], "at": at}
    assert codes(acts.why_not_recheck(edition, opinion="returned", **given)) == ["no_remark"]
    acts.recheck_edition(edition=edition, opinion="passed", **given)
    assert codes(acts.why_not_recheck(edition, opinion="passed", **given)) == ["rechecked"]
    assert list(queries.to_recheck([body])) == []


def test_two_officers_do_not_write_over_each_other(draft, staff, at):
    seen = draft.created_at
    acts.edit_edition(
        edition=draft,
        title="题",
        text="甲写的",
        actor=staff["unit"],
        at=at + dt.timedelta(minutes=5),
        seen=seen,
    )
    with pytest.raises(RefusedError) as refused:
        acts.edit_edition(
            edition=draft,
            title="题",
            text="乙写的",
            actor=staff["drafter"],
            at=at + dt.timedelta(minutes=6),
            seen=seen,
        )
    assert codes(refused.value.obstacles) == ["changed_meanwhile"]
    assert Edition.objects.get().text == "<p>甲写的</p>"


def test_the_edition_online_stays_while_the_next_is_prepared(draft, staff, at):
    first = published(draft, staff, at)
    second = acts.add_edition(document=first.document, text="改", actor=staff["drafter"], at=at)
    signed(second, staff, at)
    assert queries.online_edition(first.document) == first
    assert queries.standing(Document.objects.get()).edition == first


def test_the_registration_of_what_is_public_already_has_no_reviews(draft, at):
    edition = acts.publish_edition(edition=draft, actor=SYSTEM, at=at)
    assert (edition.state, edition.reviews.count(), edition.round) == ("published", 0, 0)
    assert timezone.localdate(edition.published_at) == at.date()
