"""The verbs of the annual report: open, write, adjust, submit, return, approve, publish, correct."""

from gongkai.reports.acts.adjusting import adjust, remove_adjustment, why_not_adjust
from gongkai.reports.acts.approving import (
    approve,
    publish,
    return_to_draft,
    submit,
    why_not_approve,
    why_not_publish,
    why_not_return,
    why_not_submit,
)
from gongkai.reports.acts.opening import open_report, start_correction, why_not_correct, why_not_open
from gongkai.reports.acts.problems import follow_up, note_problem, remove_problem
from gongkai.reports.acts.writing import set_section_text, why_not_write

__all__ = [
    "adjust",
    "approve",
    "follow_up",
    "note_problem",
    "open_report",
    "publish",
    "remove_adjustment",
    "remove_problem",
    "return_to_draft",
    "set_section_text",
    "start_correction",
    "submit",
    "why_not_adjust",
    "why_not_approve",
    "why_not_correct",
    "why_not_open",
    "why_not_publish",
    "why_not_return",
    "why_not_submit",
    "why_not_write",
]
