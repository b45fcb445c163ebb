"""Plain text as blocks: a paragraph per line."""

from __future__ import annotations

from gongkai.drafting.blocks import Block, Paragraph, Run


def read(text: str) -> list[Block]:
    """Lines that are not blank, each with its place."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    return [
        Paragraph([Run(line.strip())], f"第{number}行")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
