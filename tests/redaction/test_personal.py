from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.redaction import Certainty, Kind, scan_text
from gongkai.redaction.personal_rules import judge_id

from .builders import ID, PHONE

CHECKED, LIKELY, POSSIBLE = Certainty.CHECKED, Certainty.LIKELY, Certainty.POSSIBLE


def found(text):
    return [(hit.kind, hit.text, hit.certainty) for hit in scan_text(text)]


@pytest.mark.parametrize(
    ("text", "kind", "hit", "certainty"),
    [
        (f"身份证{ID}止", Kind.ID_NUMBER, ID, CHECKED),
        (
            "证号１１０１０５１９４９１２３１００２ｘ。",
            Kind.ID_NUMBER,
            "１１０１０５１９４９１２３１００２ｘ",
            CHECKED,
        ),
        ("110105 19491231 002X", Kind.ID_NUMBER, "110105 19491231 002X", CHECKED),
        ("证件11010519491231\n002X。", Kind.ID_NUMBER, "11010519491231\n002X", CHECKED),
        ("110105194912310021", Kind.ID_NUMBER, "110105194912310021", POSSIBLE),
        ("旧证110105491231002号", Kind.ID_NUMBER, "110105491231002", LIKELY),
        (f"电话{PHONE}转告", Kind.MOBILE, PHONE, LIKELY),
        ("138-0013-8000", Kind.MOBILE, "138-0013-8000", LIKELY),
        ("+86 138 0013 8000", Kind.MOBILE, "+86 138 0013 8000", LIKELY),
        ("138—0013—8000", Kind.MOBILE, "138—0013—8000", LIKELY),
        ("办公0571-87654321转12", Kind.LANDLINE, "0571-87654321转12", LIKELY),
        ("（010）65260011", Kind.LANDLINE, "（010）65260011", LIKELY),
        ("联系电话：87654321", Kind.LANDLINE, "87654321", POSSIBLE),
        ("卡号6222 0212 0201 0000 009", Kind.BANK_CARD, "6222 0212 0201 0000 009", CHECKED),
        ("账号：6222 0212 0201 0000 000", Kind.ACCOUNT, "6222 0212 0201 0000 000", POSSIBLE),
        ("浙A·1234学", Kind.PLATE, "浙A·1234学", LIKELY),
        ("车辆京A12345违停", Kind.PLATE, "京A12345", LIKELY),
        ("新能源浙AD12345，", Kind.PLATE, "浙AD12345", LIKELY),
        ("货车浙A12345D，", Kind.PLATE, "浙A12345D", LIKELY),
        ("邮箱ａ．ｂ＠c.cn，", Kind.EMAIL, "ａ．ｂ＠c.cn", LIKELY),
        ("护照号码：E12345678", Kind.PASSPORT, "E12345678", POSSIBLE),
        ("微信：wx_abc123", Kind.SOCIAL, "wx_abc123", POSSIBLE),
        ("QQ号：12345678", Kind.SOCIAL, "12345678", POSSIBLE),
        ("出生日期：1949年12月31日", Kind.BIRTH_DATE, "1949年12月31日", LIKELY),
        ("住址：青屿县海棠路12号3幢402室。", Kind.ADDRESS, "青屿县海棠路12号3幢402室", POSSIBLE),
        ("位于青屿县临海镇望海村5号的房屋", Kind.ADDRESS, "位于青屿县临海镇望海村5号", POSSIBLE),
        ("申请人：张三（男）", Kind.NAME, "张三", LIKELY),
        ("联系人 李 四", Kind.NAME, "李 四", LIKELY),
        ("姓名：阿依古丽·买买提，", Kind.NAME, "阿依古丽·买买提", LIKELY),
    ],
)
def test_what_is_found(text, kind, hit, certainty):
    assert found(text) == [(kind, hit, certainty)]


@pytest.mark.parametrize(
    "text",
    [
        "文号〔2024〕12号，2024年12月31日，共123456789元",
        "申请人：青屿县教育局",
        "编号123456789012345678901234567890",
        "A13800138000",
        "电话 手机 邮箱",
        "苏ABCDEF",
        "400-800-1234",
        "0000000000000000",
    ],
)
def test_what_is_not_personal_data(text):
    assert found(text) == []


def test_a_credit_code_is_no_person():
    (hit,) = scan_text("代码91110000600037341L")
    assert (hit.kind, hit.certainty, hit.personal) == (Kind.CREDIT_CODE, CHECKED, False)


def test_a_labelled_name_is_found_again_in_the_prose():
    text = "申请人：张三。经查，张三于3月1日提出，张 三签收。"
    assert [(hit.text, hit.start) for hit in scan_text(text)] == [("张三", 4), ("张三", 10), ("张 三", 20)]


@given(st.text(alphabet="0123456789Xx张三：: \n-@.A中a浙１号", max_size=80))
def test_hits_are_places_in_the_text_and_never_overlap(text):
    hits = scan_text(text)
    assert [text[hit.start : hit.end] for hit in hits] == [hit.text for hit in hits]
    assert all(one.end <= other.start for one, other in pairwise(hits))


@given(st.integers(0, 10**17 - 1))
def test_an_id_number_is_checked_by_its_last_digit_alone(number):
    body = f"110105{1900 + number % 100}0{1 + number % 9}1{number % 10}{number % 1000:03}"
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]
    wrong = "0123456789X".replace(check, "")[number % 10]
    assert (judge_id(body + check), judge_id(body + wrong)) == (CHECKED, POSSIBLE)
