"""What a document says of itself: number, title, recipients, attachments, issuing bodies, date — as proposals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.drafting.dates import DAY, day_in
from gongkai.drafting.lines import Line
from gongkai.drafting.model import Proposal, Remark

_HEAD = 20
"""So many lines may stand before the text proper."""
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_NUMBER = re.compile(
    r"(?P<word>[一-鿿]{1,14})[\s]*[〔\[［【（(﹝][\s]*(?P<year>(?:19|20)[0-9]{2})[\s]*[〕\]］】）)﹞][\s]*第?[\s]*(?P<no>[0-9]{1,5})[\s]*号"
)
_BARE_NUMBER = re.compile(r"[（(]?(?:(?P<year>(?:19|20)[0-9]{2})年)?第(?P<no>[0-9]{1,5})号[)）]?")
_SIGNED_BY = re.compile(r"签发人[:：]?\S*$")
_GENRES = (
    "命令|令|决定|决议|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|公报|办法|规定|细则|规则|条例|制度|方案|规划|"
    "计划|预案|指南|目录|清单|解读|说明|标准|指引|准则|章程|名单|公示|总结|要点|措施|答复|预算|决算|年度报告|简章"
)
_GENRE = re.compile(rf"(?:{_GENRES})(?:[（(][^（）()]{{1,14}}[)）])?$")
_BODY_END = re.compile(
    r"(?:人民政府|办公室|办公厅|委员会|政府|局|厅|部|委|办|院|署|中心|队|站|所|学校|小学|中学|幼儿园|大学|协会|学会|"
    r"领导小组|指挥部|联席会议|管委会|党委|党组|党工委|公司|银行|集团|法院|检察院|总会|联合会|红十字会|馆|处)$"
)
_NO_BODY = re.compile(r"[，。；：、！？《》“”\"<>]|^(?:附|第|关于|抄送|主送|联系|此|特此)")
_LONGEST_BODY = 40
_MASTHEAD = re.compile(r"^(?P<body>[一-鿿（）()·]{3,40}?)(?:文件|函|令|公告|公报|会议纪要)?$")
_RECIPIENTS = re.compile(r"^(?P<whole>[^。；！？]{2,300})[:：]$")
_ATTACHED = re.compile(r"^附\s*件\s*[:：]\s*(?P<rest>.*)$")
_NUMBERED = re.compile(r"^(?:附件)?\s*[0-9]{1,2}\s*[.．、:：]\s*(?P<name>.+)$")
_ANNEX = re.compile(r"^附\s*件\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：]?$")
_ADOPTED = re.compile(r"^[（(].*(?:通过|公布|印发|修订|发布|施行).*[)）]$")
_PRINTED = re.compile(r"印发$")
_NUMBERED_HEAD = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[.．、]|[表图][0-9一二三四五六七八九十]{1,3}"
    r"|第[一二三四五六七八九十百0-9]{1,4}[编章节条])"
)
"""What begins a part of the text, and no text."""
_MOST_ATTACHMENTS = 50
_MOST_SIGNATURES = 12
_LONGEST_TITLE = 150
_TITLE_LINES = 6


@dataclass
class Facts:
    """What was found, and the numbers of the lines that stand in fields of the form now."""

    title: Proposal[str] | None = None
    document_number: Proposal[str] | None = None
    made_on: Proposal[dt.date] | None = None
    issuers: tuple[Proposal[str], ...] = ()
    recipients: Proposal[str] | None = None
    attachments: tuple[Proposal[str], ...] = ()
    signature: Proposal[str] | None = None
    taken: frozenset[int] = frozenset()
    remarks: list[Remark] = field(default_factory=list)


def facts_of(lines: Sequence[Line]) -> Facts:
    """Everything that can be read off the lines."""
    facts = Facts()
    main = list(lines[: _first_annex(lines)])
    number = _number(main, facts)
    title = _title(main, number, facts)
    masthead = _masthead(main, number, title)
    end = max([*title, number if number is not None else -1, *masthead], default=-1)
    _recipients(main, end + 1, facts)
    _attachments(main, facts)
    signers = _date_and_signature(main, end + 1, facts)
    facts.issuers = _issuers(main, signers, masthead, facts.title)
    if facts.title is not None:
        facts.taken = frozenset([*title, *masthead, *([] if number is None else [number])])
    return facts


def _first_annex(lines: Sequence[Line]) -> int:
    """Where the attachments' own text begins; a heading 附件1 at the very top is the text itself."""
    return next((n for n, line in enumerate(lines) if n > 2 and _ANNEX.match(line.text)), len(lines))  # noqa: PLR2004


# Number ------------------------------------------------------------------------------------------------------


