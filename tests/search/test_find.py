"""What is found, in which order, with which counts, on the database in use."""

import datetime as dt
import random

import pytest
from tests.factories import at, make_body
from tests.search.made import published

from gongkai.search import correcting, finding
from gongkai.search.api import Filters, Sort, find, matching, suggest
from gongkai.search.backends import Found
from gongkai.search.folding import canon
from gongkai.search.models import Text
from gongkai.search.tokens import pattern

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 6, 28)


def found(text, **options):
    return [hit.document for hit in find(text, today=TODAY, **options).hits]


def test_recall_is_that_of_a_substring_scan():
    chance = random.Random(5)  # noqa: S311 - made-up texts
    alphabet = "政府信息公开教育招生义务"
    texts = ["".join(chance.choices(alphabet + "，", k=80)) for _ in range(60)]
    body = make_body()
    documents = [
        published(f"甲{at}", f"<p>{text}</p>", body=body, on=at_day(at)).pk for at, text in enumerate(texts)
    ]
    for _ in range(200):
        text = chance.choice(texts)
        start, length = chance.randrange(78), chance.choice((1, 2, 2, 3, 4, 6))
        word = text[start : start + length].replace("，", "") or "政"
        expected = {key for key, one in zip(documents, texts, strict=True) if word in one}
        assert set(found(word, page_size=100)) == expected, word


def at_day(day):
    return at(2024, 1, 3) + dt.timedelta(hours=day)


def test_words_phrases_alternatives_and_what_is_left_out():
    body = make_body()
    one = published("小学招生方案", "<p>报名时间另行通知</p>", body=body).pk
    two = published("中学招生方案", "<p>录取名单</p>", body=body).pk
    assert found("招生 报名") == [one]
    assert set(found("报名 或 录取")) == {one, two}
    assert found("招生 -小学") == [two]
    assert found("“招生 方案”") == []
    assert found("标题：录取") == []
    assert found("正文：录取") == [two]
    assert found("股") == []


def test_traditional_characters_and_document_numbers():
    one = published("义务教育方案", document_number="测教发〔2024〕12号").pk
    published("另一方案", "<p>2024年第12号</p>")
    for text in (
        "義務教育",
        "〔2024〕12号",
        "[2024]12號",
        "（2024）12号",
        "测教发〔2024〕12号",
        "文号：2024",
    ):
        assert found(text) == [one], text


def test_fields_name_number_body_keywords_and_files():
    body = make_body(name="青屿县水务局")
    one = published("方案", body=body, keywords=["防汛"], files=[("预案.pdf", "水库调度规程")]).pk
    for text in ("水务局", "机关：水务", "防汛", "关键词：防汛", "水库调度", "预案"):
        assert found(text) == [one], text
    assert found("标题：水务") == []


@pytest.mark.parametrize(
    "fields",
    [
        {"withdrawn_at": at(2024, 2, 1)},
        {"archived_at": at(2024, 2, 1)},
        {"first_published_at": None},
        {"attribute": "withheld"},
    ],
)
def test_what_is_not_listed_is_not_found(fields):
    published(**fields)
    assert found("招生") == []
    assert not Text.objects.exists()


def test_what_left_a_moment_ago_is_not_shown():
    document = published()
    type(document).objects.filter(pk=document.pk).update(withdrawn_at=at(2024, 2, 1))
    assert found("招生") == []


def test_validity_is_that_of_the_day():
    one = published(ended_on=dt.date(2024, 6, 1), ended_how="repealed")
    for day, validity in ((dt.date(2024, 5, 31), "in_force"), (dt.date(2024, 6, 1), "repealed")):
        results = find("招生", today=day)
        assert [hit.document for hit in results.hits] == [one.pk]
        facet = next(facet for facet in results.facets if facet.name == "validity")
        assert [(value.value, str(value.count)) for value in facet.values] == [(validity, "1")]
        assert len(find("招生", today=day, filters=Filters(validity=validity)).hits) == 1
    assert not find("招生", today=dt.date(2024, 5, 31), filters=Filters(validity="repealed")).hits


