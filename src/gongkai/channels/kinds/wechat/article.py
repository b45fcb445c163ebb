"""An edition as an article: lengths, the tags WeChat keeps, pictures from its own servers only."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import escape

import nh3
from PIL import Image

from gongkai.channels.http import Upload
from gongkai.channels.material import Material, Picture

TITLE, AUTHOR, DIGEST = 32, 16, 120
CONTENT = 19_000  # characters; the platform's own limit is twenty thousand
LARGEST_BYTES = 1024 * 1024
LARGEST_PICTURE = 1024 * 1024
NARROWEST, WIDEST = 320, 1600
TAGS = frozenset(
    {"h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "section", "span", "blockquote", "img"}
    | {"b", "strong", "i", "em", "u", "s", "sub", "sup", "ol", "ul", "li"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "a"}
)
ATTRIBUTES = {"img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
IMAGE = re.compile(r"<img\b[^>]*>")
SOURCE = re.compile(r'\bsrc="([^"]*)"')
LINK = re.compile(r"</?a\b[^>]*>")
BLOCK_ENDS = re.compile(r"</(?:p|h[2-6]|ul|ol|table|section|blockquote)>")
COVER_SIZE, COVER_COLOUR = (900, 383), (28, 63, 102)


def shortened(text: str, limit: int) -> str:
    """On one line, cut with a sign that it was."""
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def content_of(material: Material, place: Callable[[Picture], str]) -> str:
    """The article's HTML; ``place`` uploads a picture and says where it is now. A long text ends with a hint."""
    html = nh3.clean(
        material.html, tags=set(TAGS), attributes={k: set(v) for k, v in ATTRIBUTES.items()}, link_rel=None
    )
    html = LINK.sub("", html)
    known = {one.address: one for one in material.pictures}

    def moved(match: re.Match[str]) -> str:
        source = SOURCE.search(match[0])
        picture = known.get(_path(source[1])) if source else None
        if picture is None:
            return ""  # from elsewhere: the platform would drop it
        return f'<img src="{escape(place(picture))}" alt="{escape(picture.attachment.alternative)}">'

    html = IMAGE.sub(moved, _within(html, CONTENT))
    if material.files:
        names = "".join(f"<li>{escape(str(one['name']))}</li>" for one in material.files)
        html += f"<p>附件（请点“阅读原文”下载）：</p><ul>{names}</ul>"
    return html


def _path(address: str) -> str:
    """Pictures are named by their path; a full address of our own site means the same."""
    found = re.search(r"/files/[0-9a-f-]{36}/", address)
    return found[0] if found else address


def _within(html: str, limit: int) -> str:
    """As many whole blocks as fit, and where the rest is."""
    if len(html) <= limit and len(html.encode()) < LARGEST_BYTES:
        return html
    end = 0
    for block in BLOCK_ENDS.finditer(html):
        if block.end() > limit or len(html[: block.end()].encode()) >= LARGEST_BYTES:
            break
        end = block.end()
    kept = nh3.clean(
        html[:end], tags=set(TAGS), attributes={k: set(v) for k, v in ATTRIBUTES.items()}, link_rel=None
    )
    return f"{kept}<p>（篇幅所限，全文请点“阅读原文”）</p>"


def fitting(picture: Picture) -> Upload:
    """A picture as the platform takes it in a text: JPEG or PNG below one megabyte."""
    content = picture.read()
    if picture.media_type in {"image/jpeg", "image/png"} and len(content) < LARGEST_PICTURE:
        return Upload(f"picture.{picture.media_type.partition('/')[2]}", content, picture.media_type)
    with Image.open(io.BytesIO(content)) as opened:
        image = opened.convert("RGB")
    width = min(image.width, WIDEST)
    while True:
        smaller = image.resize((width, max(1, image.height * width // image.width)))
        buffer = io.BytesIO()
        smaller.save(buffer, "JPEG", quality=85)
        if buffer.tell() < LARGEST_PICTURE or width <= NARROWEST:
            return Upload("picture.jpeg", buffer.getvalue(), "image/jpeg")
        width = width * 3 // 4


def plain_cover() -> Upload:
    """A cover for texts without a picture: a calm surface, no words."""
    buffer = io.BytesIO()
    Image.new("RGB", COVER_SIZE, COVER_COLOUR).save(buffer, "PNG")
    return Upload("cover.png", buffer.getvalue(), "image/png")
