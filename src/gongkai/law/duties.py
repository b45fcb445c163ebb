"""What must be public, on what basis, how soon (arts. 18–26, 49; interpretation, public concern, websites).

Terms in working days come back as `CountedDay`, because a year not yet announced makes them provisional.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gongkai.law.calendar import CountedDay, WorkCalendar


class DutyError(ValueError):
    """A term that cannot be set; the message is Chinese."""


class Level(StrEnum):
    """The level of government, because art. 21 asks more of those near the people."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


@dataclass(frozen=True, slots=True)
class DutyItem:
    """One kind of information that must be public of itself."""

    key: str
    name: str
    article: str


_ARTICLE_20 = (
    ("regulations", "行政法规、规章和规范性文件"),
    ("organisation", "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名"),
    ("planning", "国民经济和社会发展规划、专项规划、区域规划及相关政策"),
    ("statistics", "国民经济和社会发展统计信息"),
    ("permits", "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果"),
    ("penalties", "实施行政处罚、行政强制的依据、条件、程序以及具有一定社会影响的行政处罚决定"),
    ("budget", "财政预算、决算信息"),
    ("fees", "行政事业性收费项目及其依据、标准"),
    ("procurement", "政府集中采购项目的目录、标准及实施情况"),
    ("projects", "重大建设项目的批准和实施情况"),
    ("livelihood", "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况"),
    ("emergencies", "突发公共事件的应急预案、预警信息及应对情况"),
    ("inspections", "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况"),
    ("recruitment", "公务员招考的职位、名额、报考条件等事项以及录用结果"),
    ("other", "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息"),
)
_ORDINALS = (
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
)

ARTICLE_20: tuple[DutyItem, ...] = tuple(
    DutyItem(key, name, f"条例第二十条第（{ordinal}）项")
    for ordinal, (key, name) in zip(_ORDINALS, _ARTICLE_20, strict=True)
)


def _article_21(*named: tuple[str, str]) -> tuple[DutyItem, ...]:
    return tuple(DutyItem(key, name, "条例第二十一条") for key, name in named)


_CITY_AND_COUNTY = _article_21(
    ("municipal_works", "市政建设"),
    ("public_services", "公共服务"),
    ("public_good", "公益事业"),
    ("land_expropriation", "土地征收"),
    ("housing_expropriation", "房屋征收"),
    ("public_order", "治安管理"),
    ("social_assistance", "社会救助"),
)
_TOWNSHIP = _article_21(
    ("rural_policies", "贯彻落实农业农村政策"),
    ("irrigation", "农田水利工程建设运营"),
    ("land_contracts", "农村土地承包经营权流转"),
    ("homesteads", "宅基地使用情况审核"),
    ("land_expropriation", "土地征收"),
    ("housing_expropriation", "房屋征收"),
    ("levies", "筹资筹劳"),
    ("social_assistance", "社会救助"),
)


def items_for(level: Level) -> tuple[DutyItem, ...]:
    """Everything a body of that level must publish of itself: art. 20, and art. 21 near the people."""
    if level in (Level.CITY, Level.COUNTY):
        return ARTICLE_20 + _CITY_AND_COUNTY
    return ARTICLE_20 + _TOWNSHIP if level is Level.TOWNSHIP else ARTICLE_20


class Publication(StrEnum):
    """What is published, where its term differs."""

    ORDINARY = "ordinary"
    PERMIT = "permit"
    PENALTY = "penalty"
    INTERPRETATION = "interpretation"

    @property
    def workdays(self) -> int:
        """The longest term, in working days after the event."""
        return _PUBLICATION_TERMS[self][0]

    @property
    def basis(self) -> str:
        """Where the term comes from, in Chinese."""
        return _PUBLICATION_TERMS[self][1]


_PUBLICATION_TERMS = {
    Publication.ORDINARY: (20, "条例第二十六条：自形成或者变更之日起20个工作日内"),
    Publication.PERMIT: (7, "行政许可等信息自作出决定之日起7个工作日内公示"),
    Publication.PENALTY: (7, "行政处罚等信息自作出决定之日起7个工作日内公示"),
    Publication.INTERPRETATION: (3, "政策解读原则上与文件同时公开，最迟在文件公开后3个工作日内"),
}


