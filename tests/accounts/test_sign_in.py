"""Signing in: by name or e-mail, not too often, and never with a demonstration account outside a demonstration."""

import pytest
from allauth.mfa.totp.internal import auth as totp_auth
from axes.models import AccessAttempt
from django.core.checks import Error
from django.urls import reverse

from gongkai.accounts.checks import no_demo_accounts_outside_a_demo
from gongkai.organisations.models import Officer

pytestmark = pytest.mark.django_db

PASSWORD = "正确-horse-battery-9"
BACKEND = "gongkai.accounts.backends.OfficerBackend"


@pytest.fixture
def officer():
    return Officer.objects.create_user(
        username="wang", email="wang@example.gov.cn", password=PASSWORD, name="王敏"
    )


@pytest.fixture
def demo_officer():
    return Officer.objects.create_user(username="demo", password=PASSWORD, name="演示", is_demo=True)


def sign_in(client, login, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": login, "password": password})


def signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["wang", "wang@example.gov.cn"])
def test_by_name_or_address(client, officer, login):
    response = sign_in(client, login)
    assert (response.status_code, response["Location"]) == (302, "/console/")
    assert signed_in(client)


def test_a_wrong_password_is_told_in_chinese_without_naming_which_was_wrong(client, officer):
    wrong = sign_in(client, "wang", "no").content.decode()
    unknown = sign_in(client, "nobody", "no").content.decode()
    assert "密码" in wrong
    assert (
        wrong.replace("wang", "").split("<form")[0].split("csrf")[0]
        == unknown.replace("nobody", "").split("<form")[0].split("csrf")[0]
    )
    assert not signed_in(client)


def test_an_account_out_of_use_stays_out(client, officer):
    Officer.objects.update(is_active=False)
    sign_in(client, "wang")
    assert not signed_in(client)


def test_after_five_failures_the_right_password_waits_too(client, officer, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = sign_in(client, "wang", "no")
    assert response.status_code == 429
    locked = sign_in(client, "wang")
    assert (locked.status_code, locked["Retry-After"]) == (429, "900")
    assert "15 分钟" in locked.content.decode()
    assert not signed_in(client)


def test_spelling_the_name_otherwise_gives_no_further_tries(client, officer, settings):
    spellings = ["wang", "WANG", "wang@example.gov.cn", "Wang@Example.gov.cn", " wang "]
    assert len(spellings) == settings.AXES_FAILURE_LIMIT
    statuses = [sign_in(client, spelling, "no").status_code for spelling in spellings]
    assert statuses == [200, 200, 200, 200, 429]


def test_success_forgets_the_failures_before_it(client, officer, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        sign_in(client, "wang@example.gov.cn", "no")
    sign_in(client, "wang@example.gov.cn")
    client.logout()
    assert sign_in(client, "wang", "no").status_code == 200
    assert AccessAttempt.objects.get().failures_since_start == 1


def test_no_password_is_kept_with_a_failure(client, officer):
    sign_in(client, "wang", "my-secret-guess")
    attempt = AccessAttempt.objects.get()
    assert attempt.username == "wang"
    assert "my-secret-guess" not in attempt.post_data


def test_a_lock_holds_for_one_address_only(client, officer, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "wang", "no")
    client.post(reverse("account_login"), {"login": "wang", "password": PASSWORD}, REMOTE_ADDR="10.9.9.9")
    assert signed_in(client)


def test_demo_accounts_open_a_demonstration(client, demo_officer, settings):
    settings.GONGKAI_MODE = "demo"
    sign_in(client, "demo")
    assert signed_in(client)


@pytest.mark.parametrize("mode", ["production", "test"])
def test_demo_accounts_open_nothing_else(client, demo_officer, settings, mode):
    settings.GONGKAI_MODE = mode
    response = sign_in(client, "demo")
    assert response.status_code == 200
    assert not signed_in(client)


def test_a_demo_session_ends_with_the_demonstration(client, demo_officer, settings):
    settings.GONGKAI_MODE = "demo"
    sign_in(client, "demo")
    settings.GONGKAI_MODE = "production"
    response = client.get(reverse("account_change_password"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_demo_accounts_among_real_data_stop_the_start(demo_officer, settings):
    settings.GONGKAI_MODE = "production"
    assert no_demo_accounts_outside_a_demo(databases=["default"]) == [
        Error(
            "数据库中有演示账号（demo），说明演示数据混入了正式数据。",
            hint="请改用新的数据库（DATABASE_URL 或 GONGKAI_DATA_DIR），或设置 GONGKAI_MODE=demo。",
            id="gongkai.E003",
        )
    ]
    settings.GONGKAI_MODE = "demo"
    assert no_demo_accounts_outside_a_demo(databases=["default"]) == []


def test_without_demo_accounts_the_check_is_silent(officer):
    assert no_demo_accounts_outside_a_demo(databases=["default"]) == []


def test_codes_of_the_second_factor_cannot_be_tried_on_and_on(client, officer):
    totp_auth.TOTP.activate(officer, totp_auth.generate_totp_secret())
    assert sign_in(client, "wang")["Location"] == reverse("mfa_authenticate")
    told = [
        "登录失败次数过多"
        in client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"}).content.decode()
        for number in range(6)
    ]
    assert told == [False, False, False, False, False, True]
    assert not signed_in(client)


def test_wrong_passwords_from_elsewhere_lock_nobody_out(client, officer):
    for number in range(12):
        client.post(
            reverse("account_login"),
            {"login": "wang", "password": "no"},
            REMOTE_ADDR=f"198.51.100.{number // 4}",
        )
    assert sign_in(client, "wang").status_code == 302


def test_nobody_changes_his_own_address(client, officer):
    client.force_login(officer, backend=BACKEND)
    assert client.post("/accounts/email/", {"action_add": "", "email": "x@example.cn"}).status_code == 404
    assert Officer.objects.get().email == "wang@example.gov.cn"
