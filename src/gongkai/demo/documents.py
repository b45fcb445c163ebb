"""A year's documents of a bureau and where each of them appeared, in exactly the numbers planned."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from gongkai.catalogue.models import KeyArea
from gongkai.channels.acts import DeliveryRow, import_deliveries
from gongkai.channels.models import Channel, ChannelKind
from gongkai.demo.days import (
    chance,
    moment,
    next_workday,
    office_moment,
    seasonal_day,
    workdays_after,
    workdays_before,
)
from gongkai.demo.offices import Office
from gongkai.demo.shares import split
from gongkai.demo.text.bodies import body_text
from gongkai.demo.text.metadata import metadata_of
from gongkai.demo.text.themes import INTERPRETATIONS, KEY_AREAS, THEMES, Theme
from gongkai.demo.text.titles import Titles
from gongkai.disclosure.acts import DocumentRow, import_documents
from gongkai.disclosure.enums import DocumentKind
from gongkai.disclosure.models import Document, Edition

FRIDAY = 4
MOST_READERS = 12_800
INTERPRETED_WITHIN = 3  # workdays: an interpretation comes with its document, three days later at the latest


@dataclass(frozen=True)
class Special:
    """A document whose title is given, e.g. one the report names."""

    title: str
    kind: str
    item: str
    unit: str
    on: dt.date


@dataclass(frozen=True)
class Plan:
    """How much a bureau published in a year, by channel. ``on_both`` of the website's items are on its portal too.

    ``website`` counts key-area information, interpretations and special documents among the rest. ``key_areas`` are
    the numbers per column in their order. ``until`` ends a running year.
    """

    year: int
    website: int
    portal: int = 0
    on_both: int = 0
    news: int = 0
    wechat: int = 0
    weibo: int = 0
    newspaper: int = 0
    board: int = 0
    interpretations: int = 0
    key_areas: tuple[int, ...] = ()
    specials: tuple[Special, ...] = ()
    until: dt.date | None = None

    @property
    def ordinary(self) -> int:
        """How many documents on the website are neither interpretations nor in a key area nor special."""
        return self.website - self.interpretations - sum(self.key_areas) - len(self.specials)


@dataclass
class Year:
    """A year being written: its plan, its titles, its chance."""

    office: Office
    plan: Plan
    rng: Random
    titles: Titles
    papers: int = 0

    def row(
        self, title: str, kind: str, unit: str, on: dt.date, item: str = "", area: KeyArea | None = None
    ) -> DocumentRow:
        """A document published on a day, made that day or a few workdays earlier."""
        made_on = (
            on if kind == DocumentKind.NEWS else workdays_before(on, self.rng.choice((0, 0, 1, 2, 3, 5)))
        )
        text = body_text(self.rng, kind=kind, title=title, on=on, unit=unit)
        return DocumentRow(
            title=title,
            kind=kind,
            made_on=made_on if made_on.year == on.year else on,
            text=text,
            metadata=metadata_of(kind, title, text, on),
            published_at=office_moment(self.rng, on),
            unit=self.office.units[unit],
            item=self.office.items[item] if item else None,
            key_area=area,
        )


def build_documents(office: Office, plan: Plan) -> None:
    """Publish a year's documents and record where they appeared."""
    year = _year(office, plan)
    website = _import(year, [*_specials(year), *_ordinary(year), *_key_areas(year)])
    website += _interpretations(year, website)
    news = _import(year, list(_news(year)))
    _deliver(year, website, news)


def _year(office: Office, plan: Plan) -> Year:
    rng = chance(f"{office.body.slug}/{plan.year}")
    return Year(office, plan, rng, Titles(rng, plan.year))


def _import(year: Year, rows: Sequence[DocumentRow]) -> list[Edition]:
    """Enter rows in the order they were published, so that both kinds of numbers follow the calendar."""
    if not rows:
        return []
    ordered = sorted(rows, key=lambda row: (row.published_at, row.title))
    numbered = [_numbered(year, row) for row in ordered]
    office = year.office
    return import_documents(body=office.body, rows=numbered, actor=office.approver, at=office.now)


def _numbered(year: Year, row: DocumentRow) -> DocumentRow:
    """Policy papers have a document number of the bureau, one after the other."""
    if row.kind != DocumentKind.OTHER_POLICY:
        return row
    year.papers += 1
    number = f"{year.office.paper_mark}〔{year.plan.year}〕{year.papers}号"
    return replace(row, document_number=number)


def _specials(year: Year) -> Iterator[DocumentRow]:
    for one in year.plan.specials:
        year.titles.taken.add(one.title)
        yield year.row(one.title, one.kind, one.unit, next_workday(one.on), one.item)


def _ordinary(year: Year) -> Iterator[DocumentRow]:
    last = year.plan.until.month if year.plan.until else 12
    themes = [theme for theme in THEMES if not theme.only or min(theme.peaks) <= last]
    parts = split(year.plan.ordinary, [theme.weight for theme in themes])
    for theme, count in zip(themes, parts, strict=True):
        for _ in range(count):
            yield _themed(year, theme)


def _themed(year: Year, theme: Theme) -> DocumentRow:
    on = seasonal_day(year.rng, year.plan.year, theme.peaks, year.plan.until, only=theme.only)
    title = year.titles.make(year.rng.choice(theme.titles), on.month)
    return year.row(title, theme.kind, theme.unit, on, theme.item)


