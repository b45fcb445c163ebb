"""Reports read and checked per second, by format. ``python benchmarks/bench_reading.py [--seconds 3]``.

The files are made here from figures drawn by a seed, so that the run needs nothing beside the repository.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.reports.reading.markup import MANNERS, page
from tests.reports.reading.papers import PAPERS, listed, tabbed, typeset, word
from tests.reports.reading.sample import Sample, made_up

from gongkai.law.report.checks import check
from gongkai.reports.reading import read

FORMATS: dict[str, Callable[[Sample], bytes]] = {
    "HTML": lambda sample: page(sample, MANNERS[1]).encode(),
    "DOCX": word,
    "PDF": lambda sample: typeset(sample, PAPERS[0]),
    "text, tabs": lambda sample: tabbed(sample).encode(),
    "text, a cell a line": lambda sample: listed(sample).encode(),
}


def rate(data: bytes, seconds: float) -> tuple[int, float]:
    """How often the file is read and checked in about so many seconds, and in how many exactly."""
    read(data)
    done, started = 0, time.perf_counter()
    while (spent := time.perf_counter() - started) < seconds:
        check(read(data))
        done += 1
    return done, spent


def main() -> None:
    """Print a line for each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long to measure each format")
    seconds = parser.parse_args().seconds
    sample = made_up(8, "2021")
    print(f"{'format':<22}{'reports/s':>10}{'ms each':>10}{'KiB':>8}")
    for name, render in FORMATS.items():
        data = render(sample)
        done, spent = rate(data, seconds)
        print(f"{name:<22}{done / spent:>10.1f}{spent / done * 1000:>10.1f}{len(data) / 1024:>8.0f}")


if __name__ == "__main__":
    main()
