from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The officers' site: views and templates, no models."""

    name = "gongkai.console"
    label = "console"
    verbose_name = "工作台"
    default_auto_field = "django.db.models.BigAutoField"