@pytest.mark.parametrize(
    ("fields", "validity"),
    [
        ({}, "in_force"),
        ({"valid_until": dt.date(2024, 6, 27)}, "lapsed"),
        ({"valid_until": TODAY}, "in_force"),
        ({"effective_on": dt.date(2024, 6, 29)}, "not_yet"),
        ({"amended_on": dt.date(2024, 3, 1)}, "amended"),
        ({"ended_on": dt.date(2024, 6, 1), "ended_how": "lapsed"}, "lapsed"),
        ({"ended_on": dt.date(2024, 6, 1), "ended_how": "repealed"}, "repealed"),
        ({"kind": "news"}, None),
    ],
)
def test_the_index_agrees_with_the_document(fields, validity):
    one = published(**fields)
    one.refresh_from_db()
    assert one.validity(TODAY) == validity
    if validity:
        assert found("招生", filters=Filters(validity=validity)) == [one.pk]
    assert not any(
        found("招生", filters=Filters(validity=other)) for other in {"in_force", "repealed"} - {validity}
    )


def test_filters_and_facets():
    first, second = make_body(), make_body()
    one = published(body=first, subject="finance", on=at(2023, 5, 1)).pk
    two = published(body=second, kind="news", on=at(2024, 5, 1)).pk
    results = find("招生", today=TODAY)
    counts = {
        facet.name: {value.value: value.count.number for value in facet.values} for facet in results.facets
    }
    assert counts == {
        "body": {str(first.pk): 1, str(second.pk): 1},
        "year": {"2024": 1, "2023": 1},
        "subject": {"finance": 1},
        "kind": {"news": 1, "policy": 1},
        "validity": {"in_force": 1},
    }
    assert found("招生", filters=Filters(body=first.pk)) == [one]
    assert found("招生", filters=Filters(year=2024)) == [two]
    assert found("招生", filters=Filters(subject="finance")) == [one]
    assert found("招生", filters=Filters(kind="news")) == [two]
    assert found("", filters=Filters(kind="news")) == [two]
    assert [
        f"{v.label}"
        for f in find("招生", filters=Filters(kind="news")).facets
        for v in f.values
        if v.is_chosen
    ] == ["工作动态"]


def test_a_year_begins_at_midnight_here():
    one = published(on=dt.datetime(2023, 12, 31, 16, 0, tzinfo=dt.UTC)).pk
    assert found("招生", filters=Filters(year=2024)) == [one]
    assert found("招生", filters=Filters(year=2023)) == []


@pytest.mark.parametrize(
    "filters",
    [
        Filters(kind="x' OR 1"),
        Filters(kind="政"),
        Filters(year=99999),
        Filters(year=-1),
        Filters(body=10**30),
    ],
)
def test_filters_that_are_none_find_nothing(filters):
    published()
    assert found("招生", filters=filters) == []


def test_the_newest_first_page_after_page():
    body = make_body()
    keys = [published(body=body, on=at_day(day)).pk for day in range(7)]
    seen, cursor = [], ""
    for _ in range(3):
        results = find("招生", sort=Sort.NEWEST, page_size=3, cursor=cursor)
        seen += [hit.document for hit in results.hits]
        cursor = results.next_cursor
    assert (seen, cursor) == (keys[::-1], "")


def test_pages_of_the_best(monkeypatch):
    body = make_body()
    keys = {published(body=body, on=at_day(day)).pk for day in range(5)}
    first = find("招生", page_size=3)
    second = find("招生", page_size=3, cursor=first.next_cursor)
    assert {hit.document for hit in (*first.hits, *second.hits)} == keys
    assert second.next_cursor == ""


def test_counting_stops(monkeypatch):
    monkeypatch.setattr(finding, "CANDIDATES", 3)
    body = make_body()
    title = published("招生总则", "<p>旧</p>", body=body, on=at_day(0)).pk
    keys = [published("方案", "<p>招生</p>", body=body, on=at_day(day)).pk for day in range(1, 6)]
    results = find("招生", today=TODAY)
    assert (str(results.total), results.total.is_exact) == ("超过3", False)
    assert results.hits[0].document == title  # however old, a title is not missed
    seen, cursor = [], ""
    while True:
        page = find("招生", sort="newest", page_size=2, cursor=cursor)
        seen += [hit.document for hit in page.hits]
        if not (cursor := page.next_cursor):
            break
    assert seen == [*keys[::-1], title]


def test_words_in_the_title_come_before_newer_text():
    body = make_body()
    old = published("招生方案", body=body, on=at(2020)).pk
    new = published("方案", "<p>招生</p>", body=body, on=at(2024)).pk
    assert found("招生") == [old, new]
    assert found("招生", sort="newest") == [new, old]


