"""The county's requests: every outcome in 2024, then those carried over into 2025 and 2026."""

from __future__ import annotations

import datetime as dt

from gongkai.demo.cases import Assistance, Case, Clarified, CoAuthor, Extension, Fee, Reasons, ThirdParty
from gongkai.foi.enums import IntakeChannel, ServiceMethod

ONLINE, EMAIL, FAX = IntakeChannel.ONLINE, IntakeChannel.EMAIL, IntakeChannel.FAX
COUNTER, ORAL, SIGNED = IntakeChannel.IN_PERSON, IntakeChannel.ORAL, IntakeChannel.REGISTERED_MAIL
LETTER, ASTRAY = IntakeChannel.ORDINARY_MAIL, IntakeChannel.MISDIRECTED_MAIL
POST, BY_HAND = ServiceMethod.POST, ServiceMethod.IN_PERSON
VENDOR, BUS = "演示智能设备供应商", "演示校车运营公司"

PRIVATE, BASIC, MONEY = "民办教育管理科", "基础教育科", "计划财务科"
SAFETY, STAFF, EXAMS, SPORT = "安全稳定科", "人事科", "招生考试中心", "体育科"


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


CASES = (
    Case(
        "律所",
        SIGNED,
        "2022年至2023年民办学校审批材料",
        _day("2023-12-20"),
        "partial",
        15,
        served_by=POST,
        unit=PRIVATE,
        agent="演示律师",
    ),
    Case("甲", ONLINE, "2024年县城小学招生计划", _day("2024-02-26"), "granted", 6, unit=BASIC),
    Case(
        "乙",
        COUNTER,
        "义务教育收费项目及标准",
        _day("2024-03-05"),
        "already_public",
        1,
        served_by=BY_HAND,
        unit=MONEY,
        needs="书写困难，请工作人员当面讲读",
    ),
    Case(
        "企业一",
        SIGNED,
        "智慧教室设备采购合同",
        _day("2024-03-11"),
        "partial",
        22,
        (ThirdParty(4, VENDOR, answered=12, consents=False, overridden=20),),
        POST,
        MONEY,
    ),
    Case(
        "研究",
        LETTER,
        "中考命题组织工作方案",
        _day("2024-03-18"),
        "denied_secret",
        14,
        served_by=POST,
        unit=EXAMS,
    ),
    Case(
        "丙",
        EMAIL,
        "某学校学生学籍档案明细",
        _day("2024-03-25"),
        "denied_law",
        10,
        unit=BASIC,
        first_attempt="邮件被退回，收件服务器提示邮箱已满",
    ),
    Case(
        "丁",
        FAX,
        "学校技防设施点位图",
        _day("2024-04-08"),
        "denied_safety",
        13,
        served_by=POST,
        unit=SAFETY,
        first_attempt="两次投递无人接收，电话无人接听，邮件退回",
    ),
    Case(
        "企业二",
        ONLINE,
        "校车运营企业成本核算资料",
        _day("2024-04-15"),
        "denied_third_party",
        20,
        (ThirdParty(3, BUS, answered=10, consents=False),),
        unit=SAFETY,
    ),
    Case("戊", ONLINE, "本局干部交流轮岗方案", _day("2024-04-22"), "denied_internal", 8, unit=STAFF),
    Case(
        "己",
        COUNTER,
        "学区调整讨论会议记录",
        _day("2024-05-06"),
        "denied_process",
        9,
        served_by=BY_HAND,
        unit=BASIC,
    ),
    Case(
        "律所",
        SIGNED,
        "某培训机构行政处罚案卷",
        _day("2024-05-13"),
        "denied_case_file",
        12,
        served_by=POST,
        unit=PRIVATE,
    ),
    Case("甲", ONLINE, "某学校用地不动产登记资料", _day("2024-05-20"), "query_regime", 5),
    Case(
        "乙",
        ONLINE,
        "2010年农村教学点撤并论证报告",
        _day("2024-06-03"),
        "not_exist",
        7,
        (Assistance(1, "青屿县档案馆", 5),),
        unit=BASIC,
    ),
    Case("丙", ASTRAY, "县城新区控制性详细规划", _day("2024-06-11"), "not_our_remit", 4, served_by=POST),
    Case("研究", EMAIL, "近十年各乡镇生均经费对比分析", _day("2024-06-17"), "need_create", 11, unit=MONEY),
    Case("丁", ONLINE, "学校的有关情况", _day("2024-06-24"), "unclear", 18, (Clarified(4, 10),)),
    Case("戊", LETTER, "反映某校违规补课要求查处", _day("2024-07-01"), "reject_petition", 6, served_by=POST),
    Case("甲", ONLINE, "2024年县城小学招生计划", _day("2024-07-08"), "reject_repeat", 4, unit=BASIC),
    Case(
        "己", ORAL, "要求提供《青屿县教育志》", _day("2024-07-15"), "reject_publication", 2, served_by=BY_HAND
    ),
    Case(
        "己",
        ONLINE,
        "各校每日食堂采购单（历年）",
        _day("2024-07-22"),
        "reject_excessive",
        15,
        (Reasons(3, 8),),
        unit=SAFETY,
    ),
    Case(
        "乙",
        COUNTER,
        "要求确认此前取得的批复真实有效",
        _day("2024-08-05"),
        "reject_confirm",
        5,
        served_by=BY_HAND,
    ),
    Case("丙", EMAIL, "有关文件", _day("2024-08-12"), "lapse_no_correction", 14, (Clarified(3),)),
    Case(
        "企业一",
        ONLINE,
        "历年学校设备采购台账",
        _day("2024-08-19"),
        "lapse_unpaid",
        34,
        (Fee(10, 130),),
        unit=MONEY,
    ),
    Case("公益", ONLINE, "农村学校图书配备情况", _day("2024-09-02"), "withdrawn", 5, unit=BASIC),
    Case(
        "社团",
        SIGNED,
        "小区配套幼儿园移交的证明",
        _day("2024-09-09"),
        "other",
        10,
        served_by=POST,
        unit="发展规划科",
    ),
    Case(
        "企业二",
        ONLINE,
        "校车线路审批文件汇编",
        _day("2024-09-18"),
        "granted",
        24,
        (Fee(6, 86, paid=12),),
        unit=SAFETY,
    ),
    Case(
        "丁",
        ONLINE,
        "义务教育经费保障联合文件",
        _day("2024-10-09"),
        "granted",
        24,
        (CoAuthor(3, "青屿县财政局", answered=11),),
        unit=MONEY,
    ),
    Case(
        "研究",
        SIGNED,
        "近三年教师招聘与流动统计",
        _day("2024-10-21"),
        "granted",
        30,
        (Extension(16, 15),),
        POST,
        STAFF,
    ),
    Case(
        "公益", EMAIL, "2024年学生资助名额分配情况", _day("2024-11-04"), "granted", 9, unit="学生资助管理中心"
    ),
    Case("律所", ONLINE, "民办学校年检整改通知", _day("2024-11-18"), "partial", 17, unit=PRIVATE),
    Case(
        "戊",
        ONLINE,
        "历年体育场馆开放补助明细",
        _day("2024-12-10"),
        "granted",
        45,
        (Reasons(3, given=7, due_after=50),),
        unit=SPORT,
    ),
    Case("甲", ONLINE, "2025年教育体育重点项目清单", _day("2024-12-17"), "granted", 14, unit="项目办公室"),
    Case("乙", ONLINE, "2025年春季学期转学办理规定", _day("2025-02-24"), "granted", 8, unit=BASIC),
    Case(
        "企业一",
        SIGNED,
        "智慧校园项目评审意见",
        _day("2025-03-17"),
        "partial",
        30,
        (ThirdParty(3, VENDOR),),
        POST,
        MONEY,
    ),
    Case(
        "企业二",
        ONLINE,
        "校车运营补贴测算资料",
        _day("2025-04-07"),
        "denied_third_party",
        20,
        (ThirdParty(3, BUS, answered=9, consents=False),),
        unit=SAFETY,
    ),
    Case("丁", ONLINE, "2012年校舍安全工程竣工图", _day("2025-05-12"), "not_exist", 9, unit="项目办公室"),
    Case(
        "研究", EMAIL, "2024年教育统计分乡镇资料", _day("2025-06-09"), "granted", 22, (Fee(5, 119, paid=11),)
    ),
    Case(
        "律所",
        SIGNED,
        "教育费附加使用联合核查报告",
        _day("2025-07-07"),
        "granted",
        30,
        (CoAuthor(4, "青屿县财政局"),),
        POST,
        MONEY,
    ),
    Case(
        "丙",
        LETTER,
        "投诉某健身场所要求退费",
        _day("2025-08-11"),
        "reject_petition",
        7,
        served_by=POST,
        unit=SPORT,
    ),
    Case("公益", ONLINE, "控辍保学台账", _day("2025-09-08"), "withdrawn", 6, unit=BASIC),
    Case(
        "社团",
        COUNTER,
        "小区配套小学建设时序",
        _day("2025-10-13"),
        "granted",
        12,
        served_by=BY_HAND,
        unit="发展规划科",
    ),
    Case("己", ONLINE, "教师职称评审会议纪要草稿", _day("2025-11-03"), "denied_process", 10, unit=STAFF),
    Case("甲", ONLINE, "2026年中考体育考试方案", _day("2025-12-15"), "granted", 18, unit=EXAMS),
)

