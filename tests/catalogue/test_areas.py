"""重点领域栏目: opened, renamed, closed, used again."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from tests.console.conftest import client_for
from tests.factories import codes

from gongkai.audit.models import Entry
from gongkai.catalogue import acts
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.disclosure.acts import register_document


def refusal(act, **given):
    with pytest.raises(RefusedError) as refused:
        act(**given)
    return codes(refused.value.obstacles)


@pytest.fixture
def area(body):
    return acts.open_key_area(body=body, name="义务教育", actor=SYSTEM)


def filed(body, area):
    now = timezone.now()
    return register_document(
        body=body,
        title="招生通知",
        kind="notice",
        made_on=dt.date(2024, 3, 1),
        key_area=area,
        actor=SYSTEM,
        at=now,
    )


def test_a_column_is_renamed_and_keeps_its_documents(body, area, appointed):
    document = filed(body, area)
    other = acts.open_key_area(body=body, name="学生资助", actor=SYSTEM)
    with pytest.raises(ValidationError):
        acts.rename_key_area(area=area, name=other.name, actor=SYSTEM)
    assert refusal(acts.rename_key_area, area=area, name="招生", actor=appointed("handler")) == [
        "not_permitted"
    ]
    renamed = acts.rename_key_area(area=area, name=" 招生入学 ", actor=appointed("approver"))
    document.refresh_from_db()
    assert (renamed.name, document.key_area) == ("招生入学", renamed)
    assert Entry.objects.get(verb="catalogue.rename_key_area").detail == {
        "before": "义务教育",
        "name": "招生入学",
    }


def test_a_closed_column_takes_nothing_more_until_it_is_used_again(body, area, appointed):
    filed(body, area)
    officer = appointed("approver")
    assert refusal(acts.close_key_area, area=area, reason=" ", actor=officer) == ["no_reason"]
    assert refusal(acts.reopen_key_area, area=area, actor=officer) == ["open"]
    closed = acts.close_key_area(area=area, reason="并入民生栏目", actor=officer)
    assert closed.closed_on == timezone.localdate()
    assert refusal(acts.close_key_area, area=area, reason="又", actor=officer) == ["closed"]
    assert refusal(filed, body=body, area=closed) == ["closed_area"]
    assert filed(body, acts.reopen_key_area(area=area, actor=officer)).key_area == area


def test_columns_by_their_pages_and_on_the_site(client, body, area, appointed):
    desk = client_for(appointed("approver"))
    here = [area.pk]
    desk.post(reverse("console:key_area_rename", args=here), {"name": "招生"})
    listed = f"/bodies/{body.slug}/key-areas/"
    assert "招生" in client.get(listed).content.decode()
    assert desk.post(reverse("console:key_area_close", args=here), {"reason": ""}).status_code == 422
    desk.post(reverse("console:key_area_close", args=here), {"reason": "并入"})
    assert "停用" in desk.get(reverse("console:key_area", args=here)).content.decode()
    assert f"/key-areas/{area.pk}/" not in client.get(listed).content.decode()
    assert client.get(f"{listed}{area.pk}/").status_code == 200
    assert (
        "栏目已恢复" in desk.post(reverse("console:key_area_reopen", args=here), follow=True).content.decode()
    )
    reader = client_for(appointed("reader"))
    assert "/rename/" not in reader.get(reverse("console:key_area", args=here)).content.decode()
    assert reader.post(reverse("console:key_area_reopen", args=here)).status_code == 403
