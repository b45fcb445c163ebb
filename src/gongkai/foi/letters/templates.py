"""Checking a letter's text when it is edited, and filling it for a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.core.errors import Obstacle
from gongkai.foi.letters.facts import LetterFacts
from gongkai.foi.letters.kinds import LetterKind, Remedies
from gongkai.foi.letters.placeholders import PLACEHOLDERS, Blocks, Placeholder, available
from gongkai.law import templates

TEXT = "text"  # the field the obstacles are about
REMEDIES = "救济途径"


def check_template(kind: LetterKind, text: str) -> list[Obstacle]:
    """Everything wrong with a text for this kind; empty when letters can be made of it."""
    if not text.strip():
        return [Obstacle("empty", f"《{kind.title}》没有文字", "请填写，或者恢复默认文字", TEXT)]
    if templates.unbalanced(text):
        return [Obstacle("braces", templates.UNBALANCED, "请补上或者删去花括号", TEXT)]
    return [*_unknown(kind, text), *_missing(kind, text), *_misplaced(text)]


def _unknown(kind: LetterKind, text: str) -> Iterator[Obstacle]:
    allowed = {one.name for one in available(kind)}
    for name in templates.placeholders(text):
        if name not in PLACEHOLDERS:
            message = f"没有名为“{{{{{name}}}}}”的数据项"
            yield Obstacle("unknown", message, "请从数据项列表中选用", TEXT)
        elif name not in allowed:
            message = f"《{kind.title}》不能使用“{{{{{name}}}}}”"
            yield Obstacle(
                "not_here", message, _WHY_NOT_HERE.get(name, "不应向收文方透露申请人，请删去"), TEXT
            )


_WHY_NOT_HERE = {REMEDIES: "该文书不告知救济途径，请删去"}


def _missing(kind: LetterKind, text: str) -> Iterator[Obstacle]:
    named = templates.placeholders(text)
    for name in kind.required:
        if name not in named:
            yield Obstacle("missing", f"《{kind.title}》缺少“{{{{{name}}}}}”", "请补上", TEXT)


def _misplaced(text: str) -> Iterator[Obstacle]:
    for line in text.splitlines():
        for name in templates.placeholders(line):
            known = PLACEHOLDERS.get(name)
            if known and known.is_block and alone(line) is not known:
                yield Obstacle("block", f"“{{{{{name}}}}}”是表格或者图码", "请让它独占一行", TEXT)


def check_text(kind: LetterKind, text: str, facts: LetterFacts) -> list[Obstacle]:
    """What is wrong with a text an officer has edited, on the day it is to be signed.

    Names that are unknown or have no value, a table that must be there and is gone, and remedies that are not those of
    this day, this outcome and this body (行政复议法 art. 23(2)): a draft may have lain over the turn of a rule.
    """
    if not text.strip() or templates.unbalanced(text):
        return check_template(kind, text)
    found = [*_unknown(kind, text), *_misplaced(text)]
    return found or [
        *_valueless(kind, text, facts),
        *_tables_gone(kind, text),
        *_remedies_wrong(kind, text, facts),
    ]


def _valueless(kind: LetterKind, text: str, facts: LetterFacts) -> Iterator[Obstacle]:
    for line in text.splitlines():
        block = alone(line)
        try:
            _ = fill_blocks(kind, block, facts) if block else fill_line(kind, line, facts)
        except templates.MissingValue as error:
            yield Obstacle("missing_value", str(error), field=TEXT)


def _tables_gone(kind: LetterKind, text: str) -> Iterator[Obstacle]:
    named = templates.placeholders(text)
    for name in kind.required:
        if PLACEHOLDERS[name].is_block and name not in named:
            yield Obstacle("missing", f"《{kind.title}》缺少“{{{{{name}}}}}”", "请补上", TEXT)


def _remedies_wrong(kind: LetterKind, text: str, facts: LetterFacts) -> Iterator[Obstacle]:
    if kind.remedies is Remedies.NONE or REMEDIES in templates.placeholders(text):
        return
    told = PLACEHOLDERS[REMEDIES].value(kind, facts)
    if not told:
        yield Obstacle("remedies", _missing_value(PLACEHOLDERS[REMEDIES]), field=TEXT)
    elif told not in text:
        message = "文书没有写明救济途径，或者所写与文书日期、办理结果、机关资料不符"
        yield Obstacle("remedies", message, f"请改为：{told}", TEXT)


def alone(line: str) -> Placeholder | None:
    """The table or code a line consists of, if it is one."""
    names = templates.placeholders(line)
    if len(names) != 1 or templates.fill(line, lambda _name: "").strip():
        return None
    found = PLACEHOLDERS.get(names[0])
    return found if found and found.is_block and line.count("{{") == 1 else None


def fill_line(kind: LetterKind, line: str, facts: LetterFacts) -> str | None:
    """A line with its values; None when something optional in it is unknown.

    Raises ``templates.UnknownPlaceholder`` and ``templates.MissingValue``.
    """
    values = {name: _value(kind, name, facts) for name in templates.placeholders(line)}
    if any(not value and PLACEHOLDERS[name].optional for name, value in values.items()):
        return None
    for name, value in values.items():
        if not value:
            raise templates.MissingValue(_missing_value(PLACEHOLDERS[name]))
    return templates.fill(line, values.__getitem__)


def fill_blocks(kind: LetterKind, one: Placeholder, facts: LetterFacts) -> Blocks:
    """What a table or code becomes. Raises as ``fill_line``."""
    if one not in available(kind) or one.blocks is None:
        raise templates.UnknownPlaceholder(templates.unknown_message(one.name))
    found = one.blocks(facts)
    if not found and not one.optional:
        raise templates.MissingValue(_missing_value(one))
    return found


def _value(kind: LetterKind, name: str, facts: LetterFacts) -> str:
    allowed: Mapping[str, Placeholder] = {one.name: one for one in available(kind)}
    if name not in allowed:
        raise templates.UnknownPlaceholder(templates.unknown_message(name))
    return allowed[name].value(kind, facts).strip()


def _missing_value(one: Placeholder) -> str:
    if one.name == REMEDIES:
        return "不能写明救济途径：请先在机关资料中填写行政复议机关，更正答复的还应选择更正后的办理结果"
    return f"数据项“{one.name}”没有内容，请补充（{one.about}），或从文字中删去该项"


def filled(kind: LetterKind, text: str, facts: LetterFacts) -> str:
    """The text for a case as an officer edits it before it is signed; tables and codes stay named in braces.

    Braces in what an applicant wrote become full-width ones, so that they are never taken for a name later.
    Raises as ``fill_line``.
    """
    lines = (line if alone(line) else _plain(fill_line(kind, line, facts)) for line in text.splitlines())
    return "\n".join(line for line in lines if line is not None)


def _plain(text: str | None) -> str | None:
    return None if text is None else text.replace("{{", "｛｛").replace("}}", "｝｝")


def named_in(text: str) -> tuple[Placeholder, ...]:
    """What a text names, in its order: whose ``field`` an officer has to supply."""
    return tuple(PLACEHOLDERS[name] for name in templates.placeholders(text) if name in PLACEHOLDERS)
