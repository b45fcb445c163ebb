"""Forms of case files: adding one, proving a service by one, marking what is withheld on a page."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.console.forms.base import RecordForm
from gongkai.foi.models.materials import MaterialKind
from gongkai.redaction.bases import BASES
from gongkai.redaction.model import Mark
from gongkai.redaction.paging import marks_for
from gongkai.redaction.suggesting import marks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.foi.models import Dispatch
    from gongkai.redaction.model import Page, Source
    from gongkai.redaction.suggesting import Suggestion

POINTS_PER_MM = 72 / 25.4
BASIS_CHOICES = [(one.key, one.label) for one in BASES.values()]
TYPES = "PDF、DOCX、XLSX、图片（PNG、JPG、TIFF、BMP）或者TXT"


class MaterialForm(RecordForm):
    """A file and what it is to the case."""

    amendable = False

    kind = forms.ChoiceField(
        label="类别",
        choices=[("", "请选择"), *((key, name) for key, name in MaterialKind.choices if key != "redacted")],
        help_text="要提供给申请人的，选“拟提供的信息”",
    )
    file = forms.FileField(label="文件", help_text=TYPES)

    def arguments(self) -> dict[str, Any]:
        """The file as its name and its bytes."""
        data = super().arguments()
        sent = data.pop("file")
        return {**data, "name": sent.name, "content": sent.read()}


class ProofForm(RecordForm):
    """A proof of service: a file of the case, or a new one."""

    amendable = False

    file = forms.FileField(label="上传凭证", required=False, help_text=f"送达回证、邮寄凭证等的{TYPES}")

    def __init__(self, *args: Any, dispatch: Dispatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = dispatch.letter.request.materials.filter(kind=MaterialKind.PROOF)
        if self.kept:
            choices = [("", "不选择"), *((str(one.pk), one.name) for one in self.kept)]
            self.fields["proof"] = forms.ChoiceField(
                label="案卷中已有的凭证", choices=choices, required=False
            )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean()
        if bool(data.get("file")) == bool(data.get("proof")) and not self.errors:
            self.add_error("file", "请上传一个凭证文件，或者选择案卷中已有的凭证")
        return data


class PageMarksForm(RecordForm):
    """What is withheld on one page: words, lines, suggestions, a rectangle; bases of the marks there are."""

    amendable = False

    basis = forms.ChoiceField(label="遮盖依据", choices=BASIS_CHOICES, initial="privacy")
    whole = forms.BooleanField(label="遮盖整页", required=False)
    left = forms.FloatField(label="距左边（毫米）", required=False, min_value=0)
    top = forms.FloatField(label="距上边（毫米）", required=False, min_value=0)
    width = forms.FloatField(label="宽（毫米）", required=False, min_value=0)
    height = forms.FloatField(label="高（毫米）", required=False, min_value=0)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    SIDES = ("left", "top", "width", "height")

    def __init__(
        self,
        *args: Any,
        source: Source,
        page: Page,
        marks: Sequence[Mark],
        suggestions: Sequence[Suggestion],
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"seen": json.dumps([asdict(one) for one in marks])}
        super().__init__(*args, **kwargs)
        self.source, self.page, self.marks = source, page, tuple(marks)
        self.suggestions = tuple(suggestions)
        words = [one for line in page.lines for one in (line.id, *(word.id for word in line.words))]
        self._ask_several("words", [(one, one) for one in words])
        self._ask_several("suggested", [(one.id, one.text) for one in suggestions])
        here = [(str(at), "") for at, one in enumerate(self.marks) if one.page == page.number]
        self._ask_several("drop", here)
        for at, _ in here:
            self.fields[f"basis_{at}"] = forms.ChoiceField(
                label=f"遮盖处{int(at) + 1}的依据", choices=BASIS_CHOICES, initial=self.marks[int(at)].basis
            )

    def _ask_several(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name] = forms.MultipleChoiceField(required=False, choices=choices)

    def chosen(self, name: str) -> set[str]:
        """What was ticked, so that a refused page shows it again."""
        return set(self.data.getlist(name)) if self.is_bound else set()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A rectangle has four sides."""
        data = super().clean()
        given = [name for name in self.SIDES if data.get(name) is not None]
        if given and len(given) < len(self.SIDES):
            for name in self.SIDES:
                if name not in given and name not in self.errors:
                    self.add_error(name, "请填写矩形的四个数字，或者全部留空")
        return data

    def seen_marks(self) -> tuple[Mark, ...]:
        """The marks the officer had before him; none for what nobody can read."""
        try:
            return tuple(Mark(**one) for one in json.loads(self.cleaned_data["seen"] or "[]"))
        except (TypeError, ValueError):
            return ()

    def new_marks(self) -> list[Mark]:
        """The marks of the whole file as they are to be."""
        data, basis = self.cleaned_data, self.cleaned_data["basis"]
        kept = [self._again(at, one) for at, one in enumerate(self.marks) if str(at) not in data["drop"]]
        added = list(marks_for(self.page, set(data["words"]), basis=basis))
        wanted = [one for one in self.suggestions if one.id in data["suggested"]]
        added += marks_of(self.source, wanted, basis=basis)
        if data["whole"]:
            added.append(Mark(self.page.number, 0, 0, self.page.width, self.page.height, basis))
        if data.get("left") is not None:
            x, y, width, height = (round(data[name] * POINTS_PER_MM, 2) for name in self.SIDES)
            added.append(Mark(self.page.number, x, y, width, height, basis))
        return list(dict.fromkeys([*kept, *added]))

    def _again(self, at: int, mark: Mark) -> Mark:
        basis = self.cleaned_data.get(f"basis_{at}", mark.basis)
        return Mark(mark.page, mark.x, mark.y, mark.width, mark.height, basis)
