"""Documents as they are when public, with their entries."""

import datetime as dt
import itertools

from tests.factories import at, make_body

from gongkai.disclosure.models import Attachment, Document, Edition
from gongkai.search.acts import refresh

_serial = itertools.count(1)


def published(
    title="关于义务教育招生的通知",
    text="<p>正文</p>",
    *,
    body=None,
    on=None,
    indexed=True,
    files=(),
    **fields,
):
    number = next(_serial)
    document = Document.objects.create(
        body=body or make_body(),
        title=title,
        index_number=f"S{number:06}",
        **{"kind": "policy", "made_on": dt.date(2024, 1, 2), "first_published_at": on or at(2024, 1, 3)}
        | fields,
    )
    edition = Edition.objects.create(
        document=document, title=title, text=text, state="published", created_at=at(2024, 1, 2)
    )
    for name, words in files:
        Attachment.objects.create(edition=edition, name=name, text=words, size=1, file="x")
    if indexed:
        refresh([document.pk])
    return document
