"""DOCX, XLSX and PPTX packed anew without comments, properties, custom data, templates' paths and picture metadata."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from lxml import etree

from gongkai.guard.errors import GuardError
from gongkai.guard.pictures import STRIPPABLE, format_of, strip_picture
from gongkai.redaction.archive import open_archive, parse_xml, read_part
from gongkai.redaction.limits import Limits
from gongkai.redaction.ooxml import Element, attribute, name_of, within

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
_APP = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
_EMPTIED = (
    (re.compile(r"^docProps/core[0-9]*\.xml$|\.psmdcp$"), _CORE),
    (re.compile(r"^docProps/app[0-9]*\.xml$"), _APP),
)
_DROPPED = (
    (re.compile(r"^docProps/custom[0-9]*\.xml$"), "自定义属性"),
    (re.compile(r"^docProps/thumbnail"), "缩略图"),
    (re.compile(r"^customXml/"), "自定义数据"),
    (re.compile(r"printerSettings"), "打印机设置"),
    (re.compile(r"^_xmlsignatures/"), "电子签名"),
    (
        re.compile(
            r"^word/(?:comments[^/]*|people)\.xml$|^xl/comments[^/]*\.xml$|^xl/comments/|^xl/threadedComments/|^xl/persons/"
            r"|^ppt/comments/|^ppt/(?:commentAuthors|authors)\.xml$"
        ),
        "批注",
    ),
)
_SETTINGS = {
    "rsids": "",
    "attachedTemplate": "模板路径",
    "mailMerge": "邮件合并的数据源",
    "docVars": "文档变量",
}
_ANCHORS = frozenset({"commentRangeStart", "commentRangeEnd"})
_CHANGES = re.compile(rb"commentRange|commentReference|dataBinding")
_VML = re.compile(r"^xl/drawings/[^/]*\.vml$")


class Package:
    """The parts of a file by name, and what was taken out of it."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        archive = open_archive(data, limits)
        names = [name for name in archive.namelist() if not name.endswith("/")]
        if len(names) != len(set(names)):
            raise GuardError("hostile")
        self.parts = {name: read_part(archive, name, limits) for name in names}
        self.removed: dict[str, None] = {}
        if archive.comment:
            self.say("压缩包注释")

    def say(self, what: str) -> None:
        """Note what was taken out, once."""
        if what:
            self.removed.setdefault(what)

    def change(self, name: str, edit: Callable[[Element], bool]) -> None:
        """Edit the XML of a part; it is written anew only when something changed."""
        root = parse_xml(self.parts[name])
        if edit(root):
            self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def packed(self) -> bytes:
        """The new file: the table of contents first, no dates, no extra fields."""
        out = io.BytesIO()
        first = "[Content_Types].xml"
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.parts, key=lambda part: part != first):
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                archive.writestr(info, self.parts[name])
        return out.getvalue()


def strip_office(data: bytes, limits: Limits) -> tuple[bytes, list[str]]:
    """The file anew and what is gone. Raises ``GuardError``, ``RedactionError``."""
    package = Package(data, limits)
    _empty_properties(package)
    _settings(package)
    _workbook(package)
    gone = _drop(package)
    _notes_shapes(package, gone)
    _relations(package, gone)
    _content_types(package, gone)
    _anchors(package)
    _pictures(package)
    return package.packed(), list(package.removed)


def _empty_properties(package: Package) -> None:
    for name in list(package.parts):
        for form, empty in _EMPTIED:
            if form.search(name) and package.parts[name] != empty:
                if any(True for _ in parse_xml(package.parts[name])):
                    package.say("文档属性")
                package.parts[name] = empty


def _settings(package: Package) -> None:
    def edit(root: Element) -> bool:
        found = [each for each in root if name_of(each) in _SETTINGS]
        for each in found:
            package.say(_SETTINGS[name_of(each)])
            root.remove(each)
        return bool(found)

    if "word/settings.xml" in package.parts:
        package.change("word/settings.xml", edit)


def _workbook(package: Package) -> None:
    def edit(root: Element) -> bool:
        found = False
        for each in list(root):
            if any(True for _ in within(each, "absPath")):
                root.remove(each)
                found = True
            elif name_of(each) == "fileSharing" and "userName" in each.attrib:
                del each.attrib["userName"]
                found = True
        if found:
            package.say("本机路径")
        return found

    if "xl/workbook.xml" in package.parts:
        package.change("xl/workbook.xml", edit)


