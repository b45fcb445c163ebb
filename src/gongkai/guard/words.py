"""The office's own lists: words that must not be published, and words that are wrong. One pattern finds them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.guard.masking import excerpt
from gongkai.guard.model import Finding, Severity, Unit
from gongkai.guard.rules import found

_MOST_OF_A_WORD = 20
Trie = dict[str, "Trie"]
_END = ""


@dataclass(frozen=True, slots=True)
class Word:
    """``kind``: ``sensitive`` blocks, anything else warns. Within one of ``exceptions`` the word is all right."""

    word: str
    kind: str = "typo"
    replacement: str = ""
    exceptions: tuple[str, ...] = ()


class WordList:
    """Words made ready once; looking for ten thousand of them costs about as much as for ten."""

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self._words = {each.word: each for each in words if each.word.strip()}
        self._pattern = re.compile(_pattern(_trie(self._words))) if self._words else None

    def __bool__(self) -> bool:
        return bool(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def hits(self, text: str) -> Iterator[tuple[Word, int, int]]:
        """Words with their places; the longest of those that begin at one place."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            word = self._words[match[0]]
            if not _excepted(word, text, match.start()):
                yield word, match.start(), match.end()


def word_findings(units: Sequence[Unit], words: WordList, container: str) -> Iterator[Finding]:
    """A finding per place, of one word no more than a reader can use."""
    count: dict[str, int] = {}
    for unit in units:
        for word, start, end in words.hits(unit.text):
            count[word.word] = count.get(word.word, 0) + 1
            if count[word.word] <= _MOST_OF_A_WORD:
                yield _finding(word, unit, start, end, container)


def _finding(word: Word, unit: Unit, start: int, end: int, container: str) -> Finding:
    sensitive = word.kind == "sensitive"
    instead = f"，建议改为“{word.replacement}”" if word.replacement else ""
    return found(
        "word.sensitive" if sensitive else "word.typo",
        unit.place,
        key=f"{word.word}\x1f{unit.text[max(0, start - 8) : start]}",
        container=container,
        excerpt=excerpt(unit.text, start, end),
        severity=Severity.BLOCK if sensitive else Severity.WARN,
        message=f"{'敏感词' if sensitive else '不规范的词'}“{word.word}”{instead}",
        remedy=f"改为“{word.replacement}”" if word.replacement else "",
    )


def _excepted(word: Word, text: str, start: int) -> bool:
    for phrase in word.exceptions:
        place = phrase.find(word.word)
        while place >= 0:
            if start >= place and text.startswith(phrase, start - place):
                return True
            place = phrase.find(word.word, place + 1)
    return False


def _trie(words: Iterable[str]) -> Trie:
    root: Trie = {}
    for word in words:
        node = root
        for sign in word:
            node = node.setdefault(sign, {})
        node[_END] = {}
    return root


def _pattern(node: Trie) -> str:
    """Shared beginnings once: the pattern branches instead of trying word after word."""
    ways = []
    for sign, below in node.items():
        if sign == _END:
            continue
        said = re.escape(sign)
        while len(below) == 1 and _END not in below:
            (sign, below), *_ = below.items()  # noqa: PLW2901 - down the only way
            said += re.escape(sign)
        ways.append(said + _pattern(below))
    if not ways:
        return ""
    singles = [way for way in ways if len(way) == 1]
    longer = [way for way in ways if len(way) > 1]
    if len(singles) > 1:
        longer.append(f"[{''.join(singles)}]")
    else:
        longer += singles
    said = longer[0] if len(longer) == 1 and _END not in node else f"(?:{'|'.join(longer)})"
    return f"(?:{said})?" if _END in node else said
