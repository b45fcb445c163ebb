"""Addresses of the public site."""

from django.urls import include, path

from gongkai.portal.views import bodies, check, report
from gongkai.portal.views.appearance import appearance
from gongkai.portal.views.report_file import report_file

app_name = "portal"
urlpatterns = [
    path("", bodies.home, name="home"),
    path("appearance/", appearance, name="appearance"),
    path("reports/", bodies.reports, name="reports"),
    path("bodies/<slug:slug>/", bodies.body_home, name="body"),
    path("bodies/<slug:slug>/reports/<int:year>/", report.report, name="report"),
    path("bodies/<slug:slug>/reports/<int:year>/<slug:ending>/", report_file, name="report_file"),
    path("", include("gongkai.portal.foi.urls")),
    path("report-check/", check.report_check, name="report_check"),
    path("report-check/result/", check.save_result, name="report_check_result"),
    path("report-check/rules/", check.rules, name="report_check_rules"),
]
