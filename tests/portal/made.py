"""Reports made up for tests of the public site."""

import datetime as dt
import hashlib
import itertools
import mimetypes

import lxml.html
from django.core.files.base import ContentFile
from django.utils import timezone

from gongkai.disclosure.enums import EditionState, LeavingWay
from gongkai.disclosure.models import Attachment, Departure, Document, Edition
from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Level, Report, figures_from
from gongkai.law.report.formats import FORMAT_2021
from gongkai.reports.enums import VersionState
from gongkai.reports.freeze import to_frozen
from gongkai.reports.models import AnnualReport, Version
from gongkai.reports.writing.canonical import digest
from gongkai.reports.writing.html import render_page

SECTIONS = {
    "overview": "2023年，本局主动公开政府信息，办理依申请公开，加强政府信息管理、政府信息公开平台建设和监督保障。",
    "problems": "存在的主要问题：更新不够及时。改进情况：建立了每月检查制度。",
    "other": "本年度没有收取信息处理费。",
}


def report_with(**changed):
    """A report in which every figure is 0 but for 3 requests granted to natural persons and what is changed."""
    values = dict.fromkeys(FORMAT_2021.cells, 0)
    for row in ("new", "granted", "total"):
        values |= {Cell(3, row, "natural"): 3, Cell(3, row, "total"): 3}
    values |= {Cell.parse(key.replace("__", ".")): value for key, value in changed.items()}
    return Report(
        format=FORMAT_2021,
        year=2023,
        agency="测试县教育局",
        figures=figures_from(values),
        title="测试县教育局2023年政府信息公开工作年度报告",
        level=Level.DEPARTMENT,
        sections=SECTIONS,
    )


def page_of(report):
    """The report as the web page somebody would upload."""
    return render_page(report).encode()


def make_version(body, year=2023, number=1, state=VersionState.PUBLISHED, **fields):
    """A version of a body's report in some state, frozen and published as the state demands."""
    annual, _ = AnnualReport.objects.get_or_create(body=body, year=year)
    report = report_with().with_(year=year)
    moment = timezone.make_aware(dt.datetime(year + 1, 1, 20 + number, 9, 0))  # noqa: DTZ001 - made aware
    if state != VersionState.DRAFT:
        fields |= {"frozen": to_frozen(report, {}), "digest": digest(report)}
    if state in {VersionState.PUBLISHED, VersionState.SUPERSEDED}:
        fields["published_at"] = moment
    return Version.objects.create(report=annual, number=number, state=state, created_at=moment, **fields)


def tree(response):
    """The page, to be asked by XPath."""
    return lxml.html.document_fromstring(response.content.decode())


def said(response, path):
    """What stands at every place that an XPath finds."""
    return [one.text_content() for one in tree(response).xpath(path)]


def text(response):
    """The page as text."""
    return response.content.decode()


def make_document(body, *, published=True, text="<p>正文。</p>", files=(), at=None, **fields):
    """A document, online unless told otherwise, with one edition; rows only, for what a page makes of them."""
    number = next(_numbers)
    moment = at or timezone.make_aware(dt.datetime(2024, 3, 1, 9, 0)) + dt.timedelta(minutes=number)  # noqa: DTZ001
    fields = {
        "index_number": f"T/{number:06}",
        "title": f"关于第{number}号事项的通知",
        "kind": "notice",
        "made_on": dt.date(2024, 3, 1),
        "first_published_at": moment if published else None,
    } | fields
    document = Document.objects.create(body=body, **fields)
    state = EditionState.PUBLISHED if published else EditionState.DRAFT
    add_edition(document, text=text, state=state, files=files, published_at=moment if published else None)
    return document


def add_edition(document, *, text="<p>正文。</p>", state=EditionState.PUBLISHED, files=(), **fields):
    """Another edition of a document with its files, given as (name, content)."""
    number = document.editions.count() + 1
    if state == EditionState.PUBLISHED:
        document.editions.filter(state=EditionState.PUBLISHED).update(state=EditionState.SUPERSEDED)
    fields = {"title": document.title, "created_at": timezone.now(), "published_at": timezone.now()} | fields
    edition = Edition.objects.create(document=document, number=number, text=text, state=state, **fields)
    for position, (name, content) in enumerate(files):
        make_file(edition, name, content, position=position)
    return edition


def make_file(edition, name="附件.pdf", content=b"%PDF-1.4 0123456789", **fields):
    """A file of an edition, in private storage."""
    fields = {
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "media_type": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "added_at": timezone.make_aware(dt.datetime(2024, 3, 1)),  # noqa: DTZ001 - made aware
    } | fields
    return Attachment.objects.create(
        edition=edition, name=name, file=ContentFile(content, name="f.bin"), **fields
    )


def leave(document, way, **fields):
    """The document as it stands after it left in one of the ways."""
    fields = {"reason": "登记的理由", "at": timezone.now()} | fields
    if way in {LeavingWay.ERROR, LeavingWay.BY_LAW, LeavingWay.MERGED}:
        document.withdrawn_at = fields["at"]
        document.editions.filter(state=EditionState.PUBLISHED).update(state=EditionState.WITHDRAWN)
    if way == LeavingWay.ARCHIVED:
        document.archived_at = fields["at"]
    document.save()
    return Departure.objects.create(document=document, way=way, **fields)


_numbers = itertools.count(1)
