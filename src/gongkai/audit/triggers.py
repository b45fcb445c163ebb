"""The database's own refusal to change or delete audit entries, for hands that go round our code.

SQLite rebuilds a table to alter it and loses its triggers: a migration that alters `audit_entry` must end with
`migrations.RunPython(create, drop)` again. A start-up check (gongkai.E005) notices when they are missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "audit_entry"
NAMES = ("audit_entry_no_update", "audit_entry_no_delete")
NO_REPLACE = "audit_entry_no_replace"
MESSAGE = "audit entries are append-only"

SQLITE = (
    *(
        f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for name, event in zip(NAMES, ("UPDATE", "DELETE"), strict=True)
    ),
    # INSERT OR REPLACE takes the old row away without asking the trigger for deletions.
    f"""CREATE TRIGGER {NO_REPLACE} BEFORE INSERT ON {TABLE}
    WHEN EXISTS (
        SELECT 1 FROM {TABLE} WHERE id = NEW.id OR sequence = NEW.sequence OR digest = NEW.digest
    ) BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",  # noqa: S608 - names of our own
)
POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"CREATE TRIGGER {NAMES[0]} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()",
    f"""CREATE TRIGGER {NAMES[1]} BEFORE DELETE OR TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()""",
)


def create_statements(vendor: str) -> tuple[str, ...]:
    """The statements that put the triggers in place, for "sqlite" or "postgresql"."""
    return {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]


def names(vendor: str) -> tuple[str, ...]:
    """The triggers a database has; in PostgreSQL an insert can replace a row only by updating it."""
    return (*NAMES, NO_REPLACE) if vendor == "sqlite" else NAMES


def drop_statements(vendor: str) -> tuple[str, ...]:
    """The statements that take them away."""
    where = f" ON {TABLE}" if vendor == "postgresql" else ""
    return tuple(f"DROP TRIGGER IF EXISTS {name}{where}" for name in names(vendor))


def create(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Migration step."""
    for statement in (
        *drop_statements(editor.connection.vendor),
        *create_statements(editor.connection.vendor),
    ):
        editor.execute(statement)


def drop(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """The way back."""
    for statement in drop_statements(editor.connection.vendor):
        editor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Which of the triggers the database does not have."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query, [TABLE])
        return set(names(connection.vendor)) - {name for (name,) in cursor.fetchall()}
