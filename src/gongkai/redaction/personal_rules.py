r"""How personal data is written: patterns that find candidates, checks that judge them.

All patterns work on text whose full-width signs were made half-width, and use ASCII classes throughout: ``\\w`` and
``\\d`` would take Chinese characters and other scripts' digits for part of a number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from stdnum import luhn
from stdnum.cn import ric, uscc


class Kind(StrEnum):
    """What was found; the value is how it is called on the page."""

    ID_NUMBER = "身份证号码"
    MOBILE = "手机号码"
    LANDLINE = "固定电话"
    BANK_CARD = "银行卡号"
    ACCOUNT = "账号"
    PLATE = "车牌号"
    PASSPORT = "护照或通行证号"
    EMAIL = "电子邮箱"
    SOCIAL = "社交账号"
    ADDRESS = "地址"
    NAME = "姓名"
    BIRTH_DATE = "出生日期"
    CREDIT_CODE = "统一社会信用代码"


class Certainty(StrEnum):
    """How sure it is; none is sure enough to withhold anything unseen."""

    CHECKED = "校验位相符"
    LIKELY = "格式相符"
    POSSIBLE = "请核对"


Judge = Callable[[str], Certainty | None]
"""Of the bare text (no blanks, no dashes): how sure, or None when it is something else."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and its judge. The group ``it`` is what is found; without one, the whole match."""

    kind: Kind
    pattern: re.Pattern[str]
    judge: Judge


_GAP = r"(?:[ \t\-·.]{1,2}|[ \t]*\n[ \t]*)?"
"""What may stand between two digits: a blank, a dash, a line end."""
_START, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_TO = r"(?:[ \t]*(?:号码|号)?[ \t]*[:：]?[ \t\n]*)"
"""Between a label and what it labels."""


def _digits(count: str) -> str:
    return rf"[0-9](?:{_GAP}[0-9]){{{count}}}"


def _rule(kind: Kind, pattern: str, judge: Judge) -> Rule:
    return Rule(kind, re.compile(pattern), judge)


def _always(certainty: Certainty) -> Judge:
    return lambda _bare: certainty


def _is_date(digits: str) -> bool:
    try:
        born = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return _EARLIEST_BIRTH <= born.year <= _LATEST_BIRTH


_EARLIEST_BIRTH, _LATEST_BIRTH = 1880, 2100


def judge_id(bare: str) -> Certainty | None:
    """18 digits by check digit and date; the old 15 digits by date and place."""
    if len(bare) == _OLD_ID:
        return Certainty.LIKELY if _is_date("19" + bare[6:12]) and _has_place(bare) else None
    if not (_is_date(bare[6:14]) and _has_place(bare)):
        return None
    # Not by the list of counties: it goes by the year of birth, but people move and counties are renamed.
    return Certainty.CHECKED if ric.calc_check_digit(bare) == bare[-1].upper() else Certainty.POSSIBLE


_OLD_ID = 15


def _has_place(bare: str) -> bool:
    return bare[:2] in _PROVINCES


_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)


def judge_mobile(bare: str) -> Certainty | None:
    """Eleven digits, after +86 or not."""
    return Certainty.LIKELY if re.fullmatch(r"(?:\+?86|0086)?1[3-9][0-9]{9}", bare) else None


def judge_card(bare: str) -> Certainty | None:
    """By Luhn's check digit; the first digit tells a card from any other long number."""
    if bare[0] not in "34569" or not luhn.is_valid(bare) or len(set(bare)) < _FEWEST_DIGITS:
        return None
    return Certainty.CHECKED if bare.startswith(("62", "4", "5", "9", "35", "60")) else Certainty.POSSIBLE


_FEWEST_DIGITS = 3
"""Different ones in a real number."""


def judge_credit_code(bare: str) -> Certainty | None:
    """By its check sign."""
    return Certainty.CHECKED if uscc.is_valid(bare) else None


def judge_plate(bare: str) -> Certainty | None:
    """Some plates are words without a digit; those are words."""
    return Certainty.LIKELY if re.search(r"[0-9]", bare[2:]) else None


def judge_landline(bare: str) -> Certainty | None:
    """Area codes have three digits (010, 02x) or four; numbers seven or eight."""
    return Certainty.LIKELY if re.fullmatch(_AREA + r"[2-9][0-9]{6,7}(?:[0-9]{1,6})?", bare) else None


_AREA = r"(?:010|02[0-9]|0[3-9][0-9]{2})"
_PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE_SIGN = "[A-HJ-NP-Z0-9]"
_HAN = "[一-鿿㐀-䶿]"
_NAME_LABELS = (
    "姓名|申请人|联系人|当事人|法定代表人|被申请人|委托代理人|代理人|举报人|投诉人|信访人|收件人|经办人|户主|业主|"
    "产权人|权利人|承租人|配偶|父亲|母亲|监护人|证人|患者|考生|学生|被处罚人|违法行为人|签名|签字|负责人"
)
_ADDRESS_LABELS = (
    "家庭住址|户籍地址|户籍所在地|通讯地址|通信地址|联系地址|居住地址|现住址|现住|住址|住所|地址"
)

