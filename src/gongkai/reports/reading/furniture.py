# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""What a website puts around a report: when it was published and by whom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from gongkai.reports.reading.words import fold

_DAY = r"(20\d{2})[-年/.](\d{1,2})[-月/.](\d{1,2})"
_LABELLED = re.compile(
    r"(?:发布|公布|公开|生成|发文|成文|更新|上网|录入|印发|编辑|发稿)(?:日期|时间)?[:：]?" + _DAY
)
_BARELY_LABELLED = re.compile(
    r"(?<!采集)(?<!打印)(?<!当前)(?<!统计)(?<!截止)(?<!有效)(?<!访问)(?:日期|时间)[:：]" + _DAY
)
_ALONE = re.compile(rf"^[（(]?{_DAY}日?(?:\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?[)）]?$")
_LEADING = re.compile(rf"^{_DAY}日?(?=来源|作者|浏览|字体|字号|发布|信息|\d{{1,2}}:|稿件|点击|阅读|【|\[)")
_DATE_LABELS = ("发布", "公开", "公布", "发文", "生成", "成文", "印发")
"""What the label of a date speaks of in the table a website puts above an article, best first."""
_BODY = r"(?:发布|公开|编制|制作)(?:机构|机关|单位|主体|部门)"
_BODY_LABEL = re.compile(rf"^{_BODY}$")
_LABELLED_BODY = re.compile(
    rf"{_BODY}[:：]([\u3400-\u9fff]{{3,30}}?)(?=发布|公开|来源|时间|日期|浏览|[^\u3400-\u9fff]|$)"
)

Pairs = Sequence[tuple[str, str]]
"""Label and text of cells side by side."""


def is_dateline(line: str) -> bool:
    """Whether a line only says when and where the page was published."""
    folded = fold(line)
    forms = (_LABELLED.search, _ALONE.match, _LEADING.match, _BARELY_LABELLED.search)
    return len(folded) < 80 and any(form(folded) for form in forms)


def publisher(lead: Sequence[str], cells: Pairs) -> str:
    """Who published the page, by the site's own words, for a report that does not say whose it is."""
    named = [fold(text) for label, text in cells if _BODY_LABEL.match(fold(label))]
    named += [found.group(1) for line in lead if (found := _LABELLED_BODY.search(fold(line)))]
    return next((name for name in named if 3 <= len(name) <= 30), "")


def dates_in(cells: Pairs) -> list[str]:
    """The dates of publication in the small table above an article, best first."""
    dates = [
        (number, text)
        for label, text in cells
        for number, word in enumerate(_DATE_LABELS)
        if fold(label).startswith(word)
    ]
    return [text for _, text in sorted(dates, key=lambda date: date[0])]


def published_on(
    lead: Sequence[str], tail: Sequence[str], meta: Iterable[str], year: int | None
) -> dt.date | None:
    """The day of publication: as labelled, as the file says of itself, bare above the report, below it.

    Days within the year reported on and before are other days.
    """
    text = [fold(line) for line in lead]
    candidates = [found.groups() for line in text if (found := _LABELLED.search(line))]
    candidates += [found.groups() for value in meta if (found := re.match(_DAY, fold(value)))]
    candidates += [
        found.groups()
        for line in text
        if (found := _ALONE.match(line) or _LEADING.match(line) or _BARELY_LABELLED.search(line))
    ]
    candidates += [found.groups() for line in tail if (found := _ALONE.match(fold(line)))]
    for numbers in candidates:
        try:
            day = dt.date(int(numbers[0]), int(numbers[1]), int(numbers[2]))
        except ValueError:
            continue
        if year is None or day.year > year:
            return day
    return None
