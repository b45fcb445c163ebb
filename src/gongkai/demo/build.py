"""Build what is missing of the demonstration, step by step; each step is whole or not there at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from gongkai.channels.models import Channel, Delivery
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.demo.county import afterwards as county_afterwards
from gongkai.demo.county import channels as county_channels
from gongkai.demo.county import coverage as county_coverage
from gongkai.demo.county import disputes as county_disputes
from gongkai.demo.county import engaging as county_engaging
from gongkai.demo.county import featured as county_featured
from gongkai.demo.county import ledgers as county_ledgers
from gongkai.demo.county import publishing as county_publishing
from gongkai.demo.county import records as county
from gongkai.demo.county import reports as county_reports
from gongkai.demo.county import subscribing as county_subscribing
from gongkai.demo.documents import build_documents
from gongkai.demo.normative import build_normative
from gongkai.demo.offices import COUNTY, SEED, Office, build_area, build_county, office
from gongkai.demo.reporting import publish_report
from gongkai.demo.seed import engagement as seed_engagement
from gongkai.demo.seed import ledgers as seed_ledgers
from gongkai.demo.seed import requests as seed_requests
from gongkai.demo.seed.plans import NORMATIVE, PLANS
from gongkai.demo.seed.reports import REPORTS
from gongkai.disclosure.enums import DocumentKind
from gongkai.disclosure.models import Attachment, Document, Review
from gongkai.disputes.models import Dispute
from gongkai.engagement.models import Concern, FaqEntry, MailboxLetter
from gongkai.foi.models import Request
from gongkai.ledgers.models import Matter, Training
from gongkai.organisations.models import Body
from gongkai.oversight.models import CoverageReminder
from gongkai.reports.models import AnnualReport
from gongkai.subscriptions.models import Subscription

NORMATIVE_KIND = {"kind": DocumentKind.NORMATIVE}
EARLIEST = dt.date(2026, 3, 1)  # what the demonstration tells happened before


@dataclass(frozen=True)
class Step:
    """A part of the demonstration: what it is called, the rows that show it is there, how it is built."""

    label: str
    model: type[Model]
    rows: Mapping[str, object]
    build: Callable[[], object]

    @property
    def is_there(self) -> bool:
        """Whether it was built: a step is whole or not there at all."""
        return self.model._default_manager.filter(**self.rows).exists()  # noqa: SLF001 - documented interface


def why_not_mode(today: dt.date) -> list[Obstacle]:
    """What stands against a demonstration wherever its data lies."""
    obstacles = []
    if settings.GONGKAI_MODE == "production":
        message = "当前是正式运行模式（GONGKAI_MODE=production），不能建立演示数据"
        remedy = "请另设 GONGKAI_DATA_DIR，并以 GONGKAI_MODE=demo 运行"
        obstacles.append(Obstacle("production", message, remedy))
    if today < EARLIEST:
        message = f"本机日期是{today}，演示数据包含至{EARLIEST}的记录"
        obstacles.append(Obstacle("too_early", message, "请核对本机日期"))
    return obstacles


def why_not_build(today: dt.date) -> list[Obstacle]:
    """Only a demonstration is built into, never beside somebody's own data."""
    obstacles = why_not_mode(today)
    real = list(Body.objects.filter(is_demo=False).values_list("name", flat=True)[:3])
    if real:
        message = f"数据库中有非演示机关（{'、'.join(real)}），不向其中写入演示数据"
        remedy = "请用 DATABASE_URL 或 GONGKAI_DATA_DIR 另设一个数据库后再运行"
        obstacles.append(Obstacle("real_data", message, remedy))
    return obstacles


def build(today: dt.date, tell: Callable[[Step], None] = lambda _step: None) -> int:
    """Build the missing steps, telling each when it is done. Returns how many were built.

    Raises ``RefusedError`` when the database is not one for demonstrations.
    """
    refuse_if(why_not_build(today))
    to_do = missing(today)
    for step in to_do:
        with transaction.atomic():
            step.build()
        tell(step)
    return len(to_do)


