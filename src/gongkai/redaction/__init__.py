"""遮盖: withholding parts of a document so that what is withheld is really gone.

Files in, files out: no database, no framework. `open_source` → marks (by hand, by word, by suggestion) → `redact` →
`verify`. Only a file that `verify` finds without problems may leave the house.
"""

from __future__ import annotations

from gongkai.redaction.bases import BASES, Basis
from gongkai.redaction.errors import MESSAGES, RedactionError
from gongkai.redaction.issues import Issue, Verification
from gongkai.redaction.limits import DEFAULT_LIMITS, Limits
from gongkai.redaction.model import Box, Finding, Line, Mark, Page, Source, Word
from gongkai.redaction.opening import open_source
from gongkai.redaction.paging import mark_over, marks_for, pages, picture, read_page, words_as_lines
from gongkai.redaction.personal import Certainty, Hit, Kind, scan_text
from gongkai.redaction.redacting import DPI, Redacted, Report, redact, why_marks_wrong
from gongkai.redaction.suggesting import Suggestion, marks_of, suggest, suggest_page
from gongkai.redaction.verifying import verify

__all__ = [
    "BASES",
    "DEFAULT_LIMITS",
    "DPI",
    "MESSAGES",
    "Basis",
    "Box",
    "Certainty",
    "Finding",
    "Hit",
    "Issue",
    "Kind",
    "Limits",
    "Line",
    "Mark",
    "Page",
    "Redacted",
    "RedactionError",
    "Report",
    "Source",
    "Suggestion",
    "Verification",
    "Word",
    "mark_over",
    "marks_for",
    "marks_of",
    "open_source",
    "pages",
    "picture",
    "read_page",
    "redact",
    "scan_text",
    "suggest",
    "suggest_page",
    "verify",
    "why_marks_wrong",
    "words_as_lines",
]
