"""Settings for the test suite: the one settings file, read from an environment of its own.

A developer's own GONGKAI_* variables must not change what the tests see; DATABASE_URL may, so that the
suite runs on PostgreSQL. Every process gets its own data directory, so that two runs never meet.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_KEPT = ("GONGKAI_REQUIRE_",)
for _name in [name for name in os.environ if name.startswith("GONGKAI_") and not name.startswith(_KEPT)]:
    del os.environ[_name]

_data = Path(tempfile.mkdtemp(prefix="gongkai-test-"))
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ |= {"GONGKAI_MODE": "test", "GONGKAI_DATA_DIR": str(_data)}

from gongkai.config.settings import *  # noqa: E402, F403 - after the environment is set
