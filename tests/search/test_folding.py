"""What is the same for a search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.folding import Folded, canon, fold, is_hanzi
from gongkai.search.tokens import number, numbers, pattern, phrase, stream, words, words_of_phrase

MIXED = st.text(alphabet="政府信息公开教育a B１2，。〔〕\u3000-é號義㎏①", max_size=30)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("ＡＢＣ１２", "abc12"),
        ("PDF", "pdf"),
        ("義務教育", "义务教育"),
        ("國務院辦公廳", "国务院办公厅"),
        ("㎏", "kg"),
        ("①", "1"),
        ("十二號", "十二号"),
        ("ﬁ", "fi"),
    ],
)
def test_folding(typed, same):
    assert fold(typed) == same


@pytest.mark.parametrize(
    "typed",
    ["国发〔2020〕12号", "国发[2020]12号", "国发（2020）12號", "國發【２０２０】１２号", "国发 2020 12 号"],
)
def test_a_document_number_is_the_same_in_any_brackets(typed):
    assert canon(typed) == " 国发 2020 12 号 "


@pytest.mark.parametrize("nothing", ["", " ", "，。！", "\x00", "-—"])
def test_signs_are_no_words(nothing):
    assert canon(nothing) == ""


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_every_folded_place_has_its_original(text):
    folded = Folded(text)
    for at, character in enumerate(folded.text):
        assert character in fold(text[folded.place(at)])


@given(MIXED, MIXED)
def test_a_phrase_of_tokens_is_a_piece_of_text(text, typed):
    whole, looked_for = canon(text), canon(typed)
    if not looked_for:
        return
    tokens, is_beginning = phrase(looked_for)
    flow = stream(whole)
    found = any(
        flow[at : at + len(tokens) - 1] == tokens[:-1]
        and (
            flow[at + len(tokens) - 1].startswith(tokens[-1])
            if is_beginning
            else flow[at + len(tokens) - 1] == tokens[-1]
        )
        for at in range(len(flow) - len(tokens) + 1)
    )
    assert found == (pattern(looked_for) in whole)
    if found:
        assert words_of_phrase(looked_for) <= words(whole)


def test_numbers_fit_their_column_and_tell_segments_and_parts_apart():
    one = {number(segment, part, "政府") for segment in (1, 2) for part in ("", "t")}
    assert len(one) == 4
    assert all(-(2**31) <= value < 2**31 for value in one)
    assert numbers(1, "", {"政府", "信息"}) == {number(1, "", "政府"), number(1, "", "信息")}


def test_what_is_hanzi():
    assert [is_hanzi(character) for character in "政〇a1，é"] == [True, True, False, False, False, False]
