"""The record of every act as an app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only, hash-chained record of every act."""

    name = "gongkai.audit"
    label = "audit"
    verbose_name = "审计"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the checks; importing them registers them."""
        from gongkai.audit import checks  # noqa: F401 - needs the apps to be ready
