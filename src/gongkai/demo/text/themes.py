"""What a bureau of education and sports publishes under each item of the catalogue, and in which months."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.disclosure.enums import DocumentKind

POLICY, NOTICE, STATISTICS = DocumentKind.OTHER_POLICY, DocumentKind.NOTICE, DocumentKind.STATISTICS
SERVICE, BUDGET, NEWS = DocumentKind.SERVICE, DocumentKind.BUDGET, DocumentKind.NEWS


@dataclass(frozen=True)
class Theme:
    """Titles of one kind under an item; ``{...}`` are filled in by ``titles``. ``weight`` is relative.

    ``only`` in the peak months: nobody is enrolled in January.
    """

    item: str
    kind: str
    unit: str
    titles: tuple[str, ...]
    peaks: tuple[int, ...] = ()
    weight: int = 1
    only: bool = False


THEMES = (
    Theme(
        "教育法律",
        SERVICE,
        "政策法规科",
        ("教育法律学习资料（{topic}篇）", "《{law}》条文选登（{ordinal}）"),
        (4, 12),
    ),
    Theme(
        "教育法规",
        SERVICE,
        "政策法规科",
        ("《{rule}》条文选登（{ordinal}）", "转发《{rule}》学习提纲"),
        (5, 12),
    ),
    Theme(
        "规范性文件",
        POLICY,
        "办公室",
        (
            "关于印发《{year}年{topic}工作要点》的通知",
            "关于进一步加强{level}{topic}工作的通知",
            "关于做好{year}年{season}学期{topic}工作的通知",
            "关于开展{topic}专项行动的通知",
            "关于调整{topic}工作领导小组成员单位的通知",
        ),
        (3, 9),
        5,
    ),
    Theme(
        "教育事业发展主要情况",
        STATISTICS,
        "发展规划科",
        ("{year}年{quarter}教育体育事业发展情况", "{year}年{topic}工作进展情况"),
        (1, 4, 7, 10),
        2,
    ),
    Theme(
        "教育统计数据",
        STATISTICS,
        "发展规划科",
        ("{level}学校{data}统计表", "{year}年{month}月{level}{data}汇总"),
        (3, 10),
        2,
    ),
    Theme(
        "义务教育学校名录",
        SERVICE,
        "基础教育科",
        ("{town}义务教育阶段{level}名录", "{school}办学基本情况"),
        (5, 8),
        2,
    ),
    Theme(
        "民办学校办学基本信息",
        SERVICE,
        "民办教育管理科",
        ("民办{kindergarten}办学基本信息", "{town}民办学校信息一览表（{ordinal}）"),
        (5, 9),
        2,
    ),
    Theme(
        "民办学校设立、变更、终止等事项行政审批、备案信息",
        NOTICE,
        "行政审批科",
        (
            "关于同意{kindergarten}变更{change}的批复",
            "关于同意设立{kindergarten}的批复",
            "校外培训机构审批结果公示（{year}年{ordinal}批）",
            "关于{kindergarten}终止办学的公告",
        ),
        (4, 8),
        4,
    ),
    Theme(
        "日常监管信息",
        NOTICE,
        "民办教育管理科",
        (
            "{year}年度民办学校年检结果公告（{ordinal}批）",
            "关于{town}校外培训机构专项检查情况的通报",
            "{town}{month}月校外培训机构白名单",
        ),
        (5, 11),
        3,
    ),
    Theme(
        "财务信息",
        BUDGET,
        "计划财务科",
        (
            "{year}年部门预算公开说明（{school}）",
            "{lastyear}年度部门决算公开说明（{school}）",
            "{year}年{season}学期中小学服务性收费和代收费公示（{town}）",
            "{year}年{month}月{topic}专项资金拨付情况",
        ),
        (3, 9),
        4,
    ),
    Theme("学校介绍", SERVICE, "基础教育科", ("{school}简介", "{school}办学条件与联系方式"), (5, 6), 3),
    Theme(
        "招生政策",
        POLICY,
        "基础教育科",
        (
            "关于做好{year}年{town}{level}招生入学工作的通知",
            "{year}年{town}随迁子女入学办理指南",
            "关于{year}年{town}{level}新生报名登记的公告",
            "{year}年{school}招生工作实施方案",
        ),
        (6, 7),
        4,
        only=True,
    ),
    Theme(
        "招生计划",
        NOTICE,
        "基础教育科",
        ("{year}年{school}招生计划", "{year}年{town}{level}招生计划"),
        (6, 7),
        3,
        only=True,
    ),
    Theme(
        "招生范围",
        NOTICE,
        "基础教育科",
        ("{year}年{school}招生范围", "{year}年{town}学区划分示意"),
        (6, 7),
        3,
        only=True,
    ),
    Theme(
        "招生结果",
        NOTICE,
        "基础教育科",
        ("{year}年{school}新生录取结果公示", "{year}年{school}电脑派位结果公告"),
        (7, 8),
        3,
        only=True,
    ),
    Theme(
        "学籍管理",
        SERVICE,
        "基础教育科",
        ("{year}年{season}学期{level}转学办理须知", "{school}{season}学期学籍变动公示"),
        (2, 8),
        2,
    ),
    Theme(
        "学生评优奖励",
        NOTICE,
        "基础教育科",
        (
            "{year}年度{level}{honour}评选结果公示",
            "关于评选{year}年{honour}的通知",
            "{school}{year}年{honour}推荐名额公示",
        ),
        (5, 12),
        2,
    ),
    Theme(
        "义务教育学生资助政策",
        NOTICE,
        "学生资助管理中心",
        (
            "{year}年{season}学期{level}家庭经济困难学生生活补助发放情况",
            "{year}年{season}学期{town}“两免一补”资金落实情况",
            "学生资助政策问答（{ordinal}）",
        ),
        (4, 10),
        3,
    ),
    Theme(
        "优待政策/特殊群体入学保障",
        SERVICE,
        "基础教育科",
        ("{year}年{group}子女入学优待办理流程", "{town}残疾儿童少年入学安置情况"),
        (6, 7),
        only=True,
    ),
    Theme(
        "教师培训",
        NOTICE,
        "教师发展中心",
        (
            "关于举办{year}年{subject}教师培训班的通知",
            "关于{subject}骨干教师研修安排的通知",
            "{year}年{month}月{subject}教师培训计划",
        ),
        (3, 7, 10),
        4,
    ),
    Theme(
        "教师行为规范",
        NOTICE,
        "人事科",
        ("关于开展{year}年师德师风{campaign}的通知", "{school}师德承诺公示"),
        (3, 9),
        2,
    ),
    Theme(
        "教师评优评先",
        NOTICE,
        "人事科",
        ("{year}年{level}{honour2}评选结果公示", "{school}{year}年{honour2}推荐人选所在岗位公示"),
        (8, 9),
        2,
    ),
    Theme(
        "教师职称评审",
        NOTICE,
        "人事科",
        ("{year}年{level}教师{rank}评审通过情况公示", "关于做好{year}年{subject}教师职称申报工作的通知"),
        (10, 11),
        2,
        only=True,
    ),
    Theme(
        "教师资格认定",
        SERVICE,
        "行政审批科",
        (
            "{year}年{half}教师资格认定公告（{ordinal}批）",
            "{year}年{half}{level}教师资格认定结果（{ordinal}批）",
            "{year}年{month}月{level}教师资格证书补发换发结果",
        ),
        (4, 5, 10, 11),
        3,
        only=True,
    ),
    Theme(
        "教师招聘",
        NOTICE,
        "人事科",
        (
            "{year}年公开招聘{subject}教师公告",
            "{year}年公开招聘{subject}教师笔试成绩公示",
            "{year}年公开招聘{subject}教师拟聘用情况公示",
        ),
        (5, 6, 8),
        3,
    ),
    Theme(
        "控辍保学",
        NOTICE,
        "基础教育科",
        ("{town}{year}年{season}学期控辍保学工作情况", "{year}年{quarter}控辍保学台账核查结果"),
        (3, 9),
        2,
    ),
    Theme(
        "改善办学条件",
        NOTICE,
        "项目办公室",
        (
            "{school}{project}项目进展情况",
            "{school}{project}项目招标公告",
            "{school}{project}项目竣工验收公示",
            "{year}年{town}改善办学条件资金安排",
        ),
        (4, 8, 11),
        4,
    ),
    Theme(
        "农村义务教育学生营养改善计划",
        NOTICE,
        "学生资助管理中心",
        ("{town}{year}年{month}月营养餐资金使用公示", "{school}{month}月带量食谱公示"),
        (),
        3,
    ),
    Theme(
        "督导机构与责任督学",
        SERVICE,
        "教育督导室",
        ("{town}责任督学挂牌督导责任区公告", "{year}年责任督学挂牌督导工作安排（{quarter}）"),
        (3, 9),
    ),
    Theme(
        "督导报告",
        NOTICE,
        "教育督导室",
        (
            "{school}{year}年综合督导评估报告",
            "{town}{topic}专项督导报告",
            "{year}年{quarter}督导问题整改情况",
        ),
        (6, 12),
        3,
    ),
    Theme(
        "义务教育均衡发展/质量监测结果",
        STATISTICS,
        "教育督导室",
        ("{year}年义务教育{subject}质量监测结果（{town}）", "{year}年{level}校际差异系数监测情况"),
        (9, 11),
    ),
    Theme(
        "校园安全管理",
        NOTICE,
        "安全稳定科",
        (
            "{year}年{month}月{town}校园安全隐患排查整治情况",
            "关于加强{level}{hazard}工作的紧急通知",
            "{town}{month}月校车安全专项检查通报",
            "{school}食品安全自查情况",
        ),
        (2, 6, 9),
        4,
    ),
    Theme(
        "应急管理",
        NOTICE,
        "安全稳定科",
        ("{school}{hazard}应急预案", "关于{town}{hazard}的预警提示", "{school}{month}月应急演练安排"),
        (5, 6, 9),
        2,
    ),
    Theme(
        "突发事件应对情况",
        NOTICE,
        "安全稳定科",
        ("关于{town}{hazard}处置情况的说明", "{year}年{quarter}校园突发事件应对情况"),
        (7, 12),
    ),
)

INTERPRETATIONS = (
    "一图读懂：{title}",
    "《{title}》解读",
    "《{title}》政策问答",
    "《{title}》重点内容解读",
)

KEY_AREAS: dict[str, tuple[str, tuple[str, ...]]] = {
    "公共体育场馆": (
        "教育事业发展主要情况",
        ("公共体育场馆{month}月免费或低收费开放公告", "体育馆{month}月维护期间开放安排"),
    ),
    "学前教育": (
        "民办学校办学基本信息",
        ("{year}年普惠性民办幼儿园认定公示（{ordinal}批）", "{town}幼儿园{season}学期收费标准公示"),
    ),
    "职业成人与高等教育": (
        "招生政策",
        ("{year}年中等职业学校招生资格公告（{ordinal}批）", "{year}年社区教育课程安排（{ordinal}）"),
    ),
    "高招及自学考试": (
        "招生政策",
        ("{year}年普通高校招生{stage}公告", "{year}年{half}高等教育自学考试{stage}公告"),
    ),
    "成人高考": ("招生政策", ("{year}年成人高校招生{stage}公告",)),
    "研究生考试": ("招生政策", ("{year}年硕士研究生招生考试{stage}公告",)),
    "英语考试": ("招生政策", ("{year}年{half}全国英语等级考试{stage}公告",)),
    "计算机考试": ("招生政策", ("{year}年{half}全国计算机等级考试{stage}公告",)),
}
"""The columns of key-area information with the item they stand under and their titles."""
