"""`python -m bench [NAME …]`: run all measurements, or those named."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import platform
import sys

import bench

PREFIX = "measure_"


def main() -> int:
    """Print one table per measurement; 2 for a name there is not."""
    names = [
        module.name.removeprefix(PREFIX)
        for module in pkgutil.iter_modules(bench.__path__)
        if module.name.startswith(PREFIX)
    ]
    parser = argparse.ArgumentParser(prog="bench", description=f"measurements: {', '.join(names)}")
    parser.add_argument("names", nargs="*", choices=[*names, []], metavar="NAME")
    chosen = parser.parse_args().names or names
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {platform.system()} {platform.release()}"
    )
    for name in chosen:
        module = importlib.import_module(f"bench.{PREFIX}{name}")
        print(f"\n## {module.TITLE}\n", flush=True)
        for row in module.measure():
            print(f"{row.what:<58} {row.value:>16}  {row.note}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
