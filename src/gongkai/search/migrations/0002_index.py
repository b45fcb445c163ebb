from django.db import migrations


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        from gongkai.search.backends.postgresql import CREATE

        statements = CREATE
    else:
        from gongkai.search.backends.sqlite import CREATE

        statements = [CREATE]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        from gongkai.search.backends.postgresql import DROP

        statements = DROP
    else:
        from gongkai.search.backends.sqlite import DROP

        statements = [DROP]
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
