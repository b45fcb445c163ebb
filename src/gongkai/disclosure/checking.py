"""Whether a text with its files can be public: asked before every step, and every night of all that is.

The same obstacles speak in both cases; the nightly run reads the files as well and compares their digests.
"""

from __future__ import annotations

import datetime as dt

from gongkai.core.errors import Obstacle
from gongkai.core.files import DamagedFileError, read
from gongkai.disclosure.enums import AttachmentRole, EditionState
from gongkai.disclosure.guarding import why_findings
from gongkai.disclosure.links import Leads, leads_of
from gongkai.disclosure.models import Attachment, Document, Edition

UNDESCRIBED = "（待写替代文字）"
"""Stands with a picture that came out of a file and that nobody has described yet."""


def why_not_content(edition: Edition, *, deep: bool = False) -> list[Obstacle]:
    """All that is wrong with text and files; ``deep`` reads every file and compares its digest."""
    rows = list(edition.attachments.all())
    if not edition.text.strip() and not rows:
        return [Obstacle("empty", "没有正文，也没有附件", "请填写正文或上传附件", "text")]
    leads = leads_of(edition.text)
    return [
        *_pictures(leads),
        *_links(edition, leads),
        *(obstacle for row in rows for obstacle in why_not_file(row, deep=deep)),
        *why_findings(edition),
    ]


def _pictures(leads: Leads) -> list[Obstacle]:
    found = []
    if leads.undescribed:
        message = f"正文中有{len(leads.undescribed)}张图片没有替代文字"
        remedy = "请在“附件和图片”中为图片填写替代文字，供读屏软件朗读"
        found.append(Obstacle("no_alternative", message, remedy, "text"))
    for source in leads.foreign:
        message = f"图片“{source[:80]}”在其他网站上"
        found.append(Obstacle("foreign_picture", message, "请上传图片后引用本站地址", "text"))
    for source in leads.unplaced:
        message = f"图片“{source[:80]}”不是本站的文件"
        found.append(Obstacle("unplaced_picture", message, "请上传图片，再填写其地址", "text"))
    return found


def _links(edition: Edition, leads: Leads) -> list[Obstacle]:
    """Links inside the site lead to something public; a picture or file of the text is among its own."""
    public = set(Document.objects.public().filter(pk__in=leads.documents).values_list("pk", flat=True))
    found = [
        Obstacle("broken_link", f"链接 /documents/{pk}/ 指向没有公开的文件", "请改正或者删除链接", "text")
        for pk in leads.documents
        if pk not in public and pk != edition.document_id
    ]
    known = set(edition.attachments.values_list("public_id", flat=True))
    others = [one for one in leads.files if one not in known]
    online = Attachment.objects.filter(public_id__in=others, edition__state=EditionState.PUBLISHED)
    elsewhere = set(
        online.filter(edition__document__withdrawn_at__isnull=True).values_list("public_id", flat=True)
    )
    return found + [
        Obstacle("broken_file_link", f"链接 /files/{one}/ 没有对应的文件", "请上传文件或者删除链接", "text")
        for one in others
        if one not in elsewhere
    ]


def why_not_file(row: Attachment, *, deep: bool = False) -> list[Obstacle]:
    """A file is there, is the one that was kept, and a picture in the text is described."""
    if deep:
        try:
            read(row.file, row.sha256)
        except DamagedFileError:
            return [_damaged(row)]
    elif not row.file.storage.exists(str(row.file.name)):
        return [_damaged(row)]
    if row.role == AttachmentRole.PICTURE and row.alternative.strip() in {"", UNDESCRIBED}:
        message = f"图片“{row.name}”没有替代文字"
        return [Obstacle("no_alternative", message, "请写明图片内容", "alternative")]
    return []


def _damaged(row: Attachment) -> Obstacle:
    message = f"附件“{row.name}”丢失，或者与上传时不一致"
    return Obstacle("damaged_file", message, "请系统管理员从备份恢复，或者发布新版本替换", "file")


def faults_of(edition: Edition, today: dt.date) -> list[Obstacle]:
    """What is wrong with an edition that is public: its content, and a term that ran out unsaid."""
    found = why_not_content(edition, deep=True)
    document = edition.document
    if document.valid_until is not None and document.valid_until < today and document.ended_on is None:
        message = f"有效期至{document.valid_until}，已经届满，尚未登记失效"
        remedy = "请登记失效；继续执行的，请办理延期并修改有效期"
        found.append(Obstacle("expired", message, remedy, "valid_until"))
    return found
