# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""What a report says of itself: whose it is, for which year, under what title, published when."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.law.report.figures import Level
from gongkai.reports.reading.furniture import dates_in, is_dateline, published_on, publisher
from gongkai.reports.reading.words import fold

_HAN_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_REPORT = re.compile(
    r"(?:政府|政务)?信息公开(?:工作)?(?:情况)?(?:的)?(?:年度报告|年报|年度工作报告|工作报告|报告)"
)
_YEAR = re.compile(r"(20\d{2})年?(?:度)?")
_HAN_YEAR = re.compile(r"[二][〇零○Ｏ][一二三四五六七八九〇零○]{2}(?=年)")
_PERIOD = re.compile(r"(20\d{2})年?(?:度)?0?1月0?1日")
_NOT_TITLE = re.compile(r"[。，,]|首页|>|/")
_FILLERS = re.compile(r"^(?:关于|公布|发布|现将|现公布|现发布|标题[:：]?)+|(?:关于|的|工作|开展)+$")
_SUFFIX = re.compile(r"[-_|—–>»\s]+")
_PLACE = r"(?:省|自治区|特别行政区|市|自治州|州|地区|盟|区|县|旗|示范区|开发区|高新区|新区|林区|管委会)"
_PLACE_NAME = re.compile(rf"^(?:[\u3400-\u9fff]{{1,8}}?{_PLACE}){{1,4}}")
_GOVERNED = re.compile(r"(?:省|自治区|特别行政区|市|自治州|州|县|旗|区)$")
_NOT_PLACE = re.compile(
    r"(?:开发区|高新区|新区|示范区|园区|社区|管理区|林区|库区|景区|保税区|保护区|度假区)$"
)


@dataclass(frozen=True)
class Facts:
    """Title, agency, year, level and date of publication as far as they could be told."""

    title: str
    agency: str
    year: int | None
    level: Level
    published_on: dt.date | None


def gather(
    *,
    titles: Sequence[str],
    lead: Sequence[str],
    prose: str,
    tail: Sequence[str],
    meta: Iterable[str],
    furniture: Sequence[tuple[str, str]] = (),
) -> Facts:
    """Make out the facts.

    ``titles`` are candidates for the title, best first; ``lead`` the lines before part one; ``tail`` the last
    lines of the report; ``meta`` dates from the file's own description, most trustworthy first; ``furniture`` the
    labels and texts of the small tables above the report.
    """
    title = _best_title(titles, lead)
    year = _year_of(title) or _period_year(" ".join(lead)) or _period_year(prose) or _common_year(prose)
    agency = _agency(title, " ".join(lead), prose) or publisher(lead, furniture)
    published = published_on(lead, tail, [*meta, *dates_in(furniture)], year)
    return Facts(title, agency, year, level_of(agency), published)


def is_title(line: str) -> bool:
    """Whether a line reads like the title of a report, or its last line."""
    folded = fold(line)
    return len(folded) <= 60 and _REPORT.search(folded) is not None and not _NOT_TITLE.search(folded)


def western_years(text: str) -> str:
    """``二〇二三年`` becomes ``2023年``."""
    return _HAN_YEAR.sub(lambda found: found.group(0).translate(_HAN_DIGITS).replace("二", "2"), text)


def _best_title(titles: Sequence[str], lead: Sequence[str]) -> str:
    candidates = [*_lead_titles(lead), *(_cut_site_name(fold(title)) for title in titles if title)]
    candidates = [
        western_years(c) for c in candidates if _REPORT.search(c) and len(c) <= 70 and "通知" not in c
    ]
    if not candidates:
        return ""
    return max(candidates, key=lambda c: bool(_year_of(c)) + bool(_agency_in(c)))


def _lead_titles(lead: Sequence[str]) -> list[str]:
    """Titles among the first lines; one may be broken over up to three of them."""
    lines = [fold(line) for line in lead][:60]
    found = []
    for index, line in enumerate(lines):
        if len(line) > 60 or not re.search(r"报告[)）”》]?$|年报$|报告\(.{1,8}\)$", line):
            continue
        for count in (0, 1, 2):
            above = lines[max(index - count, 0) : index]
            if any(is_dateline(before) for before in above):
                break
            joined = "".join([*above, line])
            enough = _REPORT.search(joined) and _year_of(joined) and _agency_in(western_years(joined))
            ready = enough or count == 2 or index == 0
            if ready and _REPORT.search(joined) and len(joined) <= 70 and not _NOT_TITLE.search(joined):
                found.append(joined)
                break
    bare = [
        line
        for line in lines
        if _REPORT.search(line) and len(line) <= 60 and not re.search(r"[。，,;；>]", line)
    ]
    return found + [line for line in bare if line not in found]