def test_marks_are_safe():
    published("<b>招生</b>&方案", "<p>一&lt;script&gt;義務教育招生</p>")
    hit = find("招生 义务教育").hits[0]
    assert hit.title == "&lt;b&gt;<mark>招生</mark>&lt;/b&gt;&amp;方案"
    assert hit.snippet == "一&lt;script&gt;<mark>義務教育</mark><mark>招生</mark>"


def test_a_wrong_character_is_corrected_by_what_the_index_has():
    published("义务教育招生方案")
    assert find("义务较育").corrections == ("义务教育",)
    assert find("招升").corrections == ("招生",)
    assert "义务教育" in find("务义教育").corrections
    assert find("标题：义务较育").corrections == ("标题：义务教育",)
    assert find("龘龘").corrections == ()
    assert find("招生").corrections == ()


def test_corrections_end_when_their_time_is_used_up(monkeypatch):
    published("义务教育招生方案")
    monkeypatch.setattr(correcting, "BUDGET", dt.timedelta(0))
    searches = []
    whole = finding.candidates
    monkeypatch.setattr(finding, "candidates", lambda *a, **k: searches.append(1) or whole(*a, **k))
    assert find("义务较育").corrections == ()
    assert len(searches) <= 2


def test_old_titles_are_looked_for_only_so_long(monkeypatch):
    monkeypatch.setattr(finding, "CANDIDATES", 2)
    old = published("招生总则", "<p>旧</p>", on=at_day(0)).pk
    for day in range(1, 5):
        published(f"第{day}号", "<p>招生</p>", on=at_day(day))
    assert old in {hit.document for hit in find("招生").hits}
    whole = finding.candidates

    def out_of_time(*given, budget=finding.BUDGET, **more):
        found = whole(*given, budget=budget, **more)
        return Found([], was_cut=True) if budget is finding.TITLE_BUDGET else found

    monkeypatch.setattr(finding, "candidates", out_of_time)
    results = find("招生")
    assert (len(results.hits), old in {hit.document for hit in results.hits}) == (2, False)
    assert results.notes == ()  # what was asked for was found; only what comes in addition is missing


def test_suggestions():
    body = make_body()
    published("招生方案", body=body, keywords=["招生", "招生计划"])
    published("小学招生", body=body, keywords=["招生"])
    assert suggest("招") == ("招生", "招生计划", "招生方案", "小学招生")
    assert suggest("招生方") == ("招生方案",)
    assert suggest("") == suggest("%") == suggest("_") == ()


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\x00", "招\x00生", '"', '""""', "“", "NEAR(招生, 2)", "招生*", "* * *", "title:", "标题：", "{title} : 招",
        "^招生", "'; DROP TABLE search_entry; --", "%s %(a)s %", "招生 AND", "OR OR", "- - -", "()", "))((", "a" * 5000,
        "招生" * 400, "-招生", "非", "\ue000all", "\ud800", "招 " * 60, "或 或 或 招生 或", "\\", "招生\n报名",
    ],
)  # fmt: skip
def test_nothing_typed_raises(text):
    published()
    for sort in ("newest", "relevance", "x"):
        find(text, sort=sort, cursor=text[:30])
    suggest(text)
    matching(make_body(), text)


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    body = make_body()
    published(body=body)
    with django_assert_max_num_queries(8):
        find("招生")
    for _ in range(2):
        published(body=body)
    with django_assert_max_num_queries(8):
        find("招生")


def test_a_search_out_of_time_says_so(monkeypatch):
    from gongkai.search.backends import Found

    one = published()
    whole = finding.candidates
    monkeypatch.setattr(finding, "candidates", lambda *a, **k: Found(whole(*a, **k).rows, was_cut=True))
    results = find("招生")
    assert [hit.document for hit in results.hits] == [one.pk]
    assert (results.total.is_exact, "时间过长" in results.notes[0]) == (False, True)


def test_matching_takes_any_of_the_words():
    body = make_body()
    one = published("2024年义务教育招生工作方案", body=body)
    published("食堂管理办法", body=body)
    published("义务教育招生", body=make_body())
    assert matching(body, "我想要2024年义务教育招生方案") == [one]
    assert matching(body, "请问") == []


def test_the_text_checked_is_the_text_indexed(index):
    one = published("义务教育", "<p>甲乙</p>")
    canonical = Text.objects.get(id=one.search_entry.id).canon
    assert pattern(canon("甲乙")) in canonical
    assert index.holds()
