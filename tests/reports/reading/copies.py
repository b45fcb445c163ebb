"""The official tables as the ways of copying a page leave them in plain text."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.law.report.formats import SECTIONS

from .papers import Rows, grid2, grid3, grid4
from .sample import Sample


def _cell_a_line(rows: Rows) -> str:
    """``0 |`` a line, a line of bars behind a merged cell."""
    lines = []
    for row in rows:
        lines += [f"{cell.text} |" for cell in row]
        lines += ["|" * row[-1].colspan] if row[-1].colspan > 1 else []
    return "\n".join(lines)


def _row_begun_by_a_bar(rows: Rows) -> str:
    return "\n".join(
        "|\n" + "\n".join(f"{cell.text} |" if cell.text else "|" for cell in row) for row in rows
    )


def _indented(rows: Rows) -> str:
    return "\n".join(
        "| \n" + "\n      \n".join(f"       {cell.text}  | " for cell in row) + "\n    " for row in rows
    )


def _commas(rows: Rows) -> str:
    return "\n".join(",".join(cell.text for cell in row) for row in rows)


def _unmerged(rows: Rows) -> str:
    """Markdown out of a data frame: what a merged cell held stands in each of its places."""
    width = max(sum(cell.colspan for cell in row) for row in rows)
    above: dict[int, tuple[int, str]] = {}
    lines = []
    for row in rows:
        cells, line = iter(row), []
        while len(line) < width:
            left, text = above.get(len(line), (0, ""))
            if left:
                above[len(line)] = (left - 1, text)
                line.append(text)
                continue
            cell = next(cells, None)
            for _ in range(cell.colspan if cell else 1):
                if cell and cell.rowspan > 1:
                    above[len(line)] = (cell.rowspan - 1, cell.text)
                line.append(cell.text if cell else "")
        lines.append("| " + " | ".join(line) + " |")
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def _padded(rows: Rows) -> str:
    """Markdown with blanks for what merged cells cover to the right, and every row filled up to one width."""
    width = max(sum(cell.colspan for cell in row) for row in rows)
    lines = []
    for row in rows:
        texts = [text for cell in row for text in (cell.text, *[""] * (cell.colspan - 1))]
        lines.append("| " + " | ".join([*texts, *[""] * (width - len(texts))]) + " |")
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def _narrow(rows: Rows) -> str:
    """A cell a line, names wrapped after six characters."""
    texts = [cell.text for row in rows for cell in row if cell.text]
    broken = [
        "\n".join(t[i : i + 6] for i in range(0, len(t), 6)) if not t[0].isdigit() or "." in t else t
        for t in texts
    ]
    return "\n".join(broken)


COPIES: dict[str, Callable[[Rows], str]] = {
    "cell a line": _cell_a_line,
    "row begun by a bar": _row_begun_by_a_bar,
    "indented": _indented,
    "commas": _commas,
    "unmerged": _unmerged,
    "padded": _padded,
}
WITHOUT_BLANKS: dict[str, Callable[[Rows], str]] = {"narrow": _narrow}


def text(sample: Sample, copy: Callable[[Rows], str]) -> str:
    """The whole report."""
    tables = {"proactive": grid2, "requests": grid3, "disputes": grid4}
    lines = [sample.title, sample.prose["lead"]]
    for section in SECTIONS:
        build = tables.get(section.key)
        lines += [
            f"{section.number}、{section.title}",
            copy(build(sample)) if build else sample.prose[section.key],
        ]
    return "\n".join(lines)
