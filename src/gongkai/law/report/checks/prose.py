"""What the prose says against the tables and against itself: R7, R8, R25."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks.bodies import level_of
from gongkai.law.report.checks.counts import Count, counts_for, row_total, same_elsewhere
from gongkai.law.report.checks.lists import OPEN_PARTS, Cue, Listing, listings
from gongkai.law.report.checks.rules import RULES
from gongkai.law.report.checks.subject import Subject, distance, enumerate_
from gongkai.law.report.checks.topics import RESULT_TOPICS, TOPICS
from gongkai.law.report.claims import Claim
from gongkai.law.report.figures import Level, Number, Report
from gongkai.law.report.findings import Finding, Severity
from gongkai.law.report.formats import TABLE4_COLUMNS
from gongkai.law.report.numerals import show
from gongkai.law.report.prose import first_words, sentences

_WIDER = re.compile(
    r"全[省市区县州旗镇]|各(?:镇|乡|街道|部门|单位|区|县|科室|直属)|省政府|市政府|区政府|县政府"
)
_NARROWER = re.compile(r"办公室|办公厅|本级|本机关|门户网站|本部门")


def against_tables(subject: Subject) -> Iterator[Finding]:
    """R7: each number of the prose that names a figure of the tables agrees with it."""
    report, rule = subject.report, RULES["R7"]
    found = [(claim, counts_for(report, claim.topic)) for claim in subject.claims if claim.is_exact]
    agreed = [(claim, count) for claim, counts in found if (count := _fitting(claim, counts)) is not None]
    for claim, counts in found:
        if counts and _fitting(claim, counts) is None:
            agrees = any(one.topic == claim.topic and one.section == claim.section for one, _ in agreed)
            yield _contradiction(report, claim, counts, agrees=agrees)
    yield from _outcomes_of_disputes(report, subject.claims)
    yield from _told_outcomes(report, subject.claims)
    untold = [claim for claim, counts in found if not counts]
    if untold:
        told = enumerate_(f"{TOPICS.get(claim.topic, '分项')}{show(claim.value)}" for claim in untold)
        yield rule.not_assessable(f"正文写到{told}，表格中没有可以核对的数。")
    if agreed:
        told = enumerate_(
            f"{TOPICS.get(claim.topic, '分项')}{show(claim.value)}（{count.name}）" for claim, count in agreed
        )
        yield rule.passed(
            f"正文有{len(agreed)}个数与表格一致：{told}。",
            tuple(cell for _, count in agreed for cell in count.cells),
        )
    if not found:
        yield rule.not_assessable("正文没有认出可以与表格核对的数字。")


def within_sentences(subject: Subject) -> Iterator[Finding]:
    """R8: parts listed in one sentence add up to the number they explain."""
    rule = RULES["R8"]
    found = [(key, listing) for key, text in subject.prose.items() for listing in listings(text)]
    for section, listing in found:
        if listing.total != listing.added:
            yield _wrong_list(section, listing)
    shares = list(_categories_against_answered(subject.claims))
    yield from shares
    if right := [listing for _, listing in found if listing.total == listing.added]:
        yield rule.passed(
            f"正文有{len(right)}处分项之和与总数一致：{enumerate_(show(one.total) + one.unit for one in right)}。"
        )
    if not found and not shares:
        yield rule.not_assessable("正文没有列全分项的总数，不需要核对。")


def carried_out_or_done(subject: Subject) -> Iterator[Finding]:
    """R25: 全部办结 and 无结转 do not go with requests carried over into the next year."""
    report, rule = subject.report, RULES["R25"]
    cell = (Cell(3, "carried_out", "total"),)
    found = [
        (section, sentence) for section, text in subject.prose.items() for sentence in _done_sentences(text)
    ]
    left = row_total(report, "carried_out")
    if not found or left is None:
        yield rule.not_assessable("正文没有“全部办结”“无结转”一类的说法，或表三没有可核对的结转数。")
        return
    if left == 0:
        yield rule.passed("正文称全部办结或无结转，表三结转下年度为0。", cell)
        return
    section, sentence = found[0]
    yield rule.uncertain(
        f"正文称“{first_words(sentence, 40)}”，但表三“四、结转下年度继续办理”为{show(left)}件。",
        cell,
        expected="0",
        found=show(left),
        section=section,
        quote=sentence,
        remedy="核对年末未办结的申请，改正叙述或表格。",
    )


CHECKS = (against_tables, within_sentences, carried_out_or_done)


def _fitting(claim: Claim, counts: Iterable[Count]) -> Count | None:
    return next((count for count in counts if _same(claim, count.value)), None)


def _same(claim: Claim, value: Number) -> bool:
    """Whether a claim says this number; money may be said in another unit and rounded."""
    if claim.topic != "fee":
        return claim.value == value
    wan = (
        Decimal(claim.value)
        * {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10_000)}[claim.unit]
    )
    digits = max(0, -int(Decimal(claim.value).as_tuple().exponent))
    step = (
        Decimal(10) ** -digits
        * {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10_000)}[claim.unit]
    )
    return abs(wan - Decimal(value)) <= step


def _contradiction(report: Report, claim: Claim, counts: tuple[Count, ...], *, agrees: bool) -> Finding:
    """A claim no count fits; only doubted where another sentence gives the right number (收到15件，受理12件)."""
    rule, first = RULES["R7"], counts[0]
    told = "、".join(dict.fromkeys(f"{count.name}{show(count.value)}" for count in counts))
    topic = TOPICS.get(claim.topic, "该项")
    message = f"正文写“{topic}”{show(claim.value)}{claim.unit or '件'}，表格为{told}，对不上{same_elsewhere(report, claim.value)}。"
    more = {
        "expected": "或".join(dict.fromkeys(show(count.value) for count in counts)),
        "found": show(claim.value),
    }
    doubt = "同一部分另有一致的数，请核对这里所指。" if agrees else _doubt(report, claim)
    if doubt:
        return rule.uncertain(
            message + doubt,
            first.cells,
            severity=Severity.NOTICE,
            section=claim.section,
            quote=claim.quote,
            remedy="核对两处的统计口径；口径不同的，在正文说明。",
            expected=more["expected"],
            found=more["found"],
        )
    return rule.failed(
        message,
        first.cells,
        section=claim.section,
        quote=claim.quote,
        remedy="对照台账核对，改正正文或表格。",
        expected=more["expected"],
        found=more["found"],
    )


def _doubt(report: Report, claim: Claim) -> str:
    """Why the claim may speak of something the table does not count; ``""`` when it cannot."""
    if not claim.firm:
        return "正文所说的可能不是同一口径，请核对。"
    level = level_of(report)
    if level is Level.GOVERNMENT and _NARROWER.search(claim.before):
        return "正文可能只说本级机关，表格是全区域汇总，请核对。"
    if level is not Level.GOVERNMENT and _WIDER.search(claim.before):
        return "正文可能说的是更大的范围，请核对。"
    return ""


_ALL_UPHELD = re.compile(
    r"(?:均|全部|都)(?:被|获|获得|得到|予以|为|是)?(?:复议机关|法院)?(?:依法)?(?:予以)?维持"
)


def _outcomes_of_disputes(report: Report, found: tuple[Claim, ...]) -> Iterator[Finding]:
    """均获维持 goes with no other outcome in the groups the sentence speaks of."""
    by_sentence: dict[tuple[str, str], list[Claim]] = {}
    for claim in found:
        if claim.topic in _GROUPS_OF and claim.value > 0 and _ALL_UPHELD.search(claim.quote):
            by_sentence.setdefault((claim.section, claim.quote), []).append(claim)
    for (section, quote), mine in by_sentence.items():
        groups = dict.fromkeys(group for claim in mine for group in _GROUPS_OF[claim.topic])
        others = [
            (cell, column.label, value)
            for group in groups
            for column in TABLE4_COLUMNS[1:-1]
            if (value := report[cell := Cell(4, group, column.key)].value)
        ]
        if others:
            told = "、".join(
                f"{report.format.row_label(cell).removeprefix('表四')}{name}{show(value)}件"
                for cell, name, value in others
            )
            yield RULES["R7"].failed(
                f"正文称“均获维持”，但表四有{told}。",
                tuple(cell for cell, _, _ in others),
                section=section,
                quote=quote,
                expected="其他各项为0",
                found=told,
                remedy="按表四改正叙述，或核对表四。",
            )


_TOLD_OUTCOMES = {
    "upheld": re.compile(r"(?:结果|被|获)?维持(?:的|共|为)*(\d+)件"),
    "corrected": re.compile(r"(?:结果|被|予以)?纠[正错](?:的|共|为)*(\d+)件"),
    "pending": re.compile(r"(?:尚?未审[结理]|尚未结案|正在审理)(?:的|共|为)*(\d+)件"),
}


def _told_outcomes(report: Report, found: tuple[Claim, ...]) -> Iterator[Finding]:
    """结果维持5件 and the like, in sentences that speak of one kind of dispute only."""
    for claim in found:
        kinds = {one.topic for one in found if one.quote == claim.quote and one.topic in _GROUPS_OF}
        if claim.topic not in _GROUPS_OF or len(kinds) > 1:
            continue
        for column, words in _TOLD_OUTCOMES.items():
            match = words.search(claim.quote[claim.end :])
            cells = tuple(Cell(4, group, column) for group in _GROUPS_OF[claim.topic])
            known = [number for cell in cells if (number := report[cell].value) is not None]
            if match is None or len(known) < len(cells) or int(match[1]) in {*known, sum(known)}:
                continue
            name = report.format.column_label(cells[0])
            yield RULES["R7"].uncertain(
                f"正文写{TOPICS[claim.topic]}“{match[0]}”，表四“{name}”为{show(sum(known))}，请核对。",
                cells,
                expected=show(sum(known)),
                found=match[1],
                section=claim.section,
                quote=claim.quote,
                remedy="按表四改正叙述，或核对表四。",
            )


_GROUPS_OF = {
    "review": ("review",),
    "litigation": ("direct", "after_review"),
    "direct": ("direct",),
    "after_review": ("after_review",),
}


def _wrong_list(section: str, listing: Listing) -> Finding:
    rule = RULES["R8"]
    parts = "＋".join(show(part) for part in listing.parts)
    message = f"正文写总数{show(listing.total)}{listing.unit}，所列分项{parts}＝{show(listing.added)}，相差{distance(listing.total, listing.added)}。"
    quote = listing.sentence
    if listing.cue is Cue.WHOLE:
        return rule.failed(
            message,
            expected=show(listing.total),
            found=show(listing.added),
            section=section,
            quote=quote,
            remedy="核对分项和总数；分项没有列全的，加“等”字。",
        )
    hint = (
        "分项多于总数，可能有重复计算。"
        if listing.added > listing.total
        else "如果没有列全，请加“等”或“主要”。"
    )
    return rule.uncertain(
        message + hint,
        severity=Severity.WARNING if _is_telling(listing) else Severity.NOTICE,
        expected=show(listing.total),
        found=show(listing.added),
        section=section,
        quote=quote,
        remedy="核对分项和总数。",
    )


def _is_telling(listing: Listing) -> bool:
    """Whether a list that may be open or double is still most likely wrong: parts above their whole, long brackets."""
    if listing.cue is Cue.AMONG:
        return listing.added > listing.total
    return len(listing.parts) > OPEN_PARTS


def _categories_against_answered(found: tuple[Claim, ...]) -> Iterator[Finding]:
    """The kinds of results, when all are told, add up to the number answered in the same section."""
    for section in dict.fromkeys(claim.section for claim in found):
        mine = {claim.topic: claim for claim in found if claim.section == section and claim.is_exact}
        kinds = [mine[topic] for topic in RESULT_TOPICS if topic in mine]
        topics = {claim.topic for claim in kinds}
        granted = "granted_and_partial" in topics or {"granted", "partial"} <= topics
        if "answered" not in mine or not granted or not {"denied", "unable", "rejected", "other"} <= topics:
            continue
        if "granted_and_partial" in topics:
            kinds = [claim for claim in kinds if claim.topic not in {"granted", "partial"}]
        answered = mine["answered"]
        added: Number = sum(claim.value for claim in kinds)
        if added != answered.value:
            told = "＋".join(f"{TOPICS[claim.topic]}{show(claim.value)}" for claim in kinds)
            yield RULES["R8"].failed(
                f"正文写答复申请{show(answered.value)}件，而所列各类结果{told}＝{show(added)}，相差{distance(answered.value, added)}件。",
                expected=show(answered.value),
                found=show(added),
                section=section,
                quote=answered.quote,
                remedy="对照表三改正各类结果的件数。",
            )


_DONE = re.compile(
    r"(?:全部|均已|已全部|均已全部)(?:按[时期]|依法|按期|及时)*(?:办结|答复|办理完毕|回复)|(?:无|没有)结转(?:下一?年度?)?"
)
_LEFT = re.compile(r"(?<!无)(?<!没有)(?:结转|顺延)|下一?年度|尚在|正在办理|未办结|未到期")


def _done_sentences(text: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        if _LEFT.search(paragraph):
            continue
        for sentence in sentences(paragraph):
            if _DONE.search(sentence) and re.search(r"信息公开申请|依申请公开|公开申请", sentence):
                yield sentence
