"""Totals with their parts."""

import pytest

from gongkai.law.report.checks.lists import Cue, Listing, listings
from gongkai.law.report.prose import tidy


def found(text):
    return [(one.total, one.added, one.cue) for one in listings(tidy(text))]


@pytest.mark.parametrize(
    ("text", "listing"),
    [
        ("公开217条：审批127条、表彰7条、信箱1条。", (217, 135, Cue.WHOLE)),
        ("公开信息20条，分别为动态12条、公告8条。", (20, 20, Cue.WHOLE)),
        ("累计发布53篇，其中组织机构2篇、部门文件5篇、工作动态43篇、财政预算4篇。", (53, 54, Cue.AMONG)),
        ("公开100条，其中甲10条、乙10条、丙10条、丁10条、戊10条、己10条。", (100, 60, Cue.AMONG)),
        ("发布165条（文件10条、其他155条）。", (165, 165, Cue.BRACKET)),
        (
            "公布信息684(制度文件2条、年报1条、规划5条、部门文件72条、义务教育89条、总结1条、)。",
            (684, 170, Cue.BRACKET),
        ),
        ("公开30条，其中动态10条、公告8篇、解读12则。", (30, 30, Cue.AMONG)),
    ],
)
def test_lists(text, listing):
    assert found(text) == [listing]


@pytest.mark.parametrize(
    "text",
    [
        "公开497条，其中动态165条、通知39条、文件10条等。",
        "公开497条，主要包括：动态165条、通知39条。",
        "公开143条，其中文件9条、人事9条、决策10条。",
        "收到申请21件，其中网络3件，当面5件。",
        "公开信息2406条，其中动态1215条，调查3期，来信7件。",
        "发布100条，其中动态32条，信息公开目录发布42条，收到留言56条。",
        "近100条，其中动态32条，公告42条，解读56条。",
        "公开100条，其中动态30余条，公告40条，解读30条。",
        "关注人数增加100条：动态32条、公告42条。",
        "公开100条：动态较上年32条、公告42条。",
        "公开100条：动态32条，其中要闻2条。",
        "公开100条：动态32条又公告42条。",
        "公开100条，回应20条，解读3条。",
        "公开100条（含解读3条、公告2条）。",
        "（以下简称《条例》）。",
        "文号2022（动态32条、公告42条）。",
        "约20条（动态32条、公告42条）。",
    ],
)
def test_no_lists(text):
    assert found(text) == []


def test_the_sum_of_the_parts():
    assert Listing(5, "条", (2, 3), Cue.WHOLE, "").added == 5
