"""Reviews and lawsuits: filing, concluding, amending, and what looks like a mistake."""

import pytest
from tests.factories import (
    at,
    close,
    codes,
    day,
    lock_year,
    make_body,
    make_handler,
    make_officer,
    make_request,
    refused,
)

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.disputes.acts import (
    CHANGEABLE,
    amend_dispute,
    conclude_dispute,
    file_dispute,
    why_not_conclude,
    why_not_file,
)
from gongkai.disputes.models import Dispute
from gongkai.disputes.queries import notes_on_dispute, open_disputes
from gongkai.law.outcomes import ReviewPolicy

pytestmark = pytest.mark.django_db

NOW = at(2024, 12, 20)


def file(body, route="review", filed_on="2024-05-06", **kw):
    kw = {"actor": SYSTEM, "at": NOW} | kw
    return file_dispute(body=body, route=route, filed_on=day(filed_on), **kw)


def conclude(dispute, result="upheld", on="2024-07-01", **kw):
    kw = {"actor": SYSTEM, "at": NOW} | kw
    return conclude_dispute(dispute=dispute, result=result, concluded_on=day(on), **kw)


def amend(dispute, reason="登记错误", **kw):
    kw = {"actor": SYSTEM, "at": NOW} | kw
    return amend_dispute(dispute=dispute, reason=reason, **kw)


def last():
    entry = Entry.objects.latest("sequence")
    return entry.verb, entry.actor_id, entry.detail, entry.reason


def answered(body=None, outcome="denied_internal", served_on="2024-03-20"):
    request = make_request(body, submitted_on=day("2024-03-01"))
    close(request, outcome=outcome, served_on=day(served_on))
    return request


def test_a_review_from_filing_to_its_end():
    request = answered()
    officer = make_handler(request.body)
    dispute = file(
        request.body,
        request=request,
        number="青政复〔2024〕3号",
        organ="青屿县人民政府",
        matter="不服不予公开决定",
        actor=officer,
    )
    detail = {
        "request": request.pk,
        "route": "review",
        "number": "青政复〔2024〕3号",
        "organ": "青屿县人民政府",
        "matter": "不服不予公开决定",
        "filed_on": "2024-05-06",
        "concluded_on": None,
        "result": "",
        "as_reviewing_organ": False,
    }
    assert last() == ("disputes.file_dispute", officer.pk, detail, "")
    assert list(open_disputes(request.body)) == [dispute]

    conclude(dispute, "corrected", actor=officer)
    said = {"result": "corrected", "concluded_on": "2024-07-01"}
    assert last() == ("disputes.conclude_dispute", officer.pk, said, "")
    assert list(open_disputes(request.body)) == []

    amend(dispute, result="upheld", actor=officer)
    before = detail | said
    change = {"from": before, "to": before | {"result": "upheld"}}
    assert last() == ("disputes.amend_dispute", officer.pk, change, "登记错误")
    assert Dispute.objects.values().get() == {
        "id": dispute.pk,
        "body_id": request.body_id,
        "request_id": request.pk,
        "route": "review",
        "number": "青政复〔2024〕3号",
        "organ": "青屿县人民政府",
        "matter": "不服不予公开决定",
        "filed_on": day("2024-05-06"),
        "concluded_on": day("2024-07-01"),
        "result": "upheld",
        "as_reviewing_organ": False,
    }
    assert str(dispute) == "行政复议 青政复〔2024〕3号"


def test_litigation_after_review_needs_the_review_on_file():
    request = answered()
    with refused("no_review") as caught:
        file(request.body, "after_review", request=request)
    assert str(caught.value) == (
        "复议后起诉的案件，起诉前没有登记已审结的行政复议（请先登记该申请的行政复议及其结果）"
    )
    review = file(request.body, request=request, filed_on="2024-04-01")
    with refused("no_review"):
        file(request.body, "after_review", request=request)
    conclude(review, on="2024-05-07")
    with refused("no_review"):
        file(request.body, "after_review", request=request, filed_on="2024-05-06")

    assert file(request.body, "after_review", request=request, filed_on="2024-05-08").route == "after_review"


