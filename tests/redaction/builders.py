"""Files to be redacted: made by typst, by hand, and by the office libraries."""

import datetime as dt
import io
import re
import zlib

import pikepdf
import pypdfium2
import typst
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from gongkai.redaction import open_source
from gongkai.typesetting.fonts import installed

AT = dt.datetime(2024, 3, 1, 9, 0, tzinfo=dt.UTC)
ID = "11010519491231002X"
PHONE = "13800138000"


def set_pdf(markup, width=400, height=300):
    """A PDF by typst, with Chinese text."""
    fonts, faces = installed()
    head = f'#set page(width: {width}pt, height: {height}pt, margin: 20pt)\n#set text(font: "{faces["hei"][0]}", size: 12pt)\n'
    return typst.compile((head + markup).encode(), font_paths=fonts, format="pdf")


def hand_pdf(content, *, box=(0, 0, 300, 200), **page):
    """One page of PDF operators, with Helvetica as /F."""
    book = pikepdf.new()
    add_page(book, content, box=box, **page)
    return saved(book)


def add_page(book, content, *, box=(0, 0, 300, 200), resources=None, **entries):
    page = book.add_blank_page(page_size=(box[2] - box[0], box[3] - box[1]))
    page.MediaBox = Array(box)
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    page.Resources = Dictionary(Font=Dictionary(F=book.make_indirect(font)), **(resources or {}))
    page.Contents = book.make_stream(content.encode("latin-1"))
    for key, value in entries.items():
        page[f"/{key}"] = value
    return page


def saved(book, **options):
    out = io.BytesIO()
    book.save(out, **options)
    return out.getvalue()


def text_at(x, y, text, size=14, mode=0):
    return f"BT /F {size} Tf {mode} Tr {x} {y} Td ({text}) Tj ET\n"


def appended(pdf, number, body):
    """The file with one object replaced in an incremental update, as editors save."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        size, root = int(book.trailer.Size), book.trailer.Root.objgen[0]
    start = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    place = len(pdf) + 1
    update = b"\n%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (
        number,
        place,
        size,
        root,
        start,
    )
    return pdf + update + table + b"startxref\n%d\n%%%%EOF\n" % (len(pdf) + len(update))


def scan_picture(text="", size=(1240, 1754)):
    """A grey sheet with lettering, as a scanner gives it."""
    picture = Image.new("L", size, 235)
    if text:
        ImageDraw.Draw(picture).text((100, 100), text, fill=20, font_size=48)
    return picture


def scanned_pdf(layer, picture, box=(0, 0, 595, 842)):
    """A page that is one picture, with the operators of its recognised text."""
    book = pikepdf.new()
    image = book.make_stream(
        zlib.compress(picture.tobytes()),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        Filter=Name.FlateDecode,
    )
    content = f"q {box[2]} 0 0 {box[3]} 0 0 cm /P Do Q\n{layer}"
    add_page(book, content, box=box, resources={"XObject": Dictionary(P=image)})
    return saved(book)


def everything(pdf):
    """All bytes of a PDF that might hold text: as it is, and every stream and string unpacked."""
    parts = [pdf]
    with pikepdf.open(io.BytesIO(pdf)) as book:
        for item in book.objects:
            if isinstance(item, pikepdf.Stream):
                parts += [
                    item.read_raw_bytes(),
                    *([] if item.get("/Subtype") == "/Image" else [item.read_bytes()]),
                ]
            parts += [bytes(each) for each in _strings(item)]
    return b"\n".join(parts)


def _strings(item):
    if isinstance(item, pikepdf.String):
        yield item
    elif isinstance(item, pikepdf.Array):
        for each in item:
            yield from _strings(each)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for each in item.values():
            if not (isinstance(each, pikepdf.Object) and each.is_indirect):
                yield from _strings(each)


def holds(pdf, text):
    """Whether the text is in any byte of the file, in any of the usual encodings."""
    data = everything(pdf)
    forms = [text.encode(code) for code in ("utf-8", "utf-16-be", "utf-16-le", "gb18030")]
    return any(form in data or form.hex().encode() in data.lower() for form in forms)


def pdfium_text(pdf):
    book = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in book)
    finally:
        book.close()


def opened(data, name="甲.pdf"):
    return open_source(data, name)


def words(page):
    return [word.text for word in page.words]


def word(page, text):
    return next(each for each in page.words if each.text == text)
