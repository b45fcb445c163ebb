"""Files of documents. They lie in private storage; each time it is asked whether their edition is public."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from gongkai.disclosure.enums import AttachmentRole, EditionState
from gongkai.disclosure.models import Attachment
from gongkai.disclosure.queries import attachment_access, standing
from gongkai.organisations.models import Officer
from gongkai.organisations.rules import visible_bodies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

ONCE_PUBLIC = (EditionState.PUBLISHED, EditionState.SUPERSEDED)
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Shown in the page; whatever else a file claims to be, it is saved, never opened in our name."""
SANDBOX = "default-src 'none'; sandbox"
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
PIECE = 64 * 1024


@require_safe
def file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The file at an address: of the current edition, or with ``?edition=`` of an earlier one."""
    number = request.GET.get("edition", "")
    access = attachment_access(public_id)
    found = _former(public_id, number) if number else access.attachment
    public = found is not None
    if found is None:
        found = _for_officer(request, public_id)
    if found is None:
        return _left(request, access.status)
    etag = f'"{found.sha256}"'
    moment = found.added_at or found.edition.published_at
    changed = int(moment.timestamp()) if moment else None
    response = get_conditional_response(request, etag=etag, last_modified=changed) or _content(
        request, found, etag
    )
    response.headers["ETag"] = etag
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed)
    response.headers["Cache-Control"] = "public, no-cache" if public else "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _former(public_id: UUID, number: str) -> Attachment | None:
    """The file of an earlier edition that the public once saw and whose document it can still read."""
    if not (number.isascii() and number.isdigit() and len(number) < 6):  # noqa: PLR2004
        return None
    found = Attachment.objects.select_related("edition__document__body").filter(
        public_id=public_id, edition__number=int(number), edition__state__in=ONCE_PUBLIC
    )
    row = found.first()
    return row if row is not None and standing(row.edition.document).status == HTTPStatus.OK else None


def _left(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """What is said of a file that left with its document. Raises ``Http404`` for one that never was."""
    if status not in {HTTPStatus.GONE, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS}:
        raise Http404
    return render(request, "portal/file_gone.html", {"status": int(status)}, status=status)


def _for_officer(request: HttpRequest, public_id: UUID) -> Attachment | None:
    """A file that is not public, for an officer who may read the body's records."""
    officer = request.user
    if not isinstance(officer, Officer):
        return None
    mine = visible_bodies(officer, timezone.localdate())
    found = Attachment.objects.select_related("edition").filter(
        public_id=public_id, edition__document__body__in=mine
    )
    return found.order_by("-edition__number").first()


def _content(request: HttpRequest, found: Attachment, etag: str) -> HttpResponseBase:
    """The whole file, or the piece that was asked for (RFC 9110 §14: one range; anything else is answered whole)."""
    try:
        handle = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    size = handle.size if hasattr(handle, "size") else found.size
    piece = _piece(request, size, etag)
    if piece == (0, 0):
        handle.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", **_named(found)})
    start, stop = piece or (0, size)
    headers = {**_named(found), "Accept-Ranges": "bytes", "Content-Length": str(stop - start)}
    if piece:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    if request.method == "HEAD":
        handle.close()
        return HttpResponse(status=206 if piece else 200, headers=headers)
    if piece:
        return StreamingHttpResponse(_read(handle, start, stop), status=206, headers=headers)
    response = FileResponse(handle, headers=headers)
    response.headers["Content-Type"] = headers["Content-Type"]
    response.headers["Content-Disposition"] = headers["Content-Disposition"]
    return response


def _named(found: Attachment) -> dict[str, str]:
    media_type = found.media_type or "application/octet-stream"
    shown = found.role == AttachmentRole.PICTURE and media_type in PICTURES
    disposition = content_disposition_header(as_attachment=not shown, filename=found.name) or "attachment"
    return {"Content-Type": media_type, "Content-Disposition": disposition}


def _piece(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First byte and the byte after the last; ``None`` for the whole file, (0, 0) for a piece that is not there."""
    asked = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    condition = request.headers.get("If-Range", etag)
    if asked is None or asked[0] == "bytes=-" or condition != etag:
        return None
    first, last = asked[1], asked[2]
    if not first:  # the last so many bytes
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    return (start, stop) if start < stop else (0, 0)


def _read(handle: Any, start: int, stop: int) -> Iterator[bytes]:
    """The piece, a little at a time, so that nobody fills the memory by asking for much."""
    with handle:
        handle.seek(start)
        left = stop - start
        while left > 0 and (part := handle.read(min(PIECE, left))):
            left -= len(part)
            yield part
