"""What all office files have in common: properties, comments, embedded files, macros, and the rest of the container."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator

from gongkai.guard import pictures
from gongkai.guard.masking import masked
from gongkai.guard.model import Material, Unit
from gongkai.guard.rules import found
from gongkai.redaction import Certainty, Kind, RedactionError
from gongkai.redaction.archive import parse_xml, read_part
from gongkai.redaction.limits import Limits
from gongkai.redaction.ooxml import Element, attribute, name_of, within
from gongkai.redaction.personal_rules import judge_id

_TELLING = {
    "creator": "作者",
    "lastModifiedBy": "最后修改者",
    "Company": "单位",
    "Manager": "主管",
    "title": "标题",
    "subject": "主题",
    "description": "备注",
    "keywords": "关键词",
    "category": "类别",
    "contentStatus": "状态",
    "HyperlinkBase": "超链接基准",
    "Template": "模板",
    "property": "自定义属性",
}
_PLAIN_TEMPLATES = frozenset({"", "Normal", "Normal.dotm", "Normal.dot", "Normal.wpt"})
_PROPERTIES = re.compile(r"docProps/(?:core|app|custom)[0-9]*\.xml$|\.psmdcp$")
_COMMENTS = re.compile(
    r"(?:word/comments[0-9]*|xl/comments/?[^/]*|xl/threadedComments/[^/]+|ppt/comments/[^/]+)\.xml$"
)
_EMBEDDED = re.compile(r"/(?:embeddings|package)/[^/]+$")
_MARKS = (
    (re.compile(r"vbaProject\.bin$|/activeX/|/macrosheets/"), "active.macros", "macros"),
    (
        re.compile(r"/pivotCache/|/externalLinks/externalLink|/model/|connections\.xml$|/revisions/"),
        "hidden.cache",
        "cache",
    ),
    (re.compile(r"^customXml/item[0-9]+\.xml$"), "trace.custom_xml", "custom"),
    (re.compile(r"printerSettings|docProps/thumbnail"), "trace.paths", "printer"),
    (re.compile(r"_xmlsignatures/"), "trace.signature", "signature"),
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|tiff?)$", re.IGNORECASE)
_PATH = re.compile(
    rb'(?:absPath[^>]*url="[^"]+"|fileSharing[^>]*userName="[^"]+"|mailMerge|attachedTemplate)'
)
_ID = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z.\-])1[3-9][0-9]{9}(?![0-9A-Za-z.\-])")
_CODED = re.compile(r"&#(?:0*(?:4[89]|5[0-7]|88|120)|[xX]0*(?:3[0-9]|58|78));")
"""Digits and X written as numbers."""
_GAPS = re.compile(r"[ \t\n\r\u3000\-]+")
_TAGS = re.compile(r"<[^>]*>")
_VALUES = re.compile(r"""=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")
_SEEN = re.compile(r"^(?:word/document\.xml|xl/worksheets/|xl/sharedStrings|ppt/slides/slide)")
"""Parts whose text the reader of the kind has looked at already, telephone numbers included."""


def add_container(material: Material, archive: zipfile.ZipFile, limits: Limits, place: str) -> None:
    """Everything that no page shows. Raises ``RedactionError`` for a broken part."""
    names = sorted(archive.namelist())
    for mark, rule, key in _MARKS:
        if held := [name for name in names if mark.search(name)]:
            material.findings.append(
                found(rule, f"{place}文件内部", key=f"{key}{len(held)}", container=material.container)
            )
    for name in names:
        if _PROPERTIES.search(name):
            _properties(material, parse_xml(read_part(archive, name, limits)), place)
        elif _COMMENTS.search(name):
            _comments(material, parse_xml(read_part(archive, name, limits)), place)
        elif _PICTURE.search(name):
            pictures.look_at(
                material, read_part(archive, name, limits), f"{place}图片{name.rpartition('/')[2]}"
            )
    if archive.comment.strip():
        material.units.append(Unit(archive.comment.decode("utf-8", "replace"), f"{place}压缩包注释"))
        material.findings.append(
            found("trace.properties", f"{place}压缩包注释", key="zip", container=material.container)
        )
    _paths(material, archive, limits, place)


