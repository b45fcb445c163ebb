"""Files with something in them that must not get out."""

import io
import zipfile

import docx
import openpyxl
from openpyxl.comments import Comment
from PIL import Image

ID = "11010519491231002X"
PHONE = "13800138000"
CARD = "6222021202010000009"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document(*paragraphs, author="", comment="", keywords=""):
    made = docx.Document()
    made.core_properties.author = author
    made.core_properties.comments = ""
    made.core_properties.keywords = keywords
    for text in paragraphs or ["正文。"]:
        run = made.add_paragraph().add_run(text)
    if comment:
        made.add_comment(run, text=comment, author="张三")
    return saved(made)


def workbook(rows=(("学校", "人数"), ("一小", 3)), *, hidden=(), comment="", title="名单"):
    book = openpyxl.Workbook()
    book.properties.creator = ""
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if comment:
        sheet["A1"].comment = Comment(comment, "张三")
    if hidden:
        second = book.create_sheet("底册")
        for row in hidden:
            second.append(row)
        second.sheet_state = "hidden"
    return saved(book)


def changed(data, **parts):
    """The container with parts replaced or added; double underscores stand for slashes, the last for the dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = {name.replace("__", "/").replace("_dot_", "."): text for name, text in parts.items()}
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
        for name, text in names.items():
            new.writestr(name, text(old.read(name).decode()) if callable(text) else text)
    return out.getvalue()


def everything(data):
    """All bytes of a container: packed as they are, unpacked, with tags taken out, and files in files."""
    parts = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts += [everything(archive.read(name)) for name in archive.namelist()]
            parts += [info.extra + info.comment + info.filename.encode() for info in archive.infolist()]
    return b"\n".join(parts)


def holds(data, text):
    """Whether the text is in any byte of the file, in any of the usual encodings."""
    import re

    held = everything(data)
    bare = re.sub(rb"<[^>]*>", b"", held)
    return any(
        text.encode(code) in each for code in ("utf-8", "utf-16-le", "utf-16-be") for each in (held, bare)
    )


def photo(kind="JPEG", *, location=True, orientation=1, text=ID):
    exif = Image.Exif()
    exif[0x010E] = text
    exif[0x0112] = orientation
    if location:
        exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture = Image.effect_noise((40, 30), 60).convert("RGB")
    picture.save(out, kind, exif=exif, **({"comment": b"shot by"} if kind == "JPEG" else {}))
    return out.getvalue()


def rules(findings, *severities):
    return [each.rule for each in findings if not severities or each.severity in severities]


def blocking(findings):
    return [each for each in findings if each.severity == "block"]
