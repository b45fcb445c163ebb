import io
import zipfile

import pikepdf
import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from gongkai.guard import Severity, inspect_file, strip_metadata

from .builders import CARD, ID, PHONE, W, blocking, changed, document, holds, photo, rules, saved, workbook

BLOCK, WARN, NOTICE = Severity


def places(findings, rule):
    return [each.place for each in findings if each.rule == rule]


def released(name, data):
    """What may leave the house: the stripped file, unless something in it blocks."""
    stripped, _ = strip_metadata(name, data)
    return None if blocking(inspect_file(name, stripped)) else stripped


# A number that nobody sees does not get out ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", document(comment=f"此人{ID}")),
        ("a.docx", document(author=f"张三{ID}")),
        ("a.docx", document(keywords=ID)),
        ("a.xlsx", workbook(comment=f"此人{ID}")),
        (
            "a.docx",
            changed(
                document(),
                docProps__custom_dot_xml=f"<Properties><property><v>{ID}</v></property></Properties>",
            ),
        ),
        ("a.docx", changed(document(), customXml__item9_dot_xml=f"<a>{ID}</a>")),
        (
            "a.docx",
            changed(document(), docProps__app_dot_xml=f"<Properties><Company>{ID}</Company></Properties>"),
        ),
        ("a.docx", changed(document(), docProps__thumbnail_dot_jpeg=ID)),
    ],
)
def test_a_number_in_comments_and_properties_is_found_and_then_gone(name, data):
    assert holds(data, ID)
    assert any(each.rule.startswith(("personal", "trace", "hidden")) for each in inspect_file(name, data))
    stripped = released(name, data)
    assert stripped is not None
    assert not holds(stripped, ID)