def _drop(package: Package) -> set[str]:
    gone = set()
    for name in list(package.parts):
        for form, what in _DROPPED:
            if form.search(name):
                gone.add(name)
                package.say(what)
                del package.parts[name]
                break
    for name in list(package.parts):
        folder, _, file = name.rpartition("/_rels/")
        if file and f"{folder}/{file.removesuffix('.rels')}" in gone:
            del package.parts[name]
    return gone


def _notes_shapes(package: Package, gone: set[str]) -> None:
    """The yellow notes of a sheet's comments; other shapes of the same drawing stay."""
    if not any("comments" in name for name in gone):
        return
    for name in [name for name in package.parts if _VML.match(name)]:
        root = _lenient(package.parts[name])
        if root is None:
            continue
        for data in list(within(root, "ClientData")):
            shape = data.getparent()
            parent = shape.getparent() if shape is not None else None
            if attribute(data, "ObjectType") == "Note" and shape is not None and parent is not None:
                parent.remove(shape)
        if any(True for _ in within(root, "shape", "rect", "oval", "line", "group", "roundrect")):
            package.parts[name] = etree.tostring(root)
        else:
            del package.parts[name]
            package.parts.pop(name.replace("drawings/", "drawings/_rels/") + ".rels", None)
            gone.add(name)


def _lenient(data: bytes) -> Element | None:
    """Old drawings are not always well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root: Element | None = etree.fromstring(data, parser)
    return root


def _relations(package: Package, gone: set[str]) -> None:
    for name in [name for name in package.parts if name.endswith(".rels")]:
        folder, _, file = name.rpartition("_rels/")
        source = folder + file.removesuffix(".rels")
        lost: set[str] = set()

        def edit(root: Element, folder: str = folder, lost: set[str] = lost) -> bool:
            for each in list(root):
                kind = each.get("Type", "").rpartition("/")[2]
                if _points_to(folder, each.get("Target", "")) in gone or kind in {
                    "attachedTemplate",
                    "mailMergeSource",
                }:
                    lost.add(each.get("Id", ""))
                    root.remove(each)
            return bool(lost)

        package.change(name, edit)
        if lost and source in package.parts:
            package.change(source, lambda root, lost=lost: _unreferenced(root, lost))  # type: ignore[misc]


def _points_to(folder: str, target: str) -> str:
    parts = [] if target.startswith("/") else [part for part in folder.split("/") if part]
    for step in target.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in {"", "."}:
            parts.append(step)
    return "/".join(parts)


def _unreferenced(root: Element, lost: set[str]) -> bool:
    """Elements that point to what is gone; a page's set-up only loses its printer."""
    found = False
    for each in list(root.iter()):
        keys = [key for key, value in each.attrib.items() if str(key).endswith("}id") and str(value) in lost]
        for key in keys:
            found = True
            parent = each.getparent()
            if name_of(each) == "pageSetup" or parent is None:
                del each.attrib[key]
            else:
                parent.remove(each)
    return found


def _content_types(package: Package, gone: set[str]) -> None:
    def edit(root: Element) -> bool:
        lost = [each for each in root if each.get("PartName", "").lstrip("/") in gone]
        for each in lost:
            root.remove(each)
        return bool(lost)

    if gone and "[Content_Types].xml" in package.parts:
        package.change("[Content_Types].xml", edit)


def _anchors(package: Package) -> None:
    """Where comments were attached, and where fields were bound to custom data."""

    def edit(root: Element) -> bool:
        found = False
        for each in list(root.iter()):
            parent = each.getparent()
            if parent is None or name_of(each) not in {*_ANCHORS, "commentReference", "dataBinding"}:
                continue
            parent.remove(each)
            found = True
            if name_of(each) == "commentReference" and not _holds(parent) and parent.getparent() is not None:
                parent.getparent().remove(parent)  # type: ignore[union-attr]
        return found

    for name in [name for name in package.parts if name.startswith("word/") and name.endswith(".xml")]:
        if _CHANGES.search(package.parts[name]):
            package.change(name, edit)


def _holds(run: Element) -> bool:
    return any(name_of(each) not in {"rPr", "annotationRef"} for each in run)


def _pictures(package: Package) -> None:
    for name, data in list(package.parts.items()):
        if "/media/" in name and format_of(data) in STRIPPABLE:
            try:
                bare = strip_picture(data)
            except GuardError:
                continue
            if bare != data:
                package.parts[name] = bare
                package.say("图片的拍摄或编辑信息")
