"""What may be public already, and which other doors there are."""

import pytest
from tests.factories import at, make_body
from tests.portal.made import text

from gongkai.disclosure.models import Document, Edition
from gongkai.portal.foi.doors import DOORS, hinted
from gongkai.portal.foi.matching import matching_documents
from gongkai.search import matching
from gongkai.search.acts import refresh

pytestmark = pytest.mark.django_db


def published(body, title, **fields):
    number = Document.objects.count() + 1
    document = Document.objects.create(
        body=body,
        title=title,
        index_number=f"{body.pk}/{number}",
        **{"kind": "policy", "made_on": "2024-01-02", "first_published_at": at(2024, 1, 3)} | fields,
    )
    state = "withdrawn" if document.withdrawn_at else "published" if document.first_published_at else "draft"
    Edition.objects.create(document=document, title=title, state=state, created_at=at(2024, 1, 2))
    refresh([document.pk])
    return document


def titles(body, words):
    return [one.title for one in matching_documents(body, words)]


def test_what_shares_most_comes_first():
    body = make_body()
    for title in ("2024年义务教育招生工作方案", "2023年义务教育经费", "食堂管理办法"):
        published(body, title)
    assert titles(body, "我想要2024年义务教育招生方案") == [
        "2024年义务教育招生工作方案",
        "2023年义务教育经费",
    ]
    assert titles(body, "招生方案") == ["2024年义务教育招生工作方案"]


@pytest.mark.parametrize("words", ["", "  ", "我想申请公开有关文件", "的", "？？？"])
def test_words_that_say_nothing_find_nothing(words):
    body = make_body()
    published(body, "关于公开文件的通知")
    assert titles(body, words) == []


@pytest.mark.parametrize(
    "fields",
    [{"first_published_at": None}, {"withdrawn_at": at(2024, 2, 1)}, {"attribute": "on_request"}],
)
def test_only_what_is_public_is_offered(fields):
    body = make_body()
    published(body, "义务教育招生方案", **fields)
    assert titles(body, "义务教育招生") == []


def test_another_body_is_not_searched():
    published(make_body(), "义务教育招生方案")
    assert titles(make_body(), "义务教育招生") == []


def test_a_document_is_found_by_its_number():
    body = make_body()
    published(body, "招生方案", document_number="测教〔2024〕7号")
    assert titles(body, "测教〔2024〕7号") == ["招生方案"]


def test_the_search_is_bounded(monkeypatch, django_assert_max_num_queries):
    body = make_body()
    for number in range(8):
        published(body, f"义务教育招生方案{number}")
    monkeypatch.setattr(matching, "LOOKED_AT", 3)  # for each of two fields
    with django_assert_max_num_queries(5):
        found = titles(body, "义务教育招生方案")
    assert found == [f"义务教育招生方案{number}" for number in (7, 6, 5, 4, 3)]


def test_a_document_is_linked_where_it_is_read():
    body = make_body()
    document = published(body, "义务教育招生方案")
    assert [one.address for one in matching_documents(body, "义务教育招生")] == [document.public_path]


@pytest.mark.parametrize(
    ("words", "doors"),
    [
        ("举报某学校乱收费，要求查处", ["petition", "enterprise"]),
        ("请问怎么办理转学", ["question"]),
        ("本人不动产登记档案", ["registry"]),
        ("2024年招生方案", []),
    ],
)
def test_a_wrong_door_is_recognised(words, doors):
    assert [one.key for one in hinted(words)] == doors


def test_a_wrong_door_is_explained_and_never_blocked(client):
    make_body(slug="edu")
    page = text(client.post("/bodies/edu/foi/apply/", {"q": "我要投诉"}, follow=True))
    assert (DOORS[0].text in page, "开始填写申请" in page) == (True, True)


def test_searching_leaves_no_words_in_the_address(client):
    make_body(slug="edu")
    page = text(client.get("/bodies/edu/foi/apply/"))
    assert '<form class="form foi-search" method="post"' in page


def test_words_are_kept_without_being_readable(client):
    make_body(slug="edu")
    response = client.post("/bodies/edu/foi/apply/", {"q": "欧阳某某的档案"})
    assert response.headers["Location"] == "/bodies/edu/foi/apply/?again"
    assert "欧阳" not in str(dict(client.session))
    assert 'value="欧阳某某的档案"' in text(client.get(response.headers["Location"]))


def test_no_words_find_nothing(client):
    make_body(slug="edu")
    page = text(client.post("/bodies/edu/foi/apply/", {"q": " "}, follow=True))
    assert ("请先写几个词" in page, "没有找到已公开的" in page) == (True, False)
