"""What all office files have in common: properties, comments, embedded files, macros, and the rest of the container."""

from __future__ import annotations

import re
import zipfile

from gongkai.guard import pictures
from gongkai.guard.masking import masked
from gongkai.guard.model import Material, Unit
from gongkai.guard.rules import found
from gongkai.redaction import Kind
from gongkai.redaction.archive import parse_xml, read_part
from gongkai.redaction.limits import Limits
from gongkai.redaction.ooxml import Element, attribute, name_of, within

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
