"""What every file can hold, and how wide it is."""

from gongkai.typesetting.text import em_width, set_width, writable


def test_control_characters_are_left_out():
    assert writable("甲\x00\x07乙\n丙\ud800\ufffe") == "甲乙\n丙"


def test_digits_and_letters_are_half_as_wide():
    assert [em_width(text) for text in ("", "公开", "〔2024〕", "a", "，")] == [0, 2, 4, 0.5, 1]


def test_chinese_keeps_a_little_off_digits():
    assert [set_width(text) for text in ("公开", "2024年3月", "", "ab")] == [2, 5.25, 0, 1]
