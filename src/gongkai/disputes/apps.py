from django.apps import AppConfig


class DisputesConfig(AppConfig):
    """Administrative reviews and litigation."""

    name = "gongkai.disputes"
    label = "disputes"
    verbose_name = "复议诉讼"
    default_auto_field = "django.db.models.BigAutoField"
