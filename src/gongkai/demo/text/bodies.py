"""Texts of documents: a few paragraphs that fit the title, as HTML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from gongkai.demo.text.words import SCHOOLS, TOWNS
from gongkai.disclosure.enums import DocumentKind

PURPOSES = (
    "为贯彻落实上级有关工作部署，切实保障师生和群众的知情权，现将有关事项通知如下。",
    "为进一步规范管理、提高服务水平，结合本地实际，现就有关事项明确如下。",
    "根据年度工作安排，经研究，现将有关内容予以公布，请遵照执行。",
    "为方便群众办事、接受社会监督，依据有关规定，现将具体安排公布如下。",
)
MEASURES = (
    "各学校要明确一名负责人牵头，细化任务分工，把责任落实到具体岗位。",
    "要对照清单逐项自查，发现问题立即整改，暂时不能整改的列出时限并书面说明原因。",
    "有关材料由学校初审，责任科室复核，复核结果在十个工作日内反馈。",
    "办理过程中不得收取任何费用，不得要求群众提供清单之外的证明材料。",
    "公示期为五个工作日，公示期间有异议的，可以书面形式向责任科室反映。",
    "各单位应于每月二十五日前报送进展情况，由责任科室汇总后统一公布。",
    "要充分利用校园公示栏、家长会和新媒体做好宣传，及时回应家长关心的问题。",
    "对工作推进不力、造成不良影响的，将予以通报，并纳入年度目标考核。",
    "涉及个人信息的内容应当先作处理再公开，确保公开及时、内容准确、表述规范。",
    "农村学校和薄弱学校应予优先安排，确保各项惠民政策覆盖到每一名符合条件的学生。",
)
SCENES = (
    "活动现场秩序井然，师生踊跃参与，家长代表应邀观摩。",
    "学校提前制定方案，班主任逐班讲解要求，安全保障到位。",
    "相关负责人介绍了前期准备情况，并就下一步工作提出要求。",
    "师生围绕主题展示了阶段成果，现场气氛热烈。",
)
RESULTS = (
    "据介绍，此类活动今后将定期开展，让更多学生受益。",
    "下一步，学校将及时总结经验，把好的做法固定下来。",
    "家长普遍反映活动贴近实际，希望继续坚持。",
    "活动结束后，学校对反映的问题逐条登记，限期答复。",
)


def body_text(rng: Random, *, kind: str, title: str, on: dt.date, unit: str) -> str:
    """A believable text for a document of this kind."""
    write = WRITERS.get(DocumentKind(kind), _notice)
    return write(rng, title, on, unit)


def _day(on: dt.date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _notice(rng: Random, _title: str, on: dt.date, unit: str) -> str:
    first, second, third = rng.sample(MEASURES, 3)
    return _paragraphs(
        "各学校、各二级机构：",
        rng.choice(PURPOSES),
        f"一、{first}",
        f"二、{second}",
        f"三、{third}",
        f"本事项由{unit}负责解释。特此通知。",
        _day(on),
    )


def _announcement(rng: Random, title: str, on: dt.date, unit: str) -> str:
    first, second = rng.sample(MEASURES, 2)
    return _paragraphs(
        f"现将“{title}”有关内容公布如下，欢迎社会各界监督。",
        first,
        second,
        f"联系科室：{unit}。{_day(on)}",
    )


def _news(rng: Random, title: str, on: dt.date, unit: str) -> str:
    return _paragraphs(
        f"{on.month}月{on.day}日，{title}。{rng.choice(SCENES)}",
        f"{rng.choice(RESULTS)}（{unit}供稿）",
    )


def _table(rng: Random, title: str, on: dt.date, unit: str) -> str:
    names = rng.sample(SCHOOLS + TOWNS, 4)
    rows = "".join(f"<tr><th>{name}</th><td>{rng.randint(40, 960)}</td></tr>" for name in names)
    return (
        f"<p>现公布{title}，数据截至{_day(on)}，由{unit}汇总，以年度统计公报为准。</p>"
        f"<table><thead><tr><th>单位</th><td>数值</td></tr></thead><tbody>{rows}</tbody></table>"
        f"<p>{rng.choice(MEASURES)}</p>"
    )


def _guide(rng: Random, title: str, on: dt.date, unit: str) -> str:
    return (
        f"<p>{title}适用于本行政区域内的学校、学生及家长。</p>"
        "<ol><li>通过政务服务平台或到政务服务中心窗口提出。</li>"
        "<li>材料齐全的当场受理；不齐全的，一次性告知需要补充的内容。</li>"
        "<li>自受理之日起在承诺时限内办结，结果以短信或书面方式告知。</li></ol>"
        f"<p>{rng.choice(MEASURES)}</p><p>咨询：{unit}。{_day(on)}</p>"
    )


def _interpretation(rng: Random, _title: str, _on: dt.date, unit: str) -> str:
    first, second = rng.sample(MEASURES, 2)
    return _paragraphs(
        f"问：为什么要出台这份文件？答：{rng.choice(PURPOSES)}",
        f"问：主要有哪些内容？答：{first}{second}",
        f"问：群众遇到问题找谁？答：可以拨打{unit}公布的咨询电话，或在网站留言。",
    )


DUTIES = (
    "县级教育体育行政部门负责本办法的组织实施和监督检查，乡镇（街道）和有关部门按照职责分工做好相关工作。",
    "学校是直接责任主体，校长（园长）是第一责任人，应当指定专人负责日常管理，建立台账。",
    "财政、市场监管、卫生健康、公安等部门依照各自职责，对有关工作进行指导和监督。",
)
PRINCIPLES = (
    "坚持公开、公平、公正，方便群众办事，接受社会监督。",
    "坚持属地管理、分级负责，谁主管谁负责、谁审批谁监管。",
    "坚持学生为本、安全第一，保障学生和家长的合法权益。",
)
SUPERVISION = (
    "教育体育行政部门每年组织一次专项检查，检查结果向社会公布，并作为年度考核的依据。",
    "公民、法人和其他组织发现违反本办法行为的，可以向教育体育行政部门投诉、举报，受理部门应当在十五个工作日内答复。",
    "违反本办法规定的，责令限期改正；逾期不改正的，予以通报；构成违法的，依法处理。",
)
NUMERALS = "一二三四五六七八九十"


def _numeral(number: int) -> str:
    """1 to 99 as articles are counted."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十") + (
        NUMERALS[ones - 1] if ones else ""
    )