def _cut_site_name(title: str) -> str:
    parts = [part for part in re.split(r"[-_|—–>»]+", title) if part]
    named = [part for part in parts if _REPORT.search(part)]
    return max(named, key=lambda part: bool(_year_of(part)) + bool(_agency_in(part))) if named else title


def _year_of(title: str) -> int | None:
    found = _YEAR.search(western_years(title))
    return int(found.group(1)) if found else None


def _period_year(text: str) -> int | None:
    found = _PERIOD.search(fold(text))
    return int(found.group(1)) if found else None


def _common_year(prose: str) -> int | None:
    years = Counter(re.findall(r"(20[12]\d)年", fold(prose)[:6000]))
    return int(years.most_common(1)[0][0]) if years else None


def _agency_in(title: str) -> str:
    """The name that is left of a title when year and 政府信息公开工作年度报告 are taken away."""
    rest = fold(western_years(title))
    rest = re.sub(r"\(.*?\)$", "", rest)
    found = _REPORT.search(rest)
    if not found:
        return ""
    head = rest[: found.start()]
    head = re.sub(r"(?:20\d{2}|\d{4})年?(?:度)?", "", head)
    head = re.split(r"[>:：/]", head)[-1]
    while (cut := _FILLERS.sub("", head).strip("《》“”\"'")) != head:
        head = cut
    return head if 2 <= len(head) <= 40 else ""


def _agency(title: str, lead: str, prose: str) -> str:
    name = _agency_in(title) or _editor(lead) or _editor(prose[:1500])
    if not name:
        return ""
    name = _lengthened(name, fold(lead) + fold(prose))
    if _GOVERNED.search(name) and not _NOT_PLACE.search(name):
        return name + "人民政府"
    return name


def _editor(text: str) -> str:
    """Who compiled the report, by its opening words."""
    folded = fold(text)
    found = re.search(
        r"(?:由|现公布|现将|请与|请联系|请直接与)((?:(?![由与])[\u3400-\u9fff]){3,30}?)(?:办公室)?"
        r"(?:编制|负责编制|组织编制|20\d{2}年|联系|\(地址)",
        folded,
    )
    name = found.group(1) if found else ""
    return "" if re.match(r"[我本该各全]|上一?年", name) or "政府信息公开" in name else name


def _lengthened(name: str, text: str) -> str:
    """The name with the places it lies in, when the report itself spells them out."""
    best = name
    seen: Counter[str] = Counter()
    for found in re.finditer(re.escape(name), text):
        before = text[max(found.start() - 16, 0) : found.start()]
        run = re.search(r"[\u3400-\u9fff]+$", before)
        if run is None:
            continue
        for start in range(len(run.group(0))):
            prefix = run.group(0)[start:]
            own = name[0] if name[0] in "省市县区州旗" else ""
            if _is_place_chain(prefix + own) and (start == 0 or _boundary(run.group(0)[:start])):
                seen[prefix] += 1
    if seen:
        prefix = max(seen, key=lambda p: (seen[p] > 0, len(p)))
        best = prefix + name
    return best


def _boundary(before: str) -> bool:
    return bool(re.search(r"(?:由|与|将|和|对|是|在|到|向|以|为|据|于|布|月|日|年|合)$", before))


def _is_place_chain(prefix: str) -> bool:
    if not 2 <= len(prefix) <= 14 or re.search(r"[年月日我本全各由与将现和对是在]", prefix):
        return False
    found = _PLACE_NAME.match(prefix)
    return found is not None and found.end() == len(prefix)


def level_of(agency: str) -> Level:
    """What kind of body a name belongs to: township, government of county level or above, or a department."""
    if not agency:
        return Level.UNKNOWN
    name = re.sub(r"\(.*?\)", "", fold(agency))
    if re.search(r"(?:镇|乡|街道|街|苏木|办事处)(?:人民政府)?(?:办事处)?(?:办公室)?$", name):
        return Level.TOWNSHIP
    if re.search(r"(?:镇|乡|苏木)人民政府$|街道办", name):
        return Level.TOWNSHIP
    return Level.GOVERNMENT if name.endswith("人民政府") else Level.DEPARTMENT
