"""The columns of a table: which usual heading means what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FIELDS: dict[str, tuple[str, ...]] = {
    "source_id": ("信息编号", "唯一标识", "信息id", "文章id", "id", "稿件编号"),
    "title": ("标题", "名称", "信息名称", "文件名称", "信息标题", "文件标题", "题名"),
    "document_number": ("文号", "发文字号", "文件编号", "发文文号", "字号"),
    "made_on": ("成文日期", "生成日期", "制发日期", "发文日期", "成文时间", "印发日期"),
    "published_at": ("公开时间", "发布日期", "发布时间", "公开日期", "公布日期", "上网时间"),
    "kind": ("类别", "文件类别", "信息类别", "文件类型", "信息类型"),
    "subject": ("主题", "主题分类", "主题词分类"),
    "genre": ("体裁", "体裁分类", "文种", "公文种类"),
    "text": ("正文", "内容", "正文内容", "信息内容", "文章内容"),
    "item": ("目录事项", "公开事项", "二级事项", "事项名称"),
    "unit": ("起草机构", "责任机构", "责任科室", "科室", "来源科室"),
    "link": ("链接", "网址", "原文链接", "原网址", "url", "信息链接"),
    "files": ("附件", "附件文件", "附件名称", "附件文件名"),
    "old_index": ("索引号", "原索引号", "旧索引号", "索引号旧", "信息索引号"),
    "summary": ("内容概述", "摘要", "概述", "内容摘要"),
    "keywords": ("关键词", "主题词"),
    "joint_issuers": ("联合发文机关", "联合发文单位"),
    "effective_on": ("施行日期", "生效日期", "实施日期"),
    "valid_until": ("有效期至", "有效期", "有效期限"),
    "validity": ("有效性", "效力", "效力状态", "是否有效", "时效性"),
    "ended_on": ("废止日期", "失效日期", "废止失效日期", "终止日期"),
}
"""What a column can be, and the headings under which officers and old systems write it; the first is ours."""

LABELS: dict[str, str] = {name: headings[0] for name, headings in FIELDS.items()} | {"source_id": "信息编号"}
NEEDED = ("title", "published_at")
SEARCHED = 30  # rows in which the headings are looked for
_NOISE = re.compile(r"[\s*＊:：()（）\[\]【】_\-]+")
_MEANT = {heading: name for name, headings in FIELDS.items() for heading in headings}


@dataclass(frozen=True)
class Head:
    """Where the columns stand: ``columns`` by field, the words of each heading, and those that are not taken."""

    row: int
    columns: dict[str, int]
    labels: dict[str, str]
    ignored: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        """What no table can do without."""
        return [LABELS[name] for name in NEEDED if name not in self.columns]


def plain(heading: str) -> str:
    """A heading without blanks, stars and brackets, in small letters."""
    return _NOISE.sub("", heading).lower()


def find_head(row: int, cells: Sequence[str], mapping: Mapping[str, str]) -> Head | None:
    """The headings, when this row holds them: a title and at least one column more. ``mapping`` goes before custom."""
    told = {plain(heading): name for heading, name in mapping.items() if name in FIELDS}
    columns: dict[str, int] = {}
    labels: dict[str, str] = {}
    ignored = []
    for place, cell in enumerate(cells):
        if not cell.strip():
            continue
        name = told.get(plain(cell)) or _MEANT.get(plain(cell))
        if name is None or name in columns:
            ignored.append(cell.strip()[:40])
            continue
        columns[name], labels[name] = place, cell.strip()[:40]
    if "title" not in columns or len(columns) < 2:  # noqa: PLR2004 - a title alone may be a sentence
        return None
    return Head(row, columns, labels, tuple(ignored))


def why_not_mapping(mapping: Mapping[str, str]) -> str:
    """What is wrong with a mapping in Chinese; "" when nothing is."""
    unknown = [name for name in mapping.values() if name not in FIELDS]
    if not unknown:
        return ""
    known = "、".join(f"{name}（{LABELS[name]}）" for name in FIELDS)
    return f"没有这样的字段：{'、'.join(unknown)}。可用：{known}"
