import html

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.disclosure.differences import blocks_of, differences
from gongkai.disclosure.links import leads_of


def as_marked(lines):
    """Each line with what it is, and its words with what went in brackets and what came in braces."""
    marks = {"same": "{}", "gone": "[{}]", "new": "{{{}}}"}
    return [
        (line.change, "".join(marks[one.change].format(one.words) for one in line.pieces)) for line in lines
    ]


def test_words_that_went_and_came_are_marked():
    before = "<h2>一、范围</h2><p>招生200人。</p><p>旧段落，整段删去。</p>"
    after = "<h2>一、范围</h2><p>招生240人。</p>"
    assert as_marked(differences(before, after)) == [
        ("same", "一、范围"),
        ("changed", "招生[200]{240}人。"),
        ("gone", "[旧段落，整段删去。]"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<p>甲</p>", "<p>甲</p>", ["same"]),
        ("<p>甲</p>", "<p>甲</p><p>乙</p>", ["same", "new"]),
        ("<p>甲</p><p>乙</p>", "<p>乙</p>", ["gone", "same"]),
        ("<p>年满六周岁的儿童</p>", "<p>年满七周岁的儿童</p>", ["changed"]),
        ("<p>完全不同</p>", "<p>另一句话</p>", ["gone", "new"]),
        (f"<p>{'长' * 2001}</p>", f"<p>{'长' * 2002}</p>", ["gone", "new"]),
    ],
)
def test_what_became_of_each_paragraph(before, after, expected):
    assert [line.change for line in differences(before, after)] == expected


def test_texts_that_are_too_long_are_not_compared():
    assert differences("<p>甲</p>", "<p>乙</p>" * 2001) is None


def test_rows_lines_and_pictures_are_lines_too():
    text = '<p>甲&amp;乙<br>丙</p><table><tr><th>学校</th><td>一小</td></tr></table><p><img src="/a" alt="示意图"></p>'
    assert blocks_of(text) == ["甲&乙", "丙", "学校 ｜ 一小", "［图片：示意图］"]


paragraphs = st.lists(st.text("甲乙丙 ab1&<", max_size=12), max_size=6)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(paragraphs, paragraphs)
def test_what_is_left_and_what_is_added_make_up_both_texts(old, new):
    before, after = ("".join(f"<p>{html.escape(one)}</p>" for one in side) for side in (old, new))
    lines = differences(before, after)

    def without(change):
        return "".join(one.words for line in lines for one in line.pieces if one.change != change)

    assert without("new") == "".join(blocks_of(before))
    assert without("gone") == "".join(blocks_of(after))


@pytest.mark.parametrize(
    ("text", "documents", "files"),
    [
        ('<a href="/documents/12/">甲</a><a href="/documents/12/#a">乙</a>', (12,), 0),
        ('<a href="/files/0f8fad5b-d9cb-469f-a165-70867728950e/">表</a>', (), 1),
        ('<a href="https://example.org/documents/3/">外</a><a href="/documents/x/">错</a>', (), 0),
    ],
)
def test_links_inside_the_site(text, documents, files):
    leads = leads_of(text)
    assert (leads.documents, len(leads.files)) == (documents, files)