def embedded_parts(archive: zipfile.ZipFile) -> list[str]:
    """Other files inside."""
    return sorted(name for name in archive.namelist() if _EMBEDDED.search(name))


def _properties(material: Material, root: Element, place: str) -> None:
    for element in root:
        kind = _TELLING.get(name_of(element))
        value = "".join(str(text) for text in element.itertext()).strip()
        if kind is None or not value or (kind == "模板" and value in _PLAIN_TEMPLATES):
            continue
        named = f"·{attribute(element, 'name')}" if kind == "自定义属性" else ""
        where = f"{place}文档属性·{kind}{named}"
        material.units.append(Unit(value, where))
        material.findings.append(
            found(
                "trace.properties",
                where,
                key=f"{kind}\x1f{value}",
                container=material.container,
                excerpt=masked(Kind.NAME, value[:20]),
                message=f"文档属性里有{kind}",
            )
        )


def _comments(material: Material, root: Element, place: str) -> None:
    every = list(within(root, "comment", "threadedComment", "cm"))
    for number, comment in enumerate(every, start=1):
        text = "".join(each.text or "" for each in within(comment, "t", "text"))
        at = attribute(comment, "ref")
        where = f"{place}批注{number}{f'（{at}）' if at else ''}"
        material.units.append(Unit(text, where))
        if author := attribute(comment, "author"):
            material.units.append(Unit(author, f"{where}作者"))
    if every:
        material.findings.append(
            found(
                "hidden.comments",
                f"{place}批注",
                key=str(len(every)),
                container=material.container,
                message=f"文件里有批注{len(every)}条",
            )
        )


def _paths(material: Material, archive: zipfile.ZipFile, limits: Limits, place: str) -> None:
    for name in ("xl/workbook.xml", "word/settings.xml"):
        if name in archive.namelist() and _PATH.search(read_part(archive, name, limits)):
            material.findings.append(
                found("trace.paths", f"{place}文件内部", key=name, container=material.container)
            )


def add_leftovers(material: Material, archive: zipfile.ZipFile, limits: Limits, place: str) -> None:
    """ID numbers anywhere in the container that no reader came across: in attributes, unused strings, binary parts."""
    texts = (*(u.text for u in material.units), *(c.text for g in material.grids for c in g.cells))
    whole = _GAPS.sub("", "\x1f".join(texts)).translate(_WIDE)
    known = {match[0].upper() for form in (_ID, _MOBILE) for match in form.finditer(whole)}
    for name in sorted(archive.namelist()):
        if _PICTURE.search(name) or name.endswith("/"):
            continue
        try:
            data = read_part(archive, name, limits)
        except RedactionError:
            continue
        for kind, value in dict.fromkeys(_numbers(name, data)):
            if value not in known:
                known.add(value)
                rule = "personal.id_number" if kind is Kind.ID_NUMBER else "personal.mobile"
                where = f"{place}文件内部（{name}）"
                material.findings.append(
                    found(rule, where, key=value, container=material.container, excerpt=masked(kind, value))
                )


def _numbers(name: str, data: bytes) -> Iterator[tuple[Kind, str]]:
    is_xml = data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and name.endswith((".xml", ".rels", ".vml"))
    for text in _readings(data, is_xml=is_xml):
        for match in _ID.finditer(text):
            if judge_id(match[0]) is Certainty.CHECKED:
                yield Kind.ID_NUMBER, match[0].upper()
    if is_xml and not _SEEN.match(name):
        text = _TAGS.sub("\x1f", data.decode("utf-8", "ignore"))
        yield from ((Kind.MOBILE, match[0]) for match in _MOBILE.finditer(text))


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
    yield _TAGS.sub("\x1f", text)
    yield "\x1f".join(one or two for one, two in _VALUES.findall(text))
