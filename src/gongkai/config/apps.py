"""The installation as an app of its own: its checks, error pages and commands."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    """Registers the start-up checks."""

    name = "gongkai.config"
    label = "installation"
    verbose_name = "安装"

    def ready(self) -> None:
        """Load the checks; importing them registers them."""
        from gongkai.config import checks  # noqa: F401 - needs the apps to be ready
