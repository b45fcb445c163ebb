"""Addresses of the officers' site."""

from django.urls import path

from gongkai.console.views import report_acts, report_files, report_work, reports
from gongkai.console.views.desk import desk

app_name = "console"
urlpatterns = [
    path("", desk, name="desk"),
    path("reports/", reports.reports, name="reports"),
    path("reports/open/", reports.open_new, name="report_open"),
    path("reports/<int:pk>/", reports.workbench, name="report"),
    path("reports/<int:pk>/files/<slug:kind>/", report_files.download, name="report_file"),
    path("reports/<int:pk>/acts/<slug:name>/", report_acts.act, name="report_act"),
    path("reports/<int:pk>/sections/<slug:key>/", report_work.section, name="report_section"),
    path("reports/<int:pk>/problems/", report_work.problems, name="report_problems"),
    path("reports/<int:pk>/problems/<int:problem>/<slug:name>/", report_work.problem_act, name="report_problem_act"),
    path("reports/<int:pk>/cells/<str:key>/", report_work.cell, name="report_cell"),
    path("reports/<int:pk>/cells/<str:key>/restore/", report_work.unadjust, name="report_unadjust"),
]
