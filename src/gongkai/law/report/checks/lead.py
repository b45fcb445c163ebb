"""What the lead says and what of the template was left standing: period and notice (R12), the list of parts (R22),
instructions (R28).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gongkai.law.report import numerals
from gongkai.law.report.checks.rules import RULES
from gongkai.law.report.checks.subject import Subject
from gongkai.law.report.findings import Finding, Severity
from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021, SECTIONS, format_for
from gongkai.law.report.prose import first_words, sentences

PARTS = len(SECTIONS)
_PART_WORDS = {
    "总体情况": "总体情况|概述|总体",
    "主动公开政府信息情况": "主动公开",
    "收到和处理政府信息公开申请情况": "申请情况|依申请|处理政府信息公开申请|公开申请",
    "政府信息公开行政复议、行政诉讼情况": "复议|诉讼",
    "存在的主要问题及改进情况": "问题",
    "其他需要报告的事项": "其他|需要报告",
}


def period_and_notice(subject: Subject) -> Iterator[Finding]:
    """R12: the period is the calendar year, and the notice cited is that of the year's format."""
    report, rule = subject.report, RULES["R12"]
    if report.year is None or not any(report.sections.values()):
        yield rule.not_assessable("没有读到报告年度或正文，无法核对统计期限。")
        return
    yield _period(subject.prose, report.year)
    yield from _notice(subject.prose, report.year)


def parts_listed(subject: Subject) -> Iterator[Finding]:
    """R22: the lead says six parts and names six."""
    rule = RULES["R22"]
    for sentence in sentences(subject.prose.get("lead", "")):
        said, named = _parts_said(sentence), _parts_named(sentence)
        if said is None and len(named) < PARTS - 2:
            continue
        missing = [title for title in _PART_WORDS if title not in named]
        quote = first_words(sentence, 120)
        if said is not None and said != PARTS:
            yield rule.failed(
                f"导语说由{said}个部分组成，统一格式为六个部分{'，没有列出' + '、'.join(missing) if named and missing else ''}。",
                expected="6",
                found=str(said),
                section="lead",
                quote=quote,
                remedy="按六个部分改写导语，并补全缺少的部分。",
            )
        elif missing and len(named) >= PARTS // 2:
            yield rule.failed(
                f"导语列出的组成部分不全，没有列出{'、'.join(missing)}。",
                expected="6",
                found=str(len(named)),
                section="lead",
                quote=quote,
                remedy="在导语中补列缺少的部分。",
            )
        else:
            yield rule.passed("导语所列组成部分为六个。", section="lead", quote=quote)
        return


def leftovers(subject: Subject) -> Iterator[Finding]:
    """R28: instructions and open places of a template."""
    report, rule = subject.report, RULES["R28"]
    found = [(note.where, note.found) for note in report.shape if note.kind == "leftover_instruction"]
    found += [
        (_title(section), match[0])
        for section, text in subject.prose.items()
        for match in _LEFTOVER.finditer(text)
    ]
    for where, words in dict.fromkeys(found):
        yield rule.failed(
            f"{where}残留模板说明或未填写的空位：“{first_words(words)}”。",
            found=first_words(words),
            quote=words,
            remedy="删去说明文字或填写实际内容。",
        )
    if not found and any(report.sections.values()):
        yield rule.passed("没有发现残留的模板说明。")


CHECKS = (period_and_notice, parts_listed, leftovers)

_LEFTOVER = re.compile(
    r"（文字描述[^）]*）?|（?(?:编写|填写|填报)说明[:：][^。\n]{0,40}|（此处[^）]{0,40}）|（请(?:填写|补充|删除)[^）]{0,40}）|[×xX]{2,}(?=[年月日件条项个局])"
    r"|_{3,}|\{\{[^}]*\}\}|本报告模板"
)


def _title(section: str) -> str:
    return next((f"“{one.title}”部分" for one in SECTIONS if one.key == section), "导语")


