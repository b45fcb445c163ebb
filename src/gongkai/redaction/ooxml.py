"""Small helps for the XML of office files, by local name, so that both dialects (transitional, strict) are read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.redaction.archive import xml_part
from gongkai.redaction.limits import Limits
from gongkai.redaction.model import Finding

Element = etree._Element  # noqa: SLF001 - the only name lxml gives to the type
_OFF = frozenset({"0", "false", "off", "none"})


def name_of(element: Element) -> str:
    """The tag without its namespace; empty for comments."""
    tag: object = element.tag  # comments have a function here
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str) -> str:
    """By local name; empty when it is not there."""
    if element is None:
        return ""
    return next(
        (str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), ""
    )


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, and so on down the path."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if name_of(each) == name), None)
    return element


def children(element: Element | None, name: str) -> list[Element]:
    """All children of that name."""
    return [] if element is None else [each for each in element if name_of(each) == name]


def within(element: Element | None, *names: str) -> Iterator[Element]:
    """All descendants of these names."""
    if element is not None:
        yield from (each for each in element.iter() if name_of(each) in names)


def switched_on(element: Element | None) -> bool:
    """A switch such as <w:b/>: on when it is there and does not say off."""
    return element is not None and attribute(element, "val").lower() not in _OFF


def whole(text: str, otherwise: int) -> int:
    """A whole number from an attribute."""
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return otherwise


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: to a part of the file, or outside."""

    target: str
    external: bool
    kind: str


def relations(archive: zipfile.ZipFile, part: str, limits: Limits) -> dict[str, Relation]:
    """The relations of a part by id; targets inside the file as full names. Raises ``RedactionError``."""
    folder, _, name = part.rpartition("/")
    root = xml_part(archive, f"{folder}/_rels/{name}.rels", limits)
    found: dict[str, Relation] = {}
    for each in [] if root is None else root:
        external = each.get("TargetMode") == "External"
        target = each.get("Target", "")
        found[each.get("Id", "")] = Relation(
            target if external else _resolved(folder, target),
            external,
            each.get("Type", "").rpartition("/")[2],
        )
    return found


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts = folder.split("/")
    for step in target.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step != ".":
            parts.append(step)
    return "/".join(parts)


_ACTIVE = {
    "vbaProject.bin": ("macros", "宏程序"),
    "embeddings/": ("embedded", "嵌入的其他文件"),
    "activeX/": ("controls", "ActiveX 控件"),
    "customXml/": ("custom_data", "自定义数据"),
    "externalLinks/": ("external_links", "引用外部文件的链接"),
    "pivotCache": ("pivot", "数据透视表的缓存，可能含未显示的源数据"),
    "printerSettings": ("printer", "打印机设置"),
}


def package_findings(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Finding]:
    """Properties and parts that no page shows."""
    said = {name_of(each) for part in _PROPERTIES for each in _filled(xml_part(archive, part, limits))}
    if named := [name for key, name in _TELLING.items() if key in said]:
        yield Finding("metadata", f"文档属性（{'、'.join(named)}）", "文件")
    names = archive.namelist()
    for mark, (kind, message) in _ACTIVE.items():
        if any(mark in name for name in names):
            yield Finding(kind, message, "文件")


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
    "created": "创建时间",
    "modified": "修改时间",
    "property": "自定义属性",
}
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")


def _filled(root: Element | None) -> Iterator[Element]:
    if root is not None:
        yield from (each for each in root if "".join(str(text) for text in each.itertext()).strip())
