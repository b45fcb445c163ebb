"""Numbers of documents and organisations: what is taken, and what is said of what is not."""

import pytest
from django.core.exceptions import ValidationError

from gongkai.foi.identity import IdentityType, clean_credit_code, clean_identity_number, clean_phone


def verdict(clean, *given):
    """The cleaned value, or the code of the error."""
    try:
        return clean(*given)
    except ValidationError as error:
        return error.code


# The numbers are made up; those called right have right check digits.
NUMBERS = [
    ("resident", "11010519491231002X", "11010519491231002X"),
    ("resident", " 1101 0519 4912 3100 2x ", "11010519491231002X"),
    ("resident", "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
    ("resident", "110105194912310021", "checksum"),
    ("resident", "11010519491331002X", "birth"),
    ("resident", "1101051949123100", "form"),
    ("resident", "110105491231002", "old"),
    ("resident", "11010519491231002A", "form"),
    ("resident", "张三", "form"),
    ("compatriot", "810000199408230021", "810000199408230021"),
    ("compatriot", "810000199408230023", "checksum"),
    ("compatriot", "11010519491231002X", "place"),
    ("passport", "e12345678", "E12345678"),
    ("passport", "E1", "form"),
    ("military", "南字第01234567号", "南字第01234567号"),
    ("military", "?", "form"),
    ("hk_mo", "H12345678", "H12345678"),
    ("hk_mo", "H1234567890", "H1234567890"),
    ("hk_mo", "X12345678", "form"),
    ("taiwan", "12345678", "12345678"),
    ("taiwan", "1234567", "form"),
    ("foreigner", "ABC110098123123", "ABC110098123123"),
    ("foreigner", "AB110098123123", "form"),
    ("other", "某证2020字第3号", "某证2020字第3号"),
    ("other", "12", "form"),
]


@pytest.mark.parametrize(("kind", "typed", "expected"), NUMBERS)
def test_identity_numbers(kind, typed, expected):
    assert verdict(clean_identity_number, kind, typed) == expected


def test_every_kind_of_document_is_judged():
    assert {kind for kind, _, _ in NUMBERS} == set(IdentityType.values)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("91110000600037341L", "91110000600037341L"),
        ("9111 0000 6000 3734 1l", "91110000600037341L"),
        ("91110000600037341M", "checksum"),
        ("9111000060003734", "length"),
        ("9111000060003734IO", "form"),
    ],
)
def test_credit_codes(typed, expected):
    assert verdict(clean_credit_code, typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("13800000000", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("0399-1234567", "0399-1234567"),
        ("0399-1234567转801", "0399-1234567-801"),
        ("12345", "12345"),
        ("1380000000", "length"),
        ("电话", "form"),
        ("123", "form"),
    ],
)
def test_phones(typed, expected):
    assert verdict(clean_phone, typed) == expected
