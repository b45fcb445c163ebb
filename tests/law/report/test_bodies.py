"""What the name of a body tells."""

import pytest
from tests.law.report.builders import report

from gongkai.law.report.checks.bodies import level_of, may_make_rules
from gongkai.law.report.figures import Level


@pytest.mark.parametrize(
    ("agency", "level"),
    [
        ("某市教育局", Level.DEPARTMENT),
        ("上海市人民政府办公厅", Level.DEPARTMENT),
        ("某市国有资产监督管理委员会", Level.DEPARTMENT),
        ("淮安市洪泽区人民政府", Level.GOVERNMENT),
        ("金湖县", Level.GOVERNMENT),
        ("某某市荔湾区南源街道办事处", Level.TOWNSHIP),
        ("五通桥区牛华镇", Level.TOWNSHIP),
        ("某某高新区管理委员会", Level.UNKNOWN),
        ("某某经济开发区", Level.UNKNOWN),
        ("联合会议", Level.UNKNOWN),
        ("", Level.UNKNOWN),
    ],
)
def test_the_level_is_read_from_the_name(agency, level):
    assert level_of(report(agency=agency, level=Level.UNKNOWN)) is level


def test_a_stated_level_counts_unless_the_name_is_a_mere_area():
    assert level_of(report(agency="联合会议", level=Level.TOWNSHIP)) is Level.TOWNSHIP
    assert level_of(report(agency="某市教育局", level=Level.DEPARTMENT)) is Level.DEPARTMENT
    assert level_of(report(agency="金湖县", level=Level.DEPARTMENT)) is Level.GOVERNMENT
    assert level_of(report(agency="某某高新区管理委员会", level=Level.DEPARTMENT)) is Level.UNKNOWN
    assert level_of(report(agency="", level=Level.DEPARTMENT)) is Level.DEPARTMENT


@pytest.mark.parametrize(
    ("agency", "may"),
    [
        ("教育部", None),
        ("国家统计局", True),
        ("国家税务总局某省税务局", None),
        ("某省人民政府办公厅", True),
        ("上海市人民政府", True),
        ("某某市人民政府", None),
        ("某某市某某区人民政府", False),
        ("某县人民政府办公室", False),
        ("某某街道办事处", False),
        ("长春经开区文教局", False),
        ("某省教育厅", False),
        ("某某高新区管委会", None),
        ("某公司", None),
    ],
)
def test_who_may_make_rules(agency, may):
    assert may_make_rules(report(agency=agency)) is may
