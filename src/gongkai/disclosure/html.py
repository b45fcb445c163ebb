"""The HTML that may stand in a published text: structure and tables, nothing that runs, looks or calls out."""

from __future__ import annotations

import html
import re

import nh3

TAGS = frozenset(
    {"h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "div", "section", "span", "blockquote", "a"}
    | {"b", "strong", "i", "em", "u", "s", "ins", "del", "sub", "sup"}
    | {"ol", "ul", "li", "dl", "dt", "dd", "figure", "figcaption", "img"}
    | {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
    "col": {"span"},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LOOKS_LIKE_HTML = re.compile(r"<[a-zA-Z/!][^<>]*>")


def sanitise(text: str) -> str:
    """Only the allowed tags and attributes remain; scripts and styles go with their content."""
    return nh3.clean(
        text,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def from_plain(text: str) -> str:
    """Plain text as paragraphs, one per line that is not blank."""
    return "".join(
        f"<p>{html.escape(line.strip(), quote=False)}</p>" for line in text.splitlines() if line.strip()
    )


def clean_text(text: str) -> str:
    """A text as it may be stored: HTML sanitised, plain text made into paragraphs."""
    return sanitise(text) if LOOKS_LIKE_HTML.search(text) else from_plain(text)


PICTURE = re.compile(r"<img\b[^>]*>")
WORDS_OF_PICTURE = re.compile(r'\salt="([^"]*)"')


def describe_picture(text: str, address: str, before: str, words: str) -> str:
    """The text with the words of one of its pictures, where it has none yet or those it had ``before``."""

    def described(found: re.Match[str]) -> str:
        tag = found[0]
        said = WORDS_OF_PICTURE.search(tag)
        if f'src="{address}"' not in tag or (said and html.unescape(said[1]).strip() not in {"", before}):
            return tag
        return f'{WORDS_OF_PICTURE.sub("", tag)[:-1].rstrip(" /")} alt="{html.escape(words)}">'

    return PICTURE.sub(described, text)