def _number(lines: Sequence[Line], facts: Facts) -> int | None:
    for index, line in enumerate(lines[:_HEAD]):
        text = _SIGNED_BY.sub("", line.tight.translate(_WIDE)).strip("（）()")
        if (match := _NUMBER.fullmatch(text)) is not None:
            value = f"{match['word']}〔{match['year']}〕{int(match['no'])}号"
        elif (bare := _BARE_NUMBER.fullmatch(text)) is not None:
            value = text
            value = f"{bare['year']}年第{int(bare['no'])}号" if bare["year"] else f"第{int(bare['no'])}号"
        else:
            continue
        facts.document_number = Proposal(value, line.place, line.text)
        if _SIGNED_BY.search(line.tight):
            facts.remarks.append(Remark("signer", "签发人不带入正文", line.place))
        return index
    return None


# Title -------------------------------------------------------------------------------------------------------


def _title(lines: Sequence[Line], number: int | None, facts: Facts) -> list[int]:
    """The line most like a title, with its neighbours that belong to it."""
    head = lines[:_HEAD]
    styled = [index for index, line in enumerate(head) if line.is_title]
    if styled:
        chosen = [index for index in styled if index - styled[0] < _TITLE_LINES]
    else:
        best = max(
            (index for index in range(len(head)) if index != number),
            key=lambda index: _likeness(head, index, number),
            default=None,
        )
        if best is None or _likeness(head, best, number) < _LIKELY:
            return []
        chosen = _grown(head, best, number)
    text = "".join(_tidy(head[index].text) for index in chosen)
    if not 2 <= len(text) <= _LONGEST_TITLE:  # noqa: PLR2004
        return []
    facts.title = Proposal(text, head[chosen[0]].place, "\n".join(head[index].text for index in chosen))
    return chosen


_LIKELY = 3.0


