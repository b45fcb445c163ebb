"""Case files without a row are swept away; no other file is."""

import datetime as dt
import os

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from tests.factories import make_request

from gongkai.core.actors import SYSTEM
from gongkai.core.storage import PrivateStorage
from gongkai.foi import acts
from gongkai.foi.orphans import sweep_orphans
from gongkai.foi.tasks import sweep_files

PDF = b"%PDF-1.4\n%%EOF\n"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path


def lost(name, *, days):
    """A file of that age without a row."""
    storage = PrivateStorage()
    kept = storage.save(name, ContentFile(PDF))
    then = (timezone.now() - dt.timedelta(days=days)).timestamp()
    os.utime(storage.path(kept), (then, then))
    return kept


def test_only_old_files_without_a_row_go():
    storage, now = PrivateStorage(), timezone.now()
    material = acts.add_material(
        request=make_request(), kind="original", name="申请书.pdf", content=PDF, actor=SYSTEM, at=now
    )
    old = (now - dt.timedelta(days=90)).timestamp()
    os.utime(storage.path(material.file.name), (old, old))
    orphan = lost("foi/2024/03/orphan.pdf", days=2)
    stay = [
        material.file.name,
        lost("foi/2024/03/under-way.pdf", days=0),
        lost("foi/waiting/0123456789abcdef", days=20),
        lost("documents/2024/03/other-room.pdf", days=90),
    ]
    assert sweep_orphans(at=now) == 1
    assert not storage.exists(orphan)
    assert [storage.exists(one) for one in stay] == [True] * len(stay)
    assert sweep_orphans(at=now) == 0


def test_the_job_finds_nothing_where_nothing_was_kept(tmp_path):
    sweep_files()
    assert list(tmp_path.iterdir()) == []
