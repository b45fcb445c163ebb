"""The bodies of the demonstration: an area and a county, each with its bureau of education and sports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from gongkai.catalogue.acts import adopt_catalogue, load_reference_catalogue, open_key_area
from gongkai.catalogue.models import Item, KeyArea
from gongkai.channels.acts import open_channel
from gongkai.channels.models import Channel, ChannelKind
from gongkai.core.actors import SYSTEM
from gongkai.demo.accounts import ACCOUNTS, open_accounts
from gongkai.demo.text.themes import KEY_AREAS
from gongkai.organisations.acts import add_unit, register_body
from gongkai.organisations.enums import BodyKind, Role, Tier, UnitKind
from gongkai.organisations.models import Body, Officer, Unit

SEED, SEED_PARENT = "demo-education-sports", "demo-area-government"
COUNTY, COUNTY_PARENT = "demo-county-education", "demo-county-government"
PLACEHOLDER = "（演示数据，非真实地址）"

INTERNAL = (
    "办公室", "政策法规科", "发展规划科", "计划财务科", "人事科", "基础教育科", "民办教育管理科", "行政审批科", "教育督导室",
    "安全稳定科", "体育科",
)  # fmt: skip
AFFILIATED = ("教师发展中心", "学生资助管理中心", "项目办公室", "招生考试中心", "公共体育场馆管理中心")

ChannelRow = tuple[str, str, str]
SEED_CHANNELS: tuple[ChannelRow, ...] = (
    (ChannelKind.WEBSITE, "济源市人民政府网", "政府信息公开专栏"),
    (ChannelKind.PORTAL, "济源教育网", "局门户网站"),
    (ChannelKind.NEWSPAPER, "《济源教育》", "内部刊号，每周一期"),
    (ChannelKind.WEIBO, "济源教育体育微博", "官方微博"),
    (ChannelKind.WECHAT, "济源教育体育微信公众号", "官方微信"),
)
COUNTY_CHANNELS: tuple[ChannelRow, ...] = (
    (ChannelKind.WEBSITE, "青屿县人民政府网", "政府信息公开专栏"),
    (ChannelKind.WECHAT, "青屿教育体育微信公众号", "官方微信"),
    (ChannelKind.BOARD, "县政务服务中心公示栏", "一楼大厅"),
)


@dataclass(frozen=True)
class Office:
    """A bureau with the people who act in it. Read once, so that thousands of rows need no further queries."""

    body: Body
    now: dt.datetime

    def _holders(self, role: str) -> list[Officer]:
        return list(Officer.objects.filter(posts__body=self.body, posts__role=role).order_by("pk"))

    def _holder(self, role: str) -> Officer:
        return self._holders(role)[0]

    @property
    def paper_mark(self) -> str:
        """What its document numbers begin with (发文机关代字)."""
        return "示范教体" if self.body.slug == SEED else "青教体"

    @cached_property
    def handler(self) -> Officer:
        """Who enters records and submits."""
        return self._holder(Role.HANDLER)

    @cached_property
    def reviewer(self) -> Officer:
        """Who judges letters and redactions he did not make himself: the last of those who enter records."""
        return self._holders(Role.HANDLER)[-1]

    @cached_property
    def approver(self) -> Officer:
        """Who signs and publishes."""
        return self._holder(Role.APPROVER)

    @cached_property
    def administrator(self) -> Officer:
        """Who keeps channels and units."""
        return self._holder(Role.ADMINISTRATOR)

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Units by name."""
        return {unit.name: unit for unit in self.body.units.select_related("body")}

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Second-level items of the adopted catalogue by name."""
        rows = Item.objects.filter(catalogue__body=self.body, parent__isnull=False).select_related(
            "catalogue"
        )
        return {item.name: item for item in rows}

    @cached_property
    def key_areas(self) -> Mapping[str, KeyArea]:
        """Key-area columns by name."""
        return {area.name: area for area in self.body.key_areas.all()}

    @cached_property
    def channels(self) -> Mapping[str, Channel]:
        """Channels by kind."""
        return {channel.kind: channel for channel in self.body.channels.select_related("body")}


def office(slug: str, today: dt.date) -> Office:
    """The bureau with this address name. Raises ``Body.DoesNotExist`` before it is built."""
    now = timezone.now()
    if today != timezone.localdate(now):
        now = timezone.make_aware(dt.datetime.combine(today, dt.time(18)))
    return Office(Body.objects.get(slug=slug), now)


def build_area() -> None:
    """The area government and the bureau of the seed report."""
    parent = register_body(
        actor=SYSTEM,
        name="济源产城融合示范区管理委员会",
        short_name="示范区管委会",
        slug=SEED_PARENT,
        kind=BodyKind.GOVERNMENT,
        tier=Tier.CITY,
        credit_code="11990000MB00000017",
        office="政务公开办公室",
        address=f"示范区行政大楼{PLACEHOLDER}",
        is_demo=True,
    )
    open_accounts(parent)
    body = register_body(
        actor=SYSTEM,
        parent=parent,
        name="济源示范区教育体育局",
        short_name="示范区教育体育局",
        slug=SEED,
        tier=Tier.CITY,
        credit_code="11990000MB00000025",
        review_organ="示范区管理委员会",
        **_guide("0000-1000001", "edu"),
    )
    _furnish(body, SEED_CHANNELS, "济源示范区义务教育领域基层政务公开标准目录", dt.date(2018, 12, 28))


def build_county() -> None:
    """A county that does not exist, and its bureau."""
    parent = register_body(
        actor=SYSTEM,
        name="青屿县人民政府",
        short_name="青屿县政府",
        slug=COUNTY_PARENT,
        kind=BodyKind.GOVERNMENT,
        tier=Tier.COUNTY,
        credit_code="11999900MB00000033",
        office="县政府办公室政务公开股",
        address=f"青屿县行政大楼{PLACEHOLDER}",
        is_demo=True,
    )
    open_accounts(parent)
    body = register_body(
        actor=SYSTEM,
        parent=parent,
        name="青屿县教育体育局",
        short_name="县教育体育局",
        slug=COUNTY,
        tier=Tier.COUNTY,
        credit_code="11999900MB00000041",
        review_organ="青屿县人民政府",
        **_guide("0000-2000001", "county"),
    )
    _furnish(body, COUNTY_CHANNELS, "青屿县义务教育领域基层政务公开标准目录", dt.date(2022, 12, 30))


def _guide(phone: str, mail: str) -> dict[str, object]:
    """What the 公开指南 must say (条例 art. 12); numbers and addresses that cannot be anybody's."""
    return {
        "kind": BodyKind.DEPARTMENT,
        "office": "办公室",
        "address": f"行政服务大楼六楼{PLACEHOLDER}",
        "postcode": "000000",
        "office_hours": "工作日 8:30—12:00，14:30—18:00",
        "phone": phone,
        "fax": phone,
        "email": f"{mail}@example.org",
        "website": f"https://{mail}.example.org/",
        "court": "有管辖权的人民法院",
        "is_demo": True,
    }


def _furnish(body: Body, channels: tuple[ChannelRow, ...], catalogue: str, adopted_on: dt.date) -> None:
    """Units, accounts, channels, catalogue and key-area columns."""
    for name in INTERNAL:
        add_unit(body=body, name=name, kind=UnitKind.INTERNAL, actor=SYSTEM)
    for name in AFFILIATED:
        add_unit(body=body, name=name, kind=UnitKind.AFFILIATED, actor=SYSTEM)
    open_accounts(body)
    for kind, name, address in channels:
        open_channel(body=body, kind=kind, name=name, address=address, actor=SYSTEM)
    reference = load_reference_catalogue()
    adopt_catalogue(body=body, catalogue=reference, actor=SYSTEM, adopted_on=adopted_on, title=catalogue)
    for name in KEY_AREAS:
        open_key_area(body=body, name=name, actor=SYSTEM)


def accounts_of(slug: str) -> list[str]:
    """The account names of a body."""
    return [account.username for account in ACCOUNTS if account.body == slug]
