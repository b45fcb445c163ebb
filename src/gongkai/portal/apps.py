from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public site: views and templates, no models."""

    name = "gongkai.portal"
    label = "portal"
    verbose_name = "门户"
    default_auto_field = "django.db.models.BigAutoField"
