"""HTML pasted from Word, WPS or another site as blocks: its structure stays, its looks, scripts and tricks go."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote_to_bytes

from lxml import etree
from lxml import html as lxml_html

from gongkai.drafting.blocks import Block, Image, Paragraph, Rule, Run
from gongkai.drafting.docx_pictures import describes, readable
from gongkai.drafting.docx_runs import safe_link
from gongkai.drafting.errors import DraftingError
from gongkai.drafting.model import Picture, Remark
from gongkai.drafting.pasted_tables import table_of
from gongkai.drafting.writing import picture
from gongkai.redaction.limits import Limits

Element = etree._Element  # noqa: SLF001 - the only name lxml gives to the type
_DEEPEST = 120
_GONE = frozenset(
    {"script", "style", "head", "title", "meta", "link", "template", "noscript", "iframe", "object", "embed"}
    | {"applet", "svg", "math", "canvas", "audio", "video", "select", "textarea", "button", "input", "xml"}
    | {"datalist", "map", "area", "frameset", "frame", "del"}
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "center", "blockquote"}
    | {"pre", "address", "figure", "form", "fieldset", "dl", "dt", "dd", "details", "summary", "body", "html"}
)
_HEADINGS = {f"h{number}": number for number in range(1, 7)}
_BOLD, _ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em"})
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all|font-size:0(?:pt|px|em)?(?:;|$)")
_WHITE = re.compile(r"(?:^|;)color:(?:white|#fff(?:fff)?|rgb\(255,255,255\))(?:;|$)")
_SIZE = re.compile(r"font-size:([0-9.]+)(pt|px)")
_LIST = re.compile(r"mso-list:\S*\s*level([1-9])", re.IGNORECASE)
_BULLETS = frozenset("·•●○■□◆◇➢✓-–—oüØ§l\uf0b7\uf06c\uf0a7\uf0d8\uf06e")
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_PIXELS_PER_POINT = 0.75


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    raised: str = ""
    link: str = ""
    size: float = 0.0


class Reader:
    """Reads one page or piece of a page."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.pictures: list[Picture] = []
        self.seen: Counter[str] = Counter()
        self.remarks: list[Remark] = []
        self.cells = self._paragraphs = self._tables = 0

    def read(self, text: str) -> list[Block]:
        """The blocks of a text. Raises ``DraftingError``."""
        parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
        try:
            root = lxml_html.document_fromstring(re.sub(r"<\?xml[^>]*>|\x00", "", text), parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
            raise DraftingError("no_text") from error
        return self.flow(root)

    def flow(
        self, element: Element, depth: int = 0, where: str = "", look: _Look | None = None
    ) -> list[Block]:
        """The blocks below an element: text between blocks is a paragraph of its own."""
        found: list[Block] = []
        self._flow(element, found, [], look or _Look(), depth, where)
        return found

    def _flow(
        self, parent: Element, found: list[Block], runs: list[Run], look: _Look, depth: int, where: str
    ) -> None:
        """Text goes to ``runs`` until a block ends it. What is left in ``runs`` at the end is a paragraph too."""
        self._gather(parent, found, runs, look, depth, where)
        self._close(found, runs, where)

    def _gather(
        self, parent: Element, found: list[Block], runs: list[Run], look: _Look, depth: int, where: str
    ) -> None:
        if depth > _DEEPEST:
            raise DraftingError("hostile")
        _say(runs, parent.text, look)
        for element in parent:
            name = _name(element)
            if name and not self._is_gone(element, name):
                self._one(element, name, found, runs, look, depth + 1, where)
            _say(runs, element.tail, look)

    def _one(
        self,
        element: Element,
        name: str,
        found: list[Block],
        runs: list[Run],
        look: _Look,
        depth: int,
        where: str,
    ) -> None:
        if name in {"ul", "ol", "table", "hr"} or name in _BLOCKS or name in _HEADINGS:
            self._close(found, runs, where)
            found += self._block(element, name, look, depth, where)
        elif name == "br":
            if runs and runs[-1].text.endswith("\n"):
                self._close(found, runs, where)
            elif runs:
                runs.append(Run("\n", size=look.size))
        elif name == "img":
            image = self._image(element, where or f"第{self._paragraphs + 1}段")
            runs += [Run("", image=image)] if image else []
        else:
            self._gather(element, found, runs, self._changed(element, name, look), depth, where)

    def _block(self, element: Element, name: str, look: _Look, depth: int, where: str) -> list[Block]:
        if name == "table":
            self._tables += not where
            return table_of(element, where or f"表{self._tables}", self, depth)
        if name == "hr":
            return [Rule()]
        if name in {"ul", "ol"}:
            return list(self._items(element, name, 0, depth, where))
        inner: list[Block] = []
        self._flow(element, inner, [], self._changed(element, name, look), depth, where)
        for block in inner:
            if isinstance(block, Paragraph):
                self._dress(block, element, name)
        return inner

    def _dress(self, block: Paragraph, element: Element, name: str) -> None:
        kind = _kind(element)
        block.level = block.level or _HEADINGS.get(name, 0)
        block.is_title = block.is_title or "msotitle" in kind
        block.is_caption = block.is_caption or "msocaption" in kind or name == "figcaption"
        style = _style(element)
        block.centred = block.centred or "text-align:center" in style or name == "center"
        block.centred = block.centred or (element.get("align") or "").lower() == "center"
        if (listed := _LIST.search(element.get("style") or "")) and block.bullet < 0:
            _as_item(block, int(listed[1]) - 1)

    def _items(self, element: Element, name: str, level: int, depth: int, where: str) -> Iterator[Block]:
        if depth > _DEEPEST:
            raise DraftingError("hostile")
        number = _whole(element.get("start"), 1)
        for item in element:
            tag = _name(item)
            if tag in {"ul", "ol"}:
                yield from self._items(item, tag, level + 1, depth + 1, where)
            elif tag and not self._is_gone(item, tag):
                first = True
                for block in self._item(item, level, depth + 1, where):
                    if first and isinstance(block, Paragraph) and block.bullet < 0:
                        block.bullet, block.ordinal, first = level, number if name == "ol" else 0, False
                    yield block
                number += 1

    def _item(self, item: Element, level: int, depth: int, where: str) -> Iterator[Block]:
        found: list[Block] = []
        runs: list[Run] = []
        _say(runs, item.text, _Look())
        for each in item:
            name = _name(each)
            if name in {"ul", "ol"}:
                self._close(found, runs, where)
                found += self._items(each, name, level + 1, depth + 1, where)
            elif name and not self._is_gone(each, name):
                self._one(each, name, found, runs, _Look(), depth + 1, where)
            _say(runs, each.tail, _Look())
        self._close(found, runs, where)
        yield from found

    def _close(self, found: list[Block], runs: list[Run], where: str) -> None:
        """The gathered runs become a paragraph, or the pictures they are."""
        if not any(run.text.strip() or run.image for run in runs):
            runs.clear()
            return
        if not where:
            self._paragraphs += 1
        made = Paragraph(list(runs), where or f"第{self._paragraphs}段")
        made.size = max((run.size for run in runs if run.text.strip()), default=0.0)
        runs.clear()
        if made.text.strip():
            for run in made.runs:
                run.markup = picture(run.image) if run.image else ""
            found.append(made)
        else:
            found += [run.image for run in made.runs if run.image]

    def _is_gone(self, element: Element, name: str) -> bool:
        style, kind = _style(element), _kind(element)
        if name in _GONE or "mso-element:comment" in style or "msocomment" in kind:
            said = "deleted" if name == "del" else "comments" if "comment" in style + kind else ""
            said = said or (
                "active" if name in {"script", "iframe", "object", "embed", "svg", "video", "audio"} else ""
            )
            if said:
                self.seen[said] += 1
            return True
        if _HIDDEN.search(style) or element.get("hidden") is not None:
            self.seen["hidden"] += bool("".join(str(t) for t in element.itertext()).strip())
            return True
        if _WHITE.search(style) and "background" not in style and element.text and element.text.strip():
            self.seen["white"] += 1
            return True
        return kind.startswith("msotoc")

    def _changed(self, element: Element, name: str, look: _Look) -> _Look:
        style = _style(element)
        if "font-weight:normal" in style or "font-weight:400" in style:
            look = replace(look, bold=False)
        elif name in _BOLD or re.search(r"font-weight:(?:bold|[6-9]00)", style):
            look = replace(look, bold=True)
        if name in _ITALIC or "font-style:italic" in style:
            look = replace(look, italic=True)
        if name in {"sup", "sub"} or (raised := re.search(r"vertical-align:(super|sub)", style)):
            look = replace(look, raised=name if name in {"sup", "sub"} else raised[1].replace("super", "sup"))  # type: ignore[index]
        if size := _SIZE.search(style):
            points = float(size[1].strip(".") or 0) * (_PIXELS_PER_POINT if size[2] == "px" else 1)
            look = replace(look, size=points)
        if name == "a":
            look = replace(look, link=self._link(element))
        return look

    def _link(self, element: Element) -> str:
        target = element.get("href") or ""
        safe = safe_link(target)
        if target and not safe and not target.startswith("#"):
            self.seen["links"] += 1
        return safe

    def _image(self, element: Element, place: str) -> Image | None:
        source = (element.get("src") or "").strip()
        made = readable(data, self.limits) if (data := _inline_data(source)) else None
        if made is None:
            said = "本机文件" if source.lower().startswith("file:") else source[:100] or "没有地址"
            self.remarks.append(Remark("picture_missing", f"图片未带入（{said}），请另行上传", place))
            return None
        content, ending, media_type = made
        alternative = describes(element.get("alt") or "")
        name = f"picture-{len(self.pictures) + 1}.{ending}"
        self.pictures.append(Picture(name, content, media_type, alternative, place))
        if alternative is None:
            self.remarks.append(
                Remark("needs_alternative", "图片没有文字说明，请补写看不见图的人也能懂的说明", place)
            )
        return Image(name, alternative or "", place)


def _say(runs: list[Run], text: str | None, look: _Look) -> None:
    said = _SPACES.sub(" ", text or "")
    if said.strip() or (said and runs and not runs[-1].text.endswith((" ", "\n"))):
        runs.append(Run(said, look.bold, look.italic, look.raised, look.link, size=look.size))


def _as_item(block: Paragraph, level: int) -> None:
    """Word writes a list as paragraphs whose first run is the bullet or number."""
    mark = block.runs[0].text.strip() if block.runs else ""
    if mark in _BULLETS:
        block.runs = block.runs[1:]
        block.bullet = level
    elif mark and len(block.runs) > 1:
        gap = " " if mark[-1].isascii() and mark[-1].isalnum() else ""
        block.runs[0].text = mark + gap
        if not block.runs[1].text.strip():
            block.runs.pop(1)
        block.runs[1:2] = [replace(run, text=run.text.lstrip()) for run in block.runs[1:2]]


def _inline_data(source: str) -> bytes | None:
    head, found, body = source.partition(",")
    if not found or not head.lower().startswith("data:image/"):
        return None
    try:
        return base64.b64decode(unquote_to_bytes(body)) if head.lower().endswith(";base64") else None
    except (binascii.Error, ValueError):
        return None


def _name(element: Element) -> str:
    tag: object = element.tag
    return tag.lower() if isinstance(tag, str) else ""


def _style(element: Element) -> str:
    return re.sub(r"\s+", "", element.get("style") or "").lower()


def _kind(element: Element) -> str:
    return (element.get("class") or "").lower()


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else otherwise
