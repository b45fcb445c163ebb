"""From blocks to a draft: headings found, facts read, the masthead taken out of the text, HTML written."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.drafting.blocks import Block, Paragraph, Rule, text_of
from gongkai.drafting.errors import DraftingError
from gongkai.drafting.facts import facts_of
from gongkai.drafting.headings import find_headings, take_captions
from gongkai.drafting.lines import lines_of
from gongkai.drafting.model import Drafted, Kind, Picture, Proposal, Remark
from gongkai.drafting.writing import write

_MOST_CHARACTERS = 3_000_000


def finished(
    kind: Kind,
    blocks: list[Block],
    *,
    pictures: Iterable[Picture] = (),
    remarks: Iterable[Remark] = (),
    name: str = "",
) -> Drafted:
    """The draft of a file. Raises ``DraftingError`` (``no_text``, ``too_complex``)."""
    blocks = [block for block in blocks if not (isinstance(block, Paragraph) and block.is_blank)]
    if not blocks:
        raise DraftingError("no_text")
    if sum(len(line) for line in text_of(blocks)) > _MOST_CHARACTERS:
        raise DraftingError("too_complex", f"文字超过{_MOST_CHARACTERS // 10000}万字。")
    lines = lines_of(blocks)
    facts = facts_of(lines)
    gone = {lines[index].block for index in facts.taken}
    kept_whole = {line.block for index, line in enumerate(lines) if index not in facts.taken}
    gone -= kept_whole
    body = [block for number, block in enumerate(blocks) if number not in gone]
    while body and isinstance(body[0], Rule):
        body.pop(0)
    find_headings(body)
    body = take_captions(body)
    every = [*remarks, *facts.remarks]
    if gone:
        every.append(Remark("taken_out", "红头、文号、标题已填入相应栏目，正文里不再重复"))
    return Drafted(
        kind=kind,
        html=write(body),
        text="\n".join(text_of(body)),
        pictures=tuple(pictures),
        title=facts.title or _by_name(name),
        document_number=facts.document_number,
        made_on=facts.made_on,
        issuers=facts.issuers,
        recipients=facts.recipients,
        attachments=facts.attachments,
        signature=facts.signature,
        masthead=tuple(lines[index].text for index in sorted(facts.taken)),
        warnings=tuple(every),
    )


def _by_name(name: str) -> Proposal[str] | None:
    """A file's name often is the title."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].strip()
    return Proposal(stem, "文件名", name) if stem else None
