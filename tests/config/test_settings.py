"""The settings file under different environments, each read in a process of its own."""

import json
import os
import stat
import subprocess
import sys

import pytest

KEYS = {"GONGKAI_SECRET_KEY": "s" * 40, "GONGKAI_FIELD_KEY": "f" * 40}
PRODUCTION = {"GONGKAI_MODE": "production", "GONGKAI_ALLOWED_HOSTS": "gk.example.gov.cn", **KEYS}
READ = """
import json, sys
from gongkai.config import settings
names = sys.argv[1:]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


@pytest.fixture
def read(tmp_path):
    def read(names, **environment):
        outside = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return subprocess.run(
            [sys.executable, "-c", READ, *names],
            env={**outside, "GONGKAI_DATA_DIR": str(tmp_path / "var"), **environment},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return read


def test_a_demonstration_needs_nothing_and_stays_on_this_machine(read, tmp_path):
    names = ["GONGKAI_MODE", "ALLOWED_HOSTS", "DEBUG", "SESSION_COOKIE_SECURE", "DATABASES", "SECRET_KEY"]
    values = json.loads(read(names).stdout)
    assert values["GONGKAI_MODE"] == "demo"
    assert values["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert (values["DEBUG"], values["SESSION_COOKIE_SECURE"]) == (False, False)
    database = values["DATABASES"]["default"]
    assert (database["ENGINE"], database["NAME"]) == (
        "django.db.backends.sqlite3",
        str(tmp_path / "var" / "gongkai.sqlite3"),
    )
    assert (database["OPTIONS"]["transaction_mode"], database["OPTIONS"]["timeout"]) == ("IMMEDIATE", 20)
    kept = tmp_path / "var" / "secret_key"
    assert kept.read_text() == values["SECRET_KEY"]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(read(["SECRET_KEY"]).stdout) == {"SECRET_KEY": values["SECRET_KEY"]}


def test_production_is_safe_unless_told_otherwise(read):
    names = ["ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE"]
    names += ["CSRF_COOKIE_SECURE", "DEBUG", "SECRET_KEY", "FIELD_KEY"]
    assert json.loads(read(names, **PRODUCTION).stdout) == {
        "ALLOWED_HOSTS": ["gk.example.gov.cn"],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "DEBUG": False,
        "SECRET_KEY": "s" * 40,
        "FIELD_KEY": "f" * 40,
    }


@pytest.mark.parametrize("missing", ["GONGKAI_SECRET_KEY", "GONGKAI_FIELD_KEY", "GONGKAI_ALLOWED_HOSTS"])
def test_production_does_not_start_without(read, missing):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    refused = read([], **environment)
    assert refused.returncode == 1
    assert (
        f"环境变量有 1 处错误，系统未启动 / wrong environment, not started:\n  {missing} = " in refused.stderr
    )


def test_a_demonstration_answers_to_nobody_outside(read):
    refused = read([], GONGKAI_ALLOWED_HOSTS="gk.example.gov.cn")
    assert "演示模式只能在本机访问" in refused.stderr


def test_sign_in_elsewhere_opens_the_form_policy_for_that_site_alone(read):
    oidc = {
        "GONGKAI_OIDC_SERVER": "https://id.example.gov.cn/realms/gov",
        "GONGKAI_OIDC_CLIENT_ID": "gongkai",
        "GONGKAI_OIDC_CLIENT_SECRET": "x" * 20,
    }
    values = json.loads(read(["CONTENT_SECURITY_POLICY", "SOCIALACCOUNT_PROVIDERS"], **oidc).stdout)
    directives = values["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["form-action"] == ["'self'", "https://id.example.gov.cn"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    (app,) = values["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert app["settings"]["server_url"] == "https://id.example.gov.cn/realms/gov"


def test_half_a_sign_in_elsewhere_is_refused(read):
    refused = read([], GONGKAI_OIDC_SERVER="https://id.example.gov.cn")
    assert "GONGKAI_OIDC_CLIENT_ID = （未设置" in refused.stderr
    assert "GONGKAI_OIDC_CLIENT_SECRET = （未设置" in refused.stderr


def test_a_data_directory_that_cannot_be_made_is_told_like_any_wrong_value(read, tmp_path):
    (tmp_path / "file").write_text("")
    refused = read([], GONGKAI_DATA_DIR=str(tmp_path / "file" / "var"))
    assert f"GONGKAI_DATA_DIR = '{tmp_path}/file/var'\n    不能读写目录" in refused.stderr
