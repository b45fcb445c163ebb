"""Every letter as Word and PDF: what was composed is what can be read in the file."""

import datetime as dt
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import docx as reader
import pypdfium2
import pytest

from gongkai.foi.letters.compose import compose
from gongkai.foi.letters.kinds import KINDS, kind_of
from gongkai.foi.letters.samples import sample_facts
from gongkai.foi.letters.texts import default_text
from gongkai.typesetting import docx, pdf
from gongkai.typesetting.document import Heading, Paragraph, chinese_date

AT = dt.datetime(2024, 3, 20, 1, 0, tzinfo=dt.UTC)


def document_of(kind, **changes):
    return compose(kind, default_text(kind), replace(sample_facts(kind), **changes))


def expected(document):
    """Every line of text outside tables, without spaces."""
    signed = [chinese_date(document.signed_on)] if document.signed_on else []
    lines = [
        *document.title_lines,
        document.number,
        f"{document.addressee}：" if document.addressee else "",
        *(block.text for block in document.blocks if isinstance(block, Paragraph | Heading)),
        *document.attachments,
        document.signature,
        *signed,
        f"（{document.contact}）" if document.contact else "",
    ]
    return [squeezed(line) for line in lines if line]


def squeezed(text):
    return "".join(text.split())


def text_of_docx(made):
    return squeezed("".join(each.text for each in reader.Document(BytesIO(made)).paragraphs))


def text_of_pdf(made):
    """In the order of the file, without the numbers of the pages: faces of different height do not part a line."""
    pages = pypdfium2.PdfDocument(made)
    return squeezed("".join(page.get_textpage().get_text_bounded(bottom=92) for page in pages))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_word_file_says_it_all(kind):
    document = document_of(kind)
    text = text_of_docx(docx.render(document, at=AT))
    assert [line for line in expected(document) if line not in text] == []
    assert "{{" not in text


@pytest.mark.fonts
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_pdf_says_it_all(kind):
    document = document_of(kind)
    text = text_of_pdf(pdf.render(document, at=AT))
    assert [line for line in expected(document) if line not in text] == []
    assert "{{" not in text


SPECIAL = "<b>&“引”#[x]$y$*_`//~@《〔〕》#panic() \\ 'q' {x} %d é 鿿"


def test_special_characters_in_word():
    document = document_of(kind_of("granted"), subject=SPECIAL)
    assert squeezed(SPECIAL) in text_of_docx(docx.render(document, at=AT))


@pytest.mark.fonts
def test_special_characters_in_pdf_are_never_markup():
    special = SPECIAL.replace("鿿", "")
    document = document_of(kind_of("granted"), subject=special)
    assert squeezed(special) in text_of_pdf(pdf.render(document, at=AT))


def test_letters_need_no_django():
    code = (
        "import sys\nimport gongkai.foi.letters.compose, gongkai.foi.letters.numbers, gongkai.foi.letters.samples\n"
        "import gongkai.typesetting.docx, gongkai.typesetting.pdf\nprint('django' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