OPEN = (
    (
        23,
        Case(
            "戊",
            LETTER,
            "农村学校供暖改造资金安排",
            dt.date.min,
            unit="项目办公室",
            needs="视力障碍，请用大字版，或者电话告知结果",
        ),
    ),
    (20, Case("律所", ONLINE, "培训机构预收费监管账户名单", dt.date.min, unit=PRIVATE)),
    (17, Case("丁", ONLINE, "新建初中学区划分方案", dt.date.min, unit=BASIC)),
    (
        12,
        Case(
            "企业一", SIGNED, "体育场馆改造中标文件", dt.date.min, turns=(ThirdParty(4, VENDOR),), unit=SPORT
        ),
    ),
    (7, Case("研究", EMAIL, "教师培训经费使用情况", dt.date.min, turns=(Clarified(5),), unit="教师发展中心")),
    (
        18,
        Case(
            "公益",
            ONLINE,
            "特殊教育经费拨付情况",
            dt.date.min,
            turns=(Extension(15, 20),),
            unit=MONEY,
            agent="演示代理人",
        ),
    ),
    (
        6,
        Case(
            "丙",
            LETTER,
            "学校食堂承包招标结果和校车安全检查记录",
            dt.date.min,
            served_by=POST,
            unit=SAFETY,
        ),
    ),
    (2, Case("乙", ONLINE, "校园餐供应商名单", dt.date.min, unit=SAFETY)),
    (1, Case("乙", LETTER, "校园餐供应商名单", dt.date.min, served_by=POST, unit=SAFETY)),
    (1, Case("丙", ONLINE, "2026年公共体育场馆开放安排", dt.date.min, unit=SPORT, is_confirmed=False)),
)
"""Requests still open: how many workdays ago they came in. The first is late, the second due today."""
