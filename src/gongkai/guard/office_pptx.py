"""A PPTX before publication: every slide, hidden ones and the speaker's notes too."""

from __future__ import annotations

import zipfile

from gongkai.drafting.slides import slides
from gongkai.guard.model import Material, Unit
from gongkai.guard.rules import found
from gongkai.redaction.limits import Limits


def add_pptx(material: Material, archive: zipfile.ZipFile, limits: Limits, place: str) -> None:
    """Raises ``RedactionError``."""
    for slide in slides(archive, limits):
        where = f"{place}第{slide.number}张幻灯片"
        material.units += [Unit(line, where) for line in slide.lines]
        material.units += [Unit(line, f"{where}备注") for line in slide.notes]
        for rule, there in (("hidden.slides", slide.hidden), ("hidden.notes", bool(slide.notes))):
            if there:
                material.findings.append(
                    found(rule, where, key=str(slide.number), container=material.container)
                )
