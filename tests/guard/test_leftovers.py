"""Numbers in corners of a file that no page shows, in one piece and in groups."""

import io

import pikepdf
import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from pikepdf import Array, Dictionary, Name, Stream, String

from gongkai.guard import inspect_file, strip_metadata

from .builders import ID, W, changed, document, rules, saved, workbook

GROUPS = f"{ID[:6]} {ID[6:14]} {ID[14:]}"
WIDE = ID.translate({ord(sign): ord(sign) + 0xFEE0 for sign in ID})
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def in_body(xml):
    return changed(
        document(),
        word__document_dot_xml=lambda text: text.replace("<w:body>", f"<w:body><w:p>{xml}</w:p>", 1),
    )


WORD = {
    "alternative text": lambda n: in_body(
        f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}"><wp:docPr id="1" name="p" descr="证件{n}"/></wp:inline></w:drawing></w:r>'
    ),
    "field": lambda n: in_body(f'<w:fldSimple w:instr="QUOTE {n}"><w:r><w:t>见表</w:t></w:r></w:fldSimple>'),
    "footnote": lambda n: changed(
        document(),
        word__footnotes_dot_xml=f'<w:footnotes xmlns:w="{W}"><w:footnote><w:p><w:r><w:t>{n}</w:t></w:r></w:p></w:footnote></w:footnotes>',
    ),
    "diagram": lambda n: changed(document(), word__diagrams__data1_dot_xml=f"<a>{n}</a>"),
    "drawing in vectors": lambda n: changed(
        document(), word__media__i_dot_svg=f"<svg><text>{n[:9]}<tspan>{n[9:]}</tspan></text></svg>"
    ),
    "after the end": lambda n: strip_metadata("a.docx", document())[0] + n.encode(),
}


@pytest.mark.parametrize("place", WORD)
@pytest.mark.parametrize("number", [ID, GROUPS, WIDE])
def test_a_number_in_a_corner_of_a_word_file_blocks(place, number):
    if place == "after the end" and number == WIDE:
        number = ID.lower()
    data, _ = strip_metadata("a.docx", WORD[place](number))
    if ID[6:14].encode() in data or place != "after the end":
        assert "personal.id_number" in rules(inspect_file("a.docx", data), "block")


def named(book):
    book.defined_names["名"] = DefinedName("名", attr_text=f'"{GROUPS}"')


def printed(book):
    book.active.oddHeader.center.text = GROUPS


def formatted(book):
    book.active["B1"] = 1
    book.active["B1"].number_format = f'"{GROUPS}"'


def titled(book):
    book.create_sheet(GROUPS)


def listed(book):
    choice = DataValidation(type="list", formula1=f'"{GROUPS},无"')
    book.active.add_data_validation(choice)
    choice.add("A1")


def filtered(book):
    book.active.auto_filter.ref = "A1:A9"
    book.active.auto_filter.add_filter_column(0, [GROUPS])


def worded(book):
    book.active["B1"] = f'=IF(1,"好","{GROUPS}")'


@pytest.mark.parametrize("hide", [named, printed, formatted, titled, listed, filtered, worded])
def test_a_number_in_a_corner_of_a_workbook_blocks(hide):
    book = Workbook()
    hide(book)
    data, _ = strip_metadata("a.xlsx", saved(book))
    assert "personal.id_number" in rules(inspect_file("a.xlsx", data), "block")


def page(edit=None, content=b"(Hello world) Tj"):
    book = pikepdf.new()
    book.add_blank_page(page_size=(595, 842))
    book.pages[0].Resources = Dictionary(
        Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    )
    book.pages[0].Contents = Stream(book, b"BT /F1 12 Tf 50 700 Td " + content + b" ET")
    if edit:
        edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def stamp(book, **more):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 9, 9], **more)
    book.pages[0].Annots = Array([book.make_indirect(note)])


def appearance(book):
    form = Stream(book, f"BT ({GROUPS}) Tj ET".encode())
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    stamp(book, AP=Dictionary(N=form))


PDF = {
    "a remark in a stream": page(content=f"(Hello) Tj\n% {ID}\n".encode()),
    "alternative text": page(
        lambda book: book.Root.__setitem__(
            "/StructTreeRoot", Dictionary(K=Dictionary(S=Name.Figure, Alt=String(f"证件{GROUPS}")))
        )
    ),
    "a stamp's private entry": page(lambda book: stamp(book, X=String(GROUPS))),
    "what a stamp shows": page(appearance),
    "name of a place": page(lambda book: book.Root.__setitem__("/Dests", Dictionary({f"/{ID}": Name.Fit}))),
    "an entry nobody knows": page(lambda book: book.Root.__setitem__("/Foo", String(GROUPS))),
    "after the end": page() + f"\n%{ID}".encode(),
    "before the beginning": f"%{ID}\n".encode() + page(),
}


@pytest.mark.parametrize("place", PDF)
def test_a_number_in_a_corner_of_a_pdf_blocks(place):
    data, _ = strip_metadata("a.pdf", PDF[place])
    assert rules(inspect_file("a.pdf", data), "block") == ["personal.id_number"]


def test_measures_and_wrong_numbers_are_none():
    measures = " ".join([ID[:3], ID[3:6], ID[6:10], ID[10:14], ID[14:17], ID[17]])
    wrong = ID[:-1] + "1"
    for number in (measures, wrong, f"1{ID}"):
        data, _ = strip_metadata(
            "a.docx", changed(document(), word__diagrams__data1_dot_xml=f"<a>{number}</a>")
        )
        assert rules(inspect_file("a.docx", data), "block") == []


def test_what_a_reader_has_found_is_not_told_twice():
    found = rules(inspect_file("a.docx", document(f"身份证号{GROUPS}")), "block")
    assert found == ["personal.id_number"]
    assert (
        rules(inspect_file("a.xlsx", workbook([("证件", GROUPS)])), "block").count("personal.id_number") == 1
    )