def _key_areas(year: Year) -> Iterator[DocumentRow]:
    for (name, (item, templates)), count in zip(KEY_AREAS.items(), year.plan.key_areas, strict=False):
        unit = "公共体育场馆管理中心" if name == "公共体育场馆" else "招生考试中心"
        for _ in range(count):
            on = seasonal_day(year.rng, year.plan.year, until=year.plan.until)
            title = year.titles.make(year.rng.choice(templates), on.month)
            yield year.row(title, DocumentKind.NOTICE, unit, on, item, year.office.key_areas[name])


def _interpretations(year: Year, published: Sequence[Edition]) -> list[Edition]:
    """Interpretations of the year's policy papers, published with them or within three workdays."""
    policies = [
        edition.document for edition in published if edition.document.kind == DocumentKind.OTHER_POLICY
    ]
    early = [one for one in policies if one.first_published_at and one.first_published_at.month < 12]  # noqa: PLR2004
    chosen = [early[index % len(early)] for index in range(year.plan.interpretations)] if early else []
    rows = [_interpretation(year, document, index // len(early)) for index, document in enumerate(chosen)]
    return _import(year, rows)


def _interpretation(year: Year, document: Document, turn: int) -> DocumentRow:
    assert document.first_published_at is not None  # noqa: S101 - what was imported is published
    day = document.first_published_at.astimezone(year.office.now.tzinfo).date()
    on = workdays_after(day, year.rng.randint(0, INTERPRETED_WITHIN))
    limit = year.plan.until
    on = min(on, limit) if limit else on
    name = document.title.removeprefix("关于印发《").removesuffix("》的通知")
    title = year.titles.make(INTERPRETATIONS[(turn + year.rng.randrange(4)) % 4].replace("{title}", name))
    row = year.row(
        title,
        DocumentKind.INTERPRETATION,
        document.unit.name if document.unit else "办公室",
        on,
        "规范性文件",
    )
    at = max(row.published_at, document.first_published_at + dt.timedelta(minutes=20))
    return replace(row, made_on=on, published_at=at, interprets=document)


def _news(year: Year) -> Iterator[DocumentRow]:
    taken = Counter[str]()
    source = year.titles.news()
    while sum(taken.values()) < year.plan.news:
        title, school, months = next(source)
        if title in year.titles.taken:
            continue
        year.titles.taken.add(title)
        taken[school] += 1
        on = seasonal_day(year.rng, year.plan.year, months, year.plan.until, only=True)
        yield year.row(title, DocumentKind.NEWS, "办公室", on)


def _deliver(year: Year, website: Sequence[Edition], news: Sequence[Edition]) -> None:
    """Record on which channels each edition appeared: the planned number on each, drawn evenly over the year."""
    plan, rng = year.plan, year.rng
    everything = [*website, *news]
    chosen: dict[str, list[Edition]] = {
        ChannelKind.WEBSITE: list(website),
        ChannelKind.PORTAL: rng.sample(website, plan.on_both) + rng.sample(news, plan.portal - plan.on_both),
        ChannelKind.WECHAT: rng.sample(everything, plan.wechat),
        ChannelKind.WEIBO: rng.sample(everything, plan.weibo),
        ChannelKind.NEWSPAPER: rng.sample(_printable(everything), plan.newspaper),
        ChannelKind.BOARD: rng.sample(website, plan.board),
    }
    rows = [row for kind, editions in chosen.items() for row in _rows(year, kind, editions)]
    rows.sort(key=lambda row: (row.delivered_at, row.channel.pk, row.edition.pk))
    import_deliveries(body=year.office.body, rows=rows, actor=year.office.handler)


def _printable(editions: Sequence[Edition]) -> list[Edition]:
    """Those early enough to be printed within the year."""
    return [one for one in editions if one.published_at and one.published_at.timetuple().tm_yday < 350]  # noqa: PLR2004


def _rows(year: Year, kind: str, editions: Sequence[Edition]) -> Iterator[DeliveryRow]:
    if not editions:
        return
    channel = year.office.channels[kind]
    for edition in editions:
        yield _delivery(year, channel, edition)


def _delivery(year: Year, channel: Channel, edition: Edition) -> DeliveryRow:
    assert edition.published_at is not None  # noqa: S101 - what was imported is published
    at = edition.published_at.astimezone(year.office.now.tzinfo)
    row = DeliveryRow(channel=channel, edition=edition, delivered_at=at)
    match channel.kind:
        case ChannelKind.NEWSPAPER:
            friday = at.date() + dt.timedelta(days=(FRIDAY - at.weekday()) % 7 or 7)
            issue, page = f"第{friday.isocalendar().week}期", f"{year.rng.randint(1, 4)}版"
            return replace(row, delivered_at=moment(friday, 8 * 60), issue=issue, page=page)
        case ChannelKind.WECHAT | ChannelKind.WEIBO:
            later = min(at + dt.timedelta(minutes=year.rng.randint(5, 180)), year.office.now)
            return replace(row, delivered_at=max(at, later), readers=_readers(year.rng))
        case _:
            address = (
                f"/{channel.kind}/{year.plan.year}/{edition.document.index_number.rpartition('-')[2]}.html"
            )
            return replace(row, address=address)


def _readers(rng: Random) -> int:
    """Most texts have some dozens of readers, a few have thousands."""
    return min(int(rng.paretovariate(1.1) * 60), MOST_READERS)
