"""The start-up checks, one failing example each."""

from pathlib import Path

import pytest

from gongkai.config import checks
from gongkai.config.fonts import is_chinese_font
from gongkai.config.mounts import network_mount_in

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
nas:/export /srv/share nfs4 rw 0 0
/dev/sdb1 /srv/share/local xfs rw 0 0
"""


def ids(messages):
    return [message.id for message in messages]


@pytest.fixture
def production(settings):
    settings.GONGKAI_MODE = "production"
    settings.GONGKAI_HTTPS = True
    settings.DEBUG = False
    settings.EMAIL_HOST = "smtp.example.gov.cn"
    return settings


def test_a_right_production_passes(production):
    assert checks.production_is_safe() == []
    assert checks.mail_can_be_sent() == []


def test_production_without_https(production):
    production.GONGKAI_HTTPS = False
    assert ids(checks.production_is_safe()) == ["gongkai.E001"]


def test_production_with_debug_pages(production):
    production.DEBUG = True
    assert ids(checks.production_is_safe()) == ["gongkai.E002"]


def test_production_under_any_name(production):
    production.ALLOWED_HOSTS = ["gk.example.gov.cn", "*"]
    assert ids(checks.production_is_safe()) == ["gongkai.E006"]


def test_production_without_mail(production):
    production.EMAIL_HOST = ""
    assert ids(checks.mail_can_be_sent()) == ["gongkai.W003"]


def test_a_demonstration_may_do_without(settings):
    settings.GONGKAI_MODE, settings.GONGKAI_HTTPS, settings.EMAIL_HOST = "demo", False, ""
    assert checks.production_is_safe() == checks.mail_can_be_sent() == []


def test_a_data_directory_that_cannot_be_made(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.DATA_DIR = tmp_path / "file" / "var"
    assert ids(checks.data_directory_is_writable()) == ["gongkai.E004"]
    settings.DATA_DIR = tmp_path / "new" / "var"
    assert checks.data_directory_is_writable() == []


def test_without_a_font_the_warning_says_what_to_install(monkeypatch):
    monkeypatch.setattr(checks, "has_chinese_font", lambda: False)
    (message,) = checks.chinese_font_is_installed()
    assert message.id == "gongkai.W001"
    assert "apt-get install fonts-noto-cjk" in message.hint
    monkeypatch.setattr(checks, "has_chinese_font", lambda: True)
    assert checks.chinese_font_is_installed() == []


@pytest.mark.parametrize(
    ("name", "chinese"),
    [
        ("NotoSerifCJK-Regular.ttc", True),
        ("NotoSansSC-Regular.otf", True),
        ("FandolFang-Regular.otf", True),
        ("simsun.ttc", True),
        ("DejaVuSans.ttf", False),
        ("NotoSans-Regular.ttf", False),
        ("NotoSerifCJK.txt", False),
    ],
)
def test_chinese_fonts_are_known_by_name(name, chinese):
    assert is_chinese_font(Path("/usr/share/fonts") / name) is chinese


@pytest.mark.parametrize(
    ("path", "mount"),
    [
        ("/var/lib/gongkai/g.sqlite3", None),
        ("/srv/share/gongkai/g.sqlite3", "/srv/share nfs4"),
        ("/srv/share/local/g.sqlite3", None),
        ("/srv/shared/g.sqlite3", None),
    ],
)
def test_network_file_systems_are_found_in_the_mount_table(path, mount):
    assert network_mount_in(Path(path), MOUNTS) == mount


def test_sqlite_on_a_network_file_system(settings, monkeypatch):
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/share/g.sqlite3"}
    monkeypatch.setitem(settings.DATABASES, "default", sqlite)
    monkeypatch.setattr(checks, "network_mount_of", lambda path: network_mount_in(path, MOUNTS))
    assert ids(checks.sqlite_is_on_a_local_disk()) == ["gongkai.W002"]
    monkeypatch.setitem(
        settings.DATABASES, "default", {"ENGINE": "django.db.backends.postgresql", "NAME": "g"}
    )
    assert checks.sqlite_is_on_a_local_disk() == []
