"""What is said of a document — file names, summary, keywords — is looked at like its text."""

import pytest
from docx import Document as Word
from tests.disclosure.test_nothing_hidden_gets_out import NUMBER, saved

from gongkai.core.actors import SYSTEM
from gongkai.disclosure import acts
from gongkai.disclosure.models import Document

pytestmark = pytest.mark.django_db


def word():
    book = Word()
    book.add_paragraph("公示名单见正文。")
    return saved(book)


def found(edition, at):
    return [str(one) for one in acts.why_not_publish(edition, actor=SYSTEM, at=at) if one.code == "finding"]


def test_a_file_s_name_is_published_too(draft, staff, at):
    row = acts.add_file(
        edition=draft, name=f"王五{NUMBER}.docx", content=word(), actor=staff["drafter"], at=at
    )
    (said,) = found(draft, at)
    assert "文件名" in said
    assert NUMBER not in said
    acts.describe_file(attachment=row, name="名单.docx", alternative="", actor=staff["drafter"], at=at)
    assert found(draft, at) == []


@pytest.mark.parametrize(
    ("values", "place"),
    [({"summary": f"申请人 {NUMBER}"}, "摘要"), ({"keywords": ["教育", NUMBER]}, "关键词")],
)
def test_summary_and_keywords_stop_a_publication_and_are_not_put_in_afterwards(
    document, draft, staff, at, values, place
):
    Document.objects.filter(pk=document.pk).update(**values)
    draft.refresh_from_db()
    (said,) = found(draft, at)
    assert said.startswith(place)
    Document.objects.filter(pk=document.pk).update(summary="", keywords=[])
    draft.document.refresh_from_db()
    acts.publish_edition(edition=draft, actor=SYSTEM, at=at)
    document.refresh_from_db()
    given = {"actor": staff["signer"], "at": at}
    (obstacle,) = acts.why_not_edit(document, values=values, **given)
    assert (obstacle.code, obstacle.field) == ("finding", next(iter(values)))
    assert acts.why_not_edit(document, values={"summary": "招生安排", "keywords": ["教育"]}, **given) == []
