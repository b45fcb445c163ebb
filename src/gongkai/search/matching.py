"""Documents that may already be what somebody describes in words of their own: any of the words may fit."""

from __future__ import annotations

import re
from collections import Counter

from django.utils import timezone

from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body
from gongkai.search.finding import candidates
from gongkai.search.folding import RUN, fold, is_hanzi
from gongkai.search.query import Field, Phrase, Query
from gongkai.search.results import Filters

MOST = 5
LONGEST = 200  # characters of what was typed
LOOKED_AT = 200  # titles compared for each pair of characters asked for
_ASKED = 24  # pairs asked for
_COMMON = re.compile(
    r"申请公开|信息公开|政府信息|我想要|我想|想要|请问|请|关于|以及|及其|有关|相关|情况|文件|公开|信息|资料|获取|查询|的|和|与|或|了"
)


def matching(body: Body, text: str, *, most: int = MOST) -> list[Document]:
    """The listed documents of a body whose titles and numbers share most with the text, the best first."""
    wanted = pairs(text[:LONGEST])
    if not wanted:
        return []
    asked = sorted(wanted)[:: max(1, -(-len(wanted) // _ASKED))]
    clause = tuple(Phrase(pair, where) for pair in asked for where in (Field.TITLE, Field.NUMBER))
    rows = candidates(Query((clause,)), Filters(body=body.pk), timezone.localdate(), limit=LOOKED_AT * 2).rows
    shared = Counter({row.document: len(wanted & pairs(f"{row.title} {row.number}")) for row in rows})
    order = {row.document: row.id for row in rows}
    least = max(1, (len(wanted) + 2) // 3)
    best = [key for key in shared if shared[key] >= least]
    best.sort(key=lambda key: (-shared[key], -order[key]))
    documents = Document.objects.listed().in_bulk(best[:most])
    return [documents[key] for key in best[:most] if key in documents]


def pairs(text: str) -> set[str]:
    """Pairs of neighbouring Hanzi and whole words of other letters; words that say nothing left out."""
    found: set[str] = set()
    for run in RUN.findall(_COMMON.sub(" ", fold(text))):
        if is_hanzi(run[0]):
            found.update(run[at : at + 2] for at in range(len(run) - 1))
        elif len(run) > 1:
            found.add(run)
    return found
