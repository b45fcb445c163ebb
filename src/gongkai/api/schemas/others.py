"""Bodies, the catalogue, consultations, annual reports, searches, changes."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ninja import Schema
from pydantic import Field

from gongkai.api.schemas.common import BodyRef, FileRef, Key, Named, Paged, Slug, Year
from gongkai.api.schemas.documents import Kind


class BodiesAsked(Paged):
    """Which bodies."""

    parent: Slug | None = Field(None, description="上级机关的网址代号：只列其直接下级")


class Body(BodyRef):
    """A body that owes disclosure."""

    short_name: str = Field(description="简称")
    url: str
    kind: str
    kind_label: str = Field(description="机关类别")
    tier: str
    tier_label: str = Field(description="行政层级")
    credit_code: str = Field(description="统一社会信用代码")
    parent: str | None = Field(description="上级机关的网址代号")
    office: str = Field(description="公开工作机构")
    address: str
    phone: str
    email: str
    website: str


class Bodies(Schema):
    """A stretch of the list, by level."""

    items: list[Body]
    next: str | None


class CatalogueField(Schema):
    """A field (领域)."""

    code: str
    name: str


class Fields(Schema):
    """The fields of the standard catalogues."""

    items: list[CatalogueField]


class CataloguesAsked(Schema):
    """Which catalogues."""

    body: Slug | None = Field(None, description="机关的网址代号")
    field: Slug | None = Field(None, description="领域的代号")


class Catalogue(Schema):
    """A catalogue of a body in use."""

    id: int
    title: str
    field: CatalogueField
    body: BodyRef
    adopted_on: dt.date | None = Field(description="发布日期")


class Catalogues(Schema):
    """All of them."""

    items: list[Catalogue]


class ItemsAsked(Paged):
    """Which items."""

    catalogue: Key | None = Field(None, description="目录的编号")
    body: Slug | None = Field(None, description="机关的网址代号")


class Item(Schema):
    """An item of a body's catalogue."""

    id: int = Field(description="编号，长期不变")
    url: str
    catalogue: int = Field(description="目录的编号")
    body: str = Field(description="机关的网址代号")
    parent: Named | None = Field(description="一级事项；本身是一级事项的为 null")
    number: str = Field(description="序号")
    name: str = Field(description="事项名称")
    content: str = Field(description="公开内容（要素）")
    basis: str = Field(description="公开依据")
    time_limit: str = Field(description="公开时限")
    publisher: str = Field(description="公开主体")
    channels: list[str] = Field(description="公开渠道和载体")
    audience: str = Field(description="公开对象")
    method: str = Field(description="公开方式")
    level: str = Field(description="公开层级")
    not_applicable: str = Field(description="未涉及说明")


class Items(Schema):
    """A stretch of the list."""

    items: list[Item]
    next: str | None


class ConsultationsAsked(Paged):
    """Which consultations."""

    body: Slug | None = Field(None, description="机关的网址代号")
    stage: Literal["announced", "open", "closed", "answered"] | None = Field(None, description="阶段")


class Consultation(Schema):
    """A public consultation."""

    id: int
    url: str
    title: str
    body: BodyRef
    opens_on: dt.date = Field(description="开始日期")
    closes_on: dt.date = Field(description="截止日期")
    stage: str = Field(
        description="announced 尚未开始，open 征集中，closed 已截止待公布采纳情况，answered 已公布采纳情况"
    )
    takes_online: bool = Field(description="可以在网上提意见")
    feedback_published_on: dt.date | None = Field(description="采纳情况公布日期")
    received: int | None = Field(description="收到意见数；采纳情况公布前为 null")
    adopted: int | None = Field(description="采纳意见数；采纳情况公布前为 null")


class Consultations(Schema):
    """A stretch of the list, the newest first."""

    items: list[Consultation]
    next: str | None


class OpinionGroup(Schema):
    """Opinions that say the same, and what became of them."""

    summary: str = Field(description="意见归纳")
    verdict: str
    verdict_label: str = Field(description="是否采纳")
    reason: str = Field(description="说明")


