"""Documents, their editions, and what left."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ninja import Schema
from pydantic import Field

from gongkai.api.schemas.common import BodyRef, FileRef, Key, Named, Paged, Slug, Year

Kind = Literal[
    "rule",
    "normative",
    "policy",
    "interpretation",
    "notice",
    "news",
    "budget",
    "statistics",
    "service",
    "other",
]


class DocumentsAsked(Paged):
    """Which documents."""

    body: Slug | None = Field(None, description="发布机构的网址代号")
    kind: Kind | None = Field(None, description="类别")
    subject: Slug | None = Field(None, description="主题分类的代号")
    item: Key | None = Field(None, description="目录事项的编号；一级事项包括其二级事项")
    key_area: Key | None = Field(None, description="重点领域的编号")
    year: Year | None = Field(None, description="首次公开的年份")
    published_from: dt.date | None = Field(None, description="首次公开日期，自这一天起")
    published_to: dt.date | None = Field(None, description="首次公开日期，到这一天止")


class Document(Schema):
    """The metadata of a document."""

    id: int = Field(description="编号，长期不变，不会另作他用")
    url: str = Field(description="网页地址，长期不变")
    index_number: str = Field(description="索引号")
    title: str = Field(description="名称")
    document_number: str = Field(description="文号；没有的为空")
    body: BodyRef = Field(description="发布机构")
    kind: str = Field(description="类别的代号")
    kind_label: str = Field(description="类别")
    genre: str = Field(description="体裁分类的代号；没有的为空")
    subject: str = Field(description="主题分类的代号；没有的为空")
    keywords: list[str] = Field(description="关键词")
    summary: str = Field(description="内容概述")
    joint_issuers: list[str] = Field(description="联合发文机关")
    item: Named | None = Field(description="目录事项")
    key_area: Named | None = Field(description="重点领域")
    interprets: int | None = Field(description="解读的文件的编号")
    made_on: dt.date = Field(description="成文日期")
    effective_on: dt.date | None = Field(description="施行日期")
    valid_until: dt.date | None = Field(description="有效期至")
    ended_on: dt.date | None = Field(description="废止（失效）日期")
    validity: str = Field(description="今天的效力状态的代号；不适用的为空")
    validity_label: str = Field(description="今天的效力状态")
    published_at: dt.datetime = Field(description="首次公开时间")
    changed_at: dt.datetime = Field(description="最近一次公开变更的时间")
    archived: bool = Field(description="已经归档：地址仍可访问，不再列入目录和检索")


class Documents(Schema):
    """A stretch of the list, the newest first."""

    items: list[Document]
    next: str | None = Field(description="下一页的地址；没有更多时是 null")


class Attachment(FileRef):
    """A file of an edition."""

    role: str = Field(description="attachment 附件，picture 正文图片，original 原文件")
    description: str = Field(description="图片的替代文字或文件的说明")


class EditionLine(Schema):
    """An edition without its text."""

    number: int = Field(description="版次，从1起")
    title: str
    published_at: dt.datetime | None = Field(description="这一版公开的时间")
    current: bool = Field(description="是否现行版本")
    reason: str = Field(description="变更理由")


class Edition(EditionLine):
    """An edition with its text and its files."""

    html: str = Field(description="正文，已净化的 HTML")
    text: str = Field(description="正文的文字，不含标记")
    attachments: list[Attachment]


class DocumentWhole(Document):
    """A document with the edition online."""

    edition: Edition = Field(description="现行版本")
    editions_url: str = Field(description="各版本列表的地址")


class Editions(Schema):
    """Every edition that is or was public, the newest first."""

    items: list[EditionLine]


class WithdrawalsAsked(Paged):
    """From when on."""

    since: dt.datetime | None = Field(None, description="只列这一时刻及以后离开的，例如上次读取的时刻")
    body: Slug | None = Field(None, description="发布机构的网址代号")


class Withdrawal(Schema):
    """How a document left: nothing of its text, for that is what left."""

    id: int = Field(description="文件编号")
    url: str = Field(description="文件的网页地址；其上有说明")
    index_number: str = Field(description="索引号")
    body: BodyRef
    way: str = Field(
        description="error 误发撤下，merged 并入其他文件，ended 废止或失效，archived 归档，by_law 依法撤下"
    )
    way_label: str
    action: str = Field(
        description="保存了副本的应当怎样做：delete 删除，unlist 移出列表，mark 保留并注明不再有效"
    )
    at: dt.datetime = Field(description="离开的时间")
    reason: str = Field(description="理由")
    basis: str = Field(description="依据")
    merged_into: int | None = Field(description="并入的文件的编号")


class Withdrawals(Schema):
    """A stretch of the list, the earliest first."""

    items: list[Withdrawal]
    next: str | None = Field(description="下一页的地址；没有更多时是 null")
