from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """Consultations and answers to public concern."""

    name = "gongkai.engagement"
    label = "engagement"
    verbose_name = "互动交流"
    default_auto_field = "django.db.models.BigAutoField"
