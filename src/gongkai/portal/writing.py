"""Lists and heads of documents as HTML, written directly: they make up most of a page, on most pages."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from gongkai.portal.addresses import of_document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from gongkai.portal.documents.head import Fact
    from gongkai.portal.views.lists import Line


def entries(lines: Iterable[Line], *, show_body: bool = False) -> SafeString:
    """The lines of a list: title, body, number and validity, interpretations, date."""
    rows = "\n".join(_entry(line, show_body=show_body) for line in lines)
    return mark_safe(f'<ul class="entries lines">\n{rows}\n</ul>')  # noqa: S308 - every value is escaped


def _entry(line: Line, *, show_body: bool) -> str:
    document = line.document
    facts = []
    if show_body:
        facts.append(f"<span>{escape(document.issuer)}</span>")
    if document.document_number:
        facts.append(f"<span>{escape(document.document_number)}</span>")
    if line.validity:
        facts.append(f'<span class="status status--{line.status}">{escape(str(line.validity.label))}</span>')
    said = f'<p class="entry__facts">{"".join(facts)}</p>' if facts else ""
    below = "".join(
        f'<p class="line__below"><span class="soft">解读</span> <a href="{of_document(key)}">{escape(title)}</a></p>'
        for key, title in line.explained_by
    )
    return (
        f'<li class="entry line"><div class="line__main"><a class="entry__title" href="{of_document(document.pk)}">'
        f"{escape(document.title)}</a>\n{said}{below}</div>\n"
        f"{day(document.first_published_at, 'line__date num')}</li>"
    )


def empty(said: str) -> SafeString:
    """What stands where a list has no lines."""
    return mark_safe(f'<p class="empty">{escape(said)}</p>')  # noqa: S308 - escaped


def turning(ways: Mapping[str, str], here: str, *, archived: bool = False) -> SafeString:
    """The ways to the stretches before and after, by ``older`` and ``newer``. A copy of the site leaves them out where
    there is an archive by month as well.
    """
    if not ways:
        return SafeString("")
    rows = []
    if "newer" in ways:
        rows.append(f'<li><a href="{escape(here)}">第一页</a></li>')
        rows.append(f'<li class="live"><a href="{escape(ways["newer"])}" rel="prev">较新的</a></li>')
    if "older" in ways:
        rows.append(f'<li><a href="{escape(ways["older"])}" rel="next">更早的</a></li>')
    kind = "pages live" if archived else "pages"
    listed = "\n".join(rows)
    return mark_safe(f'<nav class="{kind}" aria-label="翻页"><ul>\n{listed}\n</ul></nav>')  # noqa: S308 - escaped


def day(moment: dt.datetime | None, kind: str) -> str:
    """A moment as its local day, in a time element."""
    if moment is None:
        return ""
    text = local_day(moment).isoformat()
    return f'<time class="{kind}" datetime="{text}">{text}</time>'


def local_day(moment: dt.datetime) -> dt.date:
    """The day of a moment where the site is."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def local_minute(moment: dt.datetime) -> str:
    """A moment where the site is, to the minute."""
    return moment.astimezone(timezone.get_default_timezone()).isoformat(" ", "minutes")[:16]


def docket(facts: Iterable[Fact]) -> SafeString:
    """The official head of a document: two quiet columns of labels and values."""
    rows = "\n".join(f"<div><dt>{escape(fact.label)}</dt>{_value(fact)}</div>" for fact in facts)
    return mark_safe(f'<dl class="docket doc__head">\n{rows}\n</dl>')  # noqa: S308 - every value is escaped


def _value(fact: Fact) -> str:
    value = escape(fact.value)
    if fact.address:
        return f'<dd><a href="{escape(fact.address)}">{value}</a></dd>'
    if fact.day:
        return f'<dd class="num"><time datetime="{fact.day}">{value}</time></dd>'
    if fact.status:
        return f'<dd><span class="status status--{fact.status}">{value}</span></dd>'
    return f"<dd>{value}</dd>"
