"""On which day a letter counts as delivered (国办公开办函〔2016〕235号)."""

from datetime import date

import pytest

from gongkai.law.delivery import Delivery, DeliveryMethod, Dispatch, delivered

LETTER = "国办公开办函〔2016〕235号"
DAY = date(2024, 5, 6)


@pytest.mark.parametrize(
    ("dispatch", "delivery"),
    [
        (
            Dispatch(DeliveryMethod.DIRECT, signed_on=DAY),
            Delivery(DAY, "直接送达，以签收当日2024-05-06为准", LETTER),
        ),
        (
            Dispatch(DeliveryMethod.ENTRUSTED, signed_on=DAY),
            Delivery(DAY, "委托其他行政机关送达，以签收当日2024-05-06为准", LETTER),
        ),
        (
            Dispatch(DeliveryMethod.MAIL, sent_on=DAY),
            Delivery(DAY, "邮寄送达，以交邮当日2024-05-06为准", LETTER),
        ),
        (
            Dispatch(DeliveryMethod.ELECTRONIC, sent_on=DAY),
            Delivery(DAY, "电子方式送达，以发送当日2024-05-06为准", "条例第四十条"),
        ),
        (
            Dispatch(DeliveryMethod.DIRECT, sent_on=DAY),
            Delivery(None, "尚未送达", LETTER, ("缺少申请人（或法定代理人）签收日期",)),
        ),
        (
            Dispatch(DeliveryMethod.ELECTRONIC),
            Delivery(None, "尚未送达", "条例第四十条", ("缺少发送日期",)),
        ),
        (
            Dispatch(DeliveryMethod.MAIL, by_postal_enterprise=False, paid_by_recipient=True),
            Delivery(
                None,
                "尚未送达",
                LETTER,
                (
                    "邮寄送达须通过邮政企业，不得使用不具备资格的快递企业，请改用邮政寄送",
                    "邮寄送达不得“到付”，请由本机关付费重新寄送",
                    "缺少交邮日期",
                ),
            ),
        ),
    ],
)
def test_the_day_that_counts(dispatch, delivery):
    assert delivered(dispatch) == delivery