def test_as_the_reviewing_organ_only():
    request = answered()
    with refused("reviewing_organ"):
        file(request.body, "review", as_reviewing_organ=True)
    with refused("reviewing_organ", "reviewing_organ"):
        file(request.body, "direct", as_reviewing_organ=True, request=request)

    dispute = file(request.body, "after_review", as_reviewing_organ=True)
    assert notes_on_dispute(dispute) == []


def test_everything_wrong_is_said_at_once():
    body, request = make_body(), make_request(submitted_on=day("2024-06-01"))
    officer = make_handler(request.body)
    lock_year(body, 2024)

    with refused("not_permitted", "year_locked", "field", "elsewhere", "too_early"):
        file(body, "appeal", "2024-05-31", request=request, actor=officer)
    with refused("year_locked", "future"):
        file(body, filed_on="2024-12-21")


def test_a_request_that_was_never_received_cannot_be_disputed():
    request = make_request(received=False)

    with refused("too_early"):
        file(request.body, request=request)


def test_a_double_click_files_one_case():
    body = make_body()
    file(body, number="1号")
    with refused("again"):
        file(body, number="1号", filed_on="2024-05-07")
    file(body, matter="甲")
    with refused("again"):
        file(body, matter="甲")

    for other in (
        {"number": "2号"},
        {"number": "1号", "route": "direct"},
        {"matter": "乙"},
        {"filed_on": "2024-05-07"},
    ):
        file(body, **other)
    file(make_body(), number="1号")
    assert Dispute.objects.count() == 7


@pytest.mark.parametrize(
    ("result", "on", "expected"),
    [
        ("upheld", "2024-05-05", ["field"]),
        ("won", "2024-07-01", ["field"]),
        ("", "2024-07-01", ["field"]),
        ("other", "2024-12-21", ["future"]),
    ],
)
def test_a_conclusion_that_cannot_be(result, on, expected):
    dispute = file(make_body())

    with refused(*expected):
        conclude(dispute, result, on)


def test_a_case_is_concluded_once():
    dispute = file(make_body())
    conclude(dispute)

    with refused("concluded") as caught:
        conclude(dispute, "corrected")
    assert caught.value.obstacles[0].message == "本案已于2024-07-01审结（结果维持）"


def test_amending_is_refused():
    dispute = file(make_body())
    with refused("no_reason", "unchanged"):
        amend(dispute, reason=" ", route="review")
    with refused("field"):
        amend(dispute, result="upheld")
    with pytest.raises(TypeError, match="no body, colour to change"):
        amend(dispute, body=make_body(), colour="red")
    file(dispute.body, number="1号")
    with refused("again"):
        amend(dispute, number="1号")


def test_a_conclusion_recorded_by_mistake_is_taken_back():
    dispute = conclude(file(make_body()))
    amend(dispute, result="", concluded_on=None)

    assert list(open_disputes(dispute.body)) == [dispute]


def test_everything_but_the_body_can_be_corrected():
    columns = {field.name for field in Dispute._meta.concrete_fields}

    assert columns - {"id", "body"} == CHANGEABLE


# Locked years ---------------------------------------------------------------------------------------------


