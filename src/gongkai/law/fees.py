"""The processing fee of 国办函〔2020〕109号: two tariffs, progressive, one or the other and never both.

It is charged only for what exceeds a reasonable number of requests or pages, in force from 2021-01-01.
Amounts are yuan in Decimal; counts are items (件) of one applicant in one calendar month, or pages (页).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongkai.law.calendar import CountedDay, WorkCalendar

FEES_FROM = date(2021, 1, 1)
FEE_MEASURE = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
FEE_BUDGET_CODE = "103049950"  # 政府收支分类科目: the money goes to the treasury
PAYMENT_WORKDAYS = 20  # from the day after the applicant receives the notice; unpaid: given up

# One bracket a row: first unit, last unit, yuan for each unit in it
_PAGE_BRACKETS = ((1, 30, 0), (31, 100, 10), (101, 200, 20), (201, None, 40))
_ITEM_BRACKETS = ((1, 10, 0), (11, 30, 100))
_ITEM_STEP = 10  # from the 31st item each ten items are a bracket of their own,
_ITEM_STEP_RATE = 100  # 100 yuan dearer than the one before


class FeeError(ValueError):
    """A fee that cannot be charged; the message is Chinese."""


class Tariff(StrEnum):
    """The two tariffs; each request is charged by one of them."""

    BY_ITEM = "by_item"
    BY_PAGE = "by_page"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return "按件计收" if self is Tariff.BY_ITEM else "按量计收"

    @property
    def unit(self) -> str:
        """The Chinese unit."""
        return "件" if self is Tariff.BY_ITEM else "页"


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One bracket of a computation: units `first` to `last`, yuan per unit, yuan in all."""

    first: int
    last: int
    rate: Decimal
    amount: Decimal
    text: str

    @property
    def units(self) -> int:
        """How many units fall into the bracket."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount in yuan with the computation that led to it, bracket by bracket."""

    tariff: Tariff
    amount: Decimal
    lines: tuple[FeeLine, ...]

    @property
    def text(self) -> str:
        """The whole computation in one sentence, fit for the notice."""
        parts = "；".join(line.text for line in self.lines)
        return f"{self.tariff.label}：{parts}；合计{self.amount}元"


def fee_by_item(items: int, *, already: int = 0) -> Fee:
    """The fee for `items` requests of one applicant after `already` earlier ones in the same calendar month.

    Raises FeeError when there is nothing to charge for.
    """
    if items < 1 or already < 0:
        raise FeeError("件数应为正整数，本月已有件数不能为负数")
    last = already + items
    rows = [*_ITEM_BRACKETS]
    while (first := (rows[-1][1]) + 1) <= last:
        rows.append((first, first + _ITEM_STEP - 1, rows[-1][2] + _ITEM_STEP_RATE))
    return _fee(Tariff.BY_ITEM, already + 1, last, tuple(rows))


def fee_by_page(pages: int) -> Fee:
    """The fee for one request answered with so many pages. Raises FeeError below one page."""
    if pages < 1:
        raise FeeError("页数应为正整数")
    return _fee(Tariff.BY_PAGE, 1, pages, _PAGE_BRACKETS)


def compute_fee(*, on: date, items: int | None = None, pages: int | None = None, already: int = 0) -> Fee:
    """The fee by the one tariff chosen for this request, by the law of the day `on`.

    Raises FeeError before 2021-01-01, and when both tariffs or neither are asked for.
    """
    if on < FEES_FROM:
        raise FeeError(f"信息处理费自{FEES_FROM}起施行，{on}的申请不能收费")
    if items is not None and pages is not None:
        raise FeeError("每件申请只能选按件或者按量中的一种计收，不得重复计算")
    if items is not None:
        return fee_by_item(items, already=already)
    if pages is not None:
        return fee_by_page(pages)
    raise FeeError("请选择按件或者按量计收，并填写件数或者页数")


def _fee(tariff: Tariff, first: int, last: int, rows: tuple[tuple[int, int | None, int], ...]) -> Fee:
    lines = tuple(
        _line(tariff, max(low, first), last if high is None else min(high, last), Decimal(rate))
        for low, high, rate in rows
        if low <= last and (high is None or high >= first)
    )
    return Fee(tariff, sum((line.amount for line in lines), Decimal(0)), lines)


def _line(tariff: Tariff, first: int, last: int, rate: Decimal) -> FeeLine:
    units = last - first + 1
    which = f"第{first}{tariff.unit}" if units == 1 else f"第{first}—{last}{tariff.unit}"
    amount = rate * units
    detail = "不收费" if rate == 0 else f"{units}{tariff.unit}×{rate}元={amount}元"
    return FeeLine(first, last, rate, amount, f"{which}{detail}")


@dataclass(frozen=True, slots=True)
class FeeNotice:
    """What a fee notice says; it must be sent within the term for the reply, the way the answer would be."""

    basis: str
    standard: str
    amount: Decimal | None
    how_to_pay: str


def missing_in_fee_notice(notice: FeeNotice) -> list[str]:
    """The statements the measure requires and the notice lacks, in Chinese; empty when it is complete."""
    required = (
        ("收费依据", bool(notice.basis.strip())),
        ("收费标准", bool(notice.standard.strip())),
        ("收费数额", notice.amount is not None and notice.amount > 0),
        ("缴纳方式", bool(notice.how_to_pay.strip())),
    )
    return [f"收费通知没有写明{name}" for name, present in required if not present]


FEE_NOTICE_CONSEQUENCE = (
    "请自收到本通知次日起20个工作日内缴纳；逾期未缴纳的，视为放弃申请，本机关不再处理该申请。"
    "缴费后，本机关自收到缴费次日起重新计算答复期限。"
)


def payment_due(received_on: date, calendar: WorkCalendar) -> CountedDay:
    """The last day to pay: 20 workdays from the day after the applicant received the notice."""
    return calendar.add_workdays(received_on, PAYMENT_WORKDAYS)
