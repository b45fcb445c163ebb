import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.fields import EncryptedTextField, blind_index, decrypt, encrypt

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(texts)
def test_what_is_encrypted_reads_back(text):
    assert decrypt(encrypt(text)) == text


def test_the_same_text_is_never_encrypted_alike():
    assert encrypt("张三") != encrypt("张三")


def test_another_key_reads_nothing_and_says_which_setting(settings):
    token = encrypt("张三")
    settings.FIELD_KEY = "another"

    with pytest.raises(ValueError, match="GONGKAI_FIELD_KEY"):
        decrypt(token)


def test_what_is_not_ours_is_not_read():
    with pytest.raises(ValueError, match="无法读取个人信息"):
        decrypt("张三".encode().hex())


@pytest.mark.parametrize(
    ("text", "same"),
    [("11010119900307003x", "11010119900307003X"), (" 张 三 ", "张三"), ("AB\t12", "ab12")],
)
def test_the_blind_index_folds_case_and_blanks(text, same):
    assert blind_index(text) == blind_index(same)


def test_the_blind_index_depends_on_the_key_and_the_text(settings):
    before = blind_index("张三")
    assert (len(before), blind_index("李四") == before, blind_index("  ")) == (64, False, "")
    settings.FIELD_KEY = "another"
    assert blind_index("张三") != before


def test_the_field_encrypts_on_the_way_in_and_keeps_the_empty():
    field = EncryptedTextField()

    assert decrypt(field.get_prep_value("张三")) == "张三"
    assert [field.get_prep_value(value) for value in ("", None)] == ["", None]
    assert [field.from_db_value(value) for value in ("", None)] == ["", None]
    assert field.from_db_value(encrypt("张三"), None, None) == "张三"
