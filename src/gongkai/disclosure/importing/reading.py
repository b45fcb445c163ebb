"""A row of a source made into a document to import, with everything that is wrong with it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.conf import settings

from gongkai.catalogue.models import Item
from gongkai.core.errors import Obstacle
from gongkai.disclosure.acts.attachments import MOST_FILES, why_not_take_file
from gongkai.disclosure.enums import DocumentKind, Ending, WordKind
from gongkai.disclosure.guarding import plain_of, words_for
from gongkai.disclosure.html import clean_text
from gongkai.disclosure.importing import values
from gongkai.disclosure.importing.headings import LABELS
from gongkai.disclosure.importing.row import Raw, Remark, Row, digest_of, key_of
from gongkai.disclosure.importing.sources.files import Files
from gongkai.disclosure.models import ImportJob
from gongkai.disclosure.rules import why_not_dated, why_not_titled
from gongkai.guard import inspect_text
from gongkai.organisations.models import Unit

T = TypeVar("T")
LIMITS = {"document_number": 80, "summary": 300, "link": 500, "old_index": 80, "source_id": 300}
FOREVER = frozenset({"长期", "长期有效", "永久", "无", "—", "-", "/"})
IN_FORCE = frozenset({"有效", "现行有效", "是", "继续有效", "在用"})
ENDED = {"废止": Ending.REPEALED, "已废止": Ending.REPEALED, "失效": Ending.LAPSED, "已失效": Ending.LAPSED}
MOST_FINDINGS = 20  # of one row told one by one


class Reader:
    """Makes rows of one import. What it must know of the body it asks once."""

    def __init__(self, job: ImportJob, labels: dict[str, str], files: Files, at: dt.datetime) -> None:
        self.job, self.files, self.at = job, files, at
        self.labels = LABELS | labels
        self.units = dict(Unit.objects.filter(body=job.body).values_list("name", "pk"))
        self.items = _items(job)
        self.words = words_for(job.body)

    def read(self, raw: Raw) -> tuple[Row | None, list[Remark]]:
        """The row, or None when it cannot be imported; what is said about it either way."""
        line = _Line(raw, self)
        row = line.row()
        return (None if any(one.is_error for one in line.remarks) else row), line.remarks

    def inspect(self, row: Row) -> tuple[Row, list[Remark]]:
        """What the guard sees in the words; it keeps nothing out, the nightly check asks again."""
        told = [(one.message, one.excerpt, one.remedy) for one in inspect_text(row.title, place="标题")]
        told += [(one.message, one.excerpt, one.remedy) for one in inspect_text(row.text)]
        plain = f"{row.title}\n{plain_of(row.text)}" if self.words else ""
        told += [
            (f"{WordKind(one.kind).label}“{one.word}”", "", "导入后请核对")
            for one in self.words
            if one.word in plain
        ]
        remarks = [
            Remark(
                row.number,
                self.labels["text"][:60],
                "finding",
                (f"{message}（{excerpt}）" if excerpt else message)[:400],
                remedy[:300],
                is_error=False,
            )
            for message, excerpt, remedy in told[:MOST_FINDINGS]
        ]
        return dataclasses.replace(row, findings=len(told)), remarks


def _items(job: ImportJob) -> dict[str, int | None]:
    """The body's items by name, and by first and second level; a name that stands twice means none."""
    found: dict[str, int | None] = {}
    rows = Item.objects.filter(catalogue__body=job.body, retired_on__isnull=True)
    for pk, name, parent in rows.values_list("pk", "name", "parent__name"):
        found[name] = None if name in found else pk
        if parent:
            found[f"{parent}/{name}"] = pk
    return found


