"""The addresses that stand on most pages, many times each: written, where working them out would cost more than the page.

A test holds every one of them beside what ``reverse`` says.
"""

from __future__ import annotations

HOME = "/"


def of_document(key: int) -> str:
    """The page of a document; the same as ``Document.public_path``."""
    return f"/documents/{key}/"


def of_body(slug: str, part: str = "") -> str:
    """The page of a body, or one of its columns: ``documents``, ``policies``, ``statutory``."""
    return f"/bodies/{slug}/{part}/" if part else f"/bodies/{slug}/"


def of_item(slug: str, key: int) -> str:
    """The page of a catalogue item of a body."""
    return f"/bodies/{slug}/items/{key}/"


def of_area(slug: str, key: int) -> str:
    """The page of a key area of a body."""
    return f"/bodies/{slug}/key-areas/{key}/"
