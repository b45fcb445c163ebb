# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""The prose of each part as readable text: lines joined to paragraphs, table text and page furniture left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gongkai.reports.reading.document import Prose
from gongkai.reports.reading.labels import (
    heading_key,
    match_applicant,
    match_dispute,
    match_group,
    match_result,
    match_row,
    match_table2_row,
)
from gongkai.reports.reading.numbers import kind
from gongkai.reports.reading.words import core, fold, tidy

_CLAUSE = re.compile(r"^第二十条第?\(?[一二三四五六七八九]\)?项$")
_NOTE = re.compile(r"勾稽关系|^申请人情况$|^法人或其他组织$|^信息内容$|^行政诉讼$|本年度办理结果$")
_FURNITURE = re.compile(
    r"版权所有|网站标识码|ICP备|公网安备|^主办单位|^主办[:：]|^承办|扫一扫|打印本页|关闭窗口|关闭本页|^上一[篇条]|^下一[篇条]|^附件[:：]|^责任编辑"
    r"|^分享到|^相关(?:链接|文档|附件|阅读|信息)|^返回(?:顶部|首页)|网站地图|^联系我们|^技术支持|^【?打印】?$|字体[:：]"
)


def join(lines: Iterable[Prose], *, opening: str = "") -> str:
    """Paragraphs of one part, one per line."""
    parts: list[str] = [opening] if opening else []
    for line in _outside_tables(list(lines)):
        text = tidy(line.text)
        if not text or is_table_text(text):
            continue
        if _FURNITURE.search(fold(text)) and len(text) < 60:
            continue
        if line.joins and parts:
            parts[-1] = _glue(parts[-1], text)
        else:
            parts.append(text)
    return "\n".join(parts)


def _outside_tables(lines: list[Prose]) -> list[Prose]:
    """Lines without a table that stands in them as running text: everything short between its first and last line."""
    flagged = [number for number, line in enumerate(lines) if is_table_text(tidy(line.text))]
    if len(flagged) < 8:
        return lines
    first, last = flagged[0], flagged[-1]
    return [
        line
        for number, line in enumerate(lines)
        if not first <= number <= last or (len(line.text) > 24 and "。" in line.text)
    ]


def _glue(left: str, right: str) -> str:
    """Two halves of a paragraph; a space only between two western words."""
    western = bool(re.search(r"[A-Za-z]$", left) and re.match(r"[A-Za-z]", right))
    return f"{left}{' ' if western else ''}{right}"


def is_table_text(text: str) -> bool:
    """Whether a line is part of a table rather than of the prose."""
    folded = fold(text)
    if _CLAUSE.match(folded) or (_NOTE.search(folded) and len(folded) < 60):
        return True
    parts = text.split()
    if all(kind(part) in {"value", "sign", "blank"} for part in parts):
        return bool(parts) and folded not in {"无", "空", "无。"}
    if _HEADING_WORDS.fullmatch(folded) or match_group(text):
        return True
    words = [part for part in parts if kind(part) == "text"]
    numbers = _longest_run(parts)
    label = "".join(words)
    if len(label) > 70:
        return False
    if numbers >= 2 or (len(core(label)) <= 24 and not re.search(r"[。，；]", label)):
        return _is_label(label) or (numbers >= 5)
    return False


def _longest_run(parts: Sequence[str]) -> int:
    """How many numbers stand side by side: the cells of a row do, the figures of a date (2024 年 1 月) do not."""
    longest = run = 0
    for part in parts:
        run = 0 if kind(part) == "text" else run + 1
        longest = max(longest, run)
    return longest


_HEADING_WORDS = re.compile(
    "(?:结果维持|结果纠正|其[他它]结果|尚未审结|总计|未经复议直接起诉|复议后起诉|行政复议|行政诉讼|结果|维持|纠正|其[他它]|尚未|审结"
    "|申请人情况|自然人|法人或其[他它]组织|商业企业|科研机构|社会公益组织|法律服务机构|商业|企业|科研|机构|社会|公益|组织|法律|服务)+"
)


def _is_label(label: str) -> bool:
    if heading_key(label) and len(fold(label)) <= 24:
        return True
    match = match_row(label)
    return bool(
        (match and match.score >= 0.9)
        or (match_table2_row(label) and len(core(label)) <= 12)
        or match_applicant(label)
        or match_result(label)
        or core(label) in {"行政复议", "未经复议直接起诉", "复议后起诉", "行政诉讼"}
        or (match_dispute(label) and len(core(label)) <= 8)
    )


def cut_at_furniture(lines: Sequence[Prose]) -> list[Prose]:
    """The lines before a website's own words begin (copyright, previous article …)."""
    kept: list[Prose] = []
    for line in lines:
        folded = fold(line.text)
        if kept and len(folded) < 80 and _FURNITURE.search(folded):
            break
        kept.append(line)
    return kept
