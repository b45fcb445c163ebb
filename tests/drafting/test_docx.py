import io

import docx
import pytest
from docx.shared import Inches

from gongkai.disclosure.html import sanitise
from gongkai.drafting import place_pictures, read_document
from gongkai.drafting.dates import day_in

from .builders import R, W, notice, p, picture, r, saved, word

SUP = '<w:vertAlign w:val="superscript"/>'
WHITE = '<w:color w:val="FFFFFF"/>'


def html(body, **parts):
    return read_document("甲.docx", word(body, **parts)).html


def kinds(drafted):
    return [remark.kind for remark in drafted.warnings]


def test_headings_by_chinese_numbers_where_no_style_says_so():
    text = html(
        p("前言。")
        + p("一、总体要求")
        + p("（一）目标")
        + p("1.很多。")
        + p("二、各校要做好工作。")
        + p("第三章 附则")
    )
    assert text.split("\n") == [
        "<p>前言。</p>",
        "<h2>一、总体要求</h2>",
        "<h3>（一）目标</h3>",
        "<p>1.很多。</p>",
        "<p>二、各校要做好工作。</p>",
        "<h2>第三章 附则</h2>",
    ]


def test_headings_by_style_leave_numbers_alone_and_skip_no_level():
    styles = f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:name w:val="heading 3"/></w:style></w:styles>'
    body = p("总则", '<w:pStyle w:val="a"/>') + p("一、细节") + p("深", '<w:pStyle w:val="b"/>')
    assert html(p("头。") + body, styles=styles).split("\n")[1:] == [
        "<h2>总则</h2>",
        "<p>一、细节</p>",
        "<h3>深</h3>",
    ]


def test_looks_links_and_line_ends():
    rels = f'<Relationship Id="r1" Type="{R}/hyperlink" Target="https://a.cn/?x=1&amp;y=2" TargetMode="External"/><Relationship Id="r2" Type="{R}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>'
    body = (
        f"<w:p>{r('粗', '<w:b/>')}{r('斜', '<w:i/>')}<w:r><w:t>行</w:t><w:br/><w:t>二</w:t></w:r>"
        f'{r("2", SUP)}<w:hyperlink r:id="r1">{r("链")}</w:hyperlink>'
        f'<w:hyperlink r:id="r2">{r("坏")}</w:hyperlink></w:p>'
    )
    assert html(p("头。") + body, rels=rels).split("\n")[1] == (
        "<p><strong>粗</strong><em>斜</em>行<br>二<sup>2</sup>"
        '<a href="https://a.cn/?x=1&amp;y=2" rel="noopener noreferrer">链</a>坏</p>'
    )


def test_a_link_in_a_field():
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://b.cn" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("看")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{r("完。")}</w:p>'
    )
    assert html(body) == '<p><a href="https://b.cn" rel="noopener noreferrer">看</a>完。</p>'


def test_tracked_changes_are_resolved_and_reported():
    body = (
        f"<w:p>{r('留')}<w:ins>{r('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('前')}</w:p>{p('后。')}"
    )
    drafted = read_document("甲.docx", word(body))
    assert drafted.html == "<p>留增</p>\n<p>前后。</p>"
    assert {"inserted", "deleted"} <= set(kinds(drafted))
    assert any(remark.place == "第1段" for remark in drafted.warnings if remark.kind == "deleted")


def test_hidden_and_white_text_is_not_taken():
    body = f"<w:p>{r('见')}{r('藏', '<w:vanish/>')}{r('白', WHITE)}</w:p>"
    drafted = read_document("甲.docx", word(body))
    assert drafted.html == "<p>见</p>"
    assert {"hidden", "white"} <= set(kinds(drafted))


def test_automatic_numbers_are_written_out_and_bullets_are_lists():
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )

    def item(text, number, level=0):
        return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')

    body = item("要求高。", 1) + item("目标明。", 1) + item("甲", 2) + item("乙", 2, 1) + item("丙", 2)
    assert html(body, numbering=numbering).split("\n") == [
        "<p>一、要求高。</p>",
        "<p>二、目标明。</p>",
        "<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>",
    ]


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def test_tables_with_spans_heads_and_captions():
    body = (
        p("表1 招生计划")
        + "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell("学校", '<w:vMerge w:val="restart"/>')
        + cell("计划", '<w:gridSpan w:val="2"/>')
        + "</w:tr><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell("", "<w:vMerge/>")
        + cell("公办")
        + cell("民办")
        + "</w:tr><w:tr>"
        + cell("一小")
        + cell("120")
        + cell("0")
        + "</w:tr></w:tbl>"
    )
    assert html(body) == (
        '<table><caption>表1 招生计划</caption><thead><tr><th rowspan="2" scope="col">学校</th>'
        '<th colspan="2" scope="colgroup">计划</th></tr><tr><th scope="col">公办</th><th scope="col">民办</th></tr></thead>'
        "<tbody><tr><td>一小</td><td>120</td><td>0</td></tr></tbody></table>"
    )


