import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops

from gongkai.redaction import Finding, Mark, marks_for, picture, read_page, words_as_lines

from .builders import (
    PHONE,
    add_page,
    appended,
    hand_pdf,
    opened,
    saved,
    scan_picture,
    scanned_pdf,
    set_pdf,
    text_at,
    word,
    words,
)


def ink(source, number=1, dpi=144):
    """Where the page is not white, in points."""
    shown = Image.open(io.BytesIO(picture(source, number, dpi=dpi))).convert("L")
    edges = ImageChops.invert(shown).point(lambda value: 255 if value > 100 else 0).getbbox()
    return tuple(edge * 72 / dpi for edge in edges)


def close(box, edges, within=1.0):
    return all(
        abs(one - other) <= within
        for one, other in zip((box.left, box.top, box.right, box.bottom), edges, strict=True)
    )


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50, 20, 250, 180)])
def test_words_stand_where_the_upright_picture_shows_them(rotation, crop):
    entries = {"Rotate": rotation} | ({"CropBox": Array(crop)} if crop else {})
    source = opened(hand_pdf(text_at(80, 120, PHONE), **entries))
    width, height = (200, 160) if crop else (300, 200)
    assert source.sizes == (((width, height),) if rotation % 180 == 0 else ((height, width),))
    assert close(word(read_page(source, 1), PHONE).box, ink(source))


def test_a_media_box_that_does_not_begin_at_zero():
    source = opened(hand_pdf(text_at(80, 120, PHONE), box=(-40, 30, 260, 230)))
    assert close(word(read_page(source, 1), PHONE).box, ink(source))


def test_text_in_a_form_that_is_scaled_and_turned():
    book = pikepdf.new()
    inner = Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    form = book.make_stream(
        text_at(0, 0, PHONE).encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([-5, -5, 200, 30]),
        Resources=Dictionary(Font=inner),
    )
    add_page(book, "q 0 1.5 -1.5 0 100 20 cm /X Do Q", resources={"XObject": Dictionary(X=form)})
    source = opened(saved(book))
    page = read_page(source, 1)
    assert words(page) == [PHONE]
    assert close(page.words[0].box, ink(source))


def test_what_annotations_and_fields_show_is_read_and_what_they_hide_is_not():
    book = pikepdf.new()
    shown = book.make_stream(
        text_at(0, 5, "STAMPED").encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 100, 20]),
        Resources=Dictionary(
            Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        ),
    )
    note = {"Type": Name.Annot, "Rect": Array([50, 50, 150, 70]), "AP": Dictionary(N=shown)}
    notes = [
        Dictionary(Subtype=Name.Stamp, F=4, Contents=pikepdf.String("背后的话"), **note),
        Dictionary(Subtype=Name.Stamp, F=2, **{**note, "Rect": Array([50, 90, 150, 110])}),
    ]
    add_page(book, text_at(20, 150, "PLAIN"), Annots=Array([book.make_indirect(each) for each in notes]))
    source = opened(saved(book))
    assert words(read_page(source, 1)) == ["PLAIN", "STAMPED"]
    assert source.findings == (
        Finding("annotations", "图章标注2处；页面上看得见的部分随页面处理，其余不带入", "第1页"),
    )


@pytest.mark.fonts
def test_text_that_cannot_be_seen_is_left_out_and_counted():
    source = opened(
        set_pdf("""看得见
        #place(top + left, dx: 50pt, dy: 100pt, [黑框下面])
        #place(top + left, dx: 40pt, dy: 95pt, rect(width: 150pt, height: 25pt, fill: black))
        #place(top + left, dx: 50pt, dy: 150pt, text(fill: white)[白纸白字])
        #place(top + left, dx: 50pt, dy: 200pt, box(width: 20pt, height: 20pt, clip: true, place(dx: 50pt, [裁掉])))""")
    )
    page = read_page(source, 1)
    assert (page.text, page.unseen, page.recognised) == ("看得见", 10, False)