def test_a_case_filed_late_counts_as_pending_in_every_year_since():
    body = make_body()
    lock_year(body, 2022)
    lock_year(body, 2023)
    with refused("year_locked", "year_locked"):
        file(body, filed_on="2022-12-31")
    with refused("year_locked"):
        file(body, filed_on="2023-12-31")

    dispute = file(body, filed_on="2022-12-31", amendment="公布后发现漏登")
    verb, _, detail, reason = last()
    assert (verb, detail["amended_years"], reason) == (
        "disputes.amend.file_dispute",
        [2022, 2023],
        "公布后发现漏登",
    )
    with refused("year_locked"):
        conclude(dispute, on="2023-12-31")
    conclude(dispute, on="2024-01-01")
    with refused("year_locked"):
        amend(dispute, concluded_on=day("2023-12-31"))
    amend(dispute, concluded_on=day("2023-12-31"), amendment="登记错误")
    assert (last()[0], last()[2]["amended_years"]) == ("disputes.amend.amend_dispute", [2023])
    with refused("year_locked", "year_locked"):
        amend(dispute, route="direct")


def test_officers_without_the_permission():
    dispute = file(make_body())
    for stranger in (
        make_officer(),
        make_handler(make_body()),
        make_handler(dispute.body, role="supervisor"),
    ):
        with refused("not_permitted"):
            conclude(dispute, actor=stranger)
        with refused("not_permitted"):
            amend(dispute, matter="改", actor=stranger)


def test_the_obstacles_can_be_asked_without_acting():
    body = make_body()
    draft = Dispute(body=body, route="review", filed_on=day("2024-05-06"))

    assert codes(why_not_file(draft, actor=SYSTEM, at=NOW)) == []
    dispute = file(body)
    given = {"result": "upheld", "concluded_on": day("2024-05-05"), "actor": SYSTEM, "at": NOW}
    assert codes(why_not_conclude(dispute, **given)) == ["field"]
    assert (dispute.result, dispute.concluded_on) == ("", None)


# What looks like a mistake --------------------------------------------------------------------------------


def test_suing_directly_over_a_refusal_is_kept_with_a_warning():
    request = answered()
    dispute = file(request.body, "direct", request=request)

    [note] = notes_on_dispute(dispute)
    assert note == (
        "申请2024-0001的答复是“属于三类内部事务信息”（2024-03-20作出），"
        "依照行政复议法第二十三条应先申请行政复议，请核对本案是否确为直接起诉"
    )


@pytest.mark.parametrize(
    ("outcome", "policy", "warned"),
    [
        ("granted", ReviewPolicy.ALL_UNFAVOURABLE, False),
        ("partial", ReviewPolicy.DENIAL_ONLY, True),
        ("not_exist", ReviewPolicy.DENIAL_ONLY, False),
        ("not_exist", ReviewPolicy.DENIAL_AND_UNABLE, True),
    ],
)
def test_which_answers_need_review_first_is_local_policy(outcome, policy, warned):
    request = answered(outcome=outcome)
    dispute = file(request.body, "direct", request=request)

    assert bool(notes_on_dispute(dispute, policy)) is warned


def test_a_refusal_decided_before_2024_may_be_sued_over_directly():
    request = make_request(submitted_on=day("2023-12-01"))
    close(request, outcome="denied_internal", served_on=day("2023-12-29"))

    for filed_on in ("2023-12-30", "2024-01-02"):
        assert notes_on_dispute(file(request.body, "direct", filed_on, request=request)) == []


def test_not_answering_at_all():
    request = make_request(submitted_on=day("2024-03-01"))
    dispute = file(request.body, "direct", request=request)

    [note] = notes_on_dispute(dispute)
    assert note == (
        "申请2024-0001尚未答复，属于不履行法定职责，依照行政复议法第二十三条应先申请行政复议，请核对本案是否确为直接起诉"
    )


def test_cases_without_a_request_cannot_be_compared():
    body = make_body()

    assert notes_on_dispute(file(body, "direct")) == [
        "2024-01-01起，对不予公开的决定应先申请行政复议；本案未关联申请，请核对是否属于该情形"
    ]
    assert notes_on_dispute(file(body, "direct", "2023-12-31")) == []
    assert notes_on_dispute(file(body, "after_review")) == [
        "复议后起诉的案件没有关联申请，无法核对此前的行政复议是否登记"
    ]
    assert notes_on_dispute(file(body)) == []
