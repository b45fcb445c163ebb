"""An official document as a value: what GB/T 9704-2012 lays out, whoever writes it and whatever it is about.

The writers are ``docx.render`` and ``pdf.render``; both take nothing but this value and a date.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from gongkai.typesetting import page
from gongkai.typesetting.text import em_width, set_width


class Head(StrEnum):
    """What stands above the title."""

    PLAIN = "plain"
    """The issuing body's name as the first line of the title, the number below the title."""
    RED = "red"
    """发文机关标志 in red, the number below it, and the red rule (GB/T 9704-2012, 7.2.4, 7.2.5, 7.2.7)."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; two characters in, unless ``indent`` is off."""

    text: str
    indent: bool = True


@dataclass(frozen=True)
class Heading:
    """A heading of the body: 一、 in 黑体 (level 1), （一） in 楷体 (level 2). Its number is part of the text."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class NumberedList:
    """Items numbered 1. 2. 3., each a paragraph (7.3.3: the third level of an official text)."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class FormCell:
    """A cell of a form. A label is centred; ``text`` may have several lines."""

    text: str = ""
    label: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class FormRow:
    """A row of a form: the cells that begin in it, and its least height in mm."""

    cells: tuple[FormCell, ...]
    height: float = 9


@dataclass(frozen=True)
class Form:
    """A bordered table on the whole width. ``widths`` are shares; the first ``head_rows`` repeat on every page.

    Raises ``ValueError`` when the cells do not fill the columns exactly.
    """

    widths: tuple[float, ...]
    rows: tuple[FormRow, ...]
    caption: str
    head_rows: int = 0

    def __post_init__(self) -> None:
        placed(self)

    @property
    def millimetres(self) -> tuple[float, ...]:
        """The widths of the columns; together the width of the type area."""
        whole = sum(self.widths)
        return tuple(page.TEXT_WIDTH * share / whole for share in self.widths)


