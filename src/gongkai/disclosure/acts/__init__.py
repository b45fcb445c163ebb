"""Acts on documents, their editions and files, their reviews, and their leaving."""

from gongkai.disclosure.acts.attachments import (
    add_file,
    describe_file,
    remove_file,
    why_not_add_file,
    why_not_change_files,
    why_not_describe,
    why_not_take_file,
)
from gongkai.disclosure.acts.batch import DocumentRow, import_documents, why_not_import
from gongkai.disclosure.acts.documents import (
    end_document,
    register_document,
    why_not_end,
    why_not_register,
)
from gongkai.disclosure.acts.dropping import drop_file, forget_drop, forget_drops, why_not_drop
from gongkai.disclosure.acts.editions import (
    add_edition,
    edit_edition,
    publish_edition,
    why_not_add_edition,
    why_not_edit_edition,
    why_not_publish,
)
from gongkai.disclosure.acts.exceptions import confirm_exception, why_not_confirm
from gongkai.disclosure.acts.findings import pass_finding, why_not_pass
from gongkai.disclosure.acts.guide import why_not_write_guide, write_guide
from gongkai.disclosure.acts.handing_over import hand_over, why_not_hand_over
from gongkai.disclosure.acts.interpretation import plan_interpretation, why_not_plan
from gongkai.disclosure.acts.leaving import (
    leave_document,
    return_document,
    why_not_leave,
    why_not_return,
    why_not_withdraw,
    withdraw_edition,
)
from gongkai.disclosure.acts.metadata import (
    decide_attribute,
    edit_document,
    reassess_document,
    why_not_attribute,
    why_not_edit,
    why_not_reassess,
)
from gongkai.disclosure.acts.nightly import check_document, check_published
from gongkai.disclosure.acts.reviewing import (
    recall_edition,
    recheck_edition,
    review_edition,
    submit_edition,
    why_not_recall,
    why_not_recheck,
    why_not_review,
    why_not_submit,
)
from gongkai.disclosure.acts.settling import (
    forget_word,
    settle_publishing,
    watch_word,
    why_not_settle,
    why_not_watch,
)
from gongkai.disclosure.acts.timing import publish_due, schedule_edition, why_not_schedule

__all__ = [
    "DocumentRow",
    "add_edition",
    "add_file",
    "check_document",
    "check_published",
    "confirm_exception",
    "decide_attribute",
    "describe_file",
    "drop_file",
    "edit_document",
    "edit_edition",
    "end_document",
    "forget_drop",
    "forget_drops",
    "forget_word",
    "hand_over",
    "import_documents",
    "leave_document",
    "pass_finding",
    "plan_interpretation",
    "publish_due",
    "publish_edition",
    "reassess_document",
    "recall_edition",
    "recheck_edition",
    "register_document",
    "remove_file",
    "return_document",
    "review_edition",
    "schedule_edition",
    "settle_publishing",
    "submit_edition",
    "watch_word",
    "why_not_add_edition",
    "why_not_add_file",
    "why_not_attribute",
    "why_not_change_files",
    "why_not_confirm",
    "why_not_describe",
    "why_not_drop",
    "why_not_edit",
    "why_not_edit_edition",
    "why_not_end",
    "why_not_hand_over",
    "why_not_import",
    "why_not_leave",
    "why_not_pass",
    "why_not_plan",
    "why_not_publish",
    "why_not_reassess",
    "why_not_recall",
    "why_not_recheck",
    "why_not_register",
    "why_not_return",
    "why_not_review",
    "why_not_schedule",
    "why_not_settle",
    "why_not_submit",
    "why_not_take_file",
    "why_not_watch",
    "why_not_withdraw",
    "why_not_write_guide",
    "withdraw_edition",
    "write_guide",
]
