"""Acts on documents and their editions."""

from gongkai.disclosure.acts.batch import DocumentRow, import_documents, why_not_import
from gongkai.disclosure.acts.documents import (
    end_document,
    register_document,
    why_not_end,
    why_not_register,
)
from gongkai.disclosure.acts.editions import (
    add_edition,
    publish_edition,
    why_not_add_edition,
    why_not_publish,
    why_not_withdraw,
    withdraw_edition,
)

__all__ = [
    "DocumentRow",
    "add_edition",
    "end_document",
    "import_documents",
    "publish_edition",
    "register_document",
    "why_not_add_edition",
    "why_not_end",
    "why_not_import",
    "why_not_publish",
    "why_not_register",
    "why_not_withdraw",
    "withdraw_edition",
]
