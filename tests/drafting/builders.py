"""Files to be drafted from, made in code: DOCX by hand and by python-docx, PDF by typst."""

import io
import zipfile

import docx
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from PIL import Image

from gongkai.typesetting.fonts import installed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def word(body, *, rels="", **parts):
    """A DOCX of this body; other parts by name with double underscores for slashes and dots left out."""
    held = {
        "[Content_Types].xml": _TYPES,
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
    }
    if rels:
        held["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{REL}">{rels}</Relationships>'
    held |= {f"word/{name}.xml": text for name, text in parts.items()}
    return zipped(held)


def p(text, properties=""):
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{r(text)}</w:p>"


def r(text, properties=""):
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t>{text}</w:t></w:r>"


def picture(mode="RGB", size=(20, 10), kind="PNG", **options):
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **options)
    return out.getvalue()


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def notice(lines=None):
    """An official notice as an office writes it: (text, size, centred)."""
    document = docx.Document()
    for text, size, centred in lines or NOTICE:
        paragraph = document.add_paragraph()
        paragraph.add_run(text).font.size = Pt(size)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return saved(document)


NOTICE = [
    ("青屿县教育局文件", 36, True),
    ("青教〔2024〕12号", 16, True),
    ("青屿县教育局关于做好2024年", 22, True),
    ("义务教育招生工作的通知", 22, True),
    ("各中小学校，局机关各科室：", 16, False),
    ("现将有关事项通知如下。", 16, False),
    ("一、总体要求", 16, False),
    ("坚持免试就近入学。", 16, False),
    ("（一）划片", 16, False),
    ("按学区划片，详见附件。", 16, False),
    ("附件：1. 招生计划表", 16, False),
    ("2．报名须知", 16, False),
    ("青屿县教育局", 16, False),
    ("二〇二四年五月八日", 16, False),
]


def set_pdf(markup, width=420, height=320, **page):
    fonts, faces = installed()
    extra = "".join(f", {key}: {value}" for key, value in page.items())
    head = f'#set page(width: {width}pt, height: {height}pt, margin: 40pt{extra})\n#set text(font: "{faces["hei"][0]}", size: 12pt, lang: "zh")\n'
    return typst.compile((head + markup).encode(), font_paths=fonts, format="pdf")