def test_a_table_of_one_cell_is_a_frame_and_deleted_rows_are_gone():
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('删')}{cell('删')}</w:tr>"
    body = f"<w:tbl><w:tr>{cell('框。')}</w:tr></w:tbl><w:tbl>{deleted}<w:tr>{cell('甲')}{cell('乙')}</w:tr></w:tbl>"
    assert html(body) == "<p>框。</p>\n<table><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>"


def test_footnotes_below_a_line():
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{p("注文")}</w:footnote></w:footnotes>'
    body = f'<w:p>{r("文")}<w:r><w:footnoteReference w:id="2"/></w:r>{r("。")}</w:p>'
    assert html(body, footnotes=notes) == "<p>文<sup>[1]</sup>。</p>\n<hr>\n<p>[1] 注文</p>"


def test_comments_heads_and_contents_are_reported_and_not_taken():
    toc = f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>{p("目录1")}</w:sdtContent></w:sdt>'
    data = word(
        toc + p("正文。"),
        comments=f'<w:comments xmlns:w="{W}"><w:comment w:id="0">{p("请核")}</w:comment></w:comments>',
        header1=f'<w:hdr xmlns:w="{W}">{p("内部资料")}</w:hdr>',
        footer1=f'<w:ftr xmlns:w="{W}">{p("— 1 —")}</w:ftr>',
    )
    drafted = read_document("甲.docx", data)
    assert drafted.html == "<p>正文。</p>"
    assert [str(each) for each in drafted.warnings] == [
        "自动目录1处，未带入：网页上没有页码",
        "批注：批注1条，未带入：“请核”",
        "页眉：页眉“内部资料”未带入",
    ]


def test_text_boxes_follow_their_paragraph_once():
    box = f"<w:txbxContent>{p('框中')}</w:txbxContent>"
    drawn = f'<mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>'
    assert html(f"<w:p>{r('前。')}<w:r>{drawn}</w:r></w:p>") == "<p>前。</p>\n<p>框中</p>"


def with_pictures(*alternatives):
    document = docx.Document()
    document.add_paragraph("前。")
    for alternative in alternatives:
        document.add_picture(io.BytesIO(picture()), width=Inches(1))
        for shape in document.inline_shapes:
            shape._inline.docPr.set("descr", alternative)
    return read_document("甲.docx", saved(document))


def test_pictures_keep_their_description_or_ask_for_one():
    drafted = with_pictures("学区划分图")
    assert (drafted.pictures[0].name, drafted.pictures[0].alternative) == ("picture-1.png", "学区划分图")
    assert '<figure><img src="picture-1.png" alt="学区划分图"></figure>' in drafted.html
    for said in ("", "IMG_2024.jpg", "图片 1", "C:\\a\\b", "手机屏幕截图\n\n描述已自动生成"):
        drafted = with_pictures(said)
        assert drafted.pictures[0].alternative is None
        assert "needs_alternative" in kinds(drafted)


def test_pictures_get_their_addresses():
    drafted = with_pictures("图", "图")
    placed = place_pictures(drafted.html, {"picture-1.png": "/files/1/"}, {"picture-1.png": '海"港'})
    assert '<img src="/files/1/" alt="海&quot;港">' in placed
    assert "picture-2" not in placed


def test_what_is_written_is_what_may_be_published():
    for drafted in (read_document("甲.docx", notice()), with_pictures("图")):
        assert sanitise(drafted.html) == drafted.html


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年3月5日", "2024-03-05"),
        ("２０２４年３月５日", "2024-03-05"),
        ("二〇二四年十二月三十一日", "2024-12-31"),
        ("二○二四年十月二十日", "2024-10-20"),
        ("二零二四年一月十一日", "2024-01-11"),
        ("2024-3-5", "2024-03-05"),
        ("2024年2月30日", "None"),
        ("2024年3月", "None"),
    ],
)
def test_days(text, day):
    assert str(day_in(text, alone=True)) == day
