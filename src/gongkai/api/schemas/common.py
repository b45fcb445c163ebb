"""What all answers share."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from ninja import Schema
from pydantic import Field

MOST, USUAL = 100, 20
SLUG = r"^[-a-zA-Z0-9_]+$"
LARGEST_KEY = 2**62

Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]
Key = Annotated[int, Field(ge=1, le=LARGEST_KEY)]
Year = Annotated[int, Field(ge=1949, le=2999)]
Moment = Annotated[dt.datetime, Field(description="带时区的时刻")]


class Paged(Schema):
    """How much of a list, and from where on."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="每页多少条，最多100")
    cursor: str = Field("", max_length=600, description="上一页给出的游标")


class WrongParameter(Schema):
    """A parameter and what is wrong with it."""

    parameter: str = Field(description="参数名")
    message: str = Field(description="哪里不对，怎样改")


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str
    title: str = Field(description="问题的类别")
    status: int = Field(description="HTTP 状态码")
    detail: str = Field(description="具体情况和办法")
    errors: list[WrongParameter] = Field(default_factory=list, description="有误的参数")


class BodyRef(Schema):
    """A body in passing."""

    slug: str = Field(description="机关的网址代号，长期不变")
    name: str = Field(description="机关全称")


class Named(Schema):
    """Something with a key and a name."""

    id: int
    name: str


class FileRef(Schema):
    """A file that can be fetched."""

    name: str = Field(description="文件名")
    url: str = Field(description="下载地址，长期不变")
    media_type: str = Field(description="格式")
    size: int = Field(description="字节数")
    sha256: str = Field(description="SHA-256 摘要，十六进制")
