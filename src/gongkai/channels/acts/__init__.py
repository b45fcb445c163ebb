"""What can be done with channels and deliveries."""

from gongkai.channels.acts.channels import close_channel, open_channel
from gongkai.channels.acts.recording import (
    DeliveryRow,
    import_deliveries,
    record_delivery,
    why_not_import_deliveries,
    why_not_record_delivery,
    years_of,
)

__all__ = [
    "DeliveryRow",
    "close_channel",
    "import_deliveries",
    "open_channel",
    "record_delivery",
    "why_not_import_deliveries",
    "why_not_record_delivery",
    "years_of",
]