@dataclass(frozen=True)
class Table:
    """A simple table: one row of headings, then rows of text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class KeyValues:
    """Names and what is said of them, in two columns."""

    rows: tuple[tuple[str, str], ...]
    caption: str


@dataclass(frozen=True)
class Code:
    """A QR code with the lines that say what it is for; ``alternative`` is read out in its place."""

    content: str
    lines: tuple[str, ...]
    alternative: str


Block = Paragraph | Heading | NumberedList | Form | Table | KeyValues | Code


@dataclass(frozen=True)
class Enclosure:
    """An attachment that is part of the same file: a page of its own with its title (7.3.6)."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class OfficialDocument:
    """One document. Everything but the issuing body, the title and the body may be absent.

    ``attachments`` are names for the note 附件：1. …, ``enclosures`` stand there after them and follow at the end;
    ``contact`` and ``notes`` become 附注 in brackets below the date. With ``seal`` there is room for the seal over
    signature and date.
    """

    issuer: str
    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    head: Head = Head.PLAIN
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    signature: str = ""
    signed_on: dt.date | None = None
    seal: bool = True
    notes: tuple[str, ...] = ()
    contact: str = ""
    subject: str = ""
    enclosures: tuple[Enclosure, ...] = ()

    @property
    def all_attachments(self) -> tuple[str, ...]:
        """The names in the note on attachments."""
        return (*self.attachments, *(one.title for one in self.enclosures))

    @property
    def labelled_enclosures(self) -> tuple[tuple[str, Enclosure], ...]:
        """附件, or 附件1, 附件2 where there are several attachments, with each enclosure."""
        before, several = len(self.attachments), len(self.all_attachments) > 1
        labels = (
            f"附件{at}" if several else "附件" for at in range(before + 1, len(self.all_attachments) + 1)
        )
        return tuple(zip(labels, self.enclosures, strict=True))

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title, below the name of the issuing body where no red head carries it."""
        lines = tuple(line for line in self.title.splitlines() if line.strip())
        return lines if self.head is Head.RED else (self.issuer, *lines)

    @property
    def name(self) -> str:
        """The title in one line, for the metadata."""
        return "".join(self.title_lines)

    @property
    def issuer_size(self) -> float:
        """The size of 发文机关标志 in points: as large as fits the line."""
        fitting = page.points(page.TEXT_WIDTH) / max(em_width(self.issuer), 1) * 0.98
        return min(page.ISSUER_SIZE, fitting)

    @property
    def all_notes(self) -> tuple[str, ...]:
        """附注: the contact line first."""
        return (*((self.contact,) if self.contact else ()), *self.notes)


def chinese_date(day: dt.date) -> str:
    """成文日期: Arabic numerals, no zeros in front (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


SEALED_DATE_INDENT = 4  # characters at the right of the date (7.3.5.1)
UNSEALED_SIGNATURE_INDENT = 2  # characters at the right of the longer line (7.3.5.2)


@dataclass(frozen=True)
class SignatureIndents:
    """How far signature and date stand from the right edge, in characters."""

    signature: float
    date: float


def signature_indents(signature: str, date: str, *, seal: bool) -> SignatureIndents:
    """Where the two lines stand (7.3.5).

    Under a seal the date is four characters in and the signature centred over it; a name too long for that stays at
    the edge, with the date centred below it. Without a seal the signature is two characters in and the date begins
    two characters to the right of it, unless it is too long for that.
    """
    name, day = set_width(signature), set_width(date)
    if seal:
        first = max(0.0, SEALED_DATE_INDENT + (day - name) / 2)
        return SignatureIndents(first, first + (name - day) / 2)
    edge = float(UNSEALED_SIGNATURE_INDENT)
    longer = max(0.0, day + 2 - name)
    return SignatureIndents(edge + longer, edge + longer + name - 2 - day)


@dataclass(frozen=True)
class Placed:
    """A cell and where it begins."""

    row: int
    column: int
    cell: FormCell


def placed(form: Form) -> tuple[Placed, ...]:
    """Every cell with its place, row by row. Raises ``ValueError`` when cells overlap or leave gaps."""
    taken: set[tuple[int, int]] = set()
    found: list[Placed] = []
    for number, row in enumerate(form.rows):
        for cell in row.cells:
            column = next(
                (at for at in range(len(form.widths)) if (number, at) not in taken), len(form.widths)
            )
            covers = {
                (number + down, column + right)
                for down in range(cell.rowspan)
                for right in range(cell.colspan)
            }
            if covers & taken:
                raise ValueError(f"form “{form.caption}”: cells overlap in row {number + 1}")
            taken |= covers
            found.append(Placed(number, column, cell))
    if taken != {(row, column) for row in range(len(form.rows)) for column in range(len(form.widths))}:
        raise ValueError(f"form “{form.caption}”: the cells do not fill its {len(form.widths)} columns")
    return tuple(found)


def as_form(block: Form | Table | KeyValues) -> Form:
    """Any table as a form, which is what the writers draw."""
    if isinstance(block, Form):
        return block
    if isinstance(block, KeyValues):
        return _of_key_values(block)
    head = FormRow(tuple(FormCell(text, label=True) for text in block.header))
    rows = tuple(FormRow(tuple(FormCell(text) for text in row)) for row in block.rows)
    return Form(block.widths or (1.0,) * len(block.header), (head, *rows), block.caption, head_rows=1)


def _of_key_values(block: KeyValues) -> Form:
    """The first column is as wide as the longest name, within a quarter of the line."""
    longest = max(em_width(name) for name, _ in block.rows)
    share = min(0.27, (longest + 2) * page.FORM_SIZE / page.points(page.TEXT_WIDTH))
    rows = tuple(FormRow((FormCell(name, label=True), FormCell(value))) for name, value in block.rows)
    return Form((share, 1 - share), rows, block.caption)


def outlined(blocks: tuple[Block, ...]) -> tuple[bool, ...]:
    """For each block whether it is a heading of the outline: no level may be skipped in an accessible PDF."""
    levels = [block.level if isinstance(block, Heading) else 0 for block in blocks]
    first = levels.index(1) if 1 in levels else len(levels)
    return tuple(bool(level) and at >= first for at, level in enumerate(levels))


def numbered_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of 附件：one name alone, several numbered 1. 2. (7.3.4)."""
    return names if len(names) == 1 else tuple(f"{at}. {name}" for at, name in enumerate(names, start=1))
