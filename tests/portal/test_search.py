"""The search page: what was asked stands in the address; hits, ways to narrow, nothing found."""

import datetime as dt

import pytest
from tests.factories import at, make_body
from tests.portal.made import make_document, text

from gongkai.portal.views import search as page
from gongkai.search.results import Count, Facet, FacetValue, Filters, Hit, Results

pytestmark = pytest.mark.django_db


def hit(**fields):
    fields = {
        "document": 1,
        "title": "关于<mark>入学</mark>的通知",
        "snippet": "适龄儿童<mark>入学</mark>",
        "path": "/documents/1/",
        "body": "测试县教育局",
        "document_number": "测教〔2024〕1号",
        "index_number": "X/1",
        "kind": "其他政策文件",
        "validity": "有效",
        "made_on": dt.date(2024, 3, 1),
        "published_at": at(2024, 3, 1),
    } | fields
    return Hit(**fields)


@pytest.fixture
def answers(monkeypatch):
    """Stand in for the index; what it was asked is noted."""
    asked = []

    def answering(results):
        def find(words, **given):
            asked.append((words, given))
            return results

        monkeypatch.setattr(page, "find", find)
        monkeypatch.setattr(page, "suggest", lambda _words: ("入学政策",))
        return asked

    return answering


def test_without_words_there_is_only_the_form(client, answers):
    asked = answers(Results(""))
    response = client.get("/search/")
    assert (response.status_code, asked, "可以检索全部公开信息" in text(response)) == (200, [], True)


def test_hits_show_title_snippet_and_facts(client, answers):
    answers(Results("入学", hits=(hit(),), total=Count(1000, is_exact=False)))
    shown = text(client.get("/search/?q=入学"))
    for words in (
        "关于<mark>入学</mark>的通知",
        "适龄儿童<mark>入学</mark>",
        "测教〔2024〕1号",
        "超过1000",
        "2024-03-01",
    ):
        assert words in shown


def test_what_was_asked_reaches_the_index(client, answers):
    body = make_body(slug="edu")
    asked = answers(Results("入学", hits=(hit(),), total=Count(1)))
    client.get(
        "/search/?q=+入学+&body=edu&year=2024&kind=policy&subject=finance&validity=in_force&sort=newest&cursor=9"
    )
    filters = Filters(body=body.pk, year=2024, subject="finance", kind="policy", validity="in_force")
    assert asked == [("入学", {"filters": filters, "sort": "newest", "cursor": "9"})]


@pytest.mark.parametrize("query", ["year=²²²²", "year=20245", "body=nobody", "sort=x", "body=²"])
def test_what_makes_no_sense_narrows_nothing(client, answers, query):
    asked = answers(Results("甲"))
    assert client.get(f"/search/?q=甲&{query}").status_code == 200
    assert asked == [("甲", {"filters": Filters(), "sort": "relevance", "cursor": ""})]


def test_every_way_keeps_the_rest_of_the_search(client, answers):
    values = (FacetValue("2024", "2024年", Count(3), is_chosen=True), FacetValue("2023", "2023年", Count(1)))
    answers(
        Results(
            "入学",
            hits=(hit(),),
            total=Count(4),
            facets=(Facet("year", "公开年份", values),),
            next_cursor="20",
        )
    )
    response = client.get("/search/?q=入学&year=2024&kind=policy")
    group = response.context["groups"][0]
    word = "%E5%85%A5%E5%AD%A6"
    assert [one.address for one in group.choices] == [
        f"/search/?kind=policy&q={word}",
        f"/search/?year=2023&kind=policy&q={word}",
    ]
    assert response.context["older"] == f"/search/?year=2024&kind=policy&q={word}&cursor=20"
    assert "已选，点击取消" in text(response)


def test_nothing_found_says_what_to_do(client, answers):
    make_body()
    answers(Results("入穴", corrections=("入学",), notes=("引号没有成对",)))
    shown = text(client.get("/search/?q=入穴&kind=policy"))
    for words in (
        "没有找到含“入穴”的信息",
        "您要找的是不是",
        "入学政策",
        "去掉筛选条件再找",
        "引号没有成对",
        "申请公开",
    ):
        assert words in shown


def test_what_was_typed_is_shown_as_text(client, answers):
    answers(Results("<script>", hits=()))
    shown = text(client.get("/search/?q=<script>alert(1)</script>"))
    assert "<script>" not in shown


def test_the_index_itself_answers(client):
    from gongkai.core.actors import SYSTEM
    from gongkai.disclosure.acts import leave_document
    from gongkai.search.acts import refresh

    document = make_document(make_body(), title="关于小学入学的通知", at=at(2024, 3, 1))
    refresh([document.pk])
    assert document.public_path in text(client.get("/search/?q=入学"))
    leave_document(document=document, way="error", reason="误发", actor=SYSTEM, at=at(2024, 3, 2))
    assert document.public_path not in text(client.get("/search/?q=入学"))
