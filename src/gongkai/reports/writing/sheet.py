"""A complete page with its style sheet inside: for files that stand alone, never for the site (its CSP)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from gongkai.reports.writing.markup import Safe, esc, tag

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(title: str, content: Safe) -> str:
    """An HTML document that loads nothing and runs nothing."""
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{tag('title', esc(title))}<style>\n{style()}</style>"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{head}</head><body><main>{content}</main></body></html>\n'
    )


@cache
def style() -> str:
    """The style sheet shipped beside this module."""
    return files(__package__).joinpath("report.css").read_text("utf-8")