def _measures_paper(rng: Random, title: str, on: dt.date, unit: str) -> str:
    """A notice that issues 办法, and the 办法 in chapters and articles."""
    name = title.removeprefix("关于印发《").removesuffix("》的通知")
    matter = (
        name.removesuffix("实施细则").removesuffix("办法").removesuffix("管理").removesuffix("工作责任制")
    )
    chapters = (
        ("总则", (
            f"为规范{matter}工作，保障学生、家长和学校的合法权益，根据有关法律法规和上级规定，结合本地实际，制定本办法。",
            f"本行政区域内{matter}的管理、服务和监督，适用本办法。法律法规另有规定的，从其规定。",
            rng.choice(PRINCIPLES),
        )),
        ("职责", DUTIES),
        ("管理与服务", tuple(rng.sample(MEASURES, 5))),
        ("监督检查", SUPERVISION),
        ("附则", (
            f"本办法由{unit}负责解释。",
            f"本办法自{_day(on)}起施行，有效期五年。",
        )),
    )  # fmt: skip
    parts, article = [f"<h2>{name}</h2>"], 0
    for number, (heading, articles) in enumerate(chapters, start=1):
        parts.append(f"<h3>第{_numeral(number)}章　{heading}</h3>")
        for text in articles:
            article += 1
            parts.append(f"<p>第{_numeral(article)}条　{text}</p>")
    head = _paragraphs(
        "各乡镇（街道）中心学校，局属各学校、各科室：",
        f"现将《{name}》印发给你们，请认真贯彻执行。",
        _day(on),
    )
    return head + "".join(parts)


WRITERS: dict[DocumentKind, Callable[[Random, str, dt.date, str], str]] = {
    DocumentKind.NORMATIVE: _measures_paper,
    DocumentKind.OTHER_POLICY: _notice,
    DocumentKind.NOTICE: _announcement,
    DocumentKind.NEWS: _news,
    DocumentKind.STATISTICS: _table,
    DocumentKind.BUDGET: _table,
    DocumentKind.SERVICE: _guide,
    DocumentKind.INTERPRETATION: _interpretation,
}
