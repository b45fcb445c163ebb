"""The prose of the report as templates whose numbers are filled in, so that prose and tables cannot disagree.

A placeholder is a fact's Chinese name (or key) in double braces: ``{{新收申请件数}}``; see ``law.templates``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gongkai.law import templates
from gongkai.law.report import numerals
from gongkai.law.report.facts import BY_NAME, FACTS, Fact, Value, facts_from_figures
from gongkai.law.report.figures import Level
from gongkai.law.report.formats import SECTIONS, ReportFormat
from gongkai.law.templates import placeholders

__all__ = [
    "BY_NAME",
    "FACTS",
    "STARTING_TEXTS",
    "Fact",
    "MissingFact",
    "NarrativeError",
    "UnknownPlaceholder",
    "Value",
    "default_templates",
    "facts_from_figures",
    "fill",
    "placeholders",
    "unknown_placeholders",
]

NarrativeError = templates.TemplateError
UnknownPlaceholder = templates.UnknownPlaceholder
MissingFact = templates.MissingValue


def unknown_placeholders(template: str) -> tuple[str, ...]:
    """The placeholders of a template that name no fact."""
    return tuple(name for name in placeholders(template) if name not in BY_NAME)


def fill(template: str, facts: Mapping[str, Value]) -> str:
    """The template with every placeholder replaced; ``facts`` by key.

    Raises ``UnknownPlaceholder`` or ``MissingFact``.
    """
    return templates.fill(template, lambda name: _value(name, facts))


def _value(name: str, facts: Mapping[str, Value]) -> str:
    fact = BY_NAME.get(name)
    if fact is None:
        raise UnknownPlaceholder(templates.unknown_message(name))
    value = facts.get(fact.key)
    if value is None:
        message = f"数据项“{fact.name}”没有数值，请补充数据，或从文字中删去该项"
        raise MissingFact(message)
    return value if isinstance(value, str) else numerals.show(value)


_LEAD = (
    "根据《中华人民共和国政府信息公开条例》规定，按照{{格式文号}}规定的格式，编制{{机关名称}}{{年度}}年政府信息公开工作年度报告。"
    "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、"
    "存在的主要问题及改进情况、其他需要报告的事项六个部分组成。"
    "所列数据的统计期限为{{年度}}年1月1日至{{年度}}年12月31日。"
)
_OPENING = "{{年度}}年，{{机关名称}}贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，各方面工作情况如下。"
_PROACTIVE = (
    "（一）主动公开。通过政府网站公开政府信息{{政府网站公开条数}}条，通过部门门户网站公开{{部门门户网站公开条数}}条，"
    "通过报刊、微博、微信公开{{报刊微博微信公开条数}}条。公开重点领域信息{{重点领域信息条数}}条，"
    "发布政策解读{{政策解读篇数}}篇，开展意见征集{{意见征集期数}}期，回应社会关切{{回应关切次数}}次。"
)
_ON_REQUEST = (
    "（二）依申请公开。全年新收政府信息公开申请{{新收申请件数}}件，上年结转{{上年结转件数}}件；"
    "答复申请{{答复申请件数}}件，结转下年度继续办理{{结转下年度件数}}件，逾期答复{{逾期答复件数}}件。"
    "办理结果为：予以公开{{予以公开件数}}件，部分公开{{部分公开件数}}件，不予公开{{不予公开件数}}件，"
    "无法提供{{无法提供件数}}件，不予处理{{不予处理件数}}件，其他处理{{其他处理件数}}件。"
    "因政府信息公开被申请行政复议{{行政复议件数}}件，被提起行政诉讼{{行政诉讼件数}}件。"
)
_MANAGEMENT = {
    "2019": "（三）政府信息管理。落实政府信息公开审查制度，先审查、后公开；规范性文件对外公开总数量为{{规范性文件对外公开总数量}}件。",
    "2021": (
        "（三）政府信息管理。落实政府信息公开审查制度，先审查、后公开；制发行政规范性文件{{规范性文件本年制发件数}}件，"
        "废止{{规范性文件本年废止件数}}件，年末现行有效的行政规范性文件{{规范性文件现行有效件数}}件。"
    ),
}
_PLATFORM = (
    "（四）政府信息公开平台建设。公开标准目录列有一级事项{{一级事项数}}项、二级事项{{二级事项数}}项，"
    "全年按目录在政府信息公开平台公开信息{{按目录公开条数}}条。"
)
_SUPERVISION = "（五）监督保障。组织或参加政府信息公开培训{{培训次数}}次，参训{{培训人次}}人次，对公开工作开展日常监督检查。"
_GOVERNMENT = "开展政府信息公开工作考核{{工作考核次数}}次，社会评议{{社会评议次数}}次，实施责任追究{{责任追究人次}}人次。"
_PROBLEMS = (
    "存在的主要问题：{{主要问题}}\n改进措施：{{改进措施}}\n上年问题的改进落实情况：{{上年问题落实情况}}"
)
_OTHER = {
    "2019": "没有其他需要报告的事项。",
    "2021": (
        "按照《政府信息公开信息处理费管理办法》，全年发出收费通知{{收费通知件数}}件，通知收费总金额{{收费通知金额}}元，"
        "实际收取信息处理费{{信息处理费实收金额}}元。没有其他需要报告的事项。"
    ),
}

STARTING_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "main_problems": "一是主动公开的及时性还有待提高；二是政策解读的形式还不够丰富；三是工作人员的业务能力还需加强。",
        "measures": "一是明确各环节责任和时限，督促按期公开；二是结合实际改进解读方式；三是定期开展业务培训。",
        "follow_up": "对上年报告提出的问题逐条对照整改。",
    }
)
"""Words to begin with where a body has not yet told its problems and measures; meant to be rewritten every year."""


def default_templates(form: ReportFormat, level: Level = Level.UNKNOWN) -> dict[str, str]:
    """The starting text of the lead and the six sections; the sections that are tables start empty.

    The report of a government (``level``) also tells assessment, appraisal and accountability: 条例 art. 50(4).
    """
    supervision = _SUPERVISION + (_GOVERNMENT if level is Level.GOVERNMENT else "")
    aspects = (_OPENING, _PROACTIVE, _ON_REQUEST, _MANAGEMENT[form.id], _PLATFORM, supervision)
    texts = {"lead": _LEAD, "overview": "\n".join(aspects), "problems": _PROBLEMS, "other": _OTHER[form.id]}
    return {key: texts.get(key, "") for key in ("lead", *(section.key for section in SECTIONS))}
