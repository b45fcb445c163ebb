"""What the prose must and must not speak of: R14, R26, R27, R29, R30."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.report.checks.bodies import level_of
from gongkai.law.report.checks.rules import RULES
from gongkai.law.report.checks.subject import Subject
from gongkai.law.report.figures import Level
from gongkai.law.report.findings import Finding, Severity
from gongkai.law.report.formats import FORMAT_2021, GOVERNMENT_TOPICS, OVERVIEW_ASPECTS
from gongkai.law.report.prose import first_words, sentences

_ASPECT_WORDS = dict(
    zip(
        OVERVIEW_ASPECTS,
        (
            r"主动公开|公开(?:各类)?(?:政府|政务)?信息\d",
            r"依申请公开|公开申请|申请公开",
            r"信息管理|信息资源|公开审查|保密审查|发布审[查核]|审核发布|审查发布|三审|先审后发|信息审[核查]|内容审核|审签|动态调整|公开属性|规范性文件(?:集中|清理|管理)|归档",
            (
                r"平台建设|公开平台|网站建设|网站管理|网站运维|网站维护|网站集约|网站改版|栏目建设|栏目设置|优化栏目|栏目优化|平台管理|平台运维|平台维护|平台作用|"
                r"新媒体(?:建设|管理|矩阵|账号|平台|运维)|政务新媒体|门户网站(?:建设|管理|改版|栏目|平台)|公开专区|查阅点"
            ),
            r"监督保障|监督检查|监督考核|考核|评议|责任追究|督查|督导|督促|监督管理|组织领导|组织保障|保障机制|社会监督|满意度",
        ),
        strict=True,
    )
)
_TOPIC_WORDS = dict(
    zip(GOVERNMENT_TOPICS, (r"考核", r"评议|满意度|测评|第三方评估|社会评价", r"追究|追责|问责"), strict=True)
)
SHORT_PROBLEMS = 30
"""Fewer characters than this cannot hold a problem and its remedy."""


def aspects(subject: Subject) -> Iterator[Finding]:
    """R14: the five aspects of the overview; for a government also assessment, public appraisal, accountability."""
    report, rule = subject.report, RULES["R14"]
    text = subject.prose.get("overview", "")
    if not text:
        yield rule.not_assessable("没有读到“总体情况”部分。")
        return
    missing = [name for name, words in _ASPECT_WORDS.items() if not re.search(words, text)]
    if missing:
        demanded = report.format is FORMAT_2021
        reason = "" if demanded else "2019年格式没有逐项要求，供参考。"
        yield rule.failed(
            f"“总体情况”没有写到{'、'.join(missing)}。{reason}",
            severity=Severity.WARNING if demanded else Severity.NOTICE,
            expected="、".join(OVERVIEW_ASPECTS),
            section="overview",
            remedy="按五个方面补写；确无内容的也写明。",
        )
    else:
        yield rule.passed("“总体情况”写到了五个方面。", section="overview")
    if level_of(report) is Level.GOVERNMENT:
        yield _government_topics(subject)


def processing_fee(subject: Subject) -> Iterator[Finding]:
    """R26: part six tells about processing fees (2021 format)."""
    rule = RULES["R26"]
    if subject.report.format is not FORMAT_2021:
        return
    if not subject.prose.get("other"):
        yield rule.not_assessable("没有读到“其他需要报告的事项”部分。")
    elif re.search(r"处理费|收费|费用", subject.prose["other"]):
        yield rule.passed("第六部分报告了信息处理费情况。", section="other")
    elif any(re.search(r"信息处理费", text) for text in subject.prose.values()):
        yield rule.passed("正文报告了信息处理费情况。")
    else:
        yield rule.failed(
            "没有报告收取信息处理费的情况。",
            section="other",
            remedy="在第六部分写明发出收费通知的件数和总金额、实际收取的总金额；没有收取的也写明。",
        )


def problems_and_measures(subject: Subject) -> Iterator[Finding]:
    """R27: part five tells problems and what is done about them."""
    rule = RULES["R27"]
    text = subject.prose.get("problems", "")
    if not text:
        yield rule.not_assessable("没有读到“存在的主要问题及改进情况”部分。")
        return
    lacking = []
    if len(text) < SHORT_PROBLEMS or not re.search(
        r"问题|不足|差距|薄弱|不够|有待|欠缺|短板|不高|不强|不及时|不平衡", text
    ):
        lacking.append("存在的主要问题")
    if len(text) < SHORT_PROBLEMS or not re.search(
        r"下一步|改进|将|加强|措施|完善|提升|整改|强化|优化", text
    ):
        lacking.append("改进情况")
    if lacking:
        yield rule.failed(
            f"第五部分没有写明{'和'.join(lacking)}。",
            section="problems",
            quote=first_words(text),
            remedy="逐条写明问题，并写明改进措施和上年问题的改进结果。",
        )
    else:
        yield rule.passed("第五部分写明了问题和改进情况。", section="problems")


_LEADING_YEAR = re.compile(
    r"^(?:（?[一二三四五六]）?、?[^\d。]{0,14})?(20\d\d)年度?"
    r"(?=，|我[局市县区办镇乡委]|本[局市县区办镇乡委机]|全[省市县区镇乡局]"
    r"|[^，。的]{2,14}(?:坚持|认真|深入|严格|积极|高度|紧紧|持续|政府信息公开工作|政务公开工作))"
)
_TELLS = re.compile(r"公开|受理|收到|发布|答复|坚持|贯彻|推进|落实|工作")


def year_of_prose(subject: Subject) -> Iterator[Finding]:
    """R29: a section that opens with another year and never names the year reported on was copied."""
    report, rule = subject.report, RULES["R29"]
    if report.year is None or not any(subject.prose.get(key) for key in ("overview", "problems", "other")):
        yield rule.not_assessable("没有读到报告年度或正文，无法核对。")
        return
    found = [
        one for key in ("overview", "problems", "other") if (one := _wrong_year(subject, key, report.year))
    ]
    yield from found
    if not found:
        yield rule.passed("正文各部分叙述的年份与报告年度相符。")


_FISCAL = re.compile(r"(20\d\d)年?度?(?:的?(?:财政|部门|单位|本级|收支|“三公”经费|及|和|、)){0,4}(预算|决算)")


def fiscal_years(subject: Subject) -> Iterator[Finding]:
    """R30: in a year that year's budget and the accounts of the year before come out."""
    report, rule = subject.report, RULES["R30"]
    if report.year is None:
        return
    text = "\n".join(text for key, text in subject.prose.items() if key in {"overview", "proactive"})
    found = [(match[0], match[2], int(match[1])) for match in _FISCAL.finditer(text)]
    latest = {"预算": report.year, "决算": report.year - 1}
    odd = [words for words, kind, year in found if year > latest[kind]]
    if odd:
        yield rule.uncertain(
            f"正文提到“{'”“'.join(dict.fromkeys(odd))}”；{report.year}年内一般公开{report.year}年预算和{report.year - 1}年决算，请核对年度。",
            expected=f"{report.year}年预算、{report.year - 1}年决算",
            found="、".join(dict.fromkeys(odd)),
            section="overview",
            quote=odd[0],
            remedy="核对公开的预算、决算年度。",
        )
    elif found:
        yield rule.passed("正文所说的预算、决算年度与报告年度相符。")


