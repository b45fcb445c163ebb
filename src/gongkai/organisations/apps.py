from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Bodies, units, officers and their posts."""

    name = "gongkai.organisations"
    label = "organisations"
    verbose_name = "机构与人员"
    default_auto_field = "django.db.models.BigAutoField"
