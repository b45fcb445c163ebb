"""The official head of a document (目录元数据) and what is said above its text about its standing."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from gongkai.disclosure.enums import Attribute, DocumentKind, Genre, Subject, Validity
from gongkai.disclosure.models import Document, Edition
from gongkai.portal.addresses import of_area, of_item
from gongkai.portal.writing import local_day

OUT_OF_FORCE = frozenset({Validity.REPEALED, Validity.LAPSED})
STATUS = {
    Validity.IN_FORCE: "pass",
    Validity.AMENDED: "notice",
    Validity.NOT_YET: "notice",
    Validity.REPEALED: "error",
    Validity.LAPSED: "error",
}
"""The class that seconds the word."""


KINDS, GENRES = dict(DocumentKind.choices), dict(Genre.choices)
SUBJECTS, ATTRIBUTES = dict(Subject.choices), dict(Attribute.choices)


class Fact(NamedTuple):
    """A line of the head. ``address`` leads on where there is somewhere to go; ``day`` makes it a time element."""

    label: str
    value: str
    address: str = ""
    day: str = ""
    status: str = ""


class Banner(NamedTuple):
    """Something a reader must know before he reads: the word, the sentence, where it says more."""

    level: str
    word: str
    sentence: str
    address: str = ""
    link: str = ""


def facts(document: Document, today: dt.date) -> list[Fact]:
    """The head, in the order of the directory guide; what is not known is left out, never a dash."""
    body = document.body
    validity = document.validity(today)
    issuers = "、".join([body.name, *document.joint_issuers])
    published = document.first_published_at
    rows = [
        Fact("索引号", document.index_number),
        Fact("主题分类", SUBJECTS.get(document.subject, "")),
        Fact("发文机关", issuers),
        _day("成文日期", document.made_on),
        Fact("文号", document.document_number),
        _day("发布日期", local_day(published) if published else None),
        Fact("有效性", validity.label, status=STATUS[validity]) if validity else Fact("有效性", ""),
        _day("施行日期", document.effective_on),
        _day("有效期至", document.valid_until),
        Fact("信息类别", KINDS.get(document.kind, "")),
        Fact("体裁分类", GENRES.get(document.genre, "")),
        Fact("公开方式", ATTRIBUTES.get(document.attribute, "")),
        _item(document),
        _area(document),
        Fact("关键词", "、".join(document.keywords)),
    ]
    return [row for row in rows if row.value]


def _day(label: str, day: dt.date | None) -> Fact:
    text = day.isoformat() if day else ""
    return Fact(label, text, day=text)


def _item(document: Document) -> Fact:
    item = document.item
    if item is None:
        return Fact("目录事项", "")
    name = f"{item.parent.name} › {item.name}" if item.parent else item.name
    return Fact("目录事项", name, of_item(document.body.slug, item.pk))


def _area(document: Document) -> Fact:
    area = document.key_area
    if area is None:
        return Fact("重点领域", "")
    return Fact("重点领域", area.name, of_area(document.body.slug, area.pk))


def banners(document: Document, today: dt.date, *, edition: Edition | None = None) -> list[Banner]:
    """Repealed, lapsed, amended, not yet in force, archived, an earlier version: all that apply, gravest first."""
    found = [*_of_validity(document, today)]
    if document.archived_at is not None:
        on = local_day(document.archived_at)
        found.append(Banner("notice", "已归档", f"本文件已于{on}归档，仅供查阅，不再列入目录和检索结果。"))
    if edition is not None:
        found.insert(
            0,
            Banner(
                "warning",
                "历史版本",
                f"这是第{edition.number}版，已被新版替代。",
                document.public_path,
                "查看现行版本",
            ),
        )
    return found


def _of_validity(document: Document, today: dt.date) -> list[Banner]:
    match document.validity(today):
        case Validity.REPEALED:
            return [Banner("error", "已废止", _ended(document, "废止"))]
        case Validity.LAPSED if document.ended_on is not None and document.ended_on <= today:
            return [Banner("error", "已失效", _ended(document, "失效"))]
        case Validity.LAPSED:
            return [Banner("error", "已失效", f"本文件有效期至{document.valid_until}，现已失效。")]
        case Validity.NOT_YET:
            return [Banner("notice", "尚未施行", f"本文件自{document.effective_on}起施行。")]
        case Validity.AMENDED:
            basis = f"依据：{document.amended_basis}。" if document.amended_basis else ""
            return [Banner("notice", "已修改", f"本文件已于{document.amended_on}修改。{basis}")]
        case _:
            return []


def _ended(document: Document, word: str) -> str:
    basis = f"依据：{document.ended_basis}。" if document.ended_basis else ""
    return f"本文件已于{document.ended_on}{word}。{basis}"


def citation(document: Document, address: str, today: dt.date) -> str:
    """How to name the document elsewhere (GB/T 7714: an electronic announcement, with the day it was looked at)."""
    published = document.first_published_at
    number = f"：{document.document_number}" if document.document_number else ""
    on = f"（{local_day(published)}）" if published else ""
    title = f"{document.title}{number}"
    said = f"{document.body.name}. {title}[EB/OL].{on}[{today}]."
    return f"{said} {address}." if address else said
