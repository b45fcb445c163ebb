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
