"""起草: files in, a clean draft out: semantic HTML, pictures, and what is proposed for the fields of the form.

No database, no framework. `read_document` for a file, `clean_pasted` for what was pasted, `extract_text` for search.
"""

from __future__ import annotations

from gongkai.drafting.errors import MESSAGES, DraftingError
from gongkai.drafting.extracting import extract_text
from gongkai.drafting.model import Drafted, Picture, Proposal, Remark
from gongkai.drafting.reading import clean_pasted, read_document
from gongkai.drafting.writing import place_pictures

__all__ = [
    "MESSAGES",
    "Drafted",
    "DraftingError",
    "Picture",
    "Proposal",
    "Remark",
    "clean_pasted",
    "extract_text",
    "place_pictures",
    "read_document",
]
