from django.db import migrations

from gongkai.audit import triggers


class Migration(migrations.Migration):
    """SQLite: an insert that replaces an entry is refused too."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(triggers.create, migrations.RunPython.noop)]
