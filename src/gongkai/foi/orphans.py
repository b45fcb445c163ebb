"""Case files that no row names: stored by a process that was killed before its transaction ended.

An act deletes what it stored when it fails (``acts.materials.files_or_nothing``); a killed process cannot. Such files
hold personal data nobody can find, so they are swept away, but only a day later: an act may still be under way.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from gongkai.core.storage import PrivateStorage
from gongkai.foi.models import Material

FOLDER = "foi"
KEPT = dt.timedelta(days=1)
_YEAR, _MONTH = re.compile(r"\d{4}"), re.compile(r"\d{2}")
"""Where ``Material.file`` lies; other folders beside them are kept by others (``portal.foi.keeping``)."""


def sweep_orphans(*, at: dt.datetime) -> int:
    """Delete the files without a row that are older than a day; how many there were."""
    storage, before = PrivateStorage(), at - KEPT
    swept = 0
    for folder in _folders(storage):
        known = set(Material.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
        names = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
        lost = [one for one in names if one not in known and storage.get_modified_time(one) < before]
        for one in lost:
            storage.delete(one)
        swept += len(lost)
    return swept


def _folders(storage: PrivateStorage) -> Iterator[str]:
    if not storage.exists(FOLDER):
        return
    for year in filter(_YEAR.fullmatch, storage.listdir(FOLDER)[0]):
        for month in filter(_MONTH.fullmatch, storage.listdir(f"{FOLDER}/{year}")[0]):
            yield f"{FOLDER}/{year}/{month}"
