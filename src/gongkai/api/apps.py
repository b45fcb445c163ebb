from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What machines read: the interface under /api/v1/ and the open data."""

    name = "gongkai.api"
    label = "api"
    verbose_name = "数据开放"
    default_auto_field = "django.db.models.BigAutoField"
