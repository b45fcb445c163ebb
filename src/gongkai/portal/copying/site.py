"""Write the whole public site into a folder, only what changed since the last time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve, reverse

from gongkai.catalogue.models import Item, KeyArea
from gongkai.core.appearance import Appearance
from gongkai.core.files import DamagedFileError, read
from gongkai.disclosure.enums import Attribute
from gongkai.disclosure.models import Attachment, Document
from gongkai.disclosure.queries import attachment_access
from gongkai.engagement.models import ConsultationFile
from gongkai.organisations.models import Body
from gongkai.portal.copying.links import Copy, file_of, relative
from gongkai.portal.copying.manifest import Manifest
from gongkai.portal.copying.stamps import Stamps, word
from gongkai.portal.engagement.answers import published as library
from gongkai.portal.engagement.consultations import released
from gongkai.portal.freshness import watch
from gongkai.portal.shelves import duties_of
from gongkai.portal.views.bodies import published
from gongkai.portal.views.lists import POLICIES
from gongkai.reports.export import export
from gongkai.reports.writing.outputs import OUTPUTS
from gongkai.reports.writing.pdf import PdfUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest, HttpResponse

    from gongkai.reports.models import Version

COLUMNS = (
    "body",
    "guide",
    "institutions",
    "statutory",
    "key_areas",
    "body_documents",
    "body_policies",
    "body_reports",
    "body_consultations",
    "body_concerns",
    "body_questions",
)
OF_THE_SITE = (
    "home",
    "documents",
    "policies",
    "reports",
    "bodies",
    "map",
    "consultations",
    "concerns",
    "questions",
)
LED_TO = re.compile(
    r"((?:documents/\d+/(?:editions|changes)/(?:.+/)?)|(?:(?:bodies/[\w-]+/)?archive/[a-z]+/\d+/\d+/\d+/))index\.html"
)
"""Pages that only a page with a stamp leads to: versions of a document, further pages of a month."""
UNSAFE = re.compile(r'[\x00-\x1f/\\:*?"<>|#%]')
LONGEST_NAME = 80  # characters of a file's name; a Chinese one takes three bytes


class Site:
    """One run: what is asked for is made, what is known is left, what is no longer there is removed."""

    def __init__(self, manifest: Manifest, *, base: str = "", live: str = "") -> None:
        self.manifest = manifest
        self.base = base.rstrip("/")
        self.copy = Copy(live, has_feeds=bool(self.base))
        self.factory = RequestFactory()
        self.stamps = Stamps((self.base, live))
        self.done: set[str] = set()
        watch.look()

    def write(self, tell: Callable[[int], object] = lambda _amount: None) -> None:
        """Everything, telling after each step how many more pages are settled."""
        self._attachments(tell)
        self._consultation_files()
        self._reports(tell)
        for path, stamp in self._addresses():
            self._page(path, stamp)
            tell(1)
        self._no_such_page()
        while waiting := sorted(self.copy.met - self.done):
            for path in waiting:
                self._met(path)
        self._last_words()
        self.manifest.sweep()

    # What there is

    def _addresses(self) -> Iterator[tuple[str, str]]:
        """Every page with its stamp; "" for one that is cheap enough to be made each time."""
        for name in OF_THE_SITE:
            yield reverse(f"portal:{name}"), ""
        yield from self._archive(None)
        for consultation in released():
            yield consultation.public_path, ""
        for entry in library():
            yield entry.public_path, ""
        for body in Body.objects.filter(is_active=True).order_by("path"):
            yield from self._of(body)
        found = Document.objects.filter(first_published_at__isnull=False, body__is_active=True)
        found = found.select_related("interprets").order_by("pk")
        for document in found.iterator(chunk_size=500):
            if document.attribute == Attribute.PROACTIVE or document.withdrawn_at is not None:
                yield document.public_path, self.stamps.of(document)

    def _of(self, body: Body) -> Iterator[tuple[str, str]]:
        for name in COLUMNS:
            yield reverse(f"portal:{name}", args=[body.slug]), ""
        for duty in duties_of(body):
            yield reverse("portal:duty", args=[body.slug, duty.key]), ""
        for pk in Item.objects.filter(catalogue__body=body).order_by("pk").values_list("pk", flat=True):
            yield reverse("portal:item", args=[body.slug, pk]), ""
        for pk in KeyArea.objects.filter(body=body).order_by("pk").values_list("pk", flat=True):
            yield reverse("portal:key_area", args=[body.slug, pk]), ""
        yield from self._archive(body)
        for version in published().filter(report__body=body).defer("frozen"):
            stamp = word(self.stamps.frame, version.pk, version.digest)
            yield reverse("portal:report", args=[body.slug, version.report.year]), stamp

    def _archive(self, body: Body | None) -> Iterator[tuple[str, str]]:
        prefix = f"/bodies/{body.slug}" if body else ""
        for shelf, kinds in (("documents", None), ("gazette", POLICIES)):
            months = self.stamps.months(body, kinds)
            for year in sorted({year for year, _ in months}):
                yield f"{prefix}/archive/{shelf}/{year}/", ""
            for (year, month), stamp in months.items():
                yield f"{prefix}/archive/{shelf}/{year}/{month}/", stamp

    # Pages

    def _page(self, path: str, stamp: str) -> None:
        """Make a page unless it stands there as of the stamp; what it leads to is then known from the last time."""
        self.done.add(path)
        file = file_of(path)
        assert file is not None  # noqa: S101 - every address above has one
        if self.manifest.holds(file, stamp):
            self._led_before(file)
            return
        response = self._ask(path)
        if response is None:
            return
        if response.status_code == 301:  # noqa: PLR2004
            self.manifest.put(file, self._moved(response["Location"], file), stamp)
            return
        self.manifest.put(file, self.copy.page(response.content, file), stamp)

    def _ask(self, address: str) -> HttpResponse | None:
        request = self._request(address)
        view, args, kwargs = resolve(request.path)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return None

    def _request(self, address: str) -> HttpRequest:
        request = self.factory.get(address, headers={"host": "localhost"})
        request.appearance = Appearance.STANDARD  # type: ignore[attr-defined]
        request.user = AnonymousUser()
        request.public_root = self.base  # type: ignore[attr-defined]
        return request

    def _moved(self, location: str, file: str) -> bytes:
        """A page that leads on, where a server would have answered 301."""
        target = relative(file_of(location) or "index.html", file)
        page = render_to_string("portal/copy_moved.html", {"target": target})
        self.copy.met.add(location)
        return page.encode()

    def _led_before(self, file: str) -> None:
        """The ways out of a page that was not made again still have to be there."""
        content = (self.manifest.folder / file).read_bytes()
        document: Any = lxml.html.document_fromstring(content.decode())
        for _, _, target, _ in document.iterlinks():
            address = self._address(target, file)
            if address:
                self.copy.met.add(address)

    def _address(self, target: str, file: str) -> str:
        """The address a link of a written page stands for, where it is one that only links lead to."""
        import posixpath
        from urllib.parse import unquote

        if "://" in target or target.startswith(("#", "mailto:", "tel:", "data:")):
            return ""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(target.partition("#")[0])))
        if path.startswith(("static/", "documents/")) and not path.endswith("index.html"):
            return f"/{path}"
        found = LED_TO.fullmatch(path)
        return f"/{found[1]}" if found else ""

    def _met(self, address: str) -> None:
        """Something pages lead to: a style sheet, a code, a further page of a list, an earlier version."""
        self.done.add(address)
        file = file_of(address)
        if file is None or address in self.copy.named or address.startswith("/files/"):
            return
        if address.startswith("/static/"):
            found = finders.find(address.removeprefix("/static/")) or self._collected(address)
            if found:
                self.manifest.put(file, Path(found).read_bytes())
            return
        response = self._ask(address)
        if response is None or response.status_code != 200:  # noqa: PLR2004
            return
        html = response["Content-Type"].startswith("text/html")
        self.manifest.put(file, self.copy.page(response.content, file) if html else response.content)

    def _collected(self, address: str) -> str:
        """A style sheet under the name that collecting gave it."""
        from django.contrib.staticfiles.storage import staticfiles_storage

        name = address.removeprefix("/static/")
        return staticfiles_storage.path(name) if staticfiles_storage.exists(name) else ""

    # Files

    def _consultation_files(self) -> None:
        """What lies with the consultations, under its own name."""
        shown = ConsultationFile.objects.filter(removed_at=None, consultation__in=released())
        for row in shown.order_by("pk"):
            file = f"consultations/files/{row.public_id}/{safe_name(row.name)}"
            stamp = word(row.sha256)
            if not self.manifest.holds(file, stamp):
                try:
                    self.manifest.put(file, read(row.file, row.sha256), stamp)
                except DamagedFileError:
                    continue
            self.copy.named[row.public_path] = file

    def _attachments(self, tell: Callable[[int], object]) -> None:
        """The files of documents that are public, under their own names."""
        seen: set[object] = set()
        for public_id in Attachment.objects.order_by("pk").values_list("public_id", flat=True).iterator():
            if public_id in seen:
                continue
            seen.add(public_id)
            attachment = attachment_access(public_id).attachment
            if attachment is None:
                continue
            name = safe_name(attachment.name)
            file = f"files/{public_id}/{name}"
            self.copy.named[attachment.public_path] = file
            stamp = word(attachment.sha256)
            if not self.manifest.holds(file, stamp):
                try:
                    with attachment.file.open("rb") as handle:
                        self.manifest.put(file, handle.read(), stamp)
                except FileNotFoundError:
                    del self.copy.named[attachment.public_path]
            tell(1)

    def _reports(self, tell: Callable[[int], object]) -> None:
        """The published annual reports in every form."""
        for version in published():
            for ending in OUTPUTS:
                self._report(version, ending)
            tell(1)

    def _report(self, version: Version, ending: str) -> None:
        body, year = version.report.body, version.report.year
        address = reverse("portal:report_file", args=[body.slug, year, ending])
        file = f"bodies/{body.slug}/reports/{year}/{year}.{ending}"
        stamp = word(version.pk, version.digest)
        self.copy.named[address] = file
        if self.manifest.holds(file, stamp) or version.published_at is None:
            return
        try:
            self.manifest.put(file, export(version, ending, at=version.published_at).content, stamp)
        except PdfUnavailable:
            del self.copy.named[address]

    def _no_such_page(self) -> None:
        """What a web server answers for an address that is none."""
        page = render_to_string("404.html").encode()
        self.manifest.put("404.html", self.copy.page(page, "404.html"))

    def _last_words(self) -> None:
        """What robots look for; maps need to know the site's own address."""
        if not self.base:
            return
        for address in ("/robots.txt", "/sitemap.xml"):
            response = self._ask(address)
            if response is not None:
                self.manifest.put(address[1:], response.content)
        part = re.compile(r"/sitemaps/\d+\.xml")
        for address in part.findall((self.manifest.folder / "sitemap.xml").read_text("utf-8")):
            response = self._ask(address)
            if response is not None:
                self.manifest.put(address[1:], b"".join(response.streaming_content))  # type: ignore[attr-defined]


def safe_name(name: str) -> str:
    """A name every file system and web server takes; it keeps its ending."""
    cleaned = UNSAFE.sub("_", name).strip(" .") or "file"
    stem, dot, ending = cleaned.rpartition(".")
    if not dot or len(ending) > 10:  # noqa: PLR2004 - no ending
        return cleaned[:LONGEST_NAME]
    return f"{stem[:LONGEST_NAME]}.{ending}"


def how_much() -> int:
    """About how many pages a run looks at, for the bar."""
    return Document.objects.filter(first_published_at__isnull=False).count() + Attachment.objects.count()
