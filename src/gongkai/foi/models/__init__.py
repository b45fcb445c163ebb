"""Requests and everything around them."""

from gongkai.foi.models.letters import Dispatch, Letter, LetterTemplate, LetterTemplateEdit, Opinion
from gongkai.foi.models.materials import Material, Redaction
from gongkai.foi.models.online import Access, DisclosureProposal, InformationCorrection, OnlineDraft
from gongkai.foi.models.requests import Applicant, CaseFact, Decision, FeeBasis, FeeNotice, Request
from gongkai.foi.models.work import Assignment, Remark, Reminder, Task

__all__ = [
    "Access",
    "Applicant",
    "Assignment",
    "CaseFact",
    "Decision",
    "DisclosureProposal",
    "Dispatch",
    "FeeBasis",
    "FeeNotice",
    "InformationCorrection",
    "Letter",
    "LetterTemplate",
    "LetterTemplateEdit",
    "Material",
    "OnlineDraft",
    "Opinion",
    "Redaction",
    "Remark",
    "Reminder",
    "Request",
    "Task",
]
