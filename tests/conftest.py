"""What every test may rely on."""

import os
import shutil

import pytest
from django.db import connection

from gongkai.audit import triggers
from gongkai.config.fonts import has_chinese_font

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def missing_needs():
    """What this machine lacks, by marker: (why, whether lacking it is a failure)."""
    lacks = {
        "browser": None if CHROMIUM else "no Chromium: apt-get install chromium",
        "fonts": None if has_chinese_font() else "no Chinese font: apt-get install fonts-noto-cjk",
        "postgres": None if connection.vendor == "postgresql" else "not on PostgreSQL: set DATABASE_URL",
    }
    return {
        marker: (why, os.environ.get(f"GONGKAI_REQUIRE_{marker.upper()}") == "1")
        for marker, why in lacks.items()
        if why is not None
    }


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    for marker, (why, required) in missing_needs().items():
        if item.get_closest_marker(marker) is None:
            continue
        if required:
            pytest.fail(f"{why} (GONGKAI_REQUIRE_{marker.upper()}=1)", pytrace=False)
        pytest.skip(why)


@pytest.fixture(scope="session", autouse=True)
def flush_may_empty_the_audit():
    """Transactional tests empty every table afterwards; only for that the audit's triggers step aside."""
    patch = pytest.MonkeyPatch()
    operations = type(connection.ops)
    original = operations.sql_flush

    def sql_flush(self, style, tables, **options):
        statements = original(self, style, tables, **options)
        if triggers.TABLE not in tables or not statements:
            return statements
        vendor = self.connection.vendor
        return [*triggers.drop_statements(vendor), *statements, *triggers.create_statements(vendor)]

    patch.setattr(operations, "sql_flush", sql_flush)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def files_of_its_own(settings, tmp_path):
    """No test sees the uploads or the mail of another."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


@pytest.fixture(scope="session")
def chromium_path():
    """The browser that Debian installs; nothing is downloaded."""
    return CHROMIUM
