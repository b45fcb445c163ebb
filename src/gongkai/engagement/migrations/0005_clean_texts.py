from django.db import migrations

from gongkai.disclosure.html import clean_text


def clean(apps, schema_editor):
    """What was typed before texts were shown on the site is cleaned as every other text is."""
    consultations = apps.get_model("engagement", "Consultation")
    for one in consultations.objects.exclude(text="").iterator():
        consultations.objects.filter(pk=one.pk).update(text=clean_text(one.text))


class Migration(migrations.Migration):

    dependencies = [("engagement", "0004_released")]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop, elidable=True)]
