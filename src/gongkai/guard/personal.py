"""Personal data in texts: what the scanner finds, judged by what stands beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from gongkai.guard.masking import covered, excerpt
from gongkai.guard.minors import minors_in
from gongkai.guard.model import Finding, Severity, Unit, fingerprint
from gongkai.guard.rules import RULES, found
from gongkai.redaction import Certainty, Hit, Kind, scan_text

_BETWEEN = "\x1f\n"
"""Between two units: no number, address or name reaches over it."""
_BATCH = 60_000
_MOST_OF_A_RULE = 40
_BEFORE = 40
_SENTENCE = re.compile(r"[。；;！？\n]")
_OFFICE = re.compile(
    r"咨询|监督|举报|投诉|服务|值班|办公|热线|受理|报名|总机|传真|窗口|政务|信访|值守|报修|救助|客服|服务台|接待|公示电话"
)
_CONTACT = re.compile(r"联系电话|联系方式|联系人|电话|邮箱|电子邮件|来信|邮寄")
_HOME = re.compile(r"家庭|户籍|住址|现住|居住|户口|籍贯|住所|家住")
_DWELLING = re.compile(r"[0-9０-９](?:室|单元|户|组)")
_PERSONS = re.compile(r"姓名|申请人|户主|学生|家长|监护人|当事人|本人|负责人姓名|职工|教师|被保障人|考生")
_OFFICES = re.compile(r"单位|部门|机构|科室|学校|窗口|办公|机关|街道|中心|名称")
_PUBLIC_MAIL = re.compile(r"\.gov\.cn$|\.edu\.cn$", re.IGNORECASE)
_RULE = {
    Kind.ID_NUMBER: "personal.id_number",
    Kind.MOBILE: "personal.mobile",
    Kind.LANDLINE: "personal.landline",
    Kind.BANK_CARD: "personal.bank_card",
    Kind.ACCOUNT: "personal.account",
    Kind.PLATE: "personal.plate",
    Kind.PASSPORT: "personal.passport",
    Kind.EMAIL: "personal.email",
    Kind.SOCIAL: "personal.social",
    Kind.ADDRESS: "personal.address",
    Kind.BIRTH_DATE: "personal.birth_date",
}
"""Names alone and credit codes are not among them: officials and organisations are named all the time."""


def personal_findings(units: Sequence[Unit], container: str) -> Iterator[Finding]:
    """All finds; of one rule no more than a reader can use, the rest counted."""
    count: Counter[str] = Counter()
    rest: dict[str, list[Finding]] = {}
    for finding in _every(units, container):
        count[finding.rule] += 1
        if count[finding.rule] <= _MOST_OF_A_RULE:
            yield finding
        else:
            rest.setdefault(finding.rule, []).append(finding)
    for rule, more in rest.items():
        gravest = min((each.severity for each in more), key=list(Severity).index)
        key = fingerprint(rule, *(each.fingerprint for each in more))
        message = f"{RULES[rule].name}还有{len(more)}处，没有一一列出"
        yield found(
            "personal.more", more[0].place, key=key, container=container, severity=gravest, message=message
        )


def _every(units: Sequence[Unit], container: str) -> Iterator[Finding]:
    batch: list[Unit] = []
    size = 0
    for unit in units:
        batch.append(unit)
        size += len(unit.text)
        if size > _BATCH:
            yield from _scanned(batch, container)
            batch, size = [], 0
    yield from _scanned(batch, container)


def _scanned(units: Sequence[Unit], container: str) -> Iterator[Finding]:
    """One pass over many units: a call per cell of a large sheet would take longer than the search itself."""
    starts, length = [], 0
    for unit in units:
        starts.append(length)
        length += len(unit.text) + len(_BETWEEN)
    held: dict[int, list[Hit]] = {}
    for hit in scan_text(_BETWEEN.join(unit.text for unit in units)):
        held.setdefault(bisect_right(starts, hit.start) - 1, []).append(hit)
    for number, unit in enumerate(units):
        if number in held or "岁" in unit.text or "生" in unit.text or "童" in unit.text:
            yield from _of_unit(unit, starts[number], held.get(number, []), container)


def _of_unit(unit: Unit, offset: int, hits: list[Hit], container: str) -> Iterator[Finding]:
    places = [(hit.start - offset, min(hit.end - offset, len(unit.text)), hit.kind) for hit in hits]
    shown = covered(unit.text, places)
    for hit, (start, end, _) in zip(hits, places, strict=True):
        verdict = judged(hit, unit, start)
        if verdict is None:
            continue
        severity, message = verdict
        key = f"{_bare(hit.text)}\x1f{unit.text[max(0, start - 8) : start]}"
        yield found(
            _RULE[hit.kind],
            unit.place,
            key=key,
            container=container,
            excerpt=excerpt(shown, start, end),
            severity=severity,
            message=message,
        )
    for start, end in minors_in(unit.text):
        said = covered(shown, [(start, end, Kind.NAME)])
        yield found(
            "personal.minor",
            unit.place,
            key=f"{unit.text[start:end]}\x1f{unit.text[max(0, start - 8) : start]}",
            container=container,
            excerpt=excerpt(said, start, end),
        )


def _bare(text: str) -> str:
    return re.sub(r"[\s\-—·•（）()]", "", text)


_UNSURE = {
    Kind.ID_NUMBER: "疑似公民身份号码（校验位不符或为旧号码），请核对",
    Kind.BANK_CARD: "疑似银行卡号，请核对",
}
"""Numbers with a check digit that does not fit, or that have none."""


def judged(hit: Hit, unit: Unit, start: int) -> tuple[Severity, str] | None:
    """How grave a find is where it stands, with its own sentence if it needs one; None for what is no matter."""
    rule = _RULE.get(hit.kind)
    if rule is None:
        return None
    usual = RULES[rule].severity
    before = _SENTENCE.split(unit.text[max(0, start - _BEFORE) : start])[-1]
    if hit.kind in {Kind.MOBILE, Kind.LANDLINE}:
        return _phone(hit.kind, unit, before)
    if hit.kind is Kind.EMAIL:
        public = _PUBLIC_MAIL.search(hit.text) or _OFFICE.search(before) or _CONTACT.search(before)
        return (Severity.NOTICE if public else usual), ""
    if hit.kind is Kind.ADDRESS:
        return _address(hit, before)
    if hit.kind in _UNSURE and hit.certainty is not Certainty.CHECKED:
        return Severity.WARN, _UNSURE[hit.kind]
    return usual, ""


def _phone(kind: Kind, unit: Unit, before: str) -> tuple[Severity, str]:
    """An office's own number is meant to be public; a person's is not."""
    notice = "疑似办公电话，请确认不是个人号码"
    heads = " ".join(unit.heads)
    if unit.in_table and _PERSONS.search(heads) and not _OFFICES.search(heads):
        return (Severity.BLOCK if kind is Kind.MOBILE else Severity.WARN), ""
    if _OFFICE.search(before) or (unit.in_table and _OFFICES.search(heads) and kind is Kind.LANDLINE):
        return Severity.NOTICE, notice
    if _CONTACT.search(before) and not unit.in_table:
        return (
            (Severity.NOTICE, notice)
            if kind is Kind.LANDLINE
            else (Severity.WARN, "有手机号码，请确认是对外公布的联系电话")
        )
    return (Severity.BLOCK if kind is Kind.MOBILE else Severity.WARN), ""


def _address(hit: Hit, before: str) -> tuple[Severity, str] | None:
    """Where somebody lives; where an office stands is not."""
    label = before[-12:]
    if _HOME.search(label) and "办公" not in label:
        return Severity.BLOCK, ""
    return (Severity.WARN, "有详细到门牌的地址，请确认不是个人住址") if _DWELLING.search(hit.text) else None
