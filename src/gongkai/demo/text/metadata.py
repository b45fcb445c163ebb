"""What the directory guide says of a document (主题、体裁、关键词、概述), told by its title as a registrar would."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from gongkai.demo.text.words import TOPICS
from gongkai.disclosure.enums import DocumentKind, Genre, InterpretationForm, Subject

GENRES = (
    ("批复", Genre.REPLY),
    ("意见", Genre.OPINION),
    ("决定", Genre.DECISION),
    ("通报", Genre.CIRCULAR),
    ("通告", Genre.PUBLIC_NOTICE),
    ("公告", Genre.PROCLAMATION),
    ("公示", Genre.PROCLAMATION),
    ("通知", Genre.NOTICE),
    ("报告", Genre.REPORT),
    ("函", Genre.LETTER),
)
"""What a title ends in; the first that fits."""
SUBJECTS = (
    (("预算", "决算", "收费", "资金", "采购", "经费"), Subject.FINANCE),
    (("教师", "职称", "招聘", "评优"), Subject.LABOUR),
    (("体育", "健身", "场馆", "足球", "运动"), Subject.HEALTH_SPORT),
    (("安全", "消防", "食品", "校车"), Subject.MARKET),
    (("工程", "改造", "建设项目"), Subject.CONSTRUCTION),
)
FORMS = (("一图读懂", InterpretationForm.PICTURE), ("问答", InterpretationForm.QUESTIONS))
WORDS = (
    *TOPICS, "招生", "学区", "学籍", "学生资助", "课后服务", "校外培训", "民办学校", "幼儿园", "教师资格", "教师招聘", "职称评审", "部门预算", "决算",
    "收费", "校车安全", "食品安全", "体育场馆", "年检", "督导", "中考", "公开征求意见", "营养改善", "运动会", "读书", "消防", "防溺水", "师德",
    "研学", "足球", "篮球", "家长", "法治", "艺术节", "志愿服务", "教学", "开学", "毕业", "体质健康",
)  # fmt: skip
OF_KIND = {
    DocumentKind.NEWS: "校园活动",
    DocumentKind.STATISTICS: "教育统计",
    DocumentKind.BUDGET: "预算决算",
    DocumentKind.SERVICE: "办事服务",
    DocumentKind.INTERPRETATION: "政策解读",
    DocumentKind.NOTICE: "通知公告",
}
MOST_WORDS, SUMMARY = 4, 90
TAG = re.compile(r"<[^>]+>")
ARTICLE = re.compile(r"<p>(?:第[一二三四五六七八九十]+条　)?(.+?)</p>")
YEARS_IN_FORCE = 5


def metadata_of(kind: str, title: str, text: str, on: dt.date) -> Mapping[str, object]:
    """Fields of ``DocumentRow.metadata``."""
    found: dict[str, object] = {
        "subject": _subject(title),
        "genre": next((genre for word, genre in GENRES if title.endswith(word)), Genre.OTHER),
        "keywords": _keywords(kind, title),
        "summary": _summary(text),
    }
    if kind == DocumentKind.INTERPRETATION:
        found["interpretation_form"] = next(
            (form for word, form in FORMS if word in title), InterpretationForm.TEXT
        )
    if kind == DocumentKind.NORMATIVE:
        found["effective_on"] = on
    return found


def _keywords(kind: str, title: str) -> list[str]:
    """What the title speaks of, the longer words first seen; the kind where it speaks of nothing."""
    found = [word for word in WORDS if word in title][:MOST_WORDS]
    return found or [word for word in (OF_KIND.get(DocumentKind(kind)),) if word]


def _subject(title: str) -> str:
    fitting = (subject for words, subject in SUBJECTS if any(word in title for word in words))
    return next(fitting, Subject.SCIENCE_EDUCATION)


def _summary(text: str) -> str:
    """The first paragraph that says something, cut at a sentence."""
    for paragraph in ARTICLE.findall(text):
        plain = TAG.sub("", paragraph).strip()
        if not plain.endswith("：") and len(plain) > 15:  # noqa: PLR2004 - shorter ones are salutations
            whole = plain[:SUMMARY]
            return whole[: whole.rfind("。") + 1] or whole
    return ""