class ConsultationWhole(Consultation):
    """A consultation with what is asked and what became of it."""

    text: str = Field(description="说明")
    document: int | None = Field(description="征求意见稿的文件编号")
    questions: list[str] = Field(description="所提的问题")
    files: list[FileRef]
    feedback: str = Field(description="采纳情况；公布前为空")
    groups: list[OpinionGroup] = Field(description="意见归类；公布前为空")


class ReportsAsked(Paged):
    """Which annual reports."""

    body: Slug | None = Field(None, description="机关的网址代号")
    year: Year | None = Field(None, description="报告年度")


class ReportLine(Schema):
    """A published annual report."""

    body: BodyRef
    year: int = Field(description="报告年度")
    edition: int = Field(description="版次；更正后递增")
    title: str
    url: str
    published_at: dt.datetime
    digest: str = Field(description="报告内容的 SHA-256")


class Reports(Schema):
    """A stretch of the list, the newest year first."""

    items: list[ReportLine]
    next: str | None


class Cell(Schema):
    """A cell of tables two to four."""

    cell: str = Field(description="单元格的编号，各年一致，例如 t3.granted.natural")
    table: int = Field(description="表的编号：2、3、4")
    row: str = Field(description="行的代号")
    column: str = Field(description="列的代号")
    label: str = Field(description="位置的文字说明")
    value: int | str | None = Field(description="数值；金额为十进制文本，以免丢失位数")
    unit: str = Field(description="单位")
    adjusted_reason: str = Field(description="人工调整的理由；没有调整的为空")


class Report(ReportLine):
    """An annual report cell by cell."""

    format: str = Field(description="所用格式")
    sections: dict[str, str] = Field(description="各部分的文字")
    cells: list[Cell]


class SearchAsked(Paged):
    """What is looked for."""

    q: str = Field(
        "", max_length=200, description="检索词；空格表示同时包含，引号表示连在一起，减号表示不包含"
    )
    body: Slug | None = Field(None, description="发布机构的网址代号")
    year: Year | None = Field(None, description="首次公开的年份")
    kind: Kind | None = Field(None, description="类别")
    subject: Slug | None = Field(None, description="主题分类的代号")
    validity: Literal["in_force", "amended", "not_yet", "repealed", "lapsed"] | None = Field(
        None, description="效力状态"
    )
    sort: Literal["relevance", "newest"] = Field("relevance", description="relevance 按相关度，newest 按时间")


class Hit(Schema):
    """A document found."""

    id: int
    url: str
    title: str
    snippet: str = Field(description="命中处前后的文字；命中的词在 <mark> 之内，其余已转义")
    body: str = Field(description="发布机构全称")
    document_number: str
    index_number: str
    kind_label: str
    validity_label: str
    made_on: dt.date
    published_at: dt.datetime


class FacetValue(Schema):
    """One way to narrow."""

    value: str
    label: str
    count: int


class Facet(Schema):
    """A parameter by which the hits can be narrowed."""

    parameter: str
    label: str
    values: list[FacetValue]


class Found(Schema):
    """A stretch of the hits."""

    total: int = Field(description="命中件数")
    total_is_exact: bool = Field(description="false 表示至少有这么多")
    items: list[Hit]
    facets: list[Facet]
    notes: list[str] = Field(description="对检索词的说明")
    next: str | None


class ChangesAsked(Paged):
    """From when on."""

    since: dt.datetime | None = Field(None, description="只列这一时刻及以后的变更")


class Change(Schema):
    """Something that happened to a document in the eyes of the public."""

    id: int = Field(description="文件编号")
    url: str
    change: str = Field(
        description="published 首次公开，revised 换了版本，left 离开，returned 恢复，metadata 信息变更"
    )
    at: dt.datetime
    now: str = Field(description="文件现在的情况：listed 在列，archived 已归档，gone 已撤下")


class Changes(Schema):
    """A stretch of the record, the earliest first."""

    items: list[Change]
    next: str | None
