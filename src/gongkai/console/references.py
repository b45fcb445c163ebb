"""Finding a body's own records by the numbers officers know them by."""

from __future__ import annotations

from django.db.models import Q

from gongkai.disclosure.models import Document
from gongkai.foi.models import Request
from gongkai.organisations.models import Body


def document_named(body: Body, text: str) -> Document | None:
    """The document with this index number or document number (文号)."""
    wanted = Q(index_number=text) | Q(document_number=text)
    return Document.objects.filter(wanted, body=body).order_by("pk").first()


def request_numbered(body: Body, text: str) -> Request | None:
    """The request with this number."""
    return Request.objects.filter(body=body, number=text).first()


NO_DOCUMENT = "本机关没有索引号或文号为“{}”的文件，请核对"
NO_REQUEST = "本机关没有编号为“{}”的申请，请核对"
DOCUMENT_HELP = "填写索引号或文号"
