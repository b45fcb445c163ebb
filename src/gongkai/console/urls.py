"""Addresses of the officers' site."""

app_name = "console"
urlpatterns: list[object] = []
