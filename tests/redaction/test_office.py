import datetime as dt
import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image

from gongkai.redaction import Certainty, Kind, RedactionError, pages, picture, redact, suggest, verify
from gongkai.redaction.docx_numbering import figure
from gongkai.redaction.xlsx_values import shown

from .builders import AT, ID, PHONE, holds, opened
from .test_redact import marks_on

pytestmark = pytest.mark.fonts


def file_of(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def text_of(source):
    return "\n".join(page.text for page in pages(source)).replace(" ", "")


def kinds(source):
    return [finding.kind for finding in source.findings]


def letter():
    document = docx.Document()
    for name in ("author", "title", "comments", "last_modified_by"):
        setattr(document.core_properties, name, "")
    return document


def element(tag, *inside, **attributes):
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(inside)
    return made


def run(text, tag="w:t"):
    words = OxmlElement(tag)
    words.text = text
    return element("w:r", words)


def test_a_letter_is_set_with_its_table_picture_and_numbers():
    document = letter()
    document.add_heading("关于核查的报告", 1)
    document.add_paragraph("第一项", style="List Number")
    document.add_paragraph("第二项", style="List Number")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    table.cell(1, 1).text = PHONE
    red = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(red, "PNG")
    document.add_picture(red)
    document.add_page_break()
    document.add_paragraph("次页")
    source = opened(file_of(document), "报告.docx")
    assert (source.kind, source.filename, source.page_count) == ("docx", "报告.docx", 2)
    assert text_of(source) == f"关于核查的报告\n1.第一项\n2.第二项\n合并\n{PHONE}\n次页"
    assert kinds(source) == ["metadata", "custom_data"]


def test_what_a_letter_hides_is_reported_and_not_carried():
    document = letter()
    document.core_properties.author = "王五"
    body = document.add_paragraph("看得见")
    body.add_run("隐藏文字").font.hidden = True
    body.add_run("白色").font.color.rgb = RGBColor(255, 255, 255)
    body._p.append(element("w:del", run("删掉的话", "w:delText"), id="1", author="王五"))
    body._p.append(element("w:ins", run("插入的话"), id="2", author="王五"))
    document.add_comment(runs=body.runs[:1], text="批注里的话", author="王五", initials="w")
    document.sections[0].header.paragraphs[0].text = "页眉里的话"
    row = document.add_table(1, 1).rows[0]
    row.cells[0].text = "删掉的行"
    row._tr.get_or_add_trPr().append(element("w:del", id="3", author="王五"))
    source = opened(file_of(document), "a.docx")
    assert text_of(source) == "看得见插入的话"
    assert [str(finding) for finding in source.findings] == [
        "文件：文档属性（作者、创建时间、修改时间）",
        "文件：自定义数据",
        "正文：修订中已删除的文字4字",
        "正文：隐藏文字4字",
        "正文：白色文字2字",
        "正文：隐藏或已删除的表格行1行",
        "正文：未接受的修订插入1处，已按接受后的样子呈现",
        "正文：批注1条",
        "文件：页眉“页眉里的话”不带入；如须保留，请另存为PDF后上传",
    ]
    for hidden in ("隐藏文字", "白色", "删掉的", "批注里的话", "页眉里的话", "王五"):
        assert not holds(source.pdf, hidden)


def test_text_hidden_by_its_style_is_hidden():
    document = letter()
    style = document.styles.add_style("Secret", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    derived = document.styles.add_style("Derived", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    derived.base_style = style
    document.add_paragraph("看得见")
    document.add_paragraph("藏起来", style="Derived")
    assert text_of(opened(file_of(document))) == "看得见"


def test_cropped_parts_of_a_picture_do_not_come_along():
    document = letter()
    halves = Image.new("RGB", (100, 100), "red")
    halves.paste("blue", (50, 0, 100, 100))
    out = io.BytesIO()
    halves.save(out, "PNG")
    shape = document.add_picture(out)
    blip = next(each for each in shape._inline.iter() if each.tag.endswith("}blip"))
    cut = OxmlElement("a:srcRect")
    cut.set("r", "50000")
    blip.addnext(cut)
    source = opened(file_of(document))
    colours = Image.open(io.BytesIO(picture(source, 1))).getcolors(10_000)
    assert {colour for _, colour in colours} & {(255, 0, 0), (0, 0, 255)} == {(255, 0, 0)}


@pytest.mark.parametrize(
    ("tag", "said"), [("w:object", "嵌入对象"), ("m:oMath", "公式"), ("w:altChunk", "嵌入的其他文档")]
)
def test_what_cannot_be_shown_is_refused_with_the_remedy(tag, said):
    document = letter()
    paragraph = document.add_paragraph("式")
    namespace = {"m": "http://schemas.openxmlformats.org/officeDocument/2006/math"}
    made = OxmlElement(tag, nsdecls=namespace) if tag.startswith("m:") else OxmlElement(tag)
    if tag == "w:altChunk":
        paragraph._p.addnext(made)
    elif tag == "w:object":
        paragraph.runs[0]._r.append(made)
    else:
        paragraph._p.append(made)
    with pytest.raises(RedactionError, match=f"文件中有{said}。.*另存为（导出）PDF 后上传"):
        opened(file_of(document))


SPACES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    }.items()
)


def with_body(inside, **parts):
    """A letter whose body is this XML; ``footnotes`` and ``numbering`` are parts of their own."""
    body = f"<w:document {SPACES}><w:body>{inside}</w:body></w:document>"
    replaced = {"word/document.xml": body.encode()}
    for name, content in parts.items():
        replaced[f"word/{name}.xml"] = f"<w:{name} {SPACES}>{content}</w:{name}>".encode()
    return repacked(file_of(letter()), replaced)


def test_text_boxes_notes_symbols_and_controls_are_shown():
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    source = opened(
        with_body(
            f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
            '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>同意</w:t><w:tab/><w:t>不同意</w:t></w:r>'
            '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件内</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            "<w:p><w:r><w:pict><v:line/></w:pict></w:r></w:p>",
            footnotes='<w:footnote w:id="2"><w:p><w:r><w:t>脚注的话</w:t></w:r></w:p></w:footnote>',
        )
    )
    assert text_of(source) == "框内\n☑同意不同意〔注1〕\n控件内\n〔注1〕脚注的话"
    assert "shapes" in kinds(source)


def test_a_symbol_of_an_unknown_font_is_refused():
    with pytest.raises(RedactionError, match="符号字体的字符"):
        opened(with_body('<w:p><w:r><w:sym w:font="Private" w:char="F011"/></w:r></w:p>'))


def test_numbers_count_by_level_and_begin_where_they_are_told():
    def item(level, text):
        properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
        return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"

    def form(level, kind, text):
        return f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'

    numbering = (
        f'<w:abstractNum w:abstractNumId="3">{form(0, "chineseCounting", "%1、")}{form(1, "decimal", "%2.")}'
        f'{form(2, "bullet", "x")}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>'
    )
    body = item(0, "甲") + item(1, "乙") + item(1, "丙") + item(0, "丁") + item(1, "戊") + item(2, "己")
    source = opened(with_body(body, numbering=numbering))
    assert text_of(source) == "三、甲\n1.乙\n2.丙\n四、丁\n1.戊\n•己"


def test_a_picture_from_elsewhere_is_refused():
    shape = '<w:p><w:r><w:pict><v:shape style="width:50pt;height:20pt"><v:imagedata r:id="rId99"/></v:shape></w:pict></w:r></w:p>'
    with pytest.raises(RedactionError, match="引用了外部图片"):
        opened(with_body(shape))


def test_the_landscape_paper_of_the_letter_is_kept():
    section = '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/><w:pgMar w:left="1000"/></w:sectPr>'
    source = opened(with_body(f"<w:p><w:r><w:t>横</w:t></w:r></w:p>{section}"))
    assert source.sizes == ((pytest.approx(841.9), pytest.approx(595.3)),)


def test_a_letter_is_redacted():
    document = letter()
    document.add_paragraph(f"身份证号码{ID}，编号 A-1。")
    source = opened(file_of(document))
    marks = marks_on(source, ID)
    result = redact(source, marks, at=AT)
    assert verify(source, result, marks).problems == ()
    assert not holds(result.pdf, ID)


@pytest.mark.parametrize(
    ("kind", "number", "said"),
    [
        ("decimal", 12, "12"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCounting", 1010, "一千零一十"),
        ("upperLetter", 27, "AA"),
        ("lowerRoman", 9, "ix"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalFullWidth", 12, "１２"),
    ],
)
def test_numbers_in_words_own_notations(kind, number, said):
    assert figure(kind, number) == said


def test_an_unknown_notation_is_refused():
    with pytest.raises(RedactionError, match="自动编号的样式（hebrew1）"):
        figure("hebrew1", 1)


def roster():
    book = openpyxl.Workbook()
    book.properties.creator = "王五"
    sheet = book.active
    sheet.title = "名单"
    for row in (
        ["姓名", "身份证号", "电话", "金额"],
        ["张三", ID, int(PHONE), 1234.5],
        ["李四", "无", "", 0.25],
    ):
        sheet.append(row)
    sheet["D2"].number_format, sheet["D3"].number_format = "#,##0.00", "0%"
    return book, sheet


def test_what_a_workbook_hides_is_reported_and_not_carried():
    book, sheet = roster()
    sheet.append(["隐藏的行", 1, 2, 3])
    sheet.append(["末行", "白纸白字", dt.date(2024, 1, 2), "格式遮住"])
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["B5"].font = Font(color="FFFFFFFF")
    sheet["D5"].number_format = ";;;"
    sheet["A2"].comment = Comment("批注里的话", "王五")
    sheet.oddHeader.center.text = "打印的页眉"
    for name, state in (("底稿", "veryHidden"), ("参考", "hidden")):
        other = book.create_sheet(name)
        other["A1"] = "别表里的话"
        other.sheet_state = state
    book.defined_names["区域"] = DefinedName("区域", attr_text="名单!$A$1")
    source = opened(file_of(book), "名单.xlsx")
    assert [str(finding) for finding in source.findings] == [
        "文件：文档属性（作者、创建时间、修改时间）",
        "文件：深度隐藏的工作表“底稿”（A1:A1）",
        "文件：隐藏的工作表“参考”（A1:A1）",
        "文件：定义的名称1个（区域）",
        "工作表“名单”：有内容的隐藏行1行（4）",
        "工作表“名单”：有内容的隐藏列1列（C）",
        "工作表“名单”：看不见的单元格2个（B5、D5）",
        "工作表“名单”：批注1条",
        "工作表“名单”：打印页眉页脚，不带入",
    ]
    assert set(text_of(source).split()) == {
        "名单",
        "姓名身份证号金额",
        f"张三{ID}1,234.50",
        "李四",
        "无25%",
        "末行",
    }
    for hidden in (
        "隐藏的行",
        "白纸白字",
        "格式遮住",
        "批注里的话",
        "别表里的话",
        "打印的页眉",
        PHONE,
        "王五",
    ):
        assert not holds(source.pdf, hidden)


def test_white_letters_on_a_fill_are_seen():
    book, sheet = roster()
    sheet["A1"].font = Font(color="FFFFFFFF")
    sheet["A1"].fill = PatternFill("solid", fgColor="FF000000")
    assert "姓名" in text_of(opened(file_of(book)))


def test_names_of_a_roster_are_suggested():
    book, _ = roster()
    found = [(each.kind, each.text, each.certainty) for each in suggest(opened(file_of(book)))]
    assert (Kind.NAME, "李四", Certainty.POSSIBLE) in found
    assert (Kind.ID_NUMBER, ID, Certainty.CHECKED) in found


def test_merged_cells_and_wide_sheets_keep_every_value():
    book = openpyxl.Workbook()
    sheet = book.active
    for column in range(1, 40):
        sheet.cell(2, column, f"C{column}")
    sheet.merge_cells("A1:Z1")
    sheet["A1"] = "很宽的标题"
    sheet.row_dimensions[3].hidden = True
    sheet["A4"] = "末"
    source = opened(file_of(book))
    assert source.page_count == 3
    assert {f"C{column}" for column in range(1, 40)} | {"很宽的标题", "末"} <= {
        word.text for page in pages(source) for word in page.words
    }


def test_a_formula_without_a_result_is_refused():
    book, sheet = roster()
    sheet["D4"] = "=SUM(D2:D3)"
    with pytest.raises(RedactionError, match="“名单”的D4是没有计算结果的公式"):
        opened(file_of(book))


def test_a_workbook_with_nothing_to_see_is_refused():
    book = openpyxl.Workbook()
    with pytest.raises(RedactionError, match="没有可以呈现的内容"):
        opened(file_of(book))


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (True, "General", "TRUE"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (110105194912310, "General", "110105194912310"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (0.256, "0.0%", "25.6%"),
        (7, "000", "007"),
        (5, '0"件"', "5"),
        (dt.datetime(2024, 3, 1, tzinfo=dt.UTC), "yyyy-mm-dd", "2024-03-01"),
        (dt.datetime(2024, 3, 1, 8, 30, tzinfo=dt.UTC), "yyyy-mm-dd", "2024-03-01 08:30"),
        (dt.time(8, 30), "h:mm", "08:30:00"),
        (None, "General", ""),
    ],
)
def test_values_are_shown_as_their_format_says(value, form, said):
    assert shown(value, form) == said


def repacked(data, replace):
    """The same container with some parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, replace.get(name, old.read(name)))
        for name in replace.keys() - set(old.namelist()):
            new.writestr(name, replace[name])
    return out.getvalue()


def refused(data):
    with pytest.raises(RedactionError) as error:
        opened(data)
    return error.value.reason


def test_hostile_containers_are_refused():
    letter_file, (book, _) = file_of(letter()), roster()
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'
    assert refused(repacked(letter_file, {"word/document.xml": bomb})) == "hostile"
    assert refused(repacked(file_of(book), {"xl/workbook.xml": bomb})) == "hostile"
    assert refused(repacked(letter_file, {"word/document.xml": b" " * 40_000_000})) == "hostile"
    assert refused(repacked(letter_file, {"word/document.xml": b"<w:document"})) == "broken_office"
    assert refused(repacked(file_of(book), {"xl/worksheets/sheet1.xml": b"<worksheet"})) == "broken_office"
    assert refused(letter_file[:2000]) == "broken_office"


def test_deeply_nested_tables_are_refused():
    inner = "<w:p/>"
    for _ in range(80):
        inner = f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part = f'<w:document xmlns:w="{space}"><w:body>{inner}</w:body></w:document>'.encode()
    assert refused(repacked(file_of(letter()), {"word/document.xml": part})) == "hostile"
