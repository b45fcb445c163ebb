"""Administrators keep the texts letters start from: checked, previewed, restored, with every earlier text kept."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.console.test_forms import errors, send

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.acts.templates import seen_of
from gongkai.foi.letter_text import template_of
from gongkai.foi.letters.kinds import KINDS, kind_of
from gongkai.foi.letters.texts import default_text
from gongkai.foi.models import LetterTemplate, LetterTemplateEdit

pytestmark = pytest.mark.django_db
RECEIPT = kind_of("receipt")
ADDED = default_text(RECEIPT) + "\n请保存好本回执。"


def page(client, body, kind="receipt"):
    return client.get(reverse("console:template", args=[body, kind]))


def seen(client, body, kind="receipt"):
    return page(client, body, kind).context["form"]["seen"].value()


def save(client, body, text, kind="receipt", **more):
    data = {"text": text, "reason": "统一格式", "seen": seen(client, body, kind)} | more
    return send(client, "template", data, body, kind)


def test_every_kind_is_listed_once_and_its_page_has_no_problem(as_, bureau, django_assert_max_num_queries):
    client = as_("administrator")
    with django_assert_max_num_queries(30):
        listed = client.get(reverse("console:templates", args=[bureau.pk]))
    shown = [line[0].address for table in listed.context["tables"] for line in table["lines"]]
    assert sorted(shown) == sorted(reverse("console:template", args=[bureau.pk, key]) for key in KINDS)
    bureau.review_organ, bureau.court, bureau.phone = "青屿县人民政府", "青屿县人民法院", "0579-1"
    bureau.save()
    for key in KINDS:
        preview = page(client, bureau.pk, key).context["preview"]
        assert (preview.problems, preview.refusal) == ((), ""), key
        assert preview.sheet is not None


def test_a_text_is_changed_for_one_body_with_its_history_and_restored(as_, bureau, county):
    client = as_("administrator")
    save(client, bureau.pk, ADDED + "  \r\n")
    assert template_of(RECEIPT, bureau) == ADDED
    assert template_of(RECEIPT, county) == default_text(RECEIPT)
    shown = page(client, bureau.pk).content.decode()
    assert "统一格式" in shown
    assert "请保存好本回执。" in shown
    edit = LetterTemplateEdit.objects.get()
    assert (edit.kind, edit.body, edit.text, edit.reason) == ("receipt", bureau, ADDED, "统一格式")
    old = client.get(reverse("console:template_edition", args=[bureau.pk, "receipt", edit.pk]))
    assert "请保存好本回执。" in old.content.decode()
    restore = reverse("console:template_restore", args=[bureau.pk, "receipt"])
    given = client.get(restore).context["form"]["seen"].value()
    send(client, "template_restore", {"seen": given, "reason": ""}, bureau.pk, "receipt")
    assert template_of(RECEIPT, bureau) == default_text(RECEIPT)
    assert [one.text for one in LetterTemplateEdit.objects.all()] == ["", ADDED]
    verbs = Entry.objects.filter(verb__in=["foi.edit_template", "foi.restore_template"])
    assert list(verbs.order_by("sequence").values_list("verb", "body", "reason")) == [
        ("foi.edit_template", bureau.pk, "统一格式"),
        ("foi.restore_template", bureau.pk, ""),
    ]
    gone = reverse(
        "console:template_edition", args=[bureau.pk, "receipt", LetterTemplateEdit.objects.first().pk]
    )
    assert client.get(gone).status_code == 404  # the restoring has no text of its own


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text + "\n{{申请人电话}}", "没有名为“{{申请人电话}}”的数据项"),
        (lambda text: text + "\n{{救济途径}}", "该文书不告知救济途径"),
        (lambda text: text.replace("{{查询二维码}}", "").replace("{{申请信息表}}", ""), "缺少"),
        (lambda text: text + "\n见：{{申请信息表}}", "独占一行"),
        (lambda text: text + "\n{{申请编号", "花括号"),
        (lambda _: "  ", "没有文字"),
        (lambda text: text, "没有任何改动"),
        (lambda text: text + "长" * 20_000, "超过20000个字"),
    ],
)
def test_a_wrong_text_is_refused_and_stays_in_its_field(as_, bureau, change, message):
    text = change(default_text(RECEIPT))
    answer = save(as_("administrator"), bureau.pk, text)
    assert answer.status_code == 422
    assert message in "".join(errors(answer)["text"])
    assert answer.context["form"]["text"].value() == text
    assert not LetterTemplate.objects.exists()
    assert not LetterTemplateEdit.objects.exists()


def test_a_preview_is_shown_and_not_kept(as_, bureau):
    answer = save(as_("administrator"), bureau.pk, ADDED, preview="1")
    assert "请保存好本回执。" in answer.content.decode()
    assert not LetterTemplate.objects.exists()


def test_two_administrators_at_once_lose_nothing(as_, bureau):
    client = as_("administrator")
    before = seen(client, bureau.pk)
    save(client, bureau.pk, ADDED)
    answer = save(client, bureau.pk, ADDED + "\n另一位管理员。", seen=before)
    assert "已由他人修改" in "".join(errors(answer)["text"])
    assert template_of(RECEIPT, bureau) == ADDED


def test_the_text_for_all_lies_beneath_the_bodies_own(as_, bureau, county):
    client = as_("county_admin")
    save(client, 0, ADDED)
    assert template_of(RECEIPT, bureau) == ADDED
    mine = as_("administrator")
    assert "适用全部机关的模板" in mine.get(reverse("console:templates", args=[bureau.pk])).content.decode()
    own = ADDED + "\n本局电话见上。"
    save(mine, bureau.pk, own)
    assert (template_of(RECEIPT, bureau), template_of(RECEIPT, county)) == (own, ADDED)
    bodies = client.get(reverse("console:template_bodies"))
    numbers = {line[0].text: line[1].text for line in bodies.context["tables"][0]["lines"]}
    assert (numbers["全部机关"], numbers[bureau.name]) == ("1", "1")


def test_who_may(as_, bureau, county):
    own = reverse("console:templates", args=[bureau.pk])
    assert as_("administrator").get(reverse("console:template_bodies")).url == own
    assert as_("administrator").get(reverse("console:templates", args=[0])).status_code == 403
    assert as_("administrator").get(reverse("console:templates", args=[county.pk])).status_code == 404
    assert as_("handler").get(own).status_code == 403
    assert as_("county_admin").get(own).status_code == 200
    assert page(as_("administrator"), bureau.pk, "no-such-kind").status_code == 404


@pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_sample_is_taken_along(as_, bureau, ending, start):
    answer = as_("administrator").get(reverse("console:template_file", args=[bureau.pk, "receipt", ending]))
    assert answer.content.startswith(start)
    assert (
        as_("administrator")
        .get(reverse("console:template_file", args=[bureau.pk, "receipt", "txt"]))
        .status_code
        == 404
    )


def test_a_sample_that_lacks_data_of_the_body_says_which(as_, bureau):
    bureau.review_organ = ""
    bureau.save()
    client = as_("administrator")
    assert "行政复议机关" in page(client, bureau.pk, "granted").context["preview"].refusal
    answer = client.get(reverse("console:template_file", args=[bureau.pk, "granted", "pdf"]), follow=True)
    assert "行政复议机关" in answer.content.decode()


def test_a_template_is_made_by_the_system_too(bureau):
    acts.edit_template(
        kind=RECEIPT, body=None, text=ADDED, seen=seen_of(RECEIPT, None), actor=SYSTEM, at=timezone.now()
    )
    assert template_of(RECEIPT, bureau) == ADDED
