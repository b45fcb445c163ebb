"""A line of a catalogue's table as a value, and the one spelling of every cell.

What was typed in many ways — half-width brackets, boxes, ticks, blanks — is one thing here, so that a comparison shows
what differs and not how it was written.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

CHANNELS = (
    "政府网站",
    "政府公报",
    "两微一端",
    "发布会/听证会",
    "广播电视",
    "纸质媒体",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "社区/企事业单位/村公示栏（电子屏）",
    "精准推送",
    "其他",
)
ASPECTS = ("决策公开", "执行公开", "管理公开", "服务公开", "结果公开")
EVERYBODY, GROUP = "全社会", "特定群体"
PROACTIVE, ON_REQUEST = "主动公开", "依申请公开"
COUNTY, TOWNSHIP = "县级", "乡级"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A second-level item with its first-level one. ``unit`` is a name; ``not_applicable`` the reason, or empty."""

    level1: str
    level2: str
    content: str = ""
    basis: str = ""
    time_limit: str = ""
    publisher: str = ""
    channels: tuple[str, ...] = ()
    audience: str = EVERYBODY
    method: str = PROACTIVE
    level: str = COUNTY
    aspects: tuple[str, ...] = ()
    unit: str = ""
    not_applicable: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same item in two tables."""
        return self.level1, self.level2


LABELS = {
    "level1": "一级事项",
    "level2": "二级事项",
    "content": "公开内容（要素）",
    "basis": "公开依据",
    "time_limit": "公开时限",
    "publisher": "公开主体",
    "channels": "公开渠道和载体",
    "audience": "公开对象",
    "method": "公开方式",
    "level": "公开层级",
    "aspects": "五公开",
    "unit": "责任机构",
    "not_applicable": "未涉及说明",
}
"""The fields in their order, as the table names them."""
COMPARED = tuple(LABELS)[2:]
OWN = ("unit", "not_applicable")
"""What only a body can say; a standard catalogue has it empty."""
LIMITS = {
    "level1": 120,
    "level2": 120,
    "content": 8000,
    "basis": 4000,
    "time_limit": 200,
    "publisher": 200,
    "audience": 120,
    "unit": 120,
    "not_applicable": 300,
}
"""Characters of a cell; what the columns of the database hold."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_NUMBER = re.compile(
    r"^(?:[（(]?\d{1,3}[）)]|\d{1,3}[.．、]|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)(?=[^\d\s])"
)


def one_line(text: str) -> str:
    """Without line breaks and runs of blanks."""
    return " ".join(_CONTROL.sub("", text).split())


def lines(text: str) -> str:
    """Line by line without blanks at the ends; empty lines are dropped."""
    return "\n".join(filter(None, (one_line(line) for line in text.splitlines())))


def name(text: str) -> str:
    """An item's name: on one line, without the number some tables write before it."""
    plain = "".join(one_line(text).split())
    while (bare := _NUMBER.sub("", plain)) != plain:
        plain = bare
    return plain


def channel(text: str) -> str:
    """A channel as the official list spells it, where it is one of them."""
    plain = "".join(one_line(text).split()).replace("(", "（").replace(")", "）").strip("，,、；;")
    return _CHANNELS.get(plain, plain)


_CHANNELS = {one: one for one in CHANNELS} | {
    "发布会听证会": "发布会/听证会",
    "社区/企事业单位/村公示栏": "社区/企事业单位/村公示栏（电子屏）",
    "政府网": "政府网站",
}


def audience(*, everybody: bool, group: str | None) -> str:
    """``group``: ``""`` a particular group without a name, ``None`` none."""
    parts = [EVERYBODY] if everybody else []
    if group is not None:
        parts.append(f"{GROUP}：{group}" if group else GROUP)
    return "；".join(parts)


def audience_parts(text: str) -> tuple[bool, str | None]:
    """The reverse of ``audience``; a name alone is a group."""
    plain = one_line(text)
    everybody = plain == EVERYBODY or plain.startswith((f"{EVERYBODY}；", f"{EVERYBODY}、", f"{EVERYBODY}，"))
    rest = plain[len(EVERYBODY) :].lstrip("；、，") if everybody else plain
    if not rest:
        return everybody, None
    return everybody, rest.removeprefix(GROUP).lstrip("：:（(") if rest.startswith(GROUP) else rest


def joined(parts: Iterable[str]) -> str:
    """县级、乡级."""
    return "、".join(parts)


def canonical(row: Row) -> Row:
    """The same row in the one spelling."""
    everybody, group = audience_parts(row.audience)
    chosen = dict.fromkeys(filter(None, (channel(one) for one in row.channels)))
    return Row(
        level1=name(row.level1),
        level2=name(row.level2),
        content=lines(row.content),
        basis=lines(row.basis),
        time_limit=one_line(row.time_limit),
        publisher=one_line(row.publisher),
        channels=tuple(sorted(chosen, key=_channel_order)),
        audience=audience(everybody=everybody, group=group),
        method=_either(row.method, (PROACTIVE, "主动"), (ON_REQUEST, "依申请")),
        level=_either(row.level, (COUNTY, "县"), (TOWNSHIP, "乡")),
        aspects=tuple(one for one in ASPECTS if any(one[:2] == had[:2] for had in row.aspects)),
        unit=one_line(row.unit),
        not_applicable=one_line(row.not_applicable),
    )


def _either(text: str, *options: tuple[str, str]) -> str:
    return joined(whole for whole, mark in options if mark in text)


def _channel_order(text: str) -> tuple[int, str]:
    """The official ones in their order, then the local ones by name."""
    return (CHANNELS.index(text), "") if text in CHANNELS else (len(CHANNELS), text)


def as_json(row: Row) -> dict[str, Any]:
    """For a JSON column."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(row).items()}


def from_json(stored: dict[str, Any]) -> Row:
    """The reverse; what an older version did not know is empty."""
    known = {field.name for field in fields(Row)}
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()
    }
    return Row(**{key: value for key, value in given.items() if key in known})


def digest_of(rows: Sequence[Row]) -> str:
    """SHA-256 over the rows in their order."""
    text = json.dumps([as_json(row) for row in rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def in_words(value: Any) -> str:
    """A cell for a comparison."""
    return "、".join(value) if isinstance(value, tuple | list) else str(value)