def test_text_under_a_picture_is_not_seen():
    patch = Image.effect_noise((60, 20), 80)
    book = pikepdf.new()
    image = book.make_stream(
        patch.tobytes(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=60,
        Height=20,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    add_page(
        book,
        text_at(50, 100, "SECRET") + text_at(50, 50, "OPEN") + "q 120 0 0 30 40 92 cm /P Do Q",
        resources={"XObject": Dictionary(P=image)},
    )
    assert words(read_page(opened(saved(book)), 1)) == ["OPEN"]


def test_the_recognised_text_of_a_scan_is_kept_where_the_scan_shows_ink():
    sheet = scan_picture("AB12345")
    sheet.paste(0, (100, 600, 500, 660))
    layer = text_at(48, 842 - 69, "AB12345", 24, mode=3) + text_at(60, 842 - 310, "BARRED", 20, mode=3)
    page = read_page(opened(scanned_pdf(layer, sheet)), 1)
    assert (words(page), page.unseen, page.recognised) == (["AB12345"], 6, True)


def test_recognised_text_drawn_below_the_scan_is_kept_too():
    pdf = scanned_pdf("", scan_picture("AB12345"))
    with pikepdf.open(io.BytesIO(pdf)) as book:
        page = book.pages[0]
        page.Contents = book.make_stream(
            text_at(48, 842 - 69, "AB12345", 24).encode() + b"q 595 0 0 842 0 0 cm /P Do Q"
        )
        page = read_page(opened(saved(book)), 1)
    assert (words(page), page.recognised) == (["AB12345"], True)


@pytest.mark.parametrize("outline", [b"600 0 d0", b"600 0 0 0 600 700 d1"])
def test_recognised_text_in_a_font_without_outlines_has_a_place(outline):
    """Recognition programs write their text in such fonts."""
    layer = "BT /T 24 Tf 3 Tr 48 773 Td (AB12345) Tj ET"
    with pikepdf.open(io.BytesIO(scanned_pdf(layer, scan_picture("AB12345")))) as book:
        named = [(code, Name(f"/g{code}")) for code in b"12345AB"]
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 0, 0]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary({str(name): book.make_stream(outline) for _, name in named}),
            Encoding=Dictionary(
                Type=Name.Encoding, Differences=Array([each for pair in named for each in pair])
            ),
            FirstChar=32,
            LastChar=126,
            Widths=Array([600] * 95),
            ToUnicode=book.make_stream(
                b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
                b"1 beginbfrange <20> <7e> <0020> endbfrange endcmap"
            ),
            Resources=Dictionary(),
        )
        book.pages[0].Resources.Font.T = book.make_indirect(font)
        page = read_page(opened(saved(book)), 1)
    assert words(page) == ["AB12345"]
    assert close(page.words[0].box, (48, 69 - 24 * 0.7, 48 + 7 * 14.4, 69))


def test_a_page_with_a_hidden_layer_has_no_text_to_trust():
    book = pikepdf.new()
    layer = book.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("草稿")))
    book.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    content = text_at(20, 100, "OPEN") + "/OC /L BDC\n" + text_at(20, 100, "HIDDEN") + "EMC\n"
    add_page(book, content, resources={"Properties": Dictionary(L=layer)})
    add_page(book, text_at(20, 100, "OTHER"))
    source = opened(saved(book))
    assert [words(read_page(source, number)) for number in (1, 2)] == [[], ["OTHER"]]
    assert source.findings == (Finding("layers", "图层1个，其中隐藏1个", "文件"),)


def test_an_earlier_revision_is_reported_and_not_shown():
    book = pikepdf.new()
    page = add_page(book, text_at(20, 100, "FORMER"))
    pdf = saved(book, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(pdf)) as again:
        number = again.pages[0].Contents.objgen[0]
    del page
    new = text_at(20, 100, "PRESENT").encode()
    source = opened(appended(pdf, number, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(new), new)))
    assert words(read_page(source, 1)) == ["PRESENT"]
    assert [finding.kind for finding in source.findings] == ["revisions"]


def test_everything_beside_the_pages_is_named():
    book = pikepdf.new()
    page = add_page(book, text_at(20, 100, "OPEN"))
    page.Thumb = book.make_stream(b"")
    page.PieceInfo = Dictionary()
    book.docinfo["/Author"] = "王五"
    book.attachments["底稿.txt"] = pikepdf.AttachedFileSpec(book, b"x")
    book.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    book.Root.Outlines = Dictionary(Type=Name.Outlines)
    field = book.make_indirect(Dictionary(FT=Name.Sig, T=pikepdf.String("s")))
    book.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=book.make_stream(b"<xdp/>"))
    found = [finding.kind for finding in opened(saved(book)).findings]
    assert found == [
        "metadata",
        "attachments",
        "scripts",
        "xfa",
        "signature",
        "form",
        "outline",
        "thumbnail",
        "private",
    ]


@pytest.mark.fonts
def test_words_and_lines_of_two_columns_are_read_column_by_column():
    source = opened(set_pdf("#columns(2)[左一，A12\\ 左二 #colbreak() 右一。（注）\\ 右二 a.b\\@c.cn]"))
    lines = words_as_lines(read_page(source, 1))
    assert [(line.id, [(each.id, each.text) for each in line.words]) for line in lines] == [
        ("1.1", [("1.1.1", "左一，"), ("1.1.2", "A12")]),
        ("1.2", [("1.2.1", "左二")]),
        ("1.3", [("1.3.1", "右一。"), ("1.3.2", "（注）")]),
        ("1.4", [("1.4.1", "右二"), ("1.4.2", "a.b@c.cn")]),
    ]


@pytest.mark.fonts
def test_chosen_words_become_marks_and_the_comma_stays():
    source = opened(set_pdf("姓名：张三，电话 138 0013 8000。"))
    page = read_page(source, 1)
    name = word(page, "张三，")
    marks = marks_for(
        page, [name.id, *(each.id for each in page.words if each.text[0].isdigit())], basis="privacy"
    )
    first = name.characters[0].box.left - 1, name.characters[1].box.right + 1
    assert (marks[0].x, marks[0].x + marks[0].width) == pytest.approx(first)
    assert len(marks) == 2
    assert marks_for(page, [page.lines[0].id], basis="privacy")[0].width > marks[0].width + marks[1].width
    assert marks_for(page, ["9.9"], basis="privacy") == ()


def test_the_same_file_reads_the_same_and_marks_are_values():
    data = hand_pdf(text_at(80, 120, PHONE))
    assert opened(data) == opened(data)
    assert read_page(opened(data), 1) == read_page(opened(data), 1)
    assert Mark(1, 2, 3, 4, 5, "privacy").box.right == 6
