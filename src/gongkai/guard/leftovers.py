"""Numbers of persons anywhere in a file that no reader came across: attributes, unused parts, the bytes between them."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

from gongkai.guard.masking import masked
from gongkai.guard.model import Material
from gongkai.guard.rules import found
from gongkai.redaction import Certainty, Kind, RedactionError
from gongkai.redaction.archive import read_part
from gongkai.redaction.limits import Limits
from gongkai.redaction.personal_rules import judge_id

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|tiff?)$", re.IGNORECASE)
_GAP = "[ \t\r\n\u00a0\u2009\u3000.\u00b7_\\-]"
_ID = re.compile(rf"(?<![0-9A-Za-z])(?=([0-9](?:{_GAP}?[0-9]){{16}}{_GAP}?[0-9Xx])(?![0-9A-Za-z]))")
_MOST_GAPS = 3
"""More, and it is a list of measures, not a number written in groups."""
_MOBILE = re.compile(r"(?<![0-9A-Za-z.\-])1[3-9][0-9]{9}(?![0-9A-Za-z.\-])")
_CODED = re.compile(r"&#(?:0*(?:4[89]|5[0-7]|88|120)|[xX]0*(?:3[0-9]|58|78));")
"""Digits and X written as numbers."""
_BETWEEN = re.compile(_GAP)
_TAGS = re.compile(r"<[^>]*>")
_VALUES = re.compile(r"""=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_SIGNS = re.compile(r"&(?:amp;[A-Za-z]|quot;)")
"""Marks of a printed head and quotation marks, which a number may follow without a space."""
_WIDE = {
    **str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx"),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\u00ad\ufeff")),
}
_SEEN = re.compile(r"^(?:word/document\.xml|xl/worksheets/|xl/sharedStrings|ppt/slides/slide)")
"""Parts whose text the reader of the kind has looked at already, telephone numbers included."""
_HEX = re.compile(r"<(?:[fF][eE][fF][fF])((?:[0-9A-Fa-f]{4})+)>")
_MOST_OBJECTS = 200_000
_LARGEST_STREAM = 32 * 1024 * 1024
_DAMAGED = (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RecursionError)


def add_leftovers(
    material: Material, content: bytes, archive: zipfile.ZipFile, limits: Limits, place: str
) -> None:
    """In the parts of an office file or packed folder, and between them."""
    known = _known(material)
    for name in sorted(archive.namelist()):
        if _PICTURE.search(name) or name.endswith("/"):
            continue
        try:
            data = read_part(archive, name, limits)
        except RedactionError:
            continue
        _tell(material, known, _numbers(name, data), f"{place}文件内部（{name}）")
    _between(material, known, content, place)


def add_pdf_leftovers(material: Material, data: bytes, place: str) -> None:
    """In the objects of a PDF — its strings, names and streams, used or not — and between them."""
    known = _known(material)
    _objects(material, known, data, place)
    _between(material, known, data, place)


def _objects(material: Material, known: set[str], data: bytes, place: str) -> None:
    try:
        with pikepdf.open(io.BytesIO(data)) as book:
            for number, item in enumerate(book.objects):
                if number >= _MOST_OBJECTS:
                    return
                for text in _pdf_texts(item):
                    _tell(material, known, _ids(text), f"{place}文件内部")
    except _DAMAGED:
        return  # what the reader of the kind says of it stands


def _between(material: Material, known: set[str], data: bytes, place: str) -> None:
    """In the bytes before, between and after what the format knows of."""
    texts = (
        data.decode("latin-1"),
        data.decode("utf-16-le", "ignore"),
        data[1:].decode("utf-16-le", "ignore"),
    )
    for text in texts:
        _tell(material, known, _ids(text), f"{place}文件内部（格式之外的内容）")


def _known(material: Material) -> set[str]:
    """What has been found already, or will be judged with its neighbours."""
    texts = (*(u.text for u in material.units), *(c.text for g in material.grids for c in g.cells))
    whole = "\x1f".join(texts).translate(_WIDE)
    known = {_BETWEEN.sub("", match[1]).upper() for match in _ID.finditer(whole)}
    bare = _BETWEEN.sub("", whole)
    known |= {match[1].upper() for match in _ID.finditer(bare)}
    return known | {match[0] for match in _MOBILE.finditer(bare)}


def _tell(material: Material, known: set[str], numbers: Iterable[tuple[Kind, str]], where: str) -> None:
    for kind, value in dict.fromkeys(numbers):
        if value in known:
            continue
        known.add(value)
        rule = "personal.id_number" if kind is Kind.ID_NUMBER else "personal.mobile"
        material.findings.append(
            found(rule, where, key=value, container=material.container, excerpt=masked(kind, value))
        )


def _numbers(name: str, data: bytes) -> Iterator[tuple[Kind, str]]:
    is_xml = data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and name.endswith(
        (".xml", ".rels", ".vml", ".svg")
    )
    for text in _readings(data, is_xml=is_xml):
        yield from _ids(text)
    if is_xml and not _SEEN.match(name):
        text = _TAGS.sub("\x1f", data.decode("utf-8", "ignore"))
        yield from ((Kind.MOBILE, match[0]) for match in _MOBILE.finditer(text))


def _ids(text: str) -> Iterator[tuple[Kind, str]]:
    """Numbers with a right check digit, date and place; in one piece or in some groups."""
    for match in _ID.finditer(text):
        bare = _BETWEEN.sub("", match[1])
        if len(match[1]) - len(bare) <= _MOST_GAPS and judge_id(bare) is Certainty.CHECKED:
            yield Kind.ID_NUMBER, bare.upper()


def _readings(data: bytes, *, is_xml: bool) -> Iterator[str]:
    """The same bytes as text in every way that a number could be written in them."""
    if not is_xml:
        yield data.decode("latin-1")
        yield data.decode("utf-16-le", "ignore")
        yield data[1:].decode("utf-16-le", "ignore")
        return
    text = data.decode("utf-8", "ignore").translate(_WIDE)
    text = _CODED.sub(lambda match: html.unescape(match[0]), text)
    yield _TAGS.sub("", text)
    yield _SIGNS.sub("\x1f", _TAGS.sub("\x1f", text))
    yield "\x1f".join(_SIGNS.sub("\x1f", one or two) for one, two in _VALUES.findall(text))


def _pdf_texts(item: Any) -> Iterator[str]:
    if isinstance(item, pikepdf.Stream):
        yield _strings_of(pikepdf.Dictionary(dict(item.items())).unparse())
        if item.get("/Subtype") == "/Image" or int(item.get("/Length", 0)) > _LARGEST_STREAM:
            return
        try:
            data = item.read_bytes()
        except _DAMAGED:
            return
        yield data.decode("latin-1").replace("\\", "")
        return
    yield _strings_of(item.unparse(resolved=True))


def _strings_of(written: bytes) -> str:
    text = written.decode("latin-1")
    wide = (bytes.fromhex(match[1]).decode("utf-16-be", "ignore") for match in _HEX.finditer(text))
    return "\x1f".join([text, *wide]).translate(_WIDE)
