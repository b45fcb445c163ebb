"""Addresses of imports."""

from django.urls import path

from gongkai.console.views import importing

urlpatterns = [
    path("documents/imports/", importing.imports, name="imports"),
    path("documents/imports/add/", importing.import_add, name="import_add"),
    path("documents/imports/template/", importing.import_template, name="import_template"),
    path("documents/imports/<int:pk>/", importing.import_job, name="import"),
    path("documents/imports/<int:pk>/start/", importing.import_start, name="import_start"),
    path("documents/imports/<int:pk>/stop/", importing.import_stop, name="import_stop"),
    path("documents/imports/<int:pk>/check/", importing.import_check, name="import_check"),
    path("documents/imports/<int:pk>/discard/", importing.import_discard, name="import_discard"),
    path("documents/imports/<int:pk>/report/", importing.import_report, name="import_report"),
]
