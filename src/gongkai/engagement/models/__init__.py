"""意见征集 · 回应关切 · 问答库 · 意见箱."""

from gongkai.engagement.enums import Severity
from gongkai.engagement.models.concerns import Concern, ConcernAct
from gongkai.engagement.models.consultations import (
    Answer,
    Comment,
    Consultation,
    ConsultationFile,
    OpinionGroup,
    Question,
)
from gongkai.engagement.models.mailbox import MailboxLetter
from gongkai.engagement.models.questions import FaqEntry

__all__ = [
    "Answer",
    "Comment",
    "Concern",
    "ConcernAct",
    "Consultation",
    "ConsultationFile",
    "FaqEntry",
    "MailboxLetter",
    "OpinionGroup",
    "Question",
    "Severity",
]
