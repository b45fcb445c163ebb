"""How much the bureau published: 2020 as its report says, 2019 somewhat less."""

from __future__ import annotations

import datetime as dt

from gongkai.demo.documents import Plan, Special
from gongkai.demo.normative import Paper
from gongkai.disclosure.enums import DocumentKind

POLICY, NOTICE = DocumentKind.OTHER_POLICY, DocumentKind.NOTICE

SPECIALS_2020 = (
    Special("2020年济源义务教育学校招生问答", NOTICE, "招生政策", "基础教育科", dt.date(2020, 7, 6)),
    Special("致全市小学初中家长的一封信", NOTICE, "招生政策", "基础教育科", dt.date(2020, 7, 8)),
    Special(
        "关于公开征求《2020年义务教育学校招生工作意见》意见的公告",
        NOTICE,
        "招生政策",
        "基础教育科",
        dt.date(2020, 5, 18),
    ),
    Special(
        "关于公开征求《中小学生课后服务实施办法》意见的公告",
        NOTICE,
        "规范性文件",
        "基础教育科",
        dt.date(2020, 8, 31),
    ),
    Special(
        "关于公开征求《公共体育设施开放管理办法》意见的公告",
        NOTICE,
        "规范性文件",
        "体育科",
        dt.date(2020, 10, 26),
    ),
    Special("关于新冠肺炎疫情期间开展线上教学的通知", POLICY, "招生政策", "基础教育科", dt.date(2020, 2, 7)),
    Special(
        "关于2020年春季学期分批返校复学的公告", NOTICE, "校园安全管理", "安全稳定科", dt.date(2020, 4, 7)
    ),
)
SPECIALS_2019 = (
    Special(
        "关于公开征求《幼儿园布局规划》意见的公告", NOTICE, "规范性文件", "发展规划科", dt.date(2019, 6, 10)
    ),
    Special(
        "关于公开征求《校外培训机构设置标准》意见的公告",
        NOTICE,
        "规范性文件",
        "民办教育管理科",
        dt.date(2019, 9, 16),
    ),
    Special("2019年义务教育学校招生工作问答", NOTICE, "招生政策", "基础教育科", dt.date(2019, 7, 5)),
)

PLANS = (
    Plan(
        year=2019,
        website=507,
        portal=1302,
        on_both=380,
        news=1430,
        wechat=1786,
        weibo=1830,
        newspaper=512,
        interpretations=17,
        key_areas=(5, 5, 4, 4, 3, 3, 3, 2),
        specials=SPECIALS_2019,
    ),
    Plan(
        year=2020,
        website=619,
        portal=1566,
        on_both=452,
        news=1798,
        wechat=2236,
        weibo=2317,
        newspaper=631,
        interpretations=23,
        key_areas=(6, 6, 5, 5, 4, 4, 4, 3),
        specials=SPECIALS_2020,
    ),
)
"""2236 + 2317 + 631 = 5184 over WeChat, Weibo and the newspaper; 37 in key areas."""

NORMATIVE = (
    Paper("学前教育管理办法", dt.date(2014, 6, 9)),
    Paper("民办学校年度检查办法", dt.date(2015, 4, 20)),
    Paper("中小学校车安全管理办法", dt.date(2016, 3, 14)),
    Paper("义务教育学校学区管理办法", dt.date(2016, 11, 7)),
    Paper("校外培训机构管理办法", dt.date(2018, 5, 21)),
    Paper("公共体育场馆开放管理办法", dt.date(2018, 10, 15)),
    Paper("中小学食堂管理办法", dt.date(2019, 3, 18)),
)
"""The seven normative documents that were public at the end of 2020."""
