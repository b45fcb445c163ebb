"""What can be done with channels and deliveries."""

from gongkai.channels.acts.channels import (
    choose_channels,
    close_channel,
    configure_channel,
    open_channel,
    pause_channel,
    resume_channel,
    try_channel,
    why_not_configure,
)
from gongkai.channels.acts.deliveries import (
    cancel_delivery,
    finish_by_hand,
    retry_delivery,
    send_to_channel,
    why_not_cancel,
    why_not_finish,
    why_not_move,
    why_not_retry,
    why_not_send,
)
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
    "cancel_delivery",
    "choose_channels",
    "close_channel",
    "configure_channel",
    "finish_by_hand",
    "import_deliveries",
    "open_channel",
    "pause_channel",
    "record_delivery",
    "resume_channel",
    "retry_delivery",
    "send_to_channel",
    "try_channel",
    "why_not_cancel",
    "why_not_configure",
    "why_not_finish",
    "why_not_import_deliveries",
    "why_not_move",
    "why_not_record_delivery",
    "why_not_retry",
    "why_not_send",
    "years_of",
]
