"""What the files hold: a table or objects over what is public at the moment of reading."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gongkai.api import shapes
from gongkai.api.lists import RELATED, listed, published_in
from gongkai.api.open_data.streams import as_csv, as_lines, flat, in_batches
from gongkai.api.views.catalogue import item_shape, public_items
from gongkai.api.views.leaving import departures
from gongkai.api.views.reports import cells, published
from gongkai.disclosure.enums import EditionState
from gongkai.disclosure.models import Attachment, Document, Edition
from gongkai.reports.drafting import figures_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.organisations.models import Body

DOCUMENT_COLUMNS = (
    ("id", "编号"), ("url", "网址"), ("index_number", "索引号"), ("title", "名称"), ("document_number", "文号"),
    ("body", "发布机构"), ("kind_label", "类别"), ("subject", "主题分类"), ("keywords", "关键词"), ("summary", "内容概述"),
    ("item", "目录事项"), ("key_area", "重点领域"), ("made_on", "成文日期"), ("effective_on", "施行日期"),
    ("valid_until", "有效期至"), ("ended_on", "废止（失效）日期"), ("validity_label", "效力状态"),
    ("published_at", "首次公开时间"), ("changed_at", "最近变更时间"),
)  # fmt: skip
ITEM_COLUMNS = (
    ("id", "编号"), ("url", "网址"), ("body", "机关"), ("catalogue", "目录编号"), ("parent", "一级事项"), ("number", "序号"),
    ("name", "事项名称"), ("content", "公开内容"), ("basis", "公开依据"), ("time_limit", "公开时限"), ("publisher", "公开主体"),
    ("channels", "公开渠道和载体"), ("audience", "公开对象"), ("method", "公开方式"), ("level", "公开层级"),
    ("not_applicable", "未涉及说明"),
)  # fmt: skip
CELL_HEADINGS = (
    "机关代号", "机关", "年度", "版次", "单元格", "表", "行", "列", "位置", "数值", "单位", "人工调整的理由",
)  # fmt: skip
FIGURES = 20  # reports in memory at once: each holds all of its text


def documents_of(body: Body, year: int) -> Any:
    """The documents a body first published in a year that are on its lists."""
    return listed(body).filter(published_in(year)).select_related(*RELATED)


def documents_csv(body: Body, year: int, root: str, today: dt.date) -> Iterator[bytes]:
    """Metadata as a table."""

    def rows(batch: list[Document]) -> Iterator[list[object]]:
        for one in batch:
            shape = shapes.document(one, root, today)
            yield [_named(shape[key]) for key, _ in DOCUMENT_COLUMNS]

    batches = in_batches(documents_of(body, year), "first_published_at", "pk")
    return as_csv([label for _, label in DOCUMENT_COLUMNS], flat(batches, rows))


def documents_jsonl(body: Body, year: int, root: str, today: dt.date) -> Iterator[bytes]:
    """Metadata, text and the list of files, a document on each line."""

    def rows(batch: list[Document]) -> Iterator[dict[str, Any]]:
        editions = {
            one.document_id: one
            for one in Edition.objects.filter(document__in=batch, state=EditionState.PUBLISHED)
        }
        files: dict[int, list[Attachment]] = defaultdict(list)
        found = Attachment.objects.filter(edition__in=editions.values()).defer("text")
        for file in found.order_by("position", "pk"):
            files[file.edition_id].append(file)
        for one in batch:
            edition = editions.get(one.pk)
            if edition is not None:
                shape = shapes.edition(edition, root, edition.number, files[edition.pk])
                yield {**shapes.document(one, root, today), "edition": shape}

    return as_lines(flat(in_batches(documents_of(body, year), "first_published_at", "pk"), rows))


def items_csv(root: str) -> Iterator[bytes]:
    """Every item of every body's catalogue."""

    def rows(batch: list[Any]) -> Iterator[list[object]]:
        for one in batch:
            shape = item_shape(one, root)
            yield [_named(shape[key]) for key, _ in ITEM_COLUMNS]

    return as_csv([label for _, label in ITEM_COLUMNS], flat(in_batches(public_items(), "pk"), rows))


def figures_csv() -> Iterator[bytes]:
    """Every cell of every published report."""

    def rows(batch: list[Any]) -> Iterator[list[object]]:
        for version in batch:
            body, year = version.report.body, version.report.year
            head = [body.slug, body.name, year, version.number]
            for cell in cells(figures_of(version)):
                value = cell["value"]
                yield [
                    *head, cell["cell"], cell["table"], cell["row"], cell["column"], cell["label"],
                    Decimal(value) if isinstance(value, str) else value, cell["unit"], cell["adjusted_reason"],
                ]  # fmt: skip

    return as_csv(CELL_HEADINGS, flat(in_batches(published(), "report__year", "pk", size=FIGURES), rows))


def withdrawals_jsonl(root: str) -> Iterator[bytes]:
    """What is gone at present, one on each line."""

    def rows(batch: list[Any]) -> Iterator[dict[str, Any]]:
        return (shapes.withdrawal(one, root) for one in batch)

    return as_lines(flat(in_batches(departures(), "at", "pk"), rows))


def _named(value: Any) -> object:
    """A part by its name."""
    return value["name"] if isinstance(value, dict) else value
