"""What the portal knew by its title until now is marked."""

from typing import Any

from django.db import migrations
from django.db.models import Q

KINDS = ["rule", "normative", "policy", "notice", "other"]


def mark(apps: Any, _schema_editor: Any) -> None:
    """Papers about the work of disclosure itself."""
    named = Q(title__contains="信息公开") | Q(title__contains="政务公开")
    apps.get_model("disclosure", "Document").objects.filter(named, kind__in=KINDS).update(is_institution=True)


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("disclosure", "0007_guide")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
