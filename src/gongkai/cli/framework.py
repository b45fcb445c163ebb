"""Start Django for the commands that need the records."""

from __future__ import annotations

import os
import sys

WRONG_CONFIGURATION = 78  # EX_CONFIG of sysexits.h


def start_framework() -> None:
    """Load the settings and the rooms.

    Raises SystemExit(78) after printing every wrong environment variable: an administrator needs the list,
    not a traceback.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    from gongkai.config.environment import InvalidEnvironmentError

    try:
        django.setup()
    except InvalidEnvironmentError as error:
        print(error, file=sys.stderr)
        sys.exit(WRONG_CONFIGURATION)


def require_database(*, with_tables: bool = False) -> None:
    """Go on only when the database answers and, for a command that cannot make them, has our tables.

    Raises SystemExit(78) after saying what to look at.
    """
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
        has_tables = "organisations_body" in connection.introspection.table_names() if with_tables else True
    except DatabaseError as error:
        said = str(error).strip().splitlines()[0]
        print(
            f"数据库不能使用：{said}\n请核对 DATABASE_URL、GONGKAI_DATA_DIR 和数据库服务。", file=sys.stderr
        )
        sys.exit(WRONG_CONFIGURATION)
    if not has_tables:
        print("数据库里还没有表。请先运行 gongkai manage migrate 或 gongkai serve。", file=sys.stderr)
        sys.exit(WRONG_CONFIGURATION)
