"""Acts on the ledgers: matters and how often they were decided, fees, procurement, trainings."""

from gongkai.ledgers.acts.corrections import (
    correct_entry,
    remove_entry,
    why_not_correct_entry,
    why_not_remove_entry,
)
from gongkai.ledgers.acts.matters import (
    cancel_matter,
    list_matter,
    why_not_cancel_matter,
    why_not_list_matter,
)
from gongkai.ledgers.acts.others import (
    record_fee_receipt,
    record_procurement,
    record_supervision,
    record_training,
    why_not_record_fee_receipt,
)
from gongkai.ledgers.acts.tallies import (
    TallyRow,
    import_tallies,
    record_tally,
    why_not_import_tallies,
    why_not_record_tally,
)

__all__ = [
    "TallyRow",
    "cancel_matter",
    "correct_entry",
    "import_tallies",
    "list_matter",
    "record_fee_receipt",
    "record_procurement",
    "record_supervision",
    "record_tally",
    "record_training",
    "remove_entry",
    "why_not_cancel_matter",
    "why_not_correct_entry",
    "why_not_import_tallies",
    "why_not_list_matter",
    "why_not_record_fee_receipt",
    "why_not_record_tally",
    "why_not_remove_entry",
]
