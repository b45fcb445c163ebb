"""Finding personal data in text: suggestions for one who decides. It misses some and flags too much; it never withholds.

Works on plain text without any file, so that anything about to be published can be looked at with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.redaction.personal_rules import RULES, Certainty, Kind, Rule

__all__ = ["Certainty", "Hit", "Kind", "scan_text"]

_DROPPED = re.compile(r"[\s\-·•()（）]")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_BROKEN_OFF = re.compile(r"(?:[0-9]{3}|(?<![0-9])0)\.$")
"""Before the decimals of a measured value; before a number of a person may stand the number of a line."""
_NUMBERS = frozenset({Kind.ID_NUMBER, Kind.BANK_CARD, Kind.MOBILE})
"""What may be written in groups with points between them; with one point alone it is a measured value."""
_PUBLIC = frozenset({Kind.CREDIT_CODE})
"""Kinds that identify organisations: shown, but no ground for withholding."""
_NO_NAMES = frozenset(
    [
        "电话",
        "手机",
        "地址",
        "住址",
        "性别",
        "民族",
        "年龄",
        "单位",
        "职务",
        "日期",
        "签名",
        "盖章",
        "姓名",
        "名称",
        "身份证",
        "身份证号",
        "证件",
        "意见",
        "年月日",
        "情况",
        "说明",
        "联系",
        "电子邮箱",
        "邮箱",
        "代表",
        "公章",
        "无",
        "如下",
        "信息",
        "类型",
        "类别",
        "机关",
        "部门",
        "负责",
    ]
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One find: where in the text (``text[start:end]``), what, how sure, and whether it is about a person."""

    kind: Kind
    text: str
    start: int
    end: int
    certainty: Certainty

    @property
    def personal(self) -> bool:
        """A credit code is an organisation's and not personal."""
        return self.kind not in _PUBLIC


def scan_text(text: str) -> tuple[Hit, ...]:
    """Every find, in the order of the text, none overlapping. A name found by its label is found everywhere."""
    plain = text.translate(_HALVES)
    free = _Free(len(text))
    taken = [hit for rule in RULES for hit in _hits(rule, plain, text) if free.take(hit)]
    taken += [hit for hit in _same_names(text, taken) if free.take(hit)]
    return tuple(sorted(taken, key=lambda hit: hit.start))


class _Free:
    """Which signs of a text no find has taken yet."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def take(self, hit: Hit) -> bool:
        """Take the place of a find, unless another has a part of it."""
        if self._taken.find(1, hit.start, hit.end) >= 0:
            return False
        self._taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
        return True


def _half(sign: str) -> str:
    if sign in "—–－―‐‑−﹣":
        return "-"
    if sign in "\u00ad\u200b\u200c\u200d\u2060\ufeff\u3000\u00a0\u2002\u2003\u2009":
        return " "
    if sign == "\r":
        return "\n"
    other = unicodedata.normalize("NFKC", sign)
    return other if len(other) == 1 and (other.isascii() or sign == "：") else sign


class _Halves(dict[int, str]):
    """Sign for sign, so that places stay the same; what has no single counterpart stays as it is."""

    def __missing__(self, code: int) -> str:
        self[code] = _half(chr(code))
        return self[code]


_HALVES = _Halves()


def _hits(rule: Rule, plain: str, text: str) -> Iterator[Hit]:
    group = "it" if "it" in rule.pattern.groupindex else 0
    for match in rule.pattern.finditer(plain):
        start, end = match.span(group)
        while end > start and plain[end - 1].isspace():
            end -= 1
        bare = _DROPPED.sub("", plain[start:end])
        if _is_measured(rule.kind, bare, plain[max(0, start - 4) : start]):
            continue
        if rule.kind in _NUMBERS:
            bare = bare.replace(".", "")
        if rule.kind is Kind.NAME and bare in _NO_NAMES:
            continue
        certainty = rule.judge(bare.replace("转", "") if rule.kind is Kind.LANDLINE else bare)
        if certainty is not None:
            yield Hit(rule.kind, text[start:end], start, end, certainty)


def _is_measured(kind: Kind, bare: str, before: str) -> bool:
    """A decimal, or the decimals of one."""
    if kind not in _NUMBERS and kind is not Kind.LANDLINE:
        return False
    return _DECIMAL.fullmatch(bare) is not None or _BROKEN_OFF.search(before) is not None


def _same_names(text: str, taken: list[Hit]) -> Iterator[Hit]:
    """The other places of names that were found beside a label, such as 张三 further down in the prose."""
    names = sorted(
        {re.sub(r"\s", "", hit.text) for hit in taken if hit.kind is Kind.NAME}, key=lambda n: (-len(n), n)
    )
    for name in names:
        for match in re.finditer(r"[ \t\u3000]{0,3}".join(map(re.escape, name)), text):
            yield Hit(Kind.NAME, match[0], match.start(), match.end(), Certainty.LIKELY)
