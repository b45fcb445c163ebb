"""Every address of the site: the portal at the root, the officers' console and their sign-in below it."""

from django.urls import include, path

from gongkai.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("console/", include("gongkai.console.urls")),
    path("", include("gongkai.portal.urls")),
]
