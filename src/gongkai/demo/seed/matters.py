"""The bureau's list of powers: 14 licences at the end of 2019 and six more in 2020; the names are the usual ones."""

from __future__ import annotations

import datetime as dt

from gongkai.ledgers.models import MatterKind

FOUNDED = dt.date(2016, 1, 1)
IN_2019 = dt.date(2019, 4, 1)
IN_2020 = dt.date(2020, 3, 2)

LICENCES: tuple[tuple[str, dt.date, int], ...] = (
    ("教师资格认定（幼儿园）", FOUNDED, 30),
    ("教师资格认定（小学）", FOUNDED, 34),
    ("教师资格认定（初级中学）", FOUNDED, 22),
    ("民办幼儿园设立审批", FOUNDED, 2),
    ("民办幼儿园变更审批", FOUNDED, 4),
    ("民办中小学设立审批", FOUNDED, 1),
    ("民办中小学变更审批", FOUNDED, 1),
    ("民办学校终止审批", FOUNDED, 1),
    ("校车使用许可", FOUNDED, 6),
    ("适龄儿童延缓入学批准", FOUNDED, 3),
    ("适龄儿童休学批准", FOUNDED, 3),
    ("经营高危险性体育项目许可", FOUNDED, 2),
    ("专业训练组织自行实施义务教育审批", IN_2019, 0),
    ("临时占用公共体育设施审批", IN_2019, 1),
    ("校外培训机构设立审批（学科类）", IN_2020, 5),
    ("校外培训机构变更审批（学科类）", IN_2020, 3),
    ("校外培训机构终止审批（学科类）", IN_2020, 1),
    ("民办幼儿园分立、合并审批", IN_2020, 0),
    ("举办健身气功活动许可", IN_2020, 1),
    ("高危险性体育项目许可变更", IN_2020, 1),
)
"""Name, day of listing, and how often it is decided compared with the others."""

OTHER_MGMT = (
    "义务教育学生转学办理", "义务教育学生休学复学办理", "普通高中学生学籍变动办理", "中等职业学校学籍办理", "教师资格证书补发换发",
    "教师资格定期注册", "教师职称评审推荐", "教师培训学时登记", "民办学校年度检查", "民办学校章程备案", "民办学校理事会成员备案",
    "民办学校招生简章备案", "校车驾驶人员备案", "学生资助资格确认", "生源地信用助学贷款受理", "特殊教育学生入学登记",
    "社会体育指导员技术等级认定", "运动员技术等级授予", "裁判员技术等级认定", "体育社会团体业务审查", "公共体育设施名录公布",
    "体育类民办非企业单位审查", "健身站点备案",
)  # fmt: skip
PENALTIES = (
    "对擅自举办民办学校的处罚", "对民办学校违规招生的处罚", "对使用未取得校车标牌车辆提供校车服务的处罚", "对擅自经营高危险性体育项目的处罚",
)  # fmt: skip

DECISIONS = {
    2019: {MatterKind.LICENCE: 1216, MatterKind.OTHER_MGMT: 58, MatterKind.PENALTY: 1},
    2020: {MatterKind.LICENCE: 1388, MatterKind.OTHER_MGMT: 65, MatterKind.PENALTY: 0},
}
