"""Addresses of the officers' site."""

from django.urls import path

from gongkai.console.views.desk import desk

app_name = "console"
urlpatterns = [
    path("", desk, name="desk"),
]
