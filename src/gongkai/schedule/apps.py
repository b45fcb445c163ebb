"""The schedule as an app: its table and its registry of jobs."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ScheduleConfig(AppConfig):
    """Loads every room's `tasks` module, where its jobs are registered."""

    name = "gongkai.schedule"
    label = "schedule"
    verbose_name = "定时任务"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the jobs of all rooms."""
        autodiscover_modules("tasks")
