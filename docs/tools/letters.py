"""Every letter with made-up facts as Word and PDF files in a folder, to be looked at.

    .venv/bin/python docs/tools/letters.py FOLDER [--red] [--on 2023-12-29] [KIND …]

With ``--red`` under a red head; ``--on`` sets the day of the letters, on which the remedies depend.
"""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import replace
from pathlib import Path

from gongkai.foi.letters.compose import compose
from gongkai.foi.letters.kinds import KINDS, kind_of
from gongkai.foi.letters.samples import sample_facts
from gongkai.foi.letters.texts import default_text
from gongkai.typesetting import docx, pdf
from gongkai.typesetting.document import Head


def main() -> None:
    """Write the files and print their names."""
    arguments = _arguments()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    head = Head.RED if arguments.red else Head.PLAIN
    for place, key in enumerate(arguments.kinds or KINDS, start=1):
        kind = kind_of(key)
        facts = sample_facts(kind)
        facts = replace(facts, issued_on=arguments.on) if arguments.on else facts
        document = compose(kind, default_text(kind), facts, head=head)
        at = dt.datetime.combine(facts.issued_on, dt.time(9), dt.UTC)
        for ending, writer in (("docx", docx), ("pdf", pdf)):
            file = arguments.folder / f"{place:02} {key} {kind.title}.{ending}"
            file.write_bytes(writer.render(document, at=at))
            print(file)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write every letter with made-up facts.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--red", action="store_true")
    parser.add_argument("--on", type=dt.date.fromisoformat)
    return parser.parse_intermixed_args()


if __name__ == "__main__":
    main()
