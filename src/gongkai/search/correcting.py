"""「您要找的是不是」: what the index itself has near a word that finds nothing."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from gongkai.search.folding import RUN, fold, is_hanzi
from gongkai.search.query import Field, Phrase, Query
from gongkai.search.results import Filters

MOST = 3  # corrections offered
TRIED = 24  # candidates whose hits are looked for
BUDGET = dt.timedelta(milliseconds=25)
"""When this is used up nothing more is looked for: a word that finds nothing must not cost more than one that does."""
LONGEST, SHORTEST = 10, 2  # characters of a word that is corrected
_SEEN = 100  # titles looked at for each place in the word


def corrections(text: str, query: Query, filters: Filters, today: dt.date) -> tuple[str, ...]:
    """Whole queries with one word changed by one character, each of which finds something, the commonest first."""
    from gongkai.search.finding import candidates

    found: list[str] = []
    tried = 0
    end = time.monotonic() + BUDGET.total_seconds()

    def is_over() -> bool:
        return time.monotonic() > end

    is_known_to_miss = len(query.phrases) == 1 and not query.without and not filters
    for phrase in query.phrases:
        run = phrase.canon
        if " " in run or not is_hanzi(run[0]) or not SHORTEST <= len(run) <= LONGEST:
            continue
        if not is_known_to_miss and _has(phrase, today):
            continue
        for other in _near(run, today, is_over):
            tried += 1
            if tried > TRIED or len(found) >= MOST or is_over():
                return tuple(found)
            corrected = _replaced(query, phrase, replace(phrase, canon=other))
            if candidates(corrected, filters, today, limit=1).rows:
                whole = _rewritten(text, run, other)
                found += [whole] if whole and whole not in found else []
    return tuple(found)


def _has(phrase: Phrase, today: dt.date) -> bool:
    """Whether the word by itself finds something: then it is not the word that is wrong."""
    from gongkai.search.finding import candidates

    return bool(candidates(Query(((phrase,),)), Filters(), today, limit=1).rows)


def _near(run: str, today: dt.date, is_over: Callable[[], bool]) -> Iterator[str]:
    """Words one character away: out of titles and keywords of the index first, then turned round or shortened."""
    counts: Counter[str] = Counter()
    for place in range(len(run)):
        if is_over():
            break
        left, right = run[:place], run[place + 1 :]
        counts.update(_seen(left, right, today))
    yield from (word for word, _ in counts.most_common() if word != run)
    for place in range(len(run) - 1):
        turned = run[:place] + run[place + 1] + run[place] + run[place + 2 :]
        if turned != run:
            yield turned
    if len(run) > SHORTEST:
        for place in range(len(run)):
            yield run[:place] + run[place + 1 :]


def _seen(left: str, right: str, today: dt.date) -> Iterator[str]:
    """What stands in titles between two pieces of a word: another character, or one more."""
    from gongkai.search.finding import candidates

    pieces = [piece for piece in (left, right) if piece]
    query = Query(tuple((Phrase(piece, Field.TITLE),) for piece in pieces))
    expression = re.compile(f"(?=({re.escape(left)}[^ ]{{1,2}}?{re.escape(right)}))")
    for row in candidates(query, Filters(), today, limit=_SEEN).rows:
        for match in expression.finditer(f"{row.title}\n{row.keywords}"):
            word = match[1]
            if len(word) <= len(left) + len(right) + 2 and all(map(is_hanzi, word)):
                yield word


def _replaced(query: Query, old: Phrase, new: Phrase) -> Query:
    return replace(
        query, clauses=tuple(tuple(new if one == old else one for one in clause) for clause in query.clauses)
    )


def _rewritten(text: str, old: str, new: str) -> str:
    """The query as typed with the word replaced; empty where it cannot be found in what was typed."""
    for match in RUN.finditer(text):
        folded = fold(match[0])
        if old in folded and len(folded) == len(match[0]):
            at = match.start() + folded.index(old)
            return text[:at] + new + text[at + len(old) :]
    return ""