def publication_due(
    kind: Publication, event_on: date, calendar: WorkCalendar, *, workdays: int | None = None
) -> CountedDay:
    """The last day to publish what came about on `event_on`.

    `workdays` is a stricter local or special term; 0 means the same day. Raises DutyError for a laxer one.
    """
    longest = kind.workdays
    term = longest if workdays is None else workdays
    if not 0 <= term <= longest:
        raise DutyError(f"公开期限应为0至{longest}个工作日，不能宽于规定：{kind.basis}")
    if term == 0:
        note = calendar.provisional_note(event_on)
        return CountedDay(event_on, bool(note), note)
    return calendar.add_workdays(event_on, term)


class Concern(StrEnum):
    """What the public concern is about; the value in hours is `hours`."""

    MAJOR_EMERGENCY_FIRST_WORD = "major_emergency_first_word"
    MAJOR_EMERGENCY_BRIEFING = "major_emergency_briefing"
    OTHER = "other"

    @property
    def hours(self) -> int:
        """The term in hours from the event."""
        return _CONCERN_TERMS[self][0]

    @property
    def basis(self) -> str:
        """Where the term comes from, in Chinese."""
        return _CONCERN_TERMS[self][1]


_CONCERN_TERMS = {
    Concern.MAJOR_EMERGENCY_FIRST_WORD: (5, "国办发〔2016〕80号实施细则：5小时内发布权威信息"),
    Concern.MAJOR_EMERGENCY_BRIEFING: (24, "国办发〔2016〕61号：24小时内举行新闻发布会"),
    Concern.OTHER: (48, "国办发〔2016〕61号：48小时内回应"),
}


def response_due(concern: Concern, at: datetime) -> datetime:
    """The moment by which the body must have spoken; hours run through nights and holidays."""
    return at + timedelta(hours=concern.hours)


class Reporter(StrEnum):
    """Who publishes an annual report: the two have different last days (art. 49)."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"

    @property
    def last_day(self) -> tuple[int, int]:
        """Month and day in the year after the one reported on."""
        return (1, 31) if self is Reporter.DEPARTMENT else (3, 31)


def report_due(reporter: Reporter, year: int, *, local: tuple[int, int] | None = None) -> date:
    """The last day to publish the report of `year`; `local` is an earlier month and day set by the locality.

    Raises DutyError when the local day is later than the Regulation's.
    """
    month, day = reporter.last_day
    statutory = date(year + 1, month, day)
    if local is None:
        return statutory
    earlier = date(year + 1, *local)
    if earlier > statutory:
        raise DutyError(f"地方规定的{earlier}晚于法定期限{statutory}（条例第四十九条），请改为更早的日期")
    return earlier


REASSESSMENT_MONTHS = 12  # art. 18 says 定期 and names no term; a body may set its own


def reassessment_due(withheld_on: date, *, months: int = REASSESSMENT_MONTHS) -> date:
    """The day to look again at what was withheld (art. 18), so many months on. Raises DutyError below 1."""
    if months < 1:
        raise DutyError("复审间隔应为1个月以上的整月数（条例第十八条）")
    years, month = divmod(withheld_on.year * 12 + withheld_on.month - 1 + months, 12)
    return date(years, month + 1, min(withheld_on.day, _days_in(years, month + 1)))


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(1)).day


class Freshness(StrEnum):
    """What the website inspection of 国办秘函〔2019〕19号 looks at, and after how many days it is stale."""

    HOME_PAGE = "home_page"
    NEWS = "news"
    NOTICES_AND_POLICIES = "notices_and_policies"
    MAILBOX = "mailbox"
    NEW_MEDIA = "new_media"

    @property
    def days(self) -> int:
        """Calendar days without an update (for the mailbox: without an answer)."""
        return _FRESHNESS[self]


_FRESHNESS = {
    Freshness.HOME_PAGE: 14,  # 2 weeks
    Freshness.NEWS: 14,  # 2 weeks
    Freshness.NOTICES_AND_POLICIES: 180,  # 6 months
    Freshness.MAILBOX: 90,  # 3 months
    Freshness.NEW_MEDIA: 14,  # 2 weeks
}


def stale_on(kind: Freshness, updated_on: date) -> date:
    """The last day on which it is still fresh."""
    return updated_on + timedelta(kind.days)


def is_stale(kind: Freshness, updated_on: date | None, as_of: date) -> bool:
    """Whether the term has passed; a column that never had anything in it is stale at once."""
    return updated_on is None or as_of > stale_on(kind, updated_on)
