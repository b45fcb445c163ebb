"""What every test may rely on."""

import os
import shutil

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from gongkai.audit import triggers
from gongkai.config.fonts import has_chinese_font

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

# A busy machine is slow, not wrong: speed is measured in benchmarks/.
hypothesis_settings.register_profile("gongkai", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("gongkai")


def pytest_configure(config):
    settings.DATA_DIR.mkdir()


def pytest_unconfigure(config):
    # Not by atexit: the workers of a parallel run end without it.
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


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
def nothing_of_another_test(settings, tmp_path):
    """No test sees the uploads, the mail or the cached counters of another."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    cache.clear()


@pytest.fixture(scope="session")
def chromium_path():
    """The browser that Debian installs; nothing is downloaded."""
    return CHROMIUM


@pytest.fixture
def body(db):
    """A made-up bureau with everything an act may ask of it."""
    from gongkai.core.actors import SYSTEM
    from gongkai.organisations.acts import register_body

    return register_body(
        actor=SYSTEM,
        name="青屿县教育体育局",
        short_name="县教体局",
        slug="qingyu-jtj",
        kind="department",
        tier="county",
        credit_code="11999900MB0000000X",
    )


@pytest.fixture
def appointed(body):
    """Appoint an officer: ``appointed("handler")``, in the bureau or in another body."""
    import datetime as dt

    from gongkai.core.actors import SYSTEM
    from gongkai.organisations.acts import appoint
    from gongkai.organisations.models import Officer

    def make(role, at=None):
        officer = Officer.objects.create_user(username=f"{role}{Officer.objects.count()}", name="林敏")
        appoint(officer=officer, body=at or body, role=role, since=dt.date(2018, 1, 1), actor=SYSTEM)
        return officer

    return make
