"""问答库: written by one, released by another; every state against every act."""

import pytest
from tests.engagement.made import DURING
from tests.engagement.test_consultations import refusal

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.engagement import acts
from gongkai.engagement.enums import FAQ_MOVES, FaqState
from gongkai.engagement.models import FaqEntry


def entry(body, actor=SYSTEM, **more):
    given = {"topic": "招生", "question": "几岁入学？", "answer": "六周岁。", "actor": actor, "at": DURING}
    return acts.write_entry(body=body, **{**given, **more})


@pytest.mark.parametrize("before", FaqState.values)
@pytest.mark.parametrize("after", [FaqState.PUBLISHED, FaqState.WITHDRAWN])
def test_states_of_an_entry(body, before, after):
    row = entry(body)
    FaqEntry.objects.filter(pk=row.pk).update(state=before)
    given = {"entry": row, "actor": SYSTEM, "at": DURING}
    act = acts.publish_entry if after == FaqState.PUBLISHED else acts.withdraw_entry
    more = {} if after == FaqState.PUBLISHED else {"reason": "政策变了"}
    if after in FAQ_MOVES[before]:
        assert act(**given, **more).state == after
    else:
        assert refusal(act, **given, **more) == ["state"]


def test_who_wrote_it_does_not_release_it(body, appointed):
    officer = appointed("approver")
    row = entry(body, actor=officer)
    assert refusal(acts.publish_entry, entry=row, actor=officer, at=DURING) == ["own"]
    assert acts.publish_entry(entry=row, actor=appointed("approver"), at=DURING).state == FaqState.PUBLISHED


def test_what_is_online_changes_on_an_approver_s_word_and_the_old_words_are_kept(body, appointed):
    row = acts.publish_entry(entry=entry(body), actor=SYSTEM, at=DURING)
    change = {"answer": "<p>满六周岁</p><script>x</script>", "entry": row}
    assert refusal(entry, body=body, actor=appointed("handler"), **change) == ["not_permitted"]
    changed = entry(body, actor=appointed("approver"), **change)
    assert (changed.pk, changed.answer, changed.state) == (row.pk, "<p>满六周岁</p>", FaqState.PUBLISHED)
    told = Entry.objects.get(verb="engagement.change_entry").detail["before"]
    assert told == {"question": "几岁入学？", "answer": "<p>六周岁。</p>"}


def test_nothing_empty_and_nothing_twice(body):
    assert refusal(entry, body=body, topic=" ", question="", answer=" ") == ["empty"] * 3
    entry(body)
    assert refusal(entry, body=body) == ["twice"]
    assert FaqEntry.objects.count() == 1


def test_taken_away_for_a_reason(body):
    row = acts.publish_entry(entry=entry(body), actor=SYSTEM, at=DURING)
    assert refusal(acts.withdraw_entry, entry=row, reason=" ", actor=SYSTEM, at=DURING) == ["empty"]
    back = acts.withdraw_entry(entry=row, reason="过期", actor=SYSTEM, at=DURING)
    again = acts.publish_entry(entry=back, actor=SYSTEM, at=DURING)
    assert (again.withdrawn_at, again.withdrawn_reason) == (None, "")
