"""Files and pictures that entries of a feed name: fetched while the source is checked, kept in a ZIP of the import.

Only from the host of the feed and hosts below it, each step of a redirect too. What cannot be had stays a link in the
text, and the row says why.
"""

from __future__ import annotations

import dataclasses
import hashlib
import html
import re
import uuid
import zipfile
from collections import Counter
from typing import IO
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings

from gongkai.core.errors import RefusedError
from gongkai.disclosure.acts.attachments import MOST_FILES, why_not_take_file
from gongkai.disclosure.enums import AttachmentRole
from gongkai.disclosure.html import PICTURE
from gongkai.disclosure.importing.row import Remark, Row
from gongkai.disclosure.importing.sources.fetching import fetch

MOST_BYTES = 4 * 1024 * 1024 * 1024  # of one import
FAILURES = 5  # in a row: then its host is asked no more
SECONDS = 60  # one file
_SOURCE = re.compile(r'\ssrc="([^"]*)"')
_UNREACHED = frozenset({"dns", "timeout", "connection", "certificate"})


def may_ask(host: str, feed: str) -> bool:
    """The feed's own host, or one below it; "www." before either makes no difference."""
    own, asked = feed.lower().removeprefix("www."), host.lower().removeprefix("www.")
    return bool(own) and (asked == own or asked.endswith(f".{own}"))


def name_of(address: str) -> str:
    """The name of a file by its address."""
    return unquote(urlsplit(address).path).rpartition("/")[2][:120] or "附件"


class Enclosures:
    """Fetches for one import. A file named by two rows is fetched once."""

    def __init__(self, address: str, package: IO[bytes]) -> None:
        self.address, self.host = address, urlsplit(address).hostname or ""
        self._package = zipfile.ZipFile(package, "w", zipfile.ZIP_STORED)
        self._known: dict[str, tuple[str, str, str]] = {}
        self._failures: Counter[str] = Counter()
        self._size = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was fetched."""
        return not self._package.namelist()

    def close(self) -> None:
        """The ZIP is whole."""
        self._package.close()

    def take(self, row: Row) -> tuple[Row, list[Remark]]:
        """The row with what could be had of its files and pictures."""
        remarks: list[Remark] = []
        files: dict[str, str] = {}
        links = ""
        for address in row.enclosed:
            name, digest, problem = (
                self._get(address, AttachmentRole.ATTACHMENT)
                if len(files) < MOST_FILES
                else ("", "", f"一份文件最多{MOST_FILES}个附件")
            )
            if problem:
                links += f'<p>附件：<a href="{html.escape(address)}" rel="noopener noreferrer">{html.escape(name_of(address))}</a></p>'
                remarks.append(_remark(row, "附件", f"“{name_of(address)}”没有取到：{problem}", "保留为链接"))
            else:
                files[name] = digest
        text, pictures = self._pictures(row, files, remarks)
        return dataclasses.replace(
            row, text=text + links, files=[*files], file_digests=[*files.values()], pictures=pictures
        ), remarks

    def _pictures(
        self, row: Row, files: dict[str, str], remarks: list[Remark]
    ) -> tuple[str, dict[str, list[str]]]:
        """The text with the addresses its pictures will have here; by name the identity and words of each."""
        pictures: dict[str, list[str]] = {}

        def placed(found: re.Match[str]) -> str:
            tag = found[0]
            source = _SOURCE.search(tag)
            address = urljoin(row.link or self.address, html.unescape(source[1])) if source else ""
            if source is None or not address.startswith(("http://", "https://")):
                return tag
            name, digest, problem = self._get(address, AttachmentRole.PICTURE)
            if not problem and name in files and name not in pictures:
                problem = "同时又是附件"
            if problem:
                message = f"正文图片“{name_of(address)}”没有取到：{problem}"
                remarks.append(_remark(row, "正文", message, "仍指向原网址，请补传"))
                return tag.replace(source[0], f' src="{html.escape(address)}"')
            files[name] = digest
            said = re.search(r'\salt="([^"]*)"', tag)
            words = html.unescape(said[1]).strip()[:300] if said else ""
            identity = pictures.setdefault(name, [str(uuid.uuid4()), words])[0]
            return tag.replace(source[0], f' src="/files/{identity}/"')

        return PICTURE.sub(placed, row.text), pictures

    def _get(self, address: str, role: str) -> tuple[str, str, str]:
        """The name in the ZIP, the digest, and what went wrong."""
        if address not in self._known:
            self._known[address] = self._fetched(address, role)
        return self._known[address]

    def _why_not_ask(self, host: str) -> str:
        if not self.host:
            return "从文件导入的订阅不下载附件"
        if not may_ask(host, self.host):
            return f"在另一个网站（{host[:80]}）"
        if self._failures[host] >= FAILURES:
            return f"{host} 连续{FAILURES}次没有答复，不再尝试"
        if self._size > MOST_BYTES:
            return f"这项导入的附件超过{MOST_BYTES // 1024**3}GB"
        return ""

    def _fetched(self, address: str, role: str) -> tuple[str, str, str]:
        host = urlsplit(address).hostname or ""
        if problem := self._why_not_ask(host):
            return "", "", problem
        try:
            content = fetch(
                address,
                largest=settings.GONGKAI_UPLOAD_LIMIT,
                seconds=SECONDS,
                may=lambda one: may_ask(one, self.host),
            ).content
        except RefusedError as refused:
            if refused.obstacles[0].code in _UNREACHED:
                self._failures[host] += 1
            return "", "", refused.obstacles[0].message
        self._failures[host] = 0
        if wrong := why_not_take_file(content, role):
            return "", "", wrong[0].message
        name = f"{hashlib.sha256(address.encode()).hexdigest()[:16]}/{name_of(address)}"
        self._package.writestr(name, content)
        self._size += len(content)
        return name, hashlib.sha256(content).hexdigest(), ""


def _remark(row: Row, column: str, message: str, remedy: str) -> Remark:
    return Remark(row.number, column, "not_fetched", message[:400], remedy, is_error=False)