def with_body(xml):
    return changed(document(), word__document_dot_xml=lambda text: text.replace("<w:body>", f"<w:body>{xml}"))


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("a.xlsx", workbook(hidden=[["张三", ID]]), "hidden.sheets"),
        ("a.docx", document(f"身份证{ID}"), "personal.id_number"),
        ("a.docx", with_body(f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{ID}</w:t></w:r></w:p>"), "hidden.text"),
        ("a.docx", with_body(f"<w:p><w:del><w:r><w:delText>{ID}</w:delText></w:r></w:del></w:p>"), "hidden.changes"),
        ("a.docx", with_body(f"<w:p><w:ins><w:r><w:t>{ID[:9]}</w:t></w:r><w:r><w:t>{ID[9:]}</w:t></w:r></w:ins></w:p>"), "hidden.changes"),
        ("a.docx", changed(document(), word__header9_dot_xml=f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>{ID}</w:t></w:r></w:p></w:hdr>'), "personal.id_number"),
        ("a.docx", changed(document(), word__embeddings__a_dot_xlsx=workbook([[ID]])), "hidden.embedded"),
        ("a.docx", changed(document(), word__embeddings__a_dot_bin=ID.encode("utf-16-le")), "personal.id_number"),
        ("a.docx", changed(document(), word__vbaProject_dot_bin="x"), "active.macros"),
        ("a.docx", changed(document(), word__glossary__document_dot_xml=f'<w:p xmlns:w="{W}"><w:r><w:t>{ID}</w:t></w:r></w:p>'), "personal.id_number"),
        ("a.docx", changed(document(), word__theme__x_dot_xml=f'<a b="{ID}"/>'), "personal.id_number"),
        ("a.docx", changed(document(), word__theme__x_dot_xml=f"<a>&#49;{ID[1:]}</a>"), "personal.id_number"),
        ("a.xlsx", changed(workbook(), xl__pivotCache__x_dot_xml="<a/>"), "hidden.cache"),
    ],
)  # fmt: skip
def test_what_a_person_must_decide_blocks(name, data, rule):
    stripped, _ = strip_metadata(name, data)
    for each in (data, stripped):
        assert rule in rules(inspect_file(name, each), BLOCK)
    assert released(name, data) is None


def test_an_unused_shared_string_of_a_workbook_is_found():
    data = changed(workbook(), xl__sharedStrings_dot_xml=f"<sst><si><t>甲</t></si><si><t>{ID}</t></si></sst>")
    assert places(inspect_file("a.xlsx", data), "personal.id_number") == [
        "附件“a.xlsx” 文件内部（xl/sharedStrings.xml）"
    ]


def test_comments_go_with_their_anchors_and_the_file_still_opens():
    import docx

    stripped, removed = strip_metadata("a.docx", document("甲", "乙", comment="请核"))
    assert removed == ["文档属性", "自定义数据", "批注", "缩略图"]
    with zipfile.ZipFile(io.BytesIO(stripped)) as archive:
        assert not [name for name in archive.namelist() if "comment" in name or "custom" in name]
        assert b"comment" not in archive.read("word/document.xml")
        assert b"comment" not in archive.read("[Content_Types].xml")
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
    assert [each.text for each in docx.Document(io.BytesIO(stripped)).paragraphs] == ["甲", "乙"]
    assert strip_metadata("a.docx", stripped) == (stripped, [])
    assert inspect_file("a.docx", stripped) == ()


def test_a_workbook_keeps_its_cells_and_loses_its_notes():
    import openpyxl

    stripped, removed = strip_metadata("a.xlsx", workbook(comment="请核"))
    assert "批注" in removed
    sheet = openpyxl.load_workbook(io.BytesIO(stripped)).active
    assert [[cell.value for cell in row] for row in sheet.rows] == [["学校", "人数"], ["一小", 3]]
    assert sheet["A1"].comment is None
    assert not holds(stripped, "请核")


# What a workbook hides -------------------------------------------------------------------------------------------


def test_rows_columns_cells_and_sheets_that_are_hidden():
    book = Workbook()
    book.properties.creator = ""
    sheet = book.active
    sheet.title = "表"
    for row in (["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", PHONE]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["A3"].font = Font(color="FFFFFFFF")
    sheet["A1"].number_format = ";;;"
    findings = inspect_file("a.xlsx", saved(book))
    said = {each.rule: each.message for each in findings}
    assert said["hidden.rows"] == "有内容的隐藏行1处（2）"
    assert said["hidden.columns"] == "有内容的隐藏列1处（B）"
    assert said["hidden.text"] == "看不见的单元格2处（A1、A3）"
    assert places(findings, "personal.mobile") == ["附件“a.xlsx” 工作表“表”C3"]


def test_numbers_stored_as_numbers_and_heads_of_columns():
    data = workbook([["姓名", "手机", "银行卡号"], ["张三", int(PHONE), CARD]])
    findings = inspect_file("a.xlsx", data)
    assert rules(findings, BLOCK) == [
        "personal.column",
        "personal.column",
        "personal.mobile",
        "personal.bank_card",
    ]


# Traces ----------------------------------------------------------------------------------------------------------


def test_properties_are_named_with_a_masked_value():
    (finding,) = [each for each in inspect_file("a.docx", document(author="王五四")) if "作者" in each.place]
    assert (finding.place, finding.excerpt, finding.strippable) == (
        "附件“a.docx” 文档属性·作者",
        "王**",
        True,
    )


def test_paths_templates_and_variables_go():
    settings = f'<w:settings xmlns:w="{W}" xmlns:r="r"><w:rsids/><w:attachedTemplate r:id="x"/><w:docVars><w:docVar w:val="{ID}"/></w:docVars></w:settings>'
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="file:///C:/Users/zhangsan/a.dotm" TargetMode="External"/></Relationships>'
    data = changed(document(), word__settings_dot_xml=settings, word___rels__settings_dot_xml_dot_rels=rels)
    assert "trace.paths" in rules(inspect_file("a.docx", data))
    stripped = released("a.docx", data)
    assert not holds(stripped, ID)
    assert not holds(stripped, "zhangsan")


# PDF -------------------------------------------------------------------------------------------------------------


def pdf(content="BT /F 14 Tf 50 50 Td (hello there world) Tj ET", **root):
    book = pikepdf.new()
    page = book.add_blank_page(page_size=(300, 200))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = book.make_stream(content.encode())
    return book, page


def pdf_holds(data, text):
    with pikepdf.open(io.BytesIO(data)) as book:
        held = [data, *(item.read_bytes() for item in book.objects if isinstance(item, pikepdf.Stream))]
        held += [item.unparse() for item in book.objects if not isinstance(item, pikepdf.Stream)]
    return any(text.encode() in each for each in held)


def test_a_pdf_loses_its_properties_attachments_scripts_and_comments():
    book, page = pdf()
    book.docinfo["/Author"] = f"Wang {ID}"
    book.attachments["a.txt"] = ID.encode()
    book.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=ID
    )
    page.Annots = book.make_indirect(pikepdf.Array([book.make_indirect(note)]))
    with book.open_metadata() as meta:
        meta["dc:creator"] = [f"Li {ID}"]
    data = saved(book)
    found = rules(inspect_file("a.pdf", data), BLOCK)
    assert {"personal.id_number", "hidden.attachments", "active.scripts", "hidden.annotations"} <= set(found)
    stripped = released("a.pdf", data)
    assert stripped is not None
    assert not pdf_holds(stripped, ID)
    assert inspect_file("a.pdf", stripped) == ()
    assert strip_metadata("a.pdf", stripped) == (stripped, [])


def test_text_of_a_pdf_below_a_bar_is_found():
    book, _ = pdf(f"BT /F 14 Tf 50 50 Td ({ID}) Tj ET 0 g 40 40 220 30 re f")
    findings = inspect_file("a.pdf", saved(book))
    assert set(rules(findings, BLOCK)) == {"personal.id_number", "hidden.text"}
    assert places(findings, "personal.id_number") == ["附件“a.pdf” 第1页"]


def test_a_scan_is_told_to_have_no_text_layer():
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (600, 800), 200).save(out, "PDF")
    stripped, removed = strip_metadata("a.pdf", out.getvalue())
    (finding,) = inspect_file("a.pdf", stripped)
    assert (finding.rule, finding.severity, removed) == ("file.no_text_layer", WARN, ["文档属性"])
    assert "网页版" in finding.remedy


def test_a_photograph_in_a_pdf_loses_its_place():
    book, page = pdf()
    jpeg = photo()
    page.Resources.XObject = pikepdf.Dictionary(
        P=book.make_stream(jpeg, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=40, Height=30,
                           ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode)
    )  # fmt: skip
    page.contents_add(b"q 40 0 0 30 0 100 cm /P Do Q")
    stripped, removed = strip_metadata("a.pdf", saved(book))
    assert "图片的拍摄或编辑信息" in removed
    assert ID.encode() not in stripped


# Other files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W" * 600, "旧版格式"),
        ("a.docx", b"PK\x03\x04rubbish", "已损坏"),
        ("a.pdf", b"%PDF-1.7\nx", "已损坏"),
        ("a.docx", b"", "空的"),
        ("a.png", b"\x89PNG\r\n\x1a\nxx", "图片读不出来"),
    ],
)
def test_what_cannot_be_read_blocks_and_says_why(name, data, reason):
    (finding,) = inspect_file(name, data)
    assert (finding.rule, finding.severity) == ("file.unreadable", BLOCK)
    assert reason in finding.message


