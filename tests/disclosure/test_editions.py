import datetime as dt

import pytest
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.disclosure.acts import add_edition, publish_edition, withdraw_edition
from gongkai.disclosure.enums import EDITION_MOVES, EditionState
from gongkai.disclosure.models import Document, Edition
from gongkai.disclosure.rules import why_not_move
from gongkai.organisations.acts import lock_year


def codes(refused):
    return [obstacle.code for obstacle in refused.value.obstacles]


@pytest.mark.parametrize("state", EditionState)
@pytest.mark.parametrize("target", EditionState)
def test_the_table_of_states(state, target):
    edition = Edition(state=state)
    assert (why_not_move(edition, target) == []) is (target in EDITION_MOVES[state])


def test_a_published_edition_carries_the_system_s_time(edition, approver, at):
    published = publish_edition(edition=edition, actor=approver, at=at, override="机关只有一人")
    assert (published.state, published.published_at, published.approved_by) == ("published", at, approver)
    document = Document.objects.get()
    assert (document.first_published_at, document.withdrawn_at) == (at, None)
    assert published.text == "<p>一、招生范围</p><p>二、报名时间</p>"


def test_the_next_edition_supersedes_the_one_online(edition, document, approver, at):
    publish_edition(edition=edition, actor=approver, at=at, override="机关只有一人")
    later = at + dt.timedelta(days=9)
    second = add_edition(
        document=document, title="新标题", text="改后的正文", actor=approver, at=later, reason="更正"
    )
    publish_edition(edition=second, actor=approver, at=later, override="机关只有一人")
    states = list(document.editions.values_list("number", "state", "published_at"))
    assert states == [(1, "superseded", at), (2, "published", later)]
    document.refresh_from_db()
    assert (document.title, document.first_published_at) == ("新标题", at)


def test_one_edition_in_preparation_at_a_time(edition, document, approver, at):
    with pytest.raises(RefusedError) as refused:
        add_edition(document=document, text="又一版", actor=approver, at=at)
    assert codes(refused) == ["in_preparation"]
    assert document.editions.count() == 1


def test_everything_that_keeps_an_edition_offline(edition, document, appointed, at):
    Document.objects.update(attribute="on_request", made_on=dt.date(2024, 4, 1))
    Edition.objects.update(text=" ")
    lock_year(body=document.body, year=2024, actor=SYSTEM, at=at)
    edition.refresh_from_db()
    with pytest.raises(RefusedError) as refused:
        publish_edition(edition=edition, actor=appointed("handler"), at=at)
    assert codes(refused) == [
        "not_permitted",
        "not_approved",
        "attribute",
        "empty",
        "made_later",
        "year_locked",
    ]
    assert Edition.objects.get().state == "draft"


def test_a_time_to_come_is_refused(edition, approver):
    with pytest.raises(RefusedError) as refused:
        publish_edition(
            edition=edition, actor=approver, at=timezone.now() + dt.timedelta(days=1), override="急"
        )
    assert codes(refused) == ["future"]


def test_withdrawing_needs_a_reason_and_something_online(edition, document, approver, at):
    with pytest.raises(RefusedError) as refused:
        withdraw_edition(edition=edition, reason=" ", actor=approver, at=at)
    assert codes(refused) == ["state", "no_reason"]
    publish_edition(edition=edition, actor=approver, at=at, override="机关只有一人")
    gone = withdraw_edition(edition=edition, reason="误公开个人信息", actor=approver, at=at)
    assert (gone.state, gone.withdrawn_at, gone.reason) == ("withdrawn", at, "误公开个人信息")
    document.refresh_from_db()
    assert (document.withdrawn_at, document.first_published_at) == (at, at)
    assert Entry.objects.get(verb="disclosure.withdraw_edition").reason == "误公开个人信息"


def test_a_withdrawn_document_can_come_back_as_a_new_edition(edition, document, approver, at):
    publish_edition(edition=edition, actor=approver, at=at, override="机关只有一人")
    withdraw_edition(edition=edition, reason="误公开", actor=approver, at=at)
    later = at + dt.timedelta(days=1)
    again = add_edition(document=document, text="处理后的正文", actor=approver, at=later)
    publish_edition(edition=again, actor=approver, at=later, override="机关只有一人")
    document.refresh_from_db()
    assert (document.withdrawn_at, document.first_published_at) == (None, at)
