"""发布前检查: personal data, hidden content and traces of its makers in what is about to be published.

No database, no framework. `inspect_text` for a text, `inspect_file` for a file, `strip_metadata` for a file without
comments, properties and the like. Nothing is decided here: a finding that blocks is fixed or overridden by a person.
"""

from __future__ import annotations

from gongkai.guard.errors import MESSAGES, GuardError
from gongkai.guard.files import inspect_file
from gongkai.guard.material import inspect_text
from gongkai.guard.model import Finding, Severity
from gongkai.guard.rules import RULES, Rule
from gongkai.guard.stripping import strip_metadata
from gongkai.guard.words import Word, WordList

__all__ = [
    "MESSAGES",
    "RULES",
    "Finding",
    "GuardError",
    "Rule",
    "Severity",
    "Word",
    "WordList",
    "inspect_file",
    "inspect_text",
    "strip_metadata",
]
