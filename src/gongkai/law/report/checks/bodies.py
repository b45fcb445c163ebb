"""What a body's name tells about it: its level (for the deadline) and whether it may make 规章."""

from __future__ import annotations

import re

from gongkai.law.report.figures import Level, Report

_TOWNSHIP = re.compile(r"(?:街道(?:办事处)?|乡|镇|苏木)(?:人民政府|政府|办事处)?$|街道")
_GOVERNMENT = re.compile(r"(?:人民政府|政府)(?:办公室|办公厅)?$")
_AREA = re.compile(r"(?:省|自治区|市|区|县|旗|自治州|盟|地区|行政公署)$")
_ZONE = re.compile(r"(?:新|开发|示范|高新|经开|园|景|保护|保税|度假|实验|试验|合作)区$")
_DEPARTMENT = re.compile(r"(?:局|厅|委员会|委|办公室|中心|总队|支队|大队|处|署|部|站|所|院|社|会)$")
_COMMITTEE_OF_AREA = re.compile(r"区(?:党工委)?管理?委员会(?:办公室)?$|管委会(?:办公室)?$")
_NATIONAL = re.compile(r"^(?:国家|中华人民共和国|国务院|中国)")
_BELOW_NATIONAL = re.compile(r"[省市区县旗州盟镇乡]|自治|特派|专员")
_BELOW_CITY = re.compile(r"(?<!自治)区人民政府|[县旗]人民政府|[镇乡]人民政府|街道|行政公署")
_RULE_MAKING_GOVERNMENT = re.compile(
    r"(?:省|自治区|自治州|(?:^|^中共)(?:北京|天津|上海|重庆)市)人民政府(?:办公厅|办公室)?$"
)


def plain_name(agency: str) -> str:
    """A name without spaces and remarks in brackets."""
    return re.sub(r"[（(][^）)]*[）)]|\s", "", agency)


def level_of(report: Report) -> Level:
    """The level a report states, else the one its agency's name shows, else unknown.

    A reader takes any body that is no 人民政府 for a department; so a mere area (金湖县) or the committee of a zone is
    looked at again: the deadlines differ.
    """
    name = plain_name(report.agency)
    if report.level is Level.DEPARTMENT and name and not _DEPARTMENT.search(_COMMITTEE_OF_AREA.sub("", name)):
        return _level_by_name(name)
    return _level_by_name(name) if report.level is Level.UNKNOWN else report.level


def _level_by_name(name: str) -> Level:
    if _TOWNSHIP.search(name):
        return Level.TOWNSHIP
    if _GOVERNMENT.search(name):
        return Level.GOVERNMENT if name.endswith("政府") else Level.DEPARTMENT
    if not name or _COMMITTEE_OF_AREA.search(name) or _ZONE.search(name):
        return Level.UNKNOWN
    if _DEPARTMENT.search(name):
        return Level.DEPARTMENT
    return Level.GOVERNMENT if _AREA.search(name) else Level.UNKNOWN


def may_make_rules(report: Report) -> bool | None:
    """Whether the body may make 规章 (立法法); ``None`` when its name does not tell.

    State Council departments, provinces, autonomous prefectures and cities with districts may. Whether a 市 has
    districts cannot be told from its name, so a city government is ``None``.
    """
    name = plain_name(report.agency)
    if _NATIONAL.search(name):
        return None if _BELOW_NATIONAL.search(name) else True
    if _RULE_MAKING_GOVERNMENT.search(name):
        return True
    if _BELOW_CITY.search(name) or _TOWNSHIP.search(name):
        return False
    if _GOVERNMENT.search(name) or _COMMITTEE_OF_AREA.search(name):
        return None
    return False if _DEPARTMENT.search(name) and _BELOW_NATIONAL.search(name) else None
