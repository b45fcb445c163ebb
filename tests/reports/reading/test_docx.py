"""What only Word documents have: tracked changes, content controls, text boxes, hidden text, merged cells."""

import io
import zipfile

from gongkai.reports.reading import read
from gongkai.reports.reading.transcript import to_transcript

from .papers import word
from .sample import made_up

SAMPLE = made_up(8, "2021")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def changed(change):
    """The document part of a made DOCX, changed as text."""
    source = zipfile.ZipFile(io.BytesIO(word(SAMPLE)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                text = data.decode()
                data = change(text).encode()
                assert data.decode() != text
            made.writestr(name, data)
    return out.getvalue()


def figures(data):
    found = to_transcript(read(data))
    return {key: found[key] for key in ("table2", "table3", "table4")}


EXPECTED = {key: SAMPLE.transcript()[key] for key in ("table2", "table3", "table4")}


def test_deleted_text_is_gone_and_inserted_text_is_there():
    licence = str(SAMPLE.table2["licence"])
    old = f"<w:r><w:t>{licence}</w:t></w:r>"
    new = f"<w:del><w:r><w:delText>99</w:delText></w:r></w:del><w:ins><w:r><w:t>{licence}</w:t></w:r></w:ins>"
    assert figures(changed(lambda text: text.replace(old, new, 1))) == EXPECTED


def test_hidden_text_is_not_read():
    old = "<w:r><w:t>规章</w:t></w:r>"
    new = old + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>（填写说明）</w:t></w:r>"
    assert figures(changed(lambda text: text.replace(old, new))) == EXPECTED


def test_a_table_in_a_content_control():
    def wrap(text):
        return text.replace("<w:tbl>", "<w:sdt><w:sdtContent><w:tbl>").replace(
            "</w:tbl>", "</w:tbl></w:sdtContent></w:sdt>"
        )

    assert figures(changed(wrap)) == EXPECTED


def test_cells_in_content_controls():
    def wrap(text):
        return text.replace("<w:tc>", "<w:sdt><w:sdtContent><w:tc>").replace(
            "</w:tc>", "</w:tc></w:sdtContent></w:sdt>"
        )

    assert figures(changed(wrap)) == EXPECTED


def test_a_table_inside_a_layout_table():
    def wrap(text):
        return text.replace("<w:tbl>", "<w:tbl><w:tr><w:tc><w:tbl>").replace(
            "</w:tbl>", "</w:tbl><w:p/></w:tc></w:tr></w:tbl>"
        )

    assert figures(changed(wrap)) == EXPECTED


def test_a_table_in_a_text_box_is_read_once():
    def wrap(text):
        start, end = text.index("<w:tbl>"), text.index("</w:tbl>") + len("</w:tbl>")
        table = text[start:end]
        box = f"<w:txbxContent>{table}</w:txbxContent>"
        both = (
            '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        )
        return text[:start] + both + text[end:]

    data = changed(wrap)
    assert figures(data) == EXPECTED
    assert read(data).shape == ()


def test_numbers_broken_into_runs():
    licence = str(SAMPLE.table2["normdoc"][0])
    old = f"<w:t>{licence}</w:t></w:r>"
    runs = "</w:r><w:r>".join(f"<w:t>{digit}</w:t>" for digit in licence) + "</w:r>"
    assert figures(changed(lambda text: text.replace(old, runs))) == EXPECTED or len(licence) == 1


def test_strict_open_xml():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert figures(changed(lambda text: text.replace(W, strict))) == EXPECTED


def test_headings_numbered_by_word_itself():
    def unnumbered(text):
        for number in "一二三四五六":
            text = text.replace(f"<w:t>{number}、", "<w:t>", 1)
        return text

    report = read(changed(unnumbered))
    assert report.sections["problems"] == SAMPLE.prose["problems"]
