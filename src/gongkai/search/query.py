"""What people type, read into phrases; pure, and nothing is ever wrong enough to refuse.

``甲 乙`` asks for both, ``甲 或 乙`` for either, ``-丙`` or ``非 丙`` for documents without, ``“甲乙丙”`` for the words next to
each other, ``标题：甲`` for the title alone; 〔2020〕12号 is one phrase as it stands. Alternatives bind tighter than the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from gongkai.search.folding import canon
from gongkai.search.tokens import pattern

LONGEST = 200  # characters of a query that are read
MOST = 10  # phrases of a query that are used
_OPEN, _CLOSE = '"“”„‟＂「『', '"“”„‟＂」』'
_NUMBER = re.compile(
    r"[^\s\"“”＂:：|｜]*?[〔\[［（(【]\s*[0-9０-９]{4}\s*[〕\]］）)】]\s*(?:第\s*)?[0-9０-９]+\s*[号號]?"
)
_FIELD = re.compile(
    r"(标题|標題|名称|title|文号|文號|索引号|number|机关|機關|body|关键词|關鍵詞|keyword|正文|text)[:：]",
    re.IGNORECASE,
)
_LEXEME = re.compile(rf"[{_OPEN}]|[|｜]|[^\s|｜{_OPEN}{_CLOSE}]+|[{_CLOSE}]")
_OR = frozenset({"OR", "或", "或者", "|", "｜"})
_NOT = frozenset({"NOT", "非"})
_AND = frozenset({"AND", "且", "&", "&&"})
_MINUS = "-－−–"


class Field(StrEnum):
    """Where a phrase is looked for."""

    ANYWHERE = ""
    TITLE = "title"
    NUMBER = "number"
    KEYWORDS = "keywords"
    BODY = "body"
    TEXT = "text"


_FIELDS = {
    "标题": Field.TITLE, "標題": Field.TITLE, "名称": Field.TITLE, "title": Field.TITLE,
    "文号": Field.NUMBER, "文號": Field.NUMBER, "索引号": Field.NUMBER, "number": Field.NUMBER,
    "机关": Field.BODY, "機關": Field.BODY, "body": Field.BODY,
    "关键词": Field.KEYWORDS, "關鍵詞": Field.KEYWORDS, "keyword": Field.KEYWORDS,
    "正文": Field.TEXT, "text": Field.TEXT,
}  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """Words next to each other, in one field or in any."""

    canon: str
    field: Field = Field.ANYWHERE

    @property
    def pattern(self) -> str:
        """The piece of canonical text that it is."""
        return pattern(self.canon)


@dataclass(frozen=True)
class Query:
    """Every clause holds one of its phrases, and none of ``without`` stands in the document."""

    clauses: tuple[tuple[Phrase, ...], ...] = ()
    without: tuple[Phrase, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """What is looked for, without what is left out; for marking."""
        return tuple(dict.fromkeys(phrase for clause in self.clauses for phrase in clause))


@dataclass
class _Reading:
    clauses: list[list[Phrase]] = field(default_factory=list)
    without: list[Phrase] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    either: bool = False
    negative: bool = False
    left_out: int = 0

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def take(self, phrases: list[Phrase]) -> None:
        """Phrases that belong together: all are asked for, the first may be an alternative to what came before."""
        for phrase in phrases:
            if len(self.without) + sum(map(len, self.clauses)) >= MOST:
                self.left_out += 1
            elif self.negative:
                self.without.append(phrase)
            elif self.either and self.clauses:
                self.clauses[-1].append(phrase)
            else:
                self.clauses.append([phrase])
            self.either = False
        if phrases:
            self.negative = self.either = False


def parse(text: str) -> Query:
    """Read a query. Never raises; what could not be read as it stands is said in ``notes``."""
    reading = _Reading()
    if len(text) > LONGEST:
        reading.note(f"查询词过长，只用了前{LONGEST}个字")
    rest = text[:LONGEST]
    while rest := rest.lstrip():
        rest = _one(rest, reading)
    return _finished(reading)


def _one(rest: str, reading: _Reading) -> str:
    """Read what stands first, and return what follows."""
    if rest[0] in _MINUS:
        if len(rest) > 1 and not rest[1].isspace():
            reading.negative = True
        return rest[1:]
    where, body = _field(rest)
    if body and body[0] in _OPEN:
        return _quoted(body, where, reading)
    number = _NUMBER.match(body)
    if number is not None:
        reading.take(_phrases([number[0]], where))
        return body[number.end() :]
    lexeme = _LEXEME.match(body)
    if lexeme is None:
        return body[1:]
    _word(lexeme[0], where, reading)
    return body[lexeme.end() :]


def _field(rest: str) -> tuple[Field, str]:
    match = _FIELD.match(rest)
    if match is None:
        return Field.ANYWHERE, rest
    return _FIELDS[match[1].lower()], rest[match.end() :].lstrip()


def _quoted(body: str, where: Field, reading: _Reading) -> str:
    ends = [place for place in (body.find(sign, 1) for sign in _CLOSE) if place > 0]
    if not ends:
        reading.note("引号没有成对，已把引号之后的全部文字当作一个短语")
    end = min(ends, default=len(body))
    reading.take(_phrases([body[1:end]], where))
    return body[end + 1 :]


def _word(word: str, where: Field, reading: _Reading) -> None:
    if where is Field.ANYWHERE and word in _OR:
        reading.either = bool(reading.clauses) and not reading.negative
    elif where is Field.ANYWHERE and word in _NOT:
        reading.negative = True
    elif where is Field.ANYWHERE and word in _AND:
        reading.either = False
    else:
        reading.take(_phrases(re.split(r"[^\w]+", word), where))


def _phrases(parts: list[str], where: Field) -> list[Phrase]:
    return [Phrase(folded.strip(), where) for part in parts if (folded := canon(part))]


def _finished(reading: _Reading) -> Query:
    if reading.left_out:
        reading.note(f"词太多，只用了前{MOST}个，其余{reading.left_out}个没有使用")
    if reading.without and not reading.clauses:
        reading.note("只写了要排除的词，请再写一个要查找的词")
    clauses = tuple(tuple(dict.fromkeys(clause)) for clause in reading.clauses)
    return Query(tuple(dict.fromkeys(clauses)), tuple(dict.fromkeys(reading.without)), tuple(reading.notes))
