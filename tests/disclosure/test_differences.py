import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosure.differences import Line, blocks_of, differences
from gongkai.disclosure.links import leads_of


def test_words_that_went_and_came_are_marked():
    before = "<h2>一、范围</h2><p>招生200人。</p><p>旧段落，整段删去。</p>"
    after = "<h2>一、范围</h2><p>招生240人。</p>"
    assert differences(before, after) == [
        Line("same", "一、范围"),
        Line("changed", "招生<del>200</del><ins>240</ins>人。"),
        Line("gone", "<del>旧段落，整段删去。</del>"),
    ]


def test_paragraphs_without_likeness_are_told_as_gone_and_come():
    assert differences("<p>甲乙丙丁</p>", "<p>ABCD</p>") == [
        Line("gone", "<del>甲乙丙丁</del>"),
        Line("come", "<ins>ABCD</ins>"),
    ]


def test_rows_and_pictures_are_lines_too():
    text = '<table><tr><th>学校</th><td>一小</td></tr></table><p><img src="/a" alt="示意图"></p>'
    assert blocks_of(text) == ["学校 ｜ 一小", "［图片：示意图］"]


def test_nothing_of_the_markup_comes_through():
    [line] = differences("<p>各校请遵照执行</p>", "<p>各校请遵照执行&lt;b&gt;</p>")
    assert line.html == "各校请遵照执行<ins>&lt;b&gt;</ins>"


paragraphs = st.lists(st.text("甲乙丙 ab1&<", max_size=12), max_size=6)


@given(paragraphs, paragraphs)
def test_what_is_left_and_what_is_added_make_up_both_texts(old, new):
    before, after = ("".join(f"<p>{html.escape(one)}</p>" for one in side) for side in (old, new))
    lines = [one.html for one in differences(before, after)]

    def without(tag):
        kept = (re.sub(f"<{tag}>.*?</{tag}>", "", line) for line in lines)
        return [text for one in kept if (text := html.unescape(re.sub("</?(ins|del)>", "", one)))]

    assert "".join(without("ins")) == "".join(blocks_of(before))
    assert "".join(without("del")) == "".join(blocks_of(after))


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
