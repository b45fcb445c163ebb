"""Settings for the test suite: the one settings file, read from an environment of its own.

A developer's own GONGKAI_* variables must not change what the tests see; DATABASE_URL may, so that the
suite runs on PostgreSQL. Every process gets a data directory of its own, so that two runs never meet; whoever
needs it makes it and takes it away (tests/conftest.py), for checkers that only read the settings need none.
"""

import os
import secrets
import tempfile
from pathlib import Path

_KEPT = ("GONGKAI_REQUIRE_",)
for _name in [name for name in os.environ if name.startswith("GONGKAI_") and not name.startswith(_KEPT)]:
    del os.environ[_name]

_data = Path(tempfile.gettempdir()) / f"gongkai-test-{os.getpid()}-{secrets.token_hex(4)}"
os.environ |= {"GONGKAI_MODE": "test", "GONGKAI_DATA_DIR": str(_data)}

from gongkai.config.settings import *  # noqa: E402, F403 - after the environment is set
