"""Addresses of the feeds: the same three names under each page that has one."""

from __future__ import annotations

from django.urls import path, re_path

from gongkai.portal.feeds import views

FORM = r"(?P<form>atom\.xml|rss\.xml|feed\.json)"
SLUG = r"(?P<slug>[-a-zA-Z0-9_]+)"
KEY = r"(?P<pk>[0-9]{1,18})"

urlpatterns = [
    path("feeds/", views.feeds, name="feeds"),
    re_path(rf"^feeds/{FORM}$", views.of_site, name="feed"),
    re_path(rf"^search/feeds/{FORM}$", views.of_search, name="search_feed"),
    re_path(rf"^bodies/{SLUG}/feeds/{FORM}$", views.of_body, name="body_feed"),
    re_path(rf"^bodies/{SLUG}/items/{KEY}/feeds/{FORM}$", views.of_item, name="item_feed"),
    re_path(rf"^bodies/{SLUG}/key-areas/{KEY}/feeds/{FORM}$", views.of_key_area, name="key_area_feed"),
]
