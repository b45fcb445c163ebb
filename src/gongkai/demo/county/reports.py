"""The county's reports: 2024 published, 2025 still in work with one figure adjusted by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from gongkai.demo.days import morning
from gongkai.demo.offices import Office
from gongkai.demo.reporting import Text, Trouble, publish_report, write_report
from gongkai.law.report.cells import Cell
from gongkai.reports.acts import adjust
from gongkai.reports.compute.sources import source_of

OVERVIEW = (
    "{{年度}}年，县教育体育局落实《中华人民共和国政府信息公开条例》，各方面工作情况如下。\n"
    "（一）主动公开。通过政府网站公开信息{{政府网站公开条数}}条，通过微信公开{{微信公开条数}}条，在政务服务中心公示栏公示"
    "{{公示栏公开条数}}条；公开重点领域信息{{重点领域信息条数}}条，发布政策解读{{政策解读篇数}}篇，开展意见征集"
    "{{意见征集期数}}期，回应社会关切{{回应关切次数}}次。\n"
    "（二）依申请公开。新收政府信息公开申请{{新收申请件数}}件，其中自然人申请{{自然人申请件数}}件；上年结转"
    "{{上年结转件数}}件，答复{{答复申请件数}}件，结转下年度继续办理{{结转下年度件数}}件，逾期答复{{逾期答复件数}}件。"
    "答复结果为予以公开{{予以公开件数}}件、部分公开{{部分公开件数}}件、不予公开{{不予公开件数}}件、无法提供"
    "{{无法提供件数}}件、不予处理{{不予处理件数}}件、其他处理{{其他处理件数}}件。被申请行政复议{{行政复议件数}}件，"
    "被提起行政诉讼{{行政诉讼件数}}件。\n"
    "（三）政府信息管理。制发行政规范性文件{{规范性文件本年制发件数}}件，废止{{规范性文件本年废止件数}}件，现行有效"
    "{{规范性文件现行有效件数}}件；坚持先审查、后公开，一事一审。\n"
    "（四）政府信息公开平台建设。标准目录列有一级事项{{一级事项数}}个、二级事项{{二级事项数}}个，栏目按季度自查更新。\n"
    "（五）监督保障。参加和组织培训{{培训次数}}次、{{培训人次}}人次，接受工作考核{{工作考核次数}}次。"
)
PROBLEMS = "主要问题：{{主要问题}}\n改进措施：{{改进措施}}\n上年问题的改进情况：{{上年问题落实情况}}"
OTHER = (
    "发出信息处理费收费通知{{收费通知件数}}件，通知总金额{{收费通知金额}}元，实际收取{{信息处理费实收金额}}元。"
    "无其他需要报告的事项。"
)
SECTIONS = {"overview": OVERVIEW, "problems": PROBLEMS, "other": OTHER}

TROUBLES_2024 = (
    Trouble(
        "不予公开的理由说明不够充分",
        "制定答复文书说理指引，答复前由法规科室复核",
        "说理指引已印发，全部不予公开答复均经法规科室复核",
        dt.date(2025, 4, 30),
    ),
    Trouble(
        "征求第三方意见的衔接不够及时",
        "收到申请后三个工作日内完成是否涉及第三方的研判",
        "研判时限已写入工作规程",
        dt.date(2025, 6, 30),
    ),
    Trouble("部分栏目更新不及时", "每季度通报栏目更新情况", "已按季度通报，仍有个别栏目更新偏慢"),
)
TROUBLES_2025 = (
    Trouble("个别科室承办申请时间偏长", "实行承办时限提醒，临期三个工作日由办公室督办"),
    Trouble("政策解读形式仍较单一", "重要文件同步制作图解和问答"),
)

PUBLISHED = Text(
    year=2024,
    sections=SECTIONS,
    troubles=TROUBLES_2024,
    opened_on=dt.date(2025, 1, 6),
    submitted_on=dt.date(2025, 1, 13),
    approved_on=dt.date(2025, 1, 15),
    published_on=dt.date(2025, 1, 20),
)
IN_WORK = Text(
    year=2025,
    sections=SECTIONS,
    troubles=TROUBLES_2025,
    opened_on=dt.date(2026, 1, 7),
    last_year=TROUBLES_2024,
)
ADJUSTED = Cell(2, "normdoc", "in_force")
REASON = "机构职能调整划入的1件规范性文件尚未录入系统，先行补计"


def build_reports(office: Office) -> None:
    """Publish 2024; leave 2025 as a draft whose stock of normative documents was adjusted, which the checks notice."""
    publish_report(office, PUBLISHED)
    draft = write_report(office, IN_WORK)
    computed = source_of(ADJUSTED, office.body, IN_WORK.year).value()
    adjust(
        version=draft,
        cell=ADJUSTED,
        value=Decimal(computed) + 1,
        reason=REASON,
        actor=office.handler,
        at=morning(IN_WORK.opened_on),
    )
