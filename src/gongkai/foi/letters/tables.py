"""The tables, codes and forms a letter may hold."""

from __future__ import annotations

from gongkai.foi.letters.facts import LetterFacts
from gongkai.law.report.numerals import show
from gongkai.typesetting.document import (
    Block,
    Code,
    Form,
    FormCell,
    FormRow,
    KeyValues,
    Table,
    chinese_date,
)

Blocks = tuple[Block, ...]
SIGNING_HEIGHT = 28  # mm: room for a signature, a seal and a date
SIGNED = f"\n\n{'　' * 14}年　　月　　日"
WRITING_HEIGHT = 40  # mm: room for an opinion in handwriting


def request_table(facts: LetterFacts) -> Blocks:
    """What was registered; what was not said is left out."""
    received = chinese_date(facts.received_on) if facts.received_on else ""
    rows = (
        ("申请编号", facts.request_number),
        ("申请人", facts.applicant),
        ("提交方式", facts.channel),
        ("收到日期", received),
        ("所需信息", facts.subject),
        ("特征描述", facts.description),
        ("获取方式", facts.wanted_form),
    )
    told = tuple((name, value) for name, value in rows if value.strip())
    return (KeyValues(told, "政府信息公开申请登记表"),) if told else ()


def query_code(facts: LetterFacts) -> Blocks:
    """The code that opens the page of the case; nothing where there is no such page."""
    if not facts.query_address:
        return ()
    code = f"查询码：{facts.query_code}" if facts.query_code else ""
    lines = ("扫码或者凭申请编号和查询码查询办理进度", f"申请编号：{facts.request_number}", code)
    return (Code(facts.query_address, tuple(line for line in lines if line), "查询办理进度的二维码"),)


def fee_table(facts: LetterFacts) -> Blocks:
    """Bracket by bracket: the standard and what comes of it, and the sum (国办函〔2020〕109号)."""
    if facts.fee is None:
        return ()
    unit = facts.fee.tariff.unit
    rows = [
        (
            f"第{line.first}{unit}" if line.units == 1 else f"第{line.first}—{line.last}{unit}",
            f"{show(line.rate)}元/{unit}" if line.rate else "不收费",
            f"{line.units}{unit}",
            show(line.amount),
        )
        for line in facts.fee.lines
    ]
    rows.append(("合计", "", f"{sum(line.units for line in facts.fee.lines)}{unit}", show(facts.fee.amount)))
    return (Table(("区间", "收费标准", "数量", "金额（元）"), tuple(rows), "信息处理费计算表", (3, 3, 2, 2)),)


def withheld_table(facts: LetterFacts) -> Blocks:
    """Every part that is not disclosed with its reason and its basis (条例 art. 37)."""
    rows = tuple((one.part, one.reason, one.basis) for one in facts.withheld)
    return (Table(("不予公开的内容", "理由", "依据"), rows, "不予公开的内容", (4, 5, 3)),) if rows else ()


def service_form(facts: LetterFacts) -> Blocks:
    """送达回证: what is known is printed, the rest is for the pen."""
    service = facts.service
    if service is None:
        return ()
    sent = chinese_date(service.sent_on) if service.sent_on else ""
    number = f"（邮件编号：{service.tracking_number}）" if service.tracking_number else ""
    rows = (
        _row("受送达人", service.recipient),
        _row("送达文书", service.letter_title),
        _row("文书编号", service.letter_number),
        _row("送达方式", f"{service.method}{number}"),
        _row("送达地点", service.address),
        _row("送达（交邮）日期", sent),
        _row("受送达人\n签名或者盖章", SIGNED, SIGNING_HEIGHT),
        _row("代收人签名及\n与受送达人关系", SIGNED, SIGNING_HEIGHT),
        _row("送达人", service.server, 14),
        _row("备注", "", 22),
    )
    return (Form((3, 9), rows, "送达回证"),)


def opinion_slip(facts: LetterFacts) -> Blocks:
    """The answer slip: agree or not, why, signed and dated."""
    rows = (
        _row("征求意见\n文书编号", facts.number),
        _row("被征求意见人", facts.recipient),
        _row("征求意见内容", facts.consulted_content),
        _row("意见", "□ 同意公开\n□ 同意部分公开（请在下栏写明范围）\n□ 不同意公开（请在下栏说明理由）", 24),
        _row("理由和\n具体范围", "", WRITING_HEIGHT),
        _row("签名或者盖章", SIGNED, SIGNING_HEIGHT),
        _row("联系人及电话", "", 12),
    )
    return (Form((3, 9), rows, "征求意见回执"),)


def _row(label: str, text: str, height: float = 12) -> FormRow:
    return FormRow((FormCell(label, label=True), FormCell(text)), height)
