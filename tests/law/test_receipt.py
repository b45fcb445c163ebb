"""On which day a request is received, channel by channel (条例第三十一条, 国办公开办函〔2015〕207号)."""

from datetime import date

import pytest

from gongkai.law.receipt import Channel, Evidence, Receipt, ReceiptError, received

MAIL = "条例第三十一条第（二）项、国办公开办函〔2015〕207号"
THIRD = "条例第三十一条第（三）项"
DAY = date(2024, 5, 6)
NEXT = date(2024, 5, 7)


@pytest.mark.parametrize(
    ("evidence", "receipt"),
    [
        (
            Evidence(Channel.IN_PERSON, submitted_on=DAY),
            Receipt(DAY, "申请人当面提交，以提交之日2024-05-06为收到申请之日", "条例第三十一条第（一）项"),
        ),
        (
            Evidence(Channel.ORAL, submitted_on=DAY),
            Receipt(
                DAY,
                "申请人口头提出、工作机构代填，以当日2024-05-06为收到申请之日",
                "条例第二十九条、第三十一条第（一）项",
            ),
        ),
        (
            Evidence(Channel.SIGNED_MAIL, signed_on=DAY),
            Receipt(
                DAY, "申请以邮寄方式提交，以签收之日2024-05-06为收到申请之日", "条例第三十一条第（二）项"
            ),
        ),
        (
            Evidence(Channel.ORDINARY_MAIL, arrived_on=DAY, confirmed_on=DAY),
            Receipt(
                DAY,
                "平常信函等无需签收的邮寄，2024-05-06到件，以与申请人确认之日2024-05-06为收到申请之日",
                MAIL,
            ),
        ),
        (
            Evidence(Channel.MISDIRECTED_MAIL, arrived_on=DAY, confirmed_on=NEXT),
            Receipt(
                NEXT,
                "寄错机构后转来的邮件，2024-05-06到件，以与申请人确认之日2024-05-07为收到申请之日",
                MAIL,
                notices=("应当于收到当日（2024-05-06）与申请人确认，2024-05-07才确认，请在卷内说明原因",),
            ),
        ),
        (
            Evidence(Channel.FAX, arrived_on=DAY, confirmed_on=NEXT),
            Receipt(NEXT, "申请以传真提交，以双方确认之日2024-05-07为收到申请之日", THIRD),
        ),
        (
            Evidence(Channel.ONLINE, confirmed_on=DAY),
            Receipt(DAY, "申请以互联网渠道提交，以双方确认之日2024-05-06为收到申请之日", THIRD),
        ),
        (
            Evidence(Channel.EMAIL, arrived_on=DAY, confirmed_on=NEXT),
            Receipt(NEXT, "申请以电子邮件提交，以双方确认之日2024-05-07为收到申请之日", THIRD),
        ),
    ],
    ids=lambda value: value.channel.value if isinstance(value, Evidence) else "",
)
def test_each_channel_has_its_day(evidence, receipt):
    assert received(evidence) == receipt


def test_before_the_2019_regulation_the_mailbox_date_counted():
    """国办公开办函〔2015〕207号, until 条例 (2019) art. 31 made it the day both sides confirm."""
    last_day = date(2019, 5, 14)
    assert received(Evidence(Channel.EMAIL, arrived_on=last_day)) == Receipt(
        last_day, "申请以电子邮件提交，以系统接收之日2019-05-14为收到申请之日", "国办公开办函〔2015〕207号"
    )
    assert received(Evidence(Channel.EMAIL, arrived_on=date(2019, 5, 15))).received_on is None


@pytest.mark.parametrize(
    ("evidence", "missing"),
    [
        (Evidence(Channel.IN_PERSON), "提交日期"),
        (Evidence(Channel.ORAL), "代填申请的日期"),
        (Evidence(Channel.SIGNED_MAIL, arrived_on=DAY), "签收日期"),
        (Evidence(Channel.ORDINARY_MAIL), "到件日期"),
        (Evidence(Channel.ORDINARY_MAIL, arrived_on=DAY), "与申请人确认的日期（应于收到当日确认）"),
        (
            Evidence(Channel.ORDINARY_MAIL, arrived_on=DAY, unreachable_on=DAY),
            "与申请人恢复联络的日期（联系不上时先登记，恢复联络之日起算）",
        ),
        (Evidence(Channel.FAX, arrived_on=DAY), "双方确认的日期"),
        (Evidence(Channel.ONLINE, arrived_on=DAY), "双方确认的日期"),
        (Evidence(Channel.EMAIL, arrived_on=DAY), "双方确认的日期"),
    ],
)
def test_without_its_date_a_request_is_not_received_yet(evidence, missing):
    receipt = received(evidence)
    assert (receipt.received_on, receipt.missing) == (None, (missing,))
    assert receipt.explanation == f"尚不能视为收到：缺少{missing}"


def test_an_unreachable_applicant_starts_the_clock_when_contact_is_restored():
    """国办公开办函〔2015〕207号."""
    restored = Evidence(
        Channel.ORDINARY_MAIL, arrived_on=DAY, unreachable_on=DAY, contact_restored_on=date(2024, 5, 20)
    )
    assert received(restored) == Receipt(
        date(2024, 5, 20), "2024-05-06联系不上申请人，已登记；以恢复联络之日2024-05-20为收到申请之日", MAIL
    )


@pytest.mark.parametrize(
    ("evidence", "message"),
    [
        (
            Evidence(Channel.FAX, arrived_on=NEXT, confirmed_on=DAY),
            "确认日期2024-05-06早于到件日期2024-05-07，请核对",
        ),
        (
            Evidence(Channel.ORDINARY_MAIL, arrived_on=DAY, contact_restored_on=NEXT),
            "登记恢复联络前，须先登记联系不上申请人的日期，且不能晚于恢复联络日期",
        ),
        (
            Evidence(Channel.ORDINARY_MAIL, arrived_on=DAY, unreachable_on=NEXT, contact_restored_on=DAY),
            "登记恢复联络前，须先登记联系不上申请人的日期，且不能晚于恢复联络日期",
        ),
    ],
)
def test_dates_that_contradict_are_refused(evidence, message):
    with pytest.raises(ReceiptError) as refused:
        received(evidence)
    assert str(refused.value) == message


def test_every_channel_has_a_chinese_name():
    assert [channel.label for channel in Channel] == [
        "当面提交",
        "口头提出（工作机构代填）",
        "邮寄（需签收）",
        "平常信函等无需签收的邮寄",
        "寄错机构后转来的邮件",
        "传真",
        "互联网渠道",
        "电子邮件",
    ]