def test_text_files_tables_and_packed_folders():
    assert places(inspect_file("a.csv", f"姓名,电话\n张三,{PHONE}".encode("gb18030")), "personal.mobile") == [
        "附件“a.csv” 第2行第2列"
    ]
    assert rules(inspect_file("a.txt", f"证{ID}".encode())) == ["personal.id_number"]
    page = f"<html><body><p>甲</p><p style='display:none'>{ID}</p></body></html>"
    assert rules(inspect_file("a.html", page.encode())) == ["personal.id_number"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("内/名单.xlsx", workbook([[ID]]))
    assert places(inspect_file("a.zip", out.getvalue()), "personal.id_number") == [
        "附件“a.zip” 压缩包内“内/名单.xlsx” 工作表“名单”A1"
    ]
    assert rules(inspect_file("a.mp4", b"\x00\x00\x00\x18ftypmp42" * 9)) == ["file.unchecked"]


def test_files_in_files_end_somewhere():
    data = workbook([[ID]])
    for _ in range(6):
        data = changed(document(), word__embeddings__a_dot_docx=data)
    assert "文件套文件过深" in [each.message for each in inspect_file("a.docx", data)]


def test_a_presentation_with_hidden_slides_and_notes():
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        archive.writestr("ppt/presentation.xml", '<p:p xmlns:p="p"/>')
        archive.writestr(
            "ppt/slides/slide1.xml",
            f'<p:s xmlns:p="p" xmlns:a="{a}" show="0"><a:p><a:t>{ID}</a:t></a:p></p:s>',
        )
        rel = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="x/notesSlide" Target="../notesSlides/n1.xml"/></Relationships>'
        archive.writestr("ppt/slides/_rels/slide1.xml.rels", rel)
        archive.writestr(
            "ppt/notesSlides/n1.xml", f'<p:n xmlns:p="p" xmlns:a="{a}"><a:p><a:t>讲{PHONE}</a:t></a:p></p:n>'
        )
    findings = inspect_file("a.pptx", out.getvalue())
    assert set(rules(findings, BLOCK)) == {
        "hidden.slides",
        "hidden.notes",
        "personal.id_number",
        "personal.mobile",
    }
    assert places(findings, "personal.mobile") == ["附件“a.pptx” 第1张幻灯片备注"]
