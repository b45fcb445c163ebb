import pytest
from tests.factories import codes

from gongkai.audit.models import Entry
from gongkai.core.errors import RefusedError
from gongkai.disclosure import acts
from gongkai.disclosure.models import GuideText, WatchWord
from gongkai.disclosure.queries import guide_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(body, staff, at):
    def make(section, text, **given):
        return acts.write_guide(
            body=body, section=section, text=text, at=at, **({"actor": staff["signer"]} | given)
        )

    return make


def test_the_newest_words_hold_and_the_earlier_stay(write, body, staff):
    first = write("office", "周一至周五")
    second = write("office", "<p>周三延时</p><script>x</script>")
    write("remedies", "监督电话见附件")
    assert second.text == "<p>周三延时</p>"
    assert {name: one.text for name, one in guide_texts(body).items()} == {
        "office": "<p>周三延时</p>",
        "remedies": "<p>监督电话见附件</p>",
    }
    assert GuideText.objects.get(pk=first.pk).text == "<p>周一至周五</p>"
    write("office", "")
    assert guide_texts(body)["office"].text == ""
    assert guide_texts(body)["office"].by == staff["signer"]
    assert Entry.objects.filter(verb="disclosure.write_guide").count() == 4


def why(body, staff, at, **given):
    given = {"section": "office", "text": "周一至周五", "actor": staff["signer"]} | given
    return codes(acts.why_not_write_guide(body, at=at, **given))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"section": "preface"}, "section"),
        ({"text": "字" * 20_001}, "long"),
        ({"text": ""}, "same"),
        ({"text": "联系人身份证11010519491231002X"}, "finding"),
        ({"text": "内部招生口径"}, "finding"),
        ({"seen": 99}, "changed_meanwhile"),
    ],
)
def test_what_is_refused(given, code, body, staff, at):
    WatchWord.objects.create(body=body, word="内部招生口径", kind="sensitive")
    assert why(body, staff, at) == []
    assert why(body, staff, at, **given) == [code]


def test_who_handles_does_not_write_what_is_public_at_once(body, staff, at):
    assert why(body, staff, at, actor=staff["drafter"]) != []


def test_the_office_s_own_numbers_and_address_may_stand_there(body, staff, at):
    text = "地址：青屿县滨海路12号3幢201室，联系手机13800001234"
    assert why(body, staff, at, text=text) == []


def test_two_write_one_section_and_the_second_is_told(write, body, staff, at):
    row = write("office", "甲", seen=0)
    with pytest.raises(RefusedError) as caught:
        write("office", "乙", seen=0)
    assert codes(caught.value.obstacles) == ["changed_meanwhile"]
    write("office", "乙", seen=row.pk)
