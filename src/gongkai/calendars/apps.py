from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """The State Council's yearly arrangements entered by an administrator."""

    name = "gongkai.calendars"
    label = "calendars"
    verbose_name = "工作日历"
    default_auto_field = "django.db.models.BigAutoField"
