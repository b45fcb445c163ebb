"""Third parties and joint authors: the same term, opposite silence (条例第三十二条, 第三十四条)."""

from datetime import date

from gongkai.law.calendar import official_calendar
from gongkai.law.consultation import Consulted, Silence, opinion_due, silence


def test_the_silence_of_a_third_party_is_not_consent():
    """条例第三十二条."""
    assert silence(Consulted.THIRD_PARTY) == Silence(
        False,
        "条例第三十二条",
        "第三方逾期未提出意见，不等于同意公开；由行政机关依照条例的规定决定是否公开。",
    )


def test_the_silence_of_a_joint_author_is_consent():
    """条例第三十四条."""
    assert silence(Consulted.CO_AUTHOR) == Silence(
        True, "条例第三十四条", "被征求意见的行政机关逾期未提出意见，视为同意公开。"
    )


def test_both_have_fifteen_workdays_from_receiving_the_letter():
    assert opinion_due(date(2024, 6, 13), official_calendar()).day == date(2024, 7, 4)
