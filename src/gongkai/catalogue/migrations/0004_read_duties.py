"""Catalogues that were there before: their terms are read into duties, copies find what they were copied from."""

from django.db import migrations


def read_duties(apps, schema_editor):
    from gongkai.law.duty_words import read_term

    item = apps.get_model("catalogue", "Item")
    for text in list(item.objects.values_list("time_limit", flat=True).distinct()):
        duty = read_term(text).duty
        item.objects.filter(time_limit=text).update(
            rhythm=duty.rhythm.value,
            term=duty.term,
            span=duty.span.value,
            due_month=duty.month,
            due_day=duty.day,
            stale_days=duty.stale_days,
        )


def find_sources(apps, schema_editor):
    item = apps.get_model("catalogue", "Item")
    catalogue = apps.get_model("catalogue", "Catalogue")
    for own in catalogue.objects.filter(based_on__isnull=False):
        standard = {(one.parent_id and one.parent.name, one.name): one.pk
                    for one in item.objects.filter(catalogue=own.based_on_id).select_related("parent")}
        for one in item.objects.filter(catalogue=own).select_related("parent"):
            one.source_id = standard.get((one.parent_id and one.parent.name, one.name))
            one.since = own.adopted_on
            one.save(update_fields=["source", "since"])


def nothing(apps, schema_editor):
    """Going back, the columns go."""


class Migration(migrations.Migration):

    dependencies = [("catalogue", "0003_duties")]

    operations = [
        migrations.RunPython(read_duties, nothing),
        migrations.RunPython(find_sources, nothing),
    ]
