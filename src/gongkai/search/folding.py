"""Text as it is compared: width, case, traditional characters and signs folded away; pure.

``canon`` turns any text into runs: runs of Hanzi, and words of other letters and digits, with one space between and
around. Two texts are the same for a search when their runs are. Punctuation is all alike, so 〔2020〕12号, [2020]12号
and （2020）１２號 are one, and a sign between two Hanzi parts them, as it does for who reads.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from bisect import bisect_right
from functools import cache, lru_cache
from itertools import accumulate

_HANZI = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUN = re.compile(rf"[{_HANZI}]+|[^\W_{_HANZI}]+")
_IS_HANZI = re.compile(rf"[{_HANZI}]")
_TABLED = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2FA20))
_STEPS = 4  # a character is folded until it stays as it is; none needs more


def is_hanzi(character: str) -> bool:
    """Whether it is a Chinese character."""
    return _IS_HANZI.match(character) is not None


@lru_cache(maxsize=1)
def simplified() -> dict[str, str]:
    """Traditional characters and variants with their simplified form, one for one."""
    from opencc import OpenCC

    characters = [chr(code) for first, after in _TABLED for code in range(first, after)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return {old: new for old, new in pairs if old != new and len(new) == 1}


class _Fold(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


def _folded(character: str) -> str:
    table = simplified()
    now = character
    for _ in range(_STEPS):
        wide = unicodedata.normalize("NFKC", now).casefold()
        after = "".join(table.get(one, one) for one in wide)
        if after == now:
            break
        now = after
    return now


_FOLD = _Fold()


def fold(text: str) -> str:
    """The text character by character: half width, lower case, simplified."""
    return text.translate(_FOLD)


def canon(text: str) -> str:
    """The runs of a text with one space between and around them; empty where there are none."""
    runs = RUN.findall(fold(text))
    return f" {' '.join(runs)} " if runs else ""


@cache
def version() -> int:
    """Changes when folding changes, so that an index made by another folding is known for what it is."""
    table = simplified()
    return zlib.crc32("".join(old + table[old] for old in sorted(table)).encode())


class Folded:
    """A folded text that knows where each of its characters stood in the original."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = fold(original)
        # Most texts fold one for one, and then a place is its own original.
        self._ends = (
            None
            if len(self.text) == len(original)
            else list(accumulate(len(_FOLD[ord(character)]) for character in original))
        )

    def place(self, at: int) -> int:
        """The original place of the character at a folded place."""
        return at if self._ends is None else bisect_right(self._ends, at)
