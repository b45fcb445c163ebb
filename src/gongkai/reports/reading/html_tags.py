"""What the elements of a page mean to a reader."""

from __future__ import annotations

ASIDES = frozenset({"rep-figure", "rep-caption", "rep-adj", "rep-ref", "rep-adjustments", "rep-foot"})
"""Classes of what our own pages put around the figures."""
SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "select",
        "option",
        "template",
        "svg",
        "canvas",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "map",
        "head",
        "button",
    ]
)
"""Elements whose text is none of the page's."""
BREAKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "form",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "center",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "fieldset",
        "address",
        "hr",
        "br",
    ]
)
"""Elements that begin and end a line."""
