"""Addresses of the open data."""

from __future__ import annotations

from django.urls import path, re_path

from gongkai.api.answers import BULK, answered
from gongkai.api.open_data import views

app_name = "open_data"

ENDING = r"(?P<ending>(?:csv|jsonl)(?:\.gz)?)"

urlpatterns = [
    path("", answered(views.home), name="home"),
    path("catalogue.jsonld", answered(views.catalogue), name="catalogue"),
    path("documents/<slug:slug>/", answered(views.body_files), name="body"),
    re_path(
        rf"^documents/(?P<slug>[-a-zA-Z0-9_]+)/(?P<year>[0-9]{{4}})\.{ENDING}$",
        answered(views.body_file, cost=BULK),
        name="body_file",
    ),
    re_path(rf"^files/(?P<name>[-a-z]+)\.{ENDING}$", answered(views.site_file, cost=BULK), name="site_file"),
]
