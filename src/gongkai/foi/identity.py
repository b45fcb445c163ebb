"""Numbers of identity documents and of organisations, checked as far as they can be; each error says what to do."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from stdnum import exceptions
from stdnum.cn import ric, uscc

_GENERAL = re.compile(r"[0-9A-Z()\-]{5,25}")
_CHINESE = re.compile(r"[0-9A-Z\u4e00-\u9fff()\-]{5,25}")


def plain(text: str) -> str:
    """Full-width letters and digits made ordinary, ends and inner spaces removed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


class IdentityType(TextChoices):
    """Documents that prove who somebody is."""

    RESIDENT = "resident", "居民身份证"
    PASSPORT = "passport", "护照"
    MILITARY = "military", "军官证（士兵证）"
    HONGKONG_MACAO = "hk_mo", "港澳居民来往内地通行证"
    TAIWAN = "taiwan", "台湾居民来往大陆通行证"
    COMPATRIOT = "compatriot", "港澳台居民居住证"
    FOREIGNER = "foreigner", "外国人永久居留身份证"
    OTHER = "other", "其他有效证件"


FORMS = {
    IdentityType.PASSPORT: (re.compile(r"[0-9A-Z]{5,17}"), "护照号码由5至17位字母和数字组成，请核对。"),
    IdentityType.MILITARY: (_CHINESE, "请照证件填写号码，例如“南字第01234567号”。"),
    IdentityType.HONGKONG_MACAO: (
        re.compile(r"[HM]\d{8}(\d{2})?"),
        "号码是字母H或者M加8位（旧证10位）数字，请核对。",
    ),
    IdentityType.TAIWAN: (re.compile(r"\d{8}([0-9A-Z]{2})?"), "号码是8位数字（旧证10位），请核对。"),
    IdentityType.FOREIGNER: (
        re.compile(r"9\d{16}[0-9X]|[A-Z]{3}\d{12}"),
        "号码是9开头的18位（旧证为3个字母加12位数字），请核对。",
    ),
    IdentityType.OTHER: (_CHINESE, "请填写证件号码，5至25个字符。"),
}


def clean_identity_number(kind: str, number: str) -> str:
    """The number in capitals without spaces. Raises ``ValidationError`` with the remedy when it cannot be right."""
    number = plain(number).upper()
    if kind in (IdentityType.RESIDENT, IdentityType.COMPATRIOT):
        return _resident(number, compatriot=kind == IdentityType.COMPATRIOT)
    if kind not in FORMS:
        return number
    form, remedy = FORMS[IdentityType(kind)]
    if form.fullmatch(number) is None:
        raise ValidationError(remedy, code="form")
    return number


def _resident(number: str, *, compatriot: bool) -> str:
    """GB 11643: 17 digits and a check digit. The place is not judged: codes of old and special places are valid too."""
    if len(number) == 15 and number.isdigit():  # noqa: PLR2004 - the number of the first generation
        raise ValidationError("15位的一代身份证已经停用，请填18位的新号码。", code="old")
    if re.fullmatch(r"[0-9]{17}[0-9X]", number) is None:
        raise ValidationError(
            f"号码应为18位，前17位是数字，最后一位是数字或者X；现在有{len(number)}位。", code="form"
        )
    if compatriot and number[:2] not in {"81", "82", "83"}:
        raise ValidationError("港澳台居民居住证的号码以81、82或者83开头，请核对。", code="place")
    try:
        ric.get_birth_date(number)
    except exceptions.ValidationError as error:
        raise ValidationError("第7至14位应是出生年月日，这几位不对，请核对。", code="birth") from error
    if ric.calc_check_digit(number) != number[-1]:
        raise ValidationError("号码有一位不对（最后一位校验不符），请照证件逐位核对。", code="checksum")
    return number


def clean_credit_code(code: str) -> str:
    """A 统一社会信用代码 (GB 32100) in capitals without spaces. Raises ``ValidationError``."""
    code = plain(code).upper()
    try:
        return str(uscc.validate(code))
    except exceptions.InvalidLength as error:
        raise ValidationError(
            f"统一社会信用代码应为18位，现在有{len(code)}位，请核对。", code="length"
        ) from error
    except exceptions.InvalidChecksum as error:
        raise ValidationError(
            "代码有一位不对（最后一位校验不符），请照证照逐位核对。", code="checksum"
        ) from error
    except exceptions.ValidationError as error:
        raise ValidationError(
            "代码只含数字和大写字母，不含I、O、S、V、Z，请照证照核对。", code="form"
        ) from error


_PHONE = re.compile(r"\+?\d{5,20}")


def clean_phone(number: str) -> str:
    """A phone number, mobile or fixed, with an extension kept. Raises ``ValidationError``."""
    number = plain(number).replace("转", "-").replace("—", "-").replace("–", "-")
    digits = number.replace("-", "").replace("(", "").replace(")", "")
    if _PHONE.fullmatch(digits) is None:
        raise ValidationError(
            "电话号码不对，请填手机号码，或者带区号的固定电话，例如 0391-1234567。", code="form"
        )
    if re.fullmatch(r"1\d+", digits) and len(digits) > 5 and len(digits) != 11:  # noqa: PLR2004 - mobile numbers have 11
        raise ValidationError(f"手机号码应为11位，现在有{len(digits)}位。", code="length")
    return number
