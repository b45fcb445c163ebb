import pytest

from gongkai.disclosure.html import clean_text, describe_picture


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("第一段\n\n第二段 ", "<p>第一段</p><p>第二段</p>"),
        ("1 < 2 且 3 > 2", "<p>1 &lt; 2 且 3 &gt; 2</p>"),
        ("", ""),
        ("<p>正文</p><script>alert(1)</script>", "<p>正文</p>"),
        ('<p style="color:red" onclick="x()">红</p>', "<p>红</p>"),
        ("<style>p{color:red}</style><p>字</p>", "<p>字</p>"),
        ('<a href="javascript:alert(1)">链接</a>', '<a rel="noopener noreferrer">链接</a>'),
        (
            '<a href="https://example.org/a" target="_blank">链接</a>',
            '<a href="https://example.org/a" rel="noopener noreferrer">链接</a>',
        ),
        ('<img src="data:image/png;base64,AA" alt="图">', '<img alt="图">'),
        ("<iframe src='https://example.org'></iframe><p>字</p>", "<p>字</p>"),
        (
            '<table class="x"><tr><td colspan="2" width="3">甲</td></tr></table>',
            '<table><tbody><tr><td colspan="2">甲</td></tr></tbody></table>',
        ),
        ("<!-- 注 --><h2>一、总则</h2>", "<h2>一、总则</h2>"),
    ],
)
def test_only_structure_remains(given, kept):
    assert clean_text(given) == kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<img src="/files/1/" alt="">', '<img src="/files/1/" alt="新&quot;图">'),
        ('<img src="/files/1/">', '<img src="/files/1/" alt="新&quot;图">'),
        ('<img alt="旧" src="/files/1/">', '<img src="/files/1/" alt="新&quot;图">'),
        ('<img src="/files/1/" alt="另写的">', '<img src="/files/1/" alt="另写的">'),
        ('<img src="/files/2/" alt="">', '<img src="/files/2/" alt="">'),
    ],
)
def test_a_picture_gets_its_words_where_it_has_none_of_its_own(text, expected):
    assert describe_picture(text, "/files/1/", "旧", '新"图') == expected
