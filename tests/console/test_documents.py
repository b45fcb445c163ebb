"""The pages of publishing: every act by its page, what is refused said in words, who may not turned away."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word
from PIL import Image
from tests.console.test_forms import errors, send

from gongkai.core.actors import SYSTEM
from gongkai.disclosure import acts
from gongkai.disclosure.models import (
    Document,
    Drop,
    Edition,
    Fault,
    HandOver,
    PublishingRules,
    Review,
    WatchWord,
)

pytestmark = pytest.mark.django_db


def get(client, name, *args):
    return client.get(reverse(f"console:{name}", args=args))


@pytest.fixture
def draft(bureau):
    """A draft nobody in the bureau wrote."""
    now = timezone.now()
    document = acts.register_document(
        body=bureau,
        title="关于校车安全的通知",
        kind="policy",
        made_on=dt.date(2024, 3, 1),
        actor=SYSTEM,
        at=now,
    )
    return acts.add_edition(document=document, text="<p>各校：请执行。</p>", actor=SYSTEM, at=now)


def test_a_draft_goes_all_the_way_by_its_pages(as_, draft):
    handler, approver = as_("handler"), as_("approver")
    page = get(handler, "edition", draft.pk)
    assert "送审" in page.content.decode()
    send(handler, "edition_edit", {"text": "<p>各校：请遵照执行。</p>"}, draft.pk)
    handler.post(reverse("console:edition_submit", args=[draft.pk]))
    refused = send(handler, "edition_review", {"opinion": "passed"}, draft.pk)
    assert "override" in errors(refused)
    send(approver, "edition_review", {"opinion": "passed"}, draft.pk)
    send(approver, "edition_review", {"opinion": "passed", "basis": "保密法"}, draft.pk)
    assert "override" in errors(send(approver, "edition_review", {"opinion": "passed"}, draft.pk))
    send(approver, "edition_review", {"opinion": "passed", "override": "仅一人"}, draft.pk)
    draft.refresh_from_db()
    assert draft.state == "approved"
    later = f"{timezone.localtime() + dt.timedelta(days=1):%Y-%m-%dT%H:%M}"
    send(handler, "edition_schedule", {"publish_at": later}, draft.pk)
    send(handler, "edition_publish", {}, draft.pk)
    send(handler, "edition_recheck", {"opinion": "passed"}, draft.pk)
    draft.refresh_from_db()
    assert (draft.state, draft.reviews.filter(step="recheck").count()) == ("published", 1)
    review = Review.objects.get(is_override=True)
    assert get(approver, "document_work").content.decode().count("仅一人") == 1
    assert "__all__" in errors(send(approver, "review_confirm", {}, review.pk))


def test_a_return_takes_a_ready_made_reason_and_keeps_the_text(as_, draft):
    as_("handler").post(reverse("console:edition_submit", args=[draft.pk]))
    page = get(as_("approver"), "edition_review", draft.pk)
    reason = page.context["form"].fields["ready_made"].choices[1][0]
    data = {"opinion": "returned", "ready_made": reason, "remark": "另见第二段"}
    send(as_("approver"), "edition_review", data, draft.pk)
    draft.refresh_from_db()
    assert (draft.state, draft.text) == ("draft", "<p>各校：请执行。</p>")
    assert Review.objects.get().remark == f"{reason}；另见第二段"


def test_a_recall_makes_it_a_draft_again(as_, draft):
    client = as_("handler")
    client.post(reverse("console:edition_submit", args=[draft.pk]))
    send(client, "edition_recall", {"reason": "补附件"}, draft.pk)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_who_wrote_meanwhile_is_named_and_nothing_typed_is_lost(as_, draft):
    client = as_("handler")
    page = get(client, "edition_edit", draft.pk)
    seen = page.context["form"]["seen"].value()
    acts.edit_edition(edition=draft, title="题", text="他人写的", actor=SYSTEM, at=timezone.now())
    address = reverse("console:edition_edit", args=[draft.pk])
    answer = client.post(address, {"title": "题", "text": "我写的", "seen": seen})
    assert "修改了这一版" in errors(answer)["text"][0]
    assert "我写的" in answer.content.decode()


def test_a_preview_keeps_nothing(as_, draft):
    client = as_("handler")
    address = reverse("console:edition_edit", args=[draft.pk])
    answer = client.post(address, {"title": "题", "text": "新<script>x</script>的", "preview": "1"})
    shown = answer.content.decode()
    assert '<h2 id="preview">' in shown
    assert "<script>x" not in shown
    draft.refresh_from_db()
    assert draft.text == "<p>各校：请执行。</p>"


def test_files_come_and_go_by_their_pages(as_, draft, django_capture_on_commit_callbacks):
    client = as_("handler")
    send(
        client,
        "file_add",
        {"role": "attachment", "file": SimpleUploadedFile("表.txt", "甲".encode())},
        draft.pk,
    )
    row = draft.attachments.get()
    answer = get(client, "file", row.pk)
    assert (answer.content.decode(), answer["Content-Disposition"].split(";")[0]) == ("甲", "attachment")
    send(client, "file_edit", {"name": "名册.txt"}, row.pk)
    send(client, "file_replace", {"file": SimpleUploadedFile("新.txt", "乙".encode())}, row.pk)
    row.refresh_from_db()
    assert (row.name, row.file.read().decode()) == ("新.txt", "乙")
    row.file.storage.delete(row.file.name)
    assert get(client, "file", row.pk).status_code == 302
    client.post(reverse("console:file_remove", args=[row.pk]))
    assert draft.attachments.count() == 0


def test_a_finding_is_let_pass_with_a_reason(as_, draft):
    Edition.objects.filter(pk=draft.pk).update(text="<p>王五，身份证号11010519491231002X</p>")
    client = as_("handler")
    page = get(client, "edition", draft.pk)
    [one] = [found for found in page.context["findings"] if found["blocks"]]
    assert client.get(one["address"]).status_code == 200
    assert client.post(one["address"], {"reason": "示例号码，非真实个人"}).status_code == 302
    assert all(
        found["passed"] for found in get(client, "edition", draft.pk).context["findings"] if found["blocks"]
    )
    assert get(client, "finding_pass", draft.pk, "nothing").status_code == 404


def test_two_editions_are_compared_word_by_word(as_, records):
    client = as_("handler")
    send(client, "edition_add", {"text": "各学校：请立即遵照执行。"}, records.document.pk)
    second = records.document.editions.get(number=2)
    page = get(client, "edition_compare", second.pk, records.edition.pk)
    assert "<ins>立即</ins>" in page.content.decode()
    assert get(client, "edition_compare", second.pk, 999999).status_code == 404


def test_the_metadata_is_corrected_but_not_the_time_of_publication(as_, records):
    client = as_("approver")
    page = get(client, "document_edit", records.document.pk)
    assert "first_published_at" not in page.context["form"].fields
    before = records.document.first_published_at
    data = {"keywords": "招生、学区", "genre": "notice", "valid_until": "2030-01-01"}
    assert send(client, "document_edit", data, records.document.pk).status_code == 302
    row = Document.objects.get(pk=records.document.pk)
    assert (row.keywords, row.genre, row.valid_until) == (["招生", "学区"], "notice", dt.date(2030, 1, 1))
    assert row.first_published_at == before or before is None


def test_a_document_leaves_and_returns_by_its_pages(as_, records):
    client = as_("approver")
    refused = send(client, "document_leave", {"way": "by_law", "reason": "裁定"}, records.document.pk)
    assert list(errors(refused)) == ["basis"]
    send(client, "document_leave", {"way": "archived", "reason": "已过时"}, records.document.pk)
    departure = records.document.departures.get()
    assert "归档" in get(client, "document", records.document.pk).content.decode()
    send(client, "document_return", {"reason": "仍在用"}, departure.pk)
    departure.refresh_from_db()
    assert departure.returned_at is not None


def test_what_is_withheld_has_its_reason_and_is_assessed(as_, draft):
    client = as_("approver")
    document = draft.document
    refused = send(client, "document_attribute", {"attribute": "withheld", "reason": ""}, document.pk)
    assert list(errors(refused)) == ["reason"]
    send(client, "document_attribute", {"attribute": "withheld", "reason": "条例第十六条"}, document.pk)
    document.refresh_from_db()
    assert document.reassess_on > timezone.localdate()
    Document.objects.update(reassess_on=timezone.localdate())
    assert "待定期评估" in get(client, "document_work").content.decode()
    send(client, "document_reassess", {"attribute": "proactive", "reason": "情形消失"}, document.pk)
    document.refresh_from_db()
    assert (document.attribute, document.reassess_on) == ("proactive", None)


def test_a_plan_of_interpretation_names_form_person_and_day(as_, draft):
    client = as_("handler")
    refused = send(client, "document_plan", {"is_needed": "yes"}, draft.document.pk)
    assert set(errors(refused)) == {"ways", "responsible", "planned_on"}
    data = {
        "is_needed": "yes",
        "ways": ["text", "picture"],
        "responsible": "林敏",
        "planned_on": "2026-12-01",
    }
    assert send(client, "document_plan", data, draft.document.pk).status_code == 302
    acts.publish_edition(edition=draft, actor=SYSTEM, at=timezone.now())
    assert "林敏" in get(client, "interpretations").content.decode()


def test_what_the_night_found_is_listed(as_, records):
    Fault.objects.create(
        document=records.document, code="broken_link", key="k", message="链接失效", found_at=timezone.now()
    )
    assert "链接失效" in get(as_("handler"), "faults").content.decode()
    assert "链接失效" not in get(as_("stranger"), "faults").content.decode()


def test_a_list_for_the_archive_is_made_once_and_taken_along(as_, records):
    client = as_("handler")
    answer = send(client, "hand_over_list_add", {"receiver": "archive"})
    row = HandOver.objects.get()
    assert answer.url == reverse("console:hand_over_list", args=[row.pk])
    assert [line["title"] for line in row.lines] == [records.document.title]
    assert get(client, "hand_over_lists").status_code == 200
    assert records.document.title in get(client, "hand_over_list", row.pk).content.decode()
    assert get(client, "hand_over_list_file", row.pk, "xlsx").content[:2] == b"PK"
    assert get(client, "hand_over_list_file", row.pk, "exe").status_code == 404
    assert "__all__" in errors(send(client, "hand_over_list_add", {"receiver": "archive"}))


@pytest.mark.fonts
def test_the_list_is_a_paper_too(as_, records):
    client = as_("handler")
    send(client, "hand_over_list_add", {"receiver": "library"})
    assert get(client, "hand_over_list_file", HandOver.objects.get().pk, "pdf").content[:5] == b"%PDF-"


def test_a_file_that_cannot_be_read_says_so_and_is_not_kept(as_, bureau):
    client = as_("handler")
    data = {"file": SimpleUploadedFile("坏.pdf", b"%PDF-1.4 broken")}
    assert "file" in errors(send(client, "drop_add", data))
    assert Drop.objects.count() == 0
    assert "file" in errors(send(client, "drop_add", {"file": SimpleUploadedFile("表.txt", "甲".encode())}))


def test_a_drop_is_only_its_body_s(as_, bureau, tmp_path):
    from tests.browser.test_publishing import notice

    client = as_("handler")
    answer = send(client, "drop_add", {"file": SimpleUploadedFile("通知.docx", notice())})
    drop = Drop.objects.get()
    assert answer.url == reverse("console:drop", args=[drop.pk])
    assert get(as_("stranger"), "drop", drop.pk).status_code == 404
    page = get(client, "drop", drop.pk)
    assert page.context["form"]["document_number"].value() == "青教体〔2024〕12号"
    send(client, "drop", {"kind": "policy"}, drop.pk)
    edition = Edition.objects.get()
    assert (edition.source, edition.state, Drop.objects.count()) == ("docx", "draft", 0)
    assert "<table>" in edition.text


def test_a_body_s_rules_are_its_administrators_business(as_, bureau):
    client = as_("administrator")
    page = get(client, "publishing_rules", bureau.pk)
    assert page.context["form"]["interpretation_workdays"].value() == 3
    data = {"legal_kinds": ["rule", "normative", "policy"], "interpretation_workdays": "0"}
    send(client, "publishing_rules", data, bureau.pk)
    rules = PublishingRules.objects.get(body=bureau)
    assert (rules.legal_kinds, rules.interpretation_workdays) == (["rule", "normative", "policy"], 0)
    assert "legal_kinds" in errors(send(client, "publishing_rules", {"legal_kinds": ["rule"]}, bureau.pk))
    assert get(as_("handler"), "publishing_rules", bureau.pk).status_code in {403, 404}


def test_words_are_watched_and_forgotten(as_, bureau):
    client = as_("administrator")
    send(client, "word_add", {"word": "按装", "kind": "typo", "suggestion": "安装"}, bureau.pk)
    word = WatchWord.objects.get()
    assert "按装" in get(client, "publishing_rules", bureau.pk).content.decode()
    assert "word" in errors(send(client, "word_add", {"word": "按装", "kind": "sensitive"}, bureau.pk))
    client.post(reverse("console:word_remove", args=[word.pk]))
    assert WatchWord.objects.count() == 0


def in_work(bureau, number):
    """One of every kind that waits."""
    now = timezone.now()

    def draft(title):
        document = acts.register_document(
            body=bureau, title=title, kind="policy", made_on=dt.date(2024, 3, 1), actor=SYSTEM, at=now
        )
        return acts.add_edition(document=document, text="文", actor=SYSTEM, at=now)

    draft(f"草稿{number}")
    acts.submit_edition(edition=draft(f"送审{number}"), actor=SYSTEM, at=now)
    lacking = draft(f"政策{number}")
    acts.plan_interpretation(
        document=lacking.document,
        is_needed=True,
        forms=["text"],
        responsible="林敏",
        planned_on=now.date(),
        actor=SYSTEM,
        at=now,
    )
    acts.publish_edition(edition=lacking, actor=SYSTEM, at=now)
    Fault.objects.create(
        document=lacking.document, code="x", key=str(number), message="坏", found_at=timezone.now()
    )
    row = Review.objects.create(
        edition=lacking, step="unit", opinion="passed", at=now, is_override=True, remark="仅一人"
    )
    acts.hand_over(body=bureau, receiver="archive", actor=SYSTEM, at=timezone.now())
    return row


@pytest.mark.parametrize("name", ["document_work", "interpretations", "faults", "hand_over_lists"])
def test_the_lists_of_publishing_ask_as_often_for_three_as_for_one(name, as_, bureau, records):
    client = as_("handler")
    in_work(bureau, 1)
    get(client, name)
    with CaptureQueriesContext(connection) as one:
        get(client, name)
    for number in (2, 3):
        in_work(bureau, number)
    with CaptureQueriesContext(connection) as three:
        get(client, name)
    assert len(three) == len(one)


def with_pictures(count):
    """A Word file whose pictures nobody described."""
    book = Word()
    book.add_heading("关于学区划分的通知", 0)
    book.add_paragraph("学区划分见图。")
    for number in range(count):
        target = io.BytesIO()
        Image.new("RGB", (40 + number, 20), (200, 10 * number, 0)).save(target, "PNG")
        book.add_picture(io.BytesIO(target.getvalue()))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_every_picture_of_a_word_file_has_a_field_and_needs_its_words(as_, bureau):
    client = as_("handler")
    send(client, "drop_add", {"file": SimpleUploadedFile("通知.docx", with_pictures(2))})
    drop = Drop.objects.get()
    page = get(client, "drop", drop.pk)
    assert [field for field in page.context["form"].fields if field.startswith("picture_")] == [
        "picture_1",
        "picture_2",
    ]
    shown = get(client, "drop_picture", drop.pk, 2)
    assert (shown["Content-Type"], shown.content[:4]) == ("image/png", b"\x89PNG")
    assert reverse("console:drop_picture", args=[drop.pk, 1]) in page.content.decode()
    assert get(client, "drop_picture", drop.pk, 3).status_code == 404
    assert get(client, "drop_picture", drop.pk, 0).status_code == 404
    assert get(as_("stranger"), "drop_picture", drop.pk, 1).status_code == 404
    send(client, "drop", {"kind": "notice", "made_on": "2024-03-01", "picture_1": "学区<示意>图"}, drop.pk)
    edition = Edition.objects.get()
    first, second = edition.attachments.order_by("position")
    assert first.alternative == "学区<示意>图"
    assert 'alt="学区&lt;示意&gt;图"' in edition.text
    codes = {one.code for one in acts.why_not_submit(edition, actor=SYSTEM, at=timezone.now())}
    assert codes == {"no_alternative"}
    assert "替代文字" in get(client, "edition", edition.pk).content.decode()
    assert "alternative" in errors(
        send(client, "file_edit", {"name": "图.png", "alternative": "（待写替代文字）"}, second.pk)
    )
    send(client, "file_edit", {"name": "图.png", "alternative": "校门照片"}, second.pk)
    edition.refresh_from_db()
    assert 'alt="校门照片"' in edition.text
    assert edition.edited_by is not None
    assert acts.why_not_submit(edition, actor=SYSTEM, at=timezone.now()) == []