def _likeness(head: Sequence[Line], index: int, number: int | None) -> float:
    line, text = head[index], head[index].tight
    if line.in_table or not _can_be_title(text):
        return 0.0
    sizes = sorted(each.size for each in head if each.size)
    middle = sizes[len(sizes) // 2] if sizes else 0.0
    points = 2.0 * line.centred + (2.0 if middle and line.size > middle * 1.1 else 0.0)
    points += 3.0 if _GENRE.search(text) else 0.0
    points += 1.5 if "关于" in text else 0.0
    points += 1.0 if number is not None and index > number else 0.0
    points -= 4.0 if number is not None and index < number else 0.0
    points -= 3.0 if text.endswith("文件") else 0.0
    points -= 1.5 if "，" in text else 0.0
    return points - index * 0.2


def _can_be_title(text: str) -> bool:
    if not 2 <= len(text) <= _LONGEST_TITLE or text.endswith(("。", "：", ":", "；", "，", "、")):  # noqa: PLR2004
        return False
    if _NUMBERED_HEAD.match(text):
        return False
    return day_in(text, alone=True) is None and not _ADOPTED.match(text) and not _ATTACHED.match(text)


def _grown(head: Sequence[Line], best: int, number: int | None) -> list[int]:
    """A title over several lines: those beside it of the same setting, until it is whole."""
    chosen = [best]
    while chosen[0] > 0 and len(chosen) < _TITLE_LINES and _belongs(head, chosen[0] - 1, best, number):
        if chosen[0] - 1 == number or (number is None and _is_masthead(head[chosen[0] - 1].tight)):
            break
        chosen.insert(0, chosen[0] - 1)
    while (
        chosen[-1] + 1 < len(head)
        and not _GENRE.search(head[chosen[-1]].tight)
        and len(chosen) < _TITLE_LINES
        and _belongs(head, chosen[-1] + 1, best, number)
    ):
        chosen.append(chosen[-1] + 1)
    return chosen


def _belongs(head: Sequence[Line], index: int, best: int, number: int | None) -> bool:
    line, main = head[index], head[best]
    if index == number or line.in_table or not _can_be_title(line.tight) or line.tight.endswith("文件"):
        return False
    same = line.centred == main.centred and abs(line.size - main.size) < 1
    return same and (line.centred or (line.block == main.block))


def _is_masthead(text: str) -> bool:
    return text.endswith("文件")


def _tidy(text: str) -> str:
    return re.sub(r"(?<=[^\x00-\x7f])[\s\u3000]+|[\s\u3000]+(?=[^\x00-\x7f])", "", text.strip())


def _masthead(lines: Sequence[Line], number: int | None, title: Sequence[int]) -> list[int]:
    """Lines above the number: the red head with the bodies' names, levels of secrecy and urgency."""
    first = title[0] if title else 0
    end = number if number is not None and number < first else None
    if end is None:
        return [n for n in range(first) if _is_masthead(lines[n].tight)]
    return [n for n in range(end) if not lines[n].in_table and len(lines[n].tight) <= _LONGEST_BODY + 2]


# Recipients, attachments -----------------------------------------------------------------------------------------


def _recipients(lines: Sequence[Line], start: int, facts: Facts) -> None:
    for line in lines[start : start + 3]:
        if (match := _RECIPIENTS.match(line.text)) and not _ATTACHED.match(line.text):
            facts.recipients = Proposal(match["whole"].strip(), line.place, line.text)
            return


def _attachments(lines: Sequence[Line], facts: Facts) -> None:
    for index, line in enumerate(lines):
        match = _ATTACHED.match(line.text)
        if match is None:
            continue
        found: list[Proposal[str]] = []
        rest = match["rest"].strip()
        for each in [(rest, line), *((follow.text, follow) for follow in lines[index + 1 :])]:
            named = _NUMBERED.match(each[0])
            if named is None and (found or each[1] is not line):
                break
            if name := (named["name"] if named else each[0]).strip(" \u3000；;。"):
                found.append(
                    Proposal(name.strip("《》") if name.count("《") == 1 else name, each[1].place, each[0])
                )
        if found:
            facts.attachments = tuple(found[:_MOST_ATTACHMENTS])
            return


# Date and signature ------------------------------------------------------------------------------------------------


def _date_and_signature(lines: Sequence[Line], start: int, facts: Facts) -> list[Proposal[str]]:
    """The last line that is a day and nothing else, and the bodies named right above it."""
    for index in range(len(lines) - 1, start - 1, -1):
        day = day_in(lines[index].tight, alone=True)
        if day is None:
            continue
        facts.made_on = Proposal(day, lines[index].place, lines[index].text)
        signers = _signers(lines, index, start)
        if signers:
            said = "\n".join(each.quote for each in signers)
            facts.signature = Proposal(said, signers[0].place, f"{said}\n{lines[index].text}")
        return signers
    _date_elsewhere(lines, facts)
    return []


def _date_elsewhere(lines: Sequence[Line], facts: Facts) -> None:
    """The day in brackets below the title, or the day of printing, which is only near the day of making."""
    for line in lines[:_HEAD]:
        if _ADOPTED.match(line.tight) and (day := day_in(line.tight)):
            facts.made_on = Proposal(day, line.place, line.text)
            return
    for line in reversed(lines):
        if _PRINTED.search(line.tight) and (day := day_in(line.tight)):
            facts.made_on = Proposal(day, line.place, line.text)
            facts.remarks.append(Remark("printed_on", "没有找到成文日期，取的是印发日期，请核对", line.place))
            return


def _signers(lines: Sequence[Line], day: int, start: int) -> list[Proposal[str]]:
    found: list[Proposal[str]] = []
    for index in range(day - 1, max(start, day - 1 - _MOST_SIGNATURES) - 1, -1):
        bodies = _bodies(lines[index].text)
        if not bodies or lines[index].in_table:
            break
        found = [*(Proposal(name, lines[index].place, name) for name in bodies), *found]
    return found


def _bodies(text: str) -> list[str]:
    """The bodies named on a line: one with its letters set apart, or several with blanks between them."""
    parts = [part for part in re.split(r"[\s\u3000]+", text.strip()) if part]
    if len(parts) > 1 and all(_is_body(part) for part in parts):
        return parts
    whole = "".join(parts)
    return [whole] if _is_body(whole) else []


def _is_body(text: str) -> bool:
    return (
        3 <= len(text) <= _LONGEST_BODY  # noqa: PLR2004
        and bool(_BODY_END.search(text))
        and not _NO_BODY.search(text)
        and DAY.search(text) is None
    )


# Issuing bodies ----------------------------------------------------------------------------------------------------


def _issuers(
    lines: Sequence[Line],
    signers: Sequence[Proposal[str]],
    masthead: Sequence[int],
    title: Proposal[str] | None,
) -> tuple[Proposal[str], ...]:
    """By the signature; else by the red head; else by the words before 关于 in the title."""
    if signers:
        return _once(signers)
    heads = []
    for index in masthead:
        line = lines[index]
        text = re.sub(r"文件$", "", line.text.strip())
        heads += [Proposal(name, line.place, line.text) for name in _bodies(text)]
    if heads:
        return _once(heads)
    if title is None or "关于" not in title.value:
        return ()
    before = title.quote.replace("\n", " ").partition("关于")[0]
    return _once([Proposal(name, title.place, title.quote) for name in _bodies(before)])


def _once(every: Sequence[Proposal[str]]) -> tuple[Proposal[str], ...]:
    kept: dict[str, Proposal[str]] = {}
    for each in every:
        kept.setdefault(each.value, each)
    return tuple(kept.values())
