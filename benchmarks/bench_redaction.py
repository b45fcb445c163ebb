"""How long redaction takes: opening, reading the visible text, suggesting, the new file, the check before release.

Run `python benchmarks/bench_redaction.py [PAGES]`. Milliseconds per page, median of the rounds, for a file of text and
for a file of scans; and how fast plain text is scanned. Compare the rows of one run, not two machines.
"""

from __future__ import annotations

import datetime as dt
import io
import platform
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import typst
from PIL import Image, ImageDraw

from gongkai.redaction import Mark, Source, open_source, pages, redact, scan_text, suggest, verify
from gongkai.redaction.suggesting import marks_of
from gongkai.typesetting.fonts import installed

ROUNDS = 5
AT = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)
PARAGRAPH = (
    "申请人：张三，身份证号码11010519491231002X，手机13800138000，住址：青屿县海棠路12号3幢402室。"
    "经查，张三于2023年5月6日向本机关提出申请，本机关于收到之日起二十个工作日内予以答复。\n\n"
)


def text_file(count: int) -> bytes:
    """Pages as an office exports them."""
    fonts, faces = installed()
    page = PARAGRAPH * 9
    head = f'#set page(margin: 60pt)\n#set text(font: "{faces["body"][0]}", size: 12pt)\n'
    return typst.compile(
        (head + "#pagebreak()\n".join([page] * count)).encode(), font_paths=fonts, format="pdf"
    )


def scan_file(count: int) -> bytes:
    """Pages as a scanner at 200 dpi gives them: grey, a little uneven, no text layer."""
    sheets = []
    for number in range(count):
        sheet = Image.effect_noise((1654, 2339), 12).point(lambda value: min(255, value + 100))
        brush = ImageDraw.Draw(sheet)
        for line in range(60, 2200, 40):
            brush.text((100, line), f"page {number} line {line} 13800138000 " * 3, fill=30, font_size=24)
        sheets.append(sheet)
    out = io.BytesIO()
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:], compression="tiff_adobe_deflate")
    return out.getvalue()


def timed(act: Callable[[], object], source: Source) -> float:
    """Median milliseconds."""
    times = []
    for _ in range(ROUNDS):
        source.read.clear()
        start = perf_counter()
        act()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def measure(name: str, data: bytes) -> None:
    """A line per step."""
    source = open_source(data, name)
    count = source.page_count
    marks = marks_of(source, suggest(source), basis="privacy") or tuple(
        Mark(number, 50, 50 + step * 40, 200, 20, "privacy")
        for number in range(1, count + 1)
        for step in range(10)
    )
    result = redact(source, marks, at=AT)
    steps: dict[str, Callable[[], object]] = {
        "open": lambda: open_source(data, name),
        "read": lambda: pages(source),
        "suggest (with reading)": lambda: suggest(source),
        "redact (with reading)": lambda: redact(source, marks, at=AT),
        "verify (with reading)": lambda: verify(source, result, marks),
    }
    print(
        f"{name}: {count} pages, {len(marks)} marks, {len(data) // 1024} KiB → {len(result.pdf) // 1024} KiB, "
        f"problems: {len(verify(source, result, marks).problems)}"
    )
    for step, act in steps.items():
        print(f"  {step:<24} {timed(act, source) / count:8.1f} ms/page")


def measure_text(source: Source) -> None:
    """The scanner alone, as the guard before publishing uses it."""
    text = "\n".join(page.text for page in pages(source)) * 5
    taken = timed(lambda: scan_text(text), source)
    print(f"scan_text: {len(text)} characters, {taken:.1f} ms, {len(text) / taken:.0f} characters/ms")


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    print(f"Python {platform.python_version()}, median of {ROUNDS}")
    written = text_file(many)
    measure("text.pdf", written)
    measure("scan.tiff", scan_file(many))
    measure_text(open_source(written, "text.pdf"))
