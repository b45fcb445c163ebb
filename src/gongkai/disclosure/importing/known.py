"""What the database knows already of the rows of a source: imported before, changed since, registered by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone

from gongkai.disclosure.enums import DocumentKind
from gongkai.disclosure.importing.enums import OnChange
from gongkai.disclosure.importing.row import Remark, Row
from gongkai.disclosure.models import Document, ImportedSource, ImportJob
from gongkai.disclosure.rules import COUNTED_KINDS, years_touched

SLICE = 500  # names asked for at once; SQLite takes no endless list


def years_of(rows: Iterable[Row]) -> set[int]:
    """The years whose reports these documents change."""
    touched: set[int] = set()
    for kind, year in {(row.kind, timezone.localdate(row.published_at).year) for row in rows}:
        touched.update(years_touched(kind, year))
    for row in rows:
        if row.kind in COUNTED_KINDS:
            touched.update(years_touched(DocumentKind.NORMATIVE, row.made_on.year))
            if row.ended_on is not None:
                touched.update(years_touched(DocumentKind.NORMATIVE, row.ended_on.year))
    return touched


def imported_before(job: ImportJob, rows: Sequence[Row]) -> dict[str, ImportedSource]:
    """The rows that are documents already, by their keys."""
    found = ImportedSource.objects.filter(body=job.body_id, key__in=[row.key for row in rows])
    return {one.key: one for one in found.select_related("edition", "document")}


class Seen:
    """Rows of one source, so that the second of two that are the same is told of."""

    def __init__(self, job: ImportJob) -> None:
        self.job = job
        self.unchanged = self.changed = 0
        self.same: set[int] = set()
        """Rows that are documents already and say the same."""
        self._keys: dict[bytes, int] = {}
        self._numbers: dict[str, int] = {}

    def sift(self, rows: Sequence[Row]) -> tuple[list[Row], list[Remark]]:
        """Rows that can go on, and errors of those that cannot. At most ``SLICE`` rows."""
        taken = self._registered_numbers(rows)
        same = self._registered_titles(rows)
        known = imported_before(
            self.job, rows
        )  # last: what another import brings meanwhile is known, not taken
        good: list[Row] = []
        remarks: list[Remark] = []
        for row in rows:
            told = self._twice(row)
            if told is None and row.key in known:
                told = self._known(row, known[row.key])
                remarks += [told] if told else []
                good.append(row)
                continue
            if told is None and row.document_number in taken:
                told = _error(
                    row, "number_taken", f"文号“{row.document_number}”已经登记", "如系同一文件，请删去这一行"
                )
            if told is None and (row.title, row.made_on) in same:
                message = "标题和成文日期与已登记的一份文件相同"
                told = _error(row, "same", message, "如系同一文件，请删去这一行；否则请在标题中加以区分")
            if told is None:
                good.append(row)
            else:
                remarks.append(told)
        return good, remarks

    def _twice(self, row: Row) -> Remark | None:
        key = bytes.fromhex(row.key)
        if key in self._keys:
            return _error(row, "twice", f"与第{self._keys[key]}行是同一份文件", "请删去重复的一行")
        if row.document_number and row.document_number in self._numbers:
            first = self._numbers[row.document_number]
            return _error(row, "number_twice", f"文号与第{first}行相同", "请核对文号")
        self._keys[key] = row.number
        if row.document_number:
            self._numbers[row.document_number] = row.number
        return None

    def _known(self, row: Row, source: ImportedSource) -> Remark | None:
        if source.digest == row.digest:
            self.unchanged += 1
            self.same.add(row.number)
            return None
        self.changed += 1
        revise = self.job.on_change == OnChange.REVISE
        message = f"以前导入过（{source.document.index_number}），内容有变"
        remedy = (
            "将发布为新版本；不能更新的会逐行说明" if revise else "不改动；需要更新的，请选择“发布为新版本”"
        )
        return Remark(row.number, "", "changed", message, remedy, is_error=False)

    def _registered_numbers(self, rows: Sequence[Row]) -> set[str]:
        numbers = [row.document_number for row in rows if row.document_number]
        found = Document.objects.filter(body=self.job.body_id, document_number__in=numbers)
        return set(found.values_list("document_number", flat=True))

    def _registered_titles(self, rows: Sequence[Row]) -> set[tuple[str, object]]:
        """Only what was not imported counts: an old site may well have had two pages of one name on one day."""
        titles = [row.title for row in rows]
        found = Document.objects.filter(body=self.job.body_id, title__in=titles, imported_from=None)
        return set(found.values_list("title", "made_on"))


def _error(row: Row, code: str, message: str, remedy: str) -> Remark:
    return Remark(row.number, "", code, message, remedy)