CHECKS = (aspects, processing_fee, problems_and_measures, year_of_prose, fiscal_years)


def _government_topics(subject: Subject) -> Finding:
    rule = RULES["R14"]
    text = "".join(subject.prose.values())
    missing = [name for name, words in _TOPIC_WORDS.items() if not re.search(words, text)]
    if not missing:
        return rule.passed("政府年报写到了工作考核、社会评议和责任追究。")
    return rule.failed(
        f"政府年报没有写到{'、'.join(missing)}结果情况。",
        expected="、".join(GOVERNMENT_TOPICS),
        section="overview",
        remedy="在“监督保障”中写明工作考核、社会评议和责任追究结果；没有发生的也写明。",
    )


def _wrong_year(subject: Subject, section: str, year: int) -> Finding | None:
    """A paragraph that opens with a year before; only the very first one where the right year is named too."""
    text = subject.prose.get(section, "")
    names_year = f"{year}年" in text
    openings = [next(sentences(paragraph), "") for paragraph in text.split("\n")]
    for sentence in openings[:1] if names_year else openings:
        match = _LEADING_YEAR.match(sentence)
        if match is not None and int(match[1]) < year and _TELLS.search(sentence):
            return _copied(section, sentence, int(match[1]), year, names_year=names_year)
    return None


def _copied(section: str, sentence: str, named: int, year: int, *, names_year: bool) -> Finding:
    rule = RULES["R29"]
    quote = first_words(sentence)
    message = f"{year}年度报告的正文以“{named}年”开头叙述（“{first_words(sentence, 24)}”），疑为照抄往年报告、未改年份。"
    remedy = f"改为{year}年，并核对这一部分是否为本年情况。"
    if names_year:
        return rule.uncertain(
            message,
            severity=Severity.NOTICE,
            expected=f"{year}年",
            found=f"{named}年",
            section=section,
            quote=quote,
            remedy=remedy,
        )
    return rule.failed(
        message, expected=f"{year}年", found=f"{named}年", section=section, quote=quote, remedy=remedy
    )
