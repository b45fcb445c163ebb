"""Files that are broken, locked, foreign or meant to harm: a clear reason, quickly, and never anything else."""

import io
import random
import struct
import zipfile

import pikepdf
import pytest

from gongkai.reports.reading import DEFAULT_LIMITS, Limits, ReadingError, read
from gongkai.reports.reading.errors import MESSAGES

from .markup import MANNERS, page
from .papers import PAPERS, listed, tabbed, typeset, word
from .sample import made_up

SAMPLE = made_up(2, "2021")
HTML = page(SAMPLE, MANNERS[1])


def reason(data, **kwargs):
    with pytest.raises(ReadingError) as caught:
        read(data, **kwargs)
    assert str(caught.value).startswith(MESSAGES[caught.value.reason])
    return caught.value.reason


def archive(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def pdf_without_text():
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out)
    return out.getvalue()


def locked_pdf():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(typeset(SAMPLE, PAPERS[0]))) as made:
        made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "image"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "image"),
        (b"Rar!\x1a\x07" + bytes(50), "archive"),
        (archive({"readme.txt": "x"}), "archive"),
        (OLE + "WordDocument".encode("utf-16-le"), "old_office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_office"),
        (b"{\\rtf1\\ansi hello}", "unsupported"),
        (bytes(range(256)) * 40, "binary"),
        (b"%PDF-1.4\nnothing", "broken_pdf"),
        (b"PK\x03\x04" + bytes(40), "broken_office"),
        (b"[1, 2, 3]", "not_our_json"),
        (b'{"a": 1}', "not_our_json"),
        (b'{"table3": ', "not_our_json"),
        (b"[" * 100_000, "not_our_json"),
        ("明天放假。".encode(), "no_report"),
        (b"<html><body></body></html>", "no_report"),
        (b"<html><head><script>location.href='a'</script></head></html>", "no_report"),
        (b"<", "no_report"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_report(data, expected):
    assert reason(data) == expected


def test_a_pdf_without_a_text_layer():
    assert reason(pdf_without_text()) == "scanned_pdf"


def test_a_locked_pdf():
    assert reason(locked_pdf()) == "encrypted_pdf"


def test_a_pdf_locked_against_changes_only_is_read():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(typeset(SAMPLE, PAPERS[0]))) as made:
        made.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
    assert read(out.getvalue()).year == SAMPLE.year


def test_a_file_that_is_not_there(tmp_path):
    assert reason(tmp_path / "none.pdf") == "unreadable"
    assert reason(tmp_path) == "unreadable"


def test_too_large(tmp_path):
    path = tmp_path / "large.txt"
    path.write_bytes(b"a" * 2000)
    limits = Limits(file_bytes=1000)
    assert reason(path, limits=limits) == reason(b"a" * 2000, limits=limits) == "too_large"


def test_too_many_pages():
    assert reason(typeset(SAMPLE, PAPERS[0]), limits=Limits(pages=1)) == "too_many_pages"


def test_too_many_cells():
    assert reason(HTML.encode(), limits=Limits(cells=100)) == "too_complex"


def test_too_slow():
    assert reason(HTML.encode(), limits=Limits(seconds=0)) == "too_slow"


def test_too_many_objects_on_a_page():
    assert reason(typeset(SAMPLE, PAPERS[0]), limits=Limits(page_objects=50)) == "too_complex"


def test_enormous_spans_are_not_taken_at_their_word():
    text = HTML.replace('colspan="7"', 'colspan="100000000"').replace('rowspan="3"', 'rowspan="99999"', 1)
    assert read(text.encode()).year == SAMPLE.year


def test_deeply_nested_html():
    deep = "<div>" * 20_000 + "一、总体情况" + "</div>" * 20_000
    assert reason(deep.encode()) in {"no_report", "too_complex"}
    tables = "<table><tr><td>" * 3000 + "x"
    assert reason(tables.encode()) in {"no_report", "too_complex"}


def test_entities_in_html():
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body>&b;</body></html>'
    assert reason(bomb.encode()) == "hostile"


def test_entities_in_a_docx():
    bomb = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]><w:document xmlns:w="w">&a;</w:document>'
    assert reason(archive({"word/document.xml": bomb})) == "hostile"


