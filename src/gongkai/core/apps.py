from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every room uses and no law knows."""

    name = "gongkai.core"
    label = "core"
    verbose_name = "基础"
    default_auto_field = "django.db.models.BigAutoField"
