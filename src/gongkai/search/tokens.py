"""What the index holds: pairs of neighbouring Hanzi, and whole words of other letters; pure.

A run of Hanzi 政府信息 becomes 政府 府信 信息 and its last character 息 alone. So a word is found as a phrase of pairs, one
character is found as the beginning of a pair or as the last of its run, and nothing matches across a sign.
"""

from __future__ import annotations

import itertools
import zlib

from gongkai.search.folding import is_hanzi

SPAN = 2**32
ANY, TITLE, FACET = "", "t", "f"
"""Parts of an index of numbers: everything, the title alone, what facets narrow by."""


def stream(canon: str) -> list[str]:
    """The tokens of a canonical text, in order, as they are counted in a phrase."""
    tokens: list[str] = []
    for run in canon.split():
        if is_hanzi(run[0]):
            tokens.extend(map("".join, itertools.pairwise(run)))
            tokens.append(run[-1])
        else:
            tokens.append(run)
    return tokens


def phrase(canon: str) -> tuple[list[str], bool]:
    """The tokens of a phrase that is looked for, and whether the last is only a beginning.

    The phrase may end inside a longer run, so its last character alone is not asked for, unless it is all there is of
    its run.
    """
    runs = canon.split()
    if not runs or not is_hanzi(runs[-1][0]):
        return stream(canon), False
    tokens = stream(canon)
    return (tokens[:-1], False) if len(runs[-1]) > 1 else (tokens, True)


def pattern(canon: str) -> str:
    """The piece of canonical text that a phrase is: words of letters whole, Hanzi open at both ends."""
    runs = canon.split()
    if not runs:
        return ""
    before = "" if is_hanzi(runs[0][0]) else " "
    after = "" if is_hanzi(runs[-1][0]) else " "
    return f"{before}{' '.join(runs)}{after}"


def words(canon: str) -> set[str]:
    """What stands in a text, without order: pairs, single characters, words."""
    found: set[str] = set()
    for run in canon.split():
        if is_hanzi(run[0]):
            found.update(map("".join, itertools.pairwise(run)))
            found.update(run)
        else:
            found.add(run)
    return found


def words_of_phrase(canon: str) -> set[str]:
    """What must stand in a text that contains the phrase; the fewest that say it."""
    found: set[str] = set()
    for run in canon.split():
        if is_hanzi(run[0]) and len(run) > 1:
            found.update(map("".join, itertools.pairwise(run)))
        else:
            found.add(run)
    return found


def number(segment: int, part: str, word: str) -> int:
    """A word in a part of a segment as a signed 32-bit number; two may share one, so a match is always checked."""
    return numbers(segment, part, {word}).pop()


def numbers(segment: int, part: str, found: set[str]) -> set[int]:
    """The same for many words of one part."""
    seed = zlib.crc32(f"{segment}{part}|".encode())
    values = (zlib.crc32(word.encode(), seed) for word in found)
    return {value - SPAN if value >= SPAN // 2 else value for value in values}