_DAY = rf"(?:(?P<{{0}}y>20\d\d|[{numerals.HANZI}]{{{{4}}}})[年.\-/])?0?(?P<{{0}}m>1?\d|[一十二]{{{{1,2}}}})[月.\-/](?:份|0?(?P<{{0}}d>[123]?\d|[一二三十]{{{{1,3}}}})日?)?"
_PERIOD = re.compile(_DAY.format("a") + r"(?:起|开始)?，?(?:至|到|止|-|—|–|~)+" + _DAY.format("b"))
_PERIOD_WORDS = re.compile(r"统计|数据|期限|时限|起止|报告期|时间范围")
_SAYS_PERIOD = re.compile(r"统计(?:数据)?的?(?:起止)?(?:期限|时限|时间|日期|周期)")
_OLD_TITLE = "国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知"
"""The title of 国办公开办函〔2019〕60号, often cited without its number."""
_NOTICE = re.compile(r"公开办函〔?[（【\[]?(2019|2021)[〕）】\]]?(60|30)号")


def _period(prose: Mapping[str, str], year: int) -> Finding:
    rule = RULES["R12"]
    whole = f"{year}年1月1日至{year}年12月31日"
    for section in ("lead", "overview", "other"):
        for sentence in sentences(prose.get(section, "")):
            match = _PERIOD.search(sentence)
            if match is None or not _PERIOD_WORDS.search(sentence):
                continue
            if _is_whole_year(match, year):
                return rule.passed(f"统计期限为{match[0]}。", section=section, quote=first_words(sentence))
            return rule.failed(
                f"统计期限写的是{match[0]}，{year}年度报告应为{whole}。",
                expected=whole,
                found=match[0],
                section=section,
                quote=first_words(sentence),
                remedy=f"改为{whole}。",
            )
    if not prose.get("overview") and not prose.get("lead"):
        return rule.not_assessable("没有读到导语和总体情况，无法核对统计期限。", expected=whole)
    unclear = next(
        (one for text in prose.values() for one in sentences(text) if _SAYS_PERIOD.search(one)), ""
    )
    if unclear:
        return rule.uncertain(
            "正文提到统计期限，但没有读出起止日期。",
            severity=Severity.NOTICE,
            expected=whole,
            quote=first_words(unclear),
            remedy=f"写明统计期限为{whole}。",
        )
    return rule.failed(
        "正文没有写明数据的统计期限。",
        severity=Severity.NOTICE,
        expected=whole,
        section="lead",
        remedy=f"在导语中写明统计期限{whole}。",
    )


def _is_whole_year(match: re.Match[str], year: int) -> bool:
    """Whether the two days are 1 January and 31 December of the year; months alone stand for their full length."""
    first, last = (
        tuple(numerals.parse(text) if (text := match[side + part]) else None for part in "ymd")
        for side in "ab"
    )
    years = {first[0] or year, last[0] or year}
    return years == {year} and first[1:] in {(1, 1), (1, None)} and last[1:] in {(12, 31), (12, None)}


def _notice(prose: Mapping[str, str], year: int) -> Iterator[Finding]:
    rule = RULES["R12"]
    text = "".join(prose.values())
    cited = {match[0]: FORMAT_2019 if match[1] == "2019" else FORMAT_2021 for match in _NOTICE.finditer(text)}
    if not cited and _OLD_TITLE in text:
        cited = {f"《{_OLD_TITLE}》": FORMAT_2019}
    if not cited or not any(form.covers(year) for form in (FORMAT_2019, FORMAT_2021)):
        return
    wanted = format_for(year)
    if wanted in cited.values():
        yield rule.passed(f"引用了{wanted.notice}。")
        return
    found = "、".join(cited)
    yield rule.failed(
        f"{year}年度报告引用的是{found}，该年度的格式依据是{wanted.notice}。",
        expected=wanted.notice,
        found=found,
        remedy=f"改为引用{wanted.notice}。",
    )


_COUNT_OF_PARTS = re.compile(
    rf"(?:由|包括|包含|分为|共|分)[^。]*?(\d|[一二三四五六七八九十])个?(?:大)?部分|(\d|[{numerals.HANZI}])个?(?:大)?部分(?:组成|构成)"
)


def _parts_said(sentence: str) -> int | None:
    match = _COUNT_OF_PARTS.search(sentence)
    value = numerals.parse(match[1] or match[2]) if match else None
    return int(value) if value is not None and value > 1 else None  # 一部分 is no count


def _parts_named(sentence: str) -> tuple[str, ...]:
    """The parts named in the very sentence that lists them."""
    if not re.search(r"部分|包括|组成|构成|内容", sentence):
        return ()
    return tuple(title for title, words in _PART_WORDS.items() if re.search(words, sentence))
