from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Standard catalogues, their items, key areas."""

    name = "gongkai.catalogue"
    label = "catalogue"
    verbose_name = "公开目录"
    default_auto_field = "django.db.models.BigAutoField"