RULES: tuple[Rule, ...] = (
    _rule(
        Kind.EMAIL,
        r"(?<![0-9A-Za-z._%+-])[0-9A-Za-z_%+-][0-9A-Za-z._%+-]{0,63}@[0-9A-Za-z][0-9A-Za-z.-]{0,62}\.[A-Za-z]{2,12}(?![0-9A-Za-z])",
        _always(Certainty.LIKELY),
    ),
    _rule(Kind.ID_NUMBER, rf"{_START}{_digits('16')}{_GAP}[0-9Xx]{_END}", judge_id),
    _rule(
        Kind.CREDIT_CODE,
        rf"{_START}[0-9A-HJ-NPQRTUWXY]{{2}}[0-9]{{6}}[0-9A-HJ-NPQRTUWXY]{{10}}{_END}",
        judge_credit_code,
    ),
    _rule(
        Kind.MOBILE,
        rf"(?<![0-9A-Za-z+])(?:(?:\+|00)?86{_GAP})?1{_GAP}[3-9](?:{_GAP}[0-9]){{9}}{_END}",
        judge_mobile,
    ),
    _rule(Kind.BANK_CARD, rf"{_START}{_digits('15,18')}{_END}", judge_card),
    _rule(Kind.ID_NUMBER, rf"{_START}{_digits('14')}{_END}", judge_id),
    _rule(
        Kind.ACCOUNT,
        rf"(?:银行账号|银行帐号|开户账号|账号|帐号|卡号){_TO}(?P<it>{_digits('7,29')}){_END}",
        _always(Certainty.POSSIBLE),
    ),
    _rule(
        Kind.LANDLINE,
        rf"{_START}\(?{_AREA}\)?[ \t-]{{0,2}}[2-9][0-9]{{2,3}}[ -]?[0-9]{{4}}(?:[ \t]?[-转][ \t]?[0-9]{{1,6}})?{_END}",
        judge_landline,
    ),
    _rule(
        Kind.LANDLINE, rf"(?:电话|座机|传真){_TO}(?P<it>[2-8][0-9]{{6,7}}){_END}", _always(Certainty.POSSIBLE)
    ),
    _rule(
        Kind.PLATE,
        rf"(?<![0-9A-Za-z])[{_PLACES}][A-HJ-NP-Z][ ·•\-]?(?:[A-HJK]{_PLATE_SIGN}[0-9]{{4}}|[0-9]{{5}}[A-HJK]|{_PLATE_SIGN}{{4}}[A-HJ-NP-Z0-9挂学警港澳]){_END}",
        judge_plate,
    ),
    _rule(
        Kind.PASSPORT,
        rf"(?:护照|通行证|台胞证|回乡证){_TO}(?P<it>[A-Za-z]{{0,2}}[0-9]{{6,10}}){_END}",
        _always(Certainty.POSSIBLE),
    ),
    _rule(Kind.SOCIAL, rf"(?:QQ|qq){_TO}(?P<it>[1-9][0-9]{{4,10}}){_END}", _always(Certainty.POSSIBLE)),
    _rule(
        Kind.SOCIAL, rf"(?:微信){_TO}(?P<it>[A-Za-z][-_0-9A-Za-z]{{5,19}}){_END}", _always(Certainty.POSSIBLE)
    ),
    _rule(
        Kind.BIRTH_DATE,
        r"(?:出生日期|出生年月日|出生年月|生日)[ \t]*[:：]?[ \t\n]*(?P<it>(?:19|20)[0-9]{2}[ \t]*[年./-][ \t]*[0-9]{1,2}(?:[ \t]*[月./-](?:[ \t]*[0-9]{1,2}[ \t]*日?)?)?)",
        _always(Certainty.LIKELY),
    ),
    _rule(
        Kind.ADDRESS,
        rf"(?:{_ADDRESS_LABELS})[ \t]*[:：][ \t\n]*(?P<it>[^\n,，。;；、:：]{{4,60}})",
        _always(Certainty.POSSIBLE),
    ),
    _rule(
        Kind.ADDRESS,
        rf"{_HAN}{{2,8}}(?:省|市|自治区|自治州|县|区|旗|镇|乡|街道|村|社区)(?:{_HAN}|[0-9A-Za-z\-]){{0,30}}?[0-9]{{1,5}}(?:号|弄|幢|栋|室|单元|组|户)(?:[0-9A-Za-z\-]{{1,5}}(?:号楼|号|楼|层|幢|栋|室|单元|组|户)){{0,4}}",
        _always(Certainty.POSSIBLE),
    ),
    _rule(
        Kind.NAME,
        rf"(?:{_NAME_LABELS})(?:\([^()\n]{{1,6}}\))?(?:[ \t]*[:：][ \t\n]*|[ \t]+|\n)(?P<it>{_HAN}{{1,6}}[·•]{_HAN}{{1,8}}|{_HAN}[ \t]{{1,3}}{_HAN}|{_HAN}{{2,4}})(?!{_HAN})",
        _always(Certainty.LIKELY),
    ),
)
"""In the order of preference: what an earlier rule has taken, a later one does not take again."""
