"""Addresses of the public site."""

from django.urls import include, path

from gongkai.portal.documents import views as documents
from gongkai.portal.views import (
    annual,
    archive,
    bodies,
    check,
    files,
    lists,
    platform,
    report,
    search,
    sitemap,
)
from gongkai.portal.views.appearance import appearance
from gongkai.portal.views.report_file import report_file

app_name = "portal"

HERE = "bodies/<slug:slug>/"
DOCUMENT = "documents/<int:pk>/"

urlpatterns = [
    path(DOCUMENT, documents.document, name="document"),  # first, for it is asked for most
    path("", bodies.home, name="home"),
    path("appearance/", appearance, name="appearance"),
    path("map/", sitemap.map_page, name="map"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemaps/<int:part>.xml", sitemap.sitemap_part, name="sitemap_part"),
    path("search/", search.search, name="search"),
    path("documents/", lists.documents, name="documents"),
    path(f"{DOCUMENT}qr.svg", documents.qr, name="document_qr"),
    path(f"{DOCUMENT}editions/", documents.editions, name="document_editions"),
    path(f"{DOCUMENT}editions/<int:number>/", documents.edition, name="document_edition"),
    path(f"{DOCUMENT}changes/<int:former>-<int:later>/", documents.comparison, name="document_changes"),
    path("files/<uuid:public_id>/", files.file, name="file"),
    path("policies/", lists.policies, name="policies"),
    path("archive/<slug:shelf>/<int:year>/", archive.year, name="year"),
    path("archive/<slug:shelf>/<int:year>/<int:month>/", archive.month, name="month"),
    path("archive/<slug:shelf>/<int:year>/<int:month>/<int:number>/", archive.month, name="month_page"),
    path("reports/", bodies.reports, name="reports"),
    path("bodies/", bodies.bodies, name="bodies"),
    path(HERE, bodies.body_home, name="body"),
    path(f"{HERE}guide/", platform.guide, name="guide"),
    path(f"{HERE}institutions/", platform.institutions, name="institutions"),
    path(f"{HERE}statutory/", platform.statutory, name="statutory"),
    path(f"{HERE}statutory/<slug:key>/", platform.duty, name="duty"),
    path(f"{HERE}items/<int:pk>/", platform.item, name="item"),
    path(f"{HERE}key-areas/", platform.key_areas, name="key_areas"),
    path(f"{HERE}key-areas/<int:pk>/", platform.key_area, name="key_area"),
    path(f"{HERE}documents/", lists.documents, name="body_documents"),
    path(f"{HERE}policies/", lists.policies, name="body_policies"),
    path(f"{HERE}archive/<slug:shelf>/<int:year>/", archive.year, name="body_year"),
    path(f"{HERE}archive/<slug:shelf>/<int:year>/<int:month>/", archive.month, name="body_month"),
    path(
        f"{HERE}archive/<slug:shelf>/<int:year>/<int:month>/<int:number>/",
        archive.month,
        name="body_month_page",
    ),
    path(f"{HERE}reports/", annual.reports, name="body_reports"),
    path(f"{HERE}reports/<int:year>/", report.report, name="report"),
    path(f"{HERE}reports/<int:year>/<slug:ending>/", report_file, name="report_file"),
    path("", include("gongkai.portal.feeds.urls")),
    path("", include("gongkai.portal.subscriptions.urls")),
    path("", include("gongkai.portal.engagement.urls")),
    path("", include("gongkai.portal.foi.urls")),
    path("report-check/", check.report_check, name="report_check"),
    path("report-check/result/", check.save_result, name="report_check_result"),
    path("report-check/rules/", check.rules, name="report_check_rules"),
]