class _Line:
    """One row being read."""

    def __init__(self, raw: Raw, reader: Reader) -> None:
        self.raw, self.reader, self.job = raw, reader, reader.job
        self.remarks: list[Remark] = []

    def cell(self, name: str) -> str:
        return self.raw.cells.get(name, "")

    def note(self, name: str, message: str, remedy: str, code: str = "", *, is_error: bool = True) -> None:
        label = self.reader.labels.get(name, "")[:60]
        told = (message[:400], remedy[:300])
        self.remarks.append(Remark(self.raw.number, label, code or name, *told, is_error=is_error))

    def obstacles(self, name: str, found: Iterable[Obstacle]) -> None:
        for one in found:
            self.note(name, one.message, one.remedy, one.code)

    def row(self) -> Row | None:
        title = " ".join(self.cell("title").split())
        self.obstacles("title", why_not_titled(title))
        self._lengths()
        published = self._read("published_at", values.moment_of, "请写成 2024-03-05 或 2024-03-05 09:30")
        made = self._read("made_on", values.day_of, "请写成 2024-03-05") or (published and published.date())
        kind = self._kind()
        text = clean_text(self.cell("text"))
        files, digests = self._files()
        enclosed = self.cell("enclosed").split("\n") if self.cell("enclosed") else []
        if not text.strip() and not files and not enclosed:
            self.note("text", "没有正文，也没有附件", "请补充正文，或者写明附件文件名", "no_text")
        if published is None or made is None:
            if not self.cell("published_at"):
                self.note("published_at", "没有公开时间", "请填写原来公开的日期", "no_date")
            return None
        self._dates(made, published)
        ended_on, ended_how = self._ending(made)
        row = Row(
            number=self.raw.number,
            key=key_of(self.raw, made, title, self.job.origin),
            title=title,
            kind=kind,
            made_on=made,
            published_at=published,
            text=text,
            document_number=self.cell("document_number"),
            subject=self._class("subject", values.subject_named),
            genre=self._class("genre", values.genre_named),
            unit=self._unit(),
            item=self._item(),
            summary=self.cell("summary"),
            keywords=values.listed(self.cell("keywords"))[:20],
            joint_issuers=values.listed(self.cell("joint_issuers")),
            effective_on=self._day("effective_on"),
            valid_until=self._day("valid_until"),
            ended_on=ended_on,
            ended_how=ended_how,
            files=files,
            file_digests=digests,
            enclosed=enclosed,
            link=self.cell("link"),
            old_index=self.cell("old_index"),
        )
        return dataclasses.replace(row, digest=digest_of(row))

    def _lengths(self) -> None:
        for name, limit in LIMITS.items():
            if len(self.cell(name)) > limit:
                self.note(name, f"{self.reader.labels[name]}超过{limit}个字", "请缩短", "too_long")
        for name, text in self.raw.cells.items():
            if "\0" in text:
                self.note(name, "含有不可见的控制字符", "请在原系统中重新导出", "unwritable")

    def _read(self, name: str, read: Callable[[str], T], remedy: str) -> T | None:
        if not self.cell(name):
            return None
        try:
            return read(self.cell(name))
        except (ValueError, OverflowError):
            self.note(name, f"看不懂“{self.cell(name)[:40]}”", remedy, "not_understood")
            return None

    def _day(self, name: str) -> dt.date | None:
        if self.cell(name) in FOREVER:
            return None
        return self._read(name, values.day_of, "请写成 2024-03-05；长期有效的留空")

    def _kind(self) -> str:
        said = self.cell("kind")
        found = values.kind_named(said) if said else self.job.default_kind
        if not found:
            kinds = "、".join(DocumentKind.labels)
            message = f"不认识类别“{said[:40]}”" if said else "没有类别"
            self.note("kind", message, f"应为：{kinds}；或者在导入时选定未写类别时的类别", "kind")
        return found

    def _class(self, name: str, named: Callable[[str], str]) -> str:
        said = self.cell(name)
        found = named(said) if said else ""
        if said and not found:
            message = f"不认识{self.reader.labels[name]}“{said[:40]}”，将留空"
            self.note(name, message, "导入后可在目录信息中补选", "not_known", is_error=False)
        return found

    def _unit(self) -> int | None:
        said = self.cell("unit")
        if said and said not in self.reader.units:
            self.note(
                "unit", f"本机关没有内设机构“{said[:40]}”", "请先在机关资料中添加，或者改正名称", "no_unit"
            )
        return self.reader.units.get(said)

    def _item(self) -> int | None:
        said = self.cell("item").replace("／", "/")
        found = self.reader.items.get(said) if said else None
        if said and found is None:
            twice = said in self.reader.items
            message = f"目录中有几项都叫“{said[:40]}”" if twice else f"本机关目录中没有事项“{said[:40]}”"
            remedy = "请写成“一级事项/二级事项”" if twice else "请先采用或修改目录，或者改正事项名称"
            self.note("item", message, remedy, "no_item")
        return found

    def _dates(self, made: dt.date, published: dt.datetime) -> None:
        self.obstacles("made_on", why_not_dated(made, published))
        if published > self.reader.at:
            message = f"公开时间（{published:%Y-%m-%d}）晚于现在"
            self.note(
                "published_at", message, "批量导入只收已经公开的文件；未公开的请按发布程序办理", "future"
            )

    def _ending(self, made: dt.date) -> tuple[dt.date | None, str]:
        said, on = self.cell("validity"), self._day("ended_on")
        how = ENDED.get(said, "")
        if said and not how and said not in IN_FORCE:
            self.note("validity", f"不认识“{said[:40]}”", "应为：有效、废止、失效", "validity")
        if how and on is None:
            self.note(
                "ended_on", f"写明已{said.removeprefix('已')}，没有废止（失效）日期", "请填写日期", "no_end"
            )
        if on is not None and on < made:
            self.note("ended_on", "废止（失效）日期早于成文日期", "请核对", "ended_early")
        if on is not None and said in IN_FORCE:
            self.note("validity", "写明有效，又有废止（失效）日期", "请核对", "contradiction")
        return (None, "") if on is None else (on, str(how or Ending.REPEALED))

    def _files(self) -> tuple[list[str], list[str]]:
        names = values.named_files(self.cell("files"))
        if len(names) > MOST_FILES:
            self.note("files", f"一份文件最多{MOST_FILES}个附件", "请合并", "too_many")
            return [], []
        digests = []
        for name in names:
            try:
                content = self.reader.files.read(name, settings.GONGKAI_UPLOAD_LIMIT)
            except OSError as error:
                self.note("files", f"附件“{name[:80]}”读不出来：{error}", "请检查文件", "unreadable")
                continue
            if content is None:
                remedy = "请把它放进附件目录或压缩包；同名文件请写明所在文件夹"
                self.note("files", f"找不到附件“{name[:80]}”", remedy, "no_file")
                continue
            for one in why_not_take_file(content):
                self.note("files", f"附件“{name[:80]}”：{one.message}", one.remedy, one.code)
            digests.append(hashlib.sha256(content).hexdigest())
        return names, digests
