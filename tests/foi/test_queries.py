import pytest
from tests.factories import at, close, day, make_body, make_handler, make_request

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.queries import TimelineEntry, open_requests, request_timeline

pytestmark = pytest.mark.django_db


def test_open_requests_oldest_first():
    body = make_body()
    new = make_request(body, submitted_on=day("2024-03-05"))
    old = make_request(body, submitted_on=day("2024-03-01"))
    close(make_request(body))
    make_request(make_body())

    assert list(open_requests(body)) == [old, new]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_open_requests_takes_as_many_queries_however_long(rows, django_assert_num_queries):
    body = make_body()
    for _ in range(rows):
        make_request(body)

    with django_assert_num_queries(2):
        for request in open_requests(body):
            assert (request.applicant.masked_name, len(request.facts.all())) == ("张*", 2)


def test_the_story_of_a_request(django_assert_num_queries):
    body = make_body()
    officer = make_handler(body, name="林敏")
    request = make_request(body, submitted_on=day("2024-03-01"))
    detail = {"party": "甲公司"}
    sent = acts.record_fact(
        request=request,
        kind="third_party_consulted",
        on=day("2024-03-05"),
        detail=detail,
        document_number="征〔2024〕1号",
        actor=officer,
        at=at(),
    )
    acts.cancel_fact(fact=sent, reason="误登", actor=officer, at=at())
    heard = {"party": "乙公司"}
    for kind, on, more in (
        ("third_party_consulted", "2024-03-06", {"received_on": "2024-03-07"}),
        ("third_party_answered", "2024-03-08", {"consents": False}),
    ):
        acts.record_fact(request=request, kind=kind, on=day(on), detail=heard | more, actor=officer, at=at())
    close(request, number="公开〔2024〕1号", served_on=day("2024-03-20"))

    with django_assert_num_queries(2):
        story = request_timeline(request)
    assert story == [
        TimelineEntry(day("2024-03-01"), "submitted", "提交申请", "", "", "系统"),
        TimelineEntry(
            day("2024-03-01"),
            "received",
            "收到申请",
            "申请人当面提交，以提交之日2024-03-01为收到申请之日",
            "",
            "系统",
        ),
        TimelineEntry(
            day("2024-03-05"),
            "third_party_consulted",
            "征求第三方意见",
            "第三方：甲公司",
            "征〔2024〕1号",
            "林敏",
            "误登",
        ),
        TimelineEntry(
            day("2024-03-06"),
            "third_party_consulted",
            "征求第三方意见",
            "第三方：乙公司；签收日期：2024-03-07",
            "",
            "林敏",
        ),
        TimelineEntry(
            day("2024-03-08"),
            "third_party_answered",
            "第三方答复",
            "第三方：乙公司；是否同意公开：否",
            "",
            "林敏",
        ),
        TimelineEntry(day("2024-03-20"), "answered", "答复", "", "公开〔2024〕1号", "系统"),
    ]


def test_rows_name_themselves():
    request = make_request(subject="招生方案")
    notice = acts.issue_fee_notice(
        request=request, basis="by_page", quantity=72, notified_on=day("2024-03-15"), actor=SYSTEM, at=at()
    )
    decision = close(request, number="公开〔2024〕1号")
    rows = [request, request.facts.first(), notice, decision]

    assert [str(row) for row in rows] == [
        "2024-0001 招生方案",
        "2024-03-01 提交申请",
        "2024-0001 420元",
        "公开〔2024〕1号",
    ]
