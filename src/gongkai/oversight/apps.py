from django.apps import AppConfig


class OversightConfig(AppConfig):
    """What a supervisor asks: coverage of the catalogues, lateness, staleness; reminders to the units."""

    name = "gongkai.oversight"
    label = "oversight"
    verbose_name = "监督检查"
    default_auto_field = "django.db.models.BigAutoField"
