from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Documents and their editions."""

    name = "gongkai.disclosure"
    label = "disclosure"
    verbose_name = "主动公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the checks; importing them registers them."""
        from gongkai.disclosure import checks  # noqa: F401 - needs the models to be ready
