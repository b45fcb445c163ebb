import base64
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.disclosure.html import sanitise
from gongkai.drafting import DraftingError, clean_pasted, extract_text

from .builders import picture


def html(text):
    return clean_pasted(f"<p>头。</p>{text}").html.removeprefix("<p>头。</p>").strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '<p class=MsoNormal style="mso-x:1;color:red"><span lang=EN-US>甲<o:p></o:p></span></p>',
            "<p>甲</p>",
        ),
        ("<span style='font-weight:bold'>粗</span>体", "<p><strong>粗</strong>体</p>"),
        ("<b style='font-weight:normal'>不粗</b>", "<p>不粗</p>"),
        ("<div><div>甲<p>乙</p>丙</div></div>", "<p>甲</p>\n<p>乙</p>\n<p>丙</p>"),
        ("<h1>大</h1><h4>小</h4>", "<h2>大</h2>\n<h3>小</h3>"),
        ("<p>甲<br>乙<br><br>丙</p>", "<p>甲<br>乙</p>\n<p>丙</p>"),
        (
            "<ol start=3><li>三<ul><li>内</ul><li>四</ol>",
            '<ol start="3"><li>三<ul><li>内</li></ul></li><li>四</li></ol>',
        ),
        (
            "<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>1.<span>&nbsp;</span></span><![endif]>项</p>",
            "<p>1.项</p>",
        ),
        (
            "<p style='mso-list:l0 level2 lfo1'><span style='font-family:Symbol'>·<span>&nbsp; </span></span>项</p>",
            "<ul><li>项</li></ul>",
        ),
        ("<script>x</script><style>p{}</style><iframe src=a></iframe>甲", "<p>甲</p>"),
        (
            "<a href='javascript:x'>坏</a><a href='https://a.cn' onclick=x>好</a>",
            '<p>坏<a href="https://a.cn" rel="noopener noreferrer">好</a></p>',
        ),
        ("甲<del>删</del><ins>增</ins><span style='display: none'>藏</span>", "<p>甲增</p>"),
        ("<!--[if gte mso 9]><xml>x</xml><![endif]-->甲", "<p>甲</p>"),
        (
            "<table><thead><tr><th>甲<th>乙</thead><tr><td rowspan=2>1<td>2<tr><td colspan=9>3</table>",
            '<table><thead><tr><th scope="col">甲</th><th scope="col">乙</th></tr></thead><tbody><tr><td rowspan="2">1</td><td>2</td></tr><tr><td colspan="9">3</td></tr></tbody></table>',
        ),
        ("<img src='file:///C:/a.png'>甲", "<p>甲</p>"),
    ],
)
def test_structure_stays_and_looks_go(text, expected):
    assert html(text) == expected


def test_what_was_left_out_is_said():
    drafted = clean_pasted(
        "<p>甲<del>x</del><span hidden>y</span><a href='ftp://a'>z</a><script></script></p><img src='/a.png'>"
    )
    assert [each.kind for each in drafted.warnings] == [
        "deleted",
        "hidden",
        "active",
        "links",
        "picture_missing",
    ]


def test_a_picture_inside_the_paste_is_kept():
    data = base64.b64encode(picture()).decode()
    drafted = clean_pasted(f"<p>甲</p><img alt='划片图' src='data:image/png;base64,{data}'>")
    assert drafted.pictures[0].content == picture()
    assert '<img src="picture-1.png" alt="划片图">' in drafted.html


def test_no_text_is_refused_and_too_much_is():
    for text in ("", "  ", "<script>x</script>"):
        with pytest.raises(DraftingError) as error:
            clean_pasted(text)
        assert error.value.reason == "no_text"
    with pytest.raises(DraftingError, match="超过"):
        clean_pasted("x" * 10_000_001)


def test_deep_nesting_is_refused_or_read_but_breaks_nothing():
    for depth in (100, 5000):
        text = "<div>" * depth + "甲" + "</div>" * depth
        with contextlib.suppress(DraftingError):
            assert "甲" in clean_pasted(text).html


PIECES = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<ul>",
    "<ol>",
    "<li>",
    "</ul>",
    "<br>",
    "<h3>",
    "</a>",
    "甲",
    "1.",
    "<del>",
    "&lt;script&gt;",
    "<hr>",
    "&amp;",
]
pieces = st.sampled_from([*PIECES, " ", "<td colspan=3>", "<img src=x>", "<a href='https://a.cn'>"])


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces, max_size=30).map("".join))
def test_any_paste_ends_in_what_may_be_published(text):
    try:
        drafted = clean_pasted(f"<p>头。</p>{text}")
    except DraftingError:
        return
    assert sanitise(drafted.html) == drafted.html


def test_an_html_file_is_searched_by_what_it_shows():
    page = "<html><head><title>x</title></head><body><p>甲</p><p hidden>乙</p></body></html>"
    assert extract_text("a.html", page.encode()) == "甲"
