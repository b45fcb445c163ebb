from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """The year's administrative figures nobody else holds, and training."""

    name = "gongkai.ledgers"
    label = "ledgers"
    verbose_name = "行政台账"
    default_auto_field = "django.db.models.BigAutoField"
