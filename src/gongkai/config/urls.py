"""Every address of the site: the portal at the root, the officers' console and their sign-in below it."""

from django.urls import include, path

from gongkai.config.errors import no_such_page
from gongkai.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    # The administrator states an officer's address, on record: sign-in elsewhere and lost passwords follow it.
    path("accounts/email/", no_such_page),
    path("accounts/", include("allauth.urls")),
    path("console/", include("gongkai.console.urls")),
    path("api/v1/", include("gongkai.api.urls")),
    path("open-data/", include("gongkai.api.open_data.urls")),
    path("", include("gongkai.portal.urls")),
]
