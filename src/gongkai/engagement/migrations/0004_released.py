import datetime

from django.db import migrations
from django.utils import timezone


def release_what_was_announced(apps, schema_editor):
    """Consultations entered so far had been announced when they opened."""
    consultations = apps.get_model("engagement", "Consultation")
    for one in consultations.objects.filter(released_at__isnull=True).iterator():
        opened = datetime.datetime.combine(one.opens_on, datetime.time(), tzinfo=timezone.get_current_timezone())
        consultations.objects.filter(pk=one.pk).update(released_at=opened)


class Migration(migrations.Migration):

    dependencies = [("engagement", "0003_answering")]

    operations = [
        migrations.RunPython(release_what_was_announced, migrations.RunPython.noop, elidable=True),
    ]