def test_an_external_entity_in_a_docx(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    bomb = f'<!DOCTYPE d [<!ENTITY a SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="w">&a;</w:document>'
    assert reason(archive({"word/document.xml": bomb})) == "hostile"


def test_a_zip_bomb():
    assert reason(archive({"word/document.xml": b" " * 70_000_000})) == "hostile"


def test_a_zip_that_lies_about_its_sizes():
    data = bytearray(archive({"word/document.xml": b"<a/>" + b" " * 5_000_000}))
    head = data.index(b"PK\x01\x02")
    data[head + 24 : head + 28] = struct.pack("<I", 10)
    assert reason(bytes(data)) in {"hostile", "broken_office"}


def test_a_docx_that_is_none():
    assert reason(archive({"word/document.xml": "<broken"})) == "broken_office"
    assert reason(archive({"word/styles.xml": "<a/>"})) == "unsupported"


def test_deeply_nested_docx():
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    deep = f"<w:document {namespace}>" + "<w:sdt>" * 240 + "</w:sdt>" * 240 + "</w:document>"
    assert reason(archive({"word/document.xml": deep})) == "too_complex"


def test_an_xlsx_of_something_else():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active["A1"] = "工资表"
    out = io.BytesIO()
    book.save(out)
    assert reason(out.getvalue()) == "not_our_xlsx"


def test_pathological_text_is_read_in_time():
    for text in (
        "(" * 50_000,
        "（" * 50_000,
        "一、" * 50_000,
        "1." * 50_000,
        "增1" * 30_000,
        " | " * 100_000,
        "\t" * 100_000,
        "0" * 100_000,
    ):
        with pytest.raises(ReadingError):
            read(f"一、总体情况\n{text}\n二、\n{text} 0 0 0".encode(), limits=DEFAULT_LIMITS)


SEEDS = {
    "html": HTML.encode(),
    "gbk": HTML.encode("gb18030", "replace"),
    "text": listed(SAMPLE).encode(),
    "tabs": tabbed(SAMPLE).encode("utf-16"),
    "docx": word(SAMPLE),
    "pdf": typeset(SAMPLE, PAPERS[0]),
}


@pytest.mark.parametrize("kind", SEEDS)
@pytest.mark.parametrize("seed", range(12))
def test_mutilated_files_raise_nothing_but_reading_errors(kind, seed):
    rng = random.Random(f"{kind}{seed}")  # noqa: S311 - repeatable, not secret
    data = bytearray(SEEDS[kind])
    for _ in range(rng.choice([1, 3, 20, 200])):
        at = rng.randrange(len(data))
        match rng.randrange(4):
            case 0:
                data[at] = rng.randrange(256)
            case 1:
                del data[at : at + rng.randrange(1, 200)]
            case 2:
                data[at:at] = rng.randbytes(rng.randrange(1, 40))
            case _:
                data[at:at] = data[at : at + rng.randrange(1, 400)]
        if not data:
            data = bytearray(b"x")
    try:
        report = read(bytes(data))
    except ReadingError:
        return
    assert report.format.id in {"2019", "2021"}


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1", "nonsense"])
def test_every_encoding_whatever_is_declared(encoding, declared):
    text = HTML.replace(
        "<head>", f'<head><meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    )
    report = read(text.encode(encoding, "replace"))
    assert (report.agency, report.year, report.value(3, "total", "total")) == (
        SAMPLE.agency,
        SAMPLE.year,
        SAMPLE.table3["total"][6],
    )


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_of_plain_text(encoding):
    assert read(tabbed(SAMPLE).encode(encoding)).agency == SAMPLE.agency


@pytest.mark.parametrize(
    "line",
    [
        "本机关不掌握相关政府信{} 1 2 3 4 5 6 7",
        "| 本机关掌握相关政府信{} | 1 | 2 | 3 |",
        "属于国家秘密某某{}",
        "9{}0000000000000000",
    ],
)
def test_thousands_of_lines_are_refused(line):
    lines = "\n".join(line.format(number) for number in range(9000))
    assert reason(f"一、总体情况\n{lines}\n二、主动公开政府信息情况".encode()) == "too_complex"


def test_endless_bars_spaces_and_numerals_are_read_in_time():
    for text in (
        "一、本年新收政府信息公开申请数量 1 " * 20_000,
        "1," * 200_000,
        " " * 1_000_000,
        "十百千万" * 20_000,
    ):
        with pytest.raises(ReadingError):
            read(f"一、总体情况\n{text}\n三、收到和处理政府信息公开申请情况".encode())
