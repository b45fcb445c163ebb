"""What every request and answer passes through."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from gongkai.config.middleware import (
    FORM_ALLOWANCE,
    SecurityHeadersMiddleware,
    TrustedProxyMiddleware,
    UploadLimitMiddleware,
)


def answer(_request):
    return HttpResponse("好")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "6.6.6.6", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1"),
    ],
)
def test_only_what_known_proxies_wrote_is_believed(settings, proxies, forwarded, expected):
    settings.GONGKAI_TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **headers)
    TrustedProxyMiddleware(answer)(request)
    assert request.META["REMOTE_ADDR"] == expected


@pytest.mark.parametrize(("path", "private"), [("/", False), ("/console/", True), ("/accounts/login/", True)])
def test_private_pages_leave_no_copies(path, private):
    response = SecurityHeadersMiddleware(answer)(RequestFactory().get(path))
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert ("no-store" in response.get("Cache-Control", "")) is private


@pytest.mark.parametrize("announced", ["", "0", "1024", str(1024 * 1024 + FORM_ALLOWANCE)])
def test_what_is_within_the_limit_goes_on(settings, announced):
    settings.GONGKAI_UPLOAD_LIMIT = 1024 * 1024
    request = RequestFactory().post("/", CONTENT_LENGTH=announced)
    assert UploadLimitMiddleware(answer)(request).content.decode() == "好"


@pytest.mark.django_db
@pytest.mark.parametrize("announced", [str(1024 * 1024 + FORM_ALLOWANCE + 1), "-1", "many"])
def test_what_is_beyond_it_is_refused_unread(settings, client, announced):
    settings.GONGKAI_UPLOAD_LIMIT = 1024 * 1024
    response = client.post("/accounts/login/", CONTENT_LENGTH=announced)
    assert response.status_code == 413
    assert "1 MB" in response.content.decode()