def missing(today: dt.date) -> list[Step]:
    """The steps still to be built, in the order they rest on each other."""
    steps = [
        Step("示范区：机关、人员、渠道、目录", Body, {"slug": SEED}, build_area),
        *_seed_steps(today),
        Step("青屿县：机关、人员、渠道、目录", Body, {"slug": COUNTY}, build_county),
        *_county_steps(today),
    ]
    return [step for step in steps if not step.is_there]


def _in_office(
    slug: str, today: dt.date, work: Callable[..., object], *given: object
) -> Callable[[], object]:
    """The work with its bureau, looked up only when the work starts: an earlier step makes it."""
    return lambda: work(office(slug, today), *given)


def _seed_steps(today: dt.date) -> Iterator[Step]:
    own = {"body__slug": SEED}
    do = partial(_in_office, SEED, today)
    yield Step("示范区：规范性文件", Document, {**own, **NORMATIVE_KIND}, do(build_normative, NORMATIVE))
    yield Step("示范区：权责事项", Matter, own, do(seed_ledgers.build_matters))
    for plan in PLANS:
        year = plan.year
        published = {"channel__body__slug": SEED, "delivered_at__year": year}
        yield Step(f"示范区：{year}年主动公开", Delivery, published, do(build_documents, plan))
        held = {**own, "held_on__year": year}
        yield Step(f"示范区：{year}年办件、采购、培训", Training, held, do(seed_ledgers.build_year, year))
    yield Step("示范区：公开申请", Request, own, do(seed_requests.build_requests))
    yield Step("示范区：意见征集与回应关切", Concern, own, do(seed_engagement.build_engagement))
    yield Step("示范区：招生问答", FaqEntry, own, do(seed_engagement.build_questions))
    for text in REPORTS:
        opened = {**own, "year": text.year}
        yield Step(f"示范区：{text.year}年年报", AnnualReport, opened, do(publish_report, text))


def _county_steps(today: dt.date) -> Iterator[Step]:
    own = {"body__slug": COUNTY}
    published = {"channel__body__slug": COUNTY}
    do = partial(_in_office, COUNTY, today)
    yield Step("青屿县：规范性文件", Document, {**own, **NORMATIVE_KIND}, do(county.build_papers))
    yield Step("青屿县：权责事项", Matter, own, do(county_ledgers.build_matters))
    yield Step("青屿县：主动公开", Delivery, published, do(county.build_published, today))
    yield Step("青屿县：意见征集与回应关切", Concern, own, do(county.build_engagement))
    yield Step("青屿县：办件、收费、培训、考核", Training, own, do(county_ledgers.build_years))
    yield Step("青屿县：公开申请", Request, own, do(county.build_requests, today))
    yield Step("青屿县：行政复议与行政诉讼", Dispute, own, do(_county_disputes))
    yield Step("青屿县：年报", AnnualReport, own, do(county_reports.build_reports))
    reviewed = {"edition__document__body__slug": COUNTY}
    yield Step("青屿县：发布办理", Review, reviewed, do(county_publishing.build_publishing, today))
    filed = {"edition__document__body__slug": COUNTY}
    yield Step("青屿县：附件、新版本、各种解读", Attachment, filed, do(county_featured.build_featured, today))
    told = Step(
        "青屿县：公开目录的调整与监测", CoverageReminder, own, do(county_coverage.build_coverage, today)
    )
    yield told
    yield Step(
        "青屿县：正在征集的意见、问答库、意见箱",
        MailboxLetter,
        own,
        do(county_engaging.build_engaging, today),
    )
    opened = {**own, "kind": "webhook"}
    yield Step("青屿县：发布渠道", Channel, opened, do(county_channels.build_channels))
    by_mail = {"body__slug": COUNTY}
    yield Step("青屿县：邮件订阅", Subscription, by_mail, do(county_subscribing.build_subscriptions))


def _county_disputes(office: Office) -> None:
    """The disputes, and what came of them and of other answers."""
    county_disputes.build_disputes(office)
    county_afterwards.build_afterwards(office)
