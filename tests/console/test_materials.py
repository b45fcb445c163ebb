"""Case files and redaction on the page: uploaded, taken along, marked, verified, released by another."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from tests.console.conftest import client_for
from tests.console.test_letters import at, send, signed
from tests.console.test_who_may import EVERYBODY, HANDLERS, READERS, expected, statuses
from tests.factories import make_handler, make_request
from tests.foi.paperwork import ready
from tests.redaction.builders import set_pdf

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.models import Dispatch, Material, Redaction

pytestmark = [pytest.mark.django_db, pytest.mark.fonts]


@pytest.fixture
def case(bureau):
    return ready(make_request(bureau, submitted_on=timezone.localdate()))


@pytest.fixture
def source(case):
    return acts.add_material(
        request=case,
        kind="source",
        name="台账.pdf",
        content=set_pdf("联系电话13800138000，经办人王敏"),
        actor=SYSTEM,
        at=timezone.now(),
    )


def upload(name="申请书.txt", content=b"GK"):
    return SimpleUploadedFile(name, content)


def test_a_file_is_uploaded_listed_and_taken_along(as_, case):
    client = as_("handler")
    send(client, at("material_add", case.pk), kind="identity", file=upload())
    row = Material.objects.get()
    page = client.get(at("request", case.pk)).content.decode()
    assert ("申请书.txt" in page, "身份证明" in page) == (True, True)
    read = as_("reader").get(at("request", case.pk)).content.decode()
    assert ("申请书.txt" in read, "身份证明" in read) == (False, True)
    answer = client.get(at("material_file", row.pk))
    assert (answer.content, answer["X-Content-Type-Options"]) == (b"GK", "nosniff")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.get(verb="foi.download_material").detail == {"material": row.pk, "kind": "identity"}


def test_a_file_that_is_not_taken_is_refused_in_words(as_, case):
    client, address = as_("handler"), at("material_add", case.pk)
    answer = send(client, address, 422, kind="source", file=upload("程序.exe", b"MZ\x90\x00\x03"))
    assert "不能接受这种格式的文件" in str(answer.context["form"].errors["file"])
    send(client, address, kind="other", file=upload())
    answer = send(client, address, 422, kind="other", file=upload())
    assert "已经上传过" in str(answer.context["form"].errors["file"])


def test_a_file_that_changed_on_disk_is_not_handed_out(as_, source):
    with source.file.storage.open(source.file.name, "wb") as stored:
        stored.write(b"other")
    answer = as_("handler").get(at("material_file", source.pk), follow=True)
    assert "与加入时不一致" in answer.content.decode()


def test_a_file_is_given_to_the_applicant_and_taken_back(as_, source):
    send(as_("handler"), at("material_provide", source.pk))
    assert Material.objects.get().for_applicant
    send(as_("handler"), at("material_keep", source.pk))
    assert not Material.objects.get().for_applicant


def test_a_service_is_proved(as_, case):
    letter = signed(as_, case, "clarification", clarify="请写明年度", clarify_by="2099-01-04")
    client = as_("handler")
    send(client, at("letter_dispatch", letter.pk), carrier="EMS", tracking_number="XA1")
    sent = Dispatch.objects.get()
    send(client, at("dispatch_proof", sent.pk), 422)
    send(client, at("dispatch_proof", sent.pk), file=upload("回执.txt"))
    proof = Material.objects.get()
    sent.refresh_from_db()
    assert (sent.proof, proof.kind) == (proof, "proof")
    assert "proof" in client.get(at("dispatch_proof", sent.pk)).context["form"].fields


# Redaction --------------------------------------------------------------------------------------------------


def begun(client, source):
    send(client, at("redaction_begin", source.pk))
    return Redaction.objects.get()


def test_from_a_suggestion_to_the_release(as_, case, source):
    client = as_("handler")
    row = begun(client, source)
    address = at("redaction_page", row.pk, 1)
    found = client.get(address).context["suggestions"]
    assert next((one["kind"], one["text"], one["covered"]) for one in found) == (
        "手机号码",
        "13800138000",
        False,
    )
    send(client, address, suggested=[found[0]["id"]], basis="privacy")
    assert client.get(address).context["suggestions"][0]["covered"]
    assert client.get(at("redaction_image", row.pk, 1)).content.startswith(b"\x89PNG")
    send(client, at("redaction_produce", row.pk))
    row.refresh_from_db()
    assert (bool(row.verified_at), row.bases) == (True, ["privacy"])
    assert client.get(at("redaction_result", row.pk, 1)).content.startswith(b"\x89PNG")
    own = client.get(at("redaction", row.pk)).context["impossible"]
    assert [one.code for offer in own for one in offer.obstacles] == ["own_marks"]
    second = client_for(make_handler(case.body))
    send(second, at("redaction_release", row.pk))
    row.refresh_from_db()
    assert (row.result.for_applicant, source.for_applicant) == (True, False)
    form = client.get(at("letter_add", case.pk, "partial")).context["form"]
    assert "条例第十五条" in str(form["withheld"].value())


def test_words_lines_rectangles_and_bases(as_, source):
    client = as_("handler")
    row = begun(client, source)
    address = at("redaction_page", row.pk, 1)
    line = client.get(address).context["lines"][0]
    send(client, address, words=[line["words"][0]["id"]], basis="privacy")
    sides = {"left": "10", "top": "10", "width": "30", "height": "10"}
    send(client, address, basis="internal", **sides)
    row.refresh_from_db()
    assert [(one["basis"], one["page"]) for one in row.marks] == [("privacy", 1), ("internal", 1)]
    assert [round(row.marks[1][side]) for side in ("x", "y", "width", "height")] == [28, 28, 85, 28]
    send(client, address, drop=["1"], basis_0="trade_secret")
    row.refresh_from_db()
    assert [one["basis"] for one in row.marks] == ["trade_secret"]


def test_a_refused_page_keeps_what_was_ticked(as_, source):
    client = as_("handler")
    row = begun(client, source)
    address = at("redaction_page", row.pk, 1)
    word = client.get(address).context["lines"][0]["words"][0]["id"]
    answer = send(client, address, 422, words=[word], left="10")
    assert set(answer.context["form"].errors) == {"top", "width", "height"}
    assert answer.context["lines"][0]["words"][0]["ticked"]
    beyond = send(client, address, 422, left="500", top="10", width="30", height="10")
    assert "超出第1页的范围" in beyond.content.decode()
    assert Redaction.objects.get().marks == []


def test_marks_of_two_officers_do_not_overwrite_each_other(as_, source):
    client = as_("handler")
    row = begun(client, source)
    address = at("redaction_page", row.pk, 1)
    sides = {"left": "10", "top": "10", "width": "30", "height": "10"}
    send(client, address, **sides)
    answer = send(client, address, 422, **(sides | {"top": "40", "seen": json.dumps([])}))
    assert "已由他人修改" in answer.content.decode()


def test_a_picture_is_marked_by_place(as_, case):
    image = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(image, "PNG")
    client = as_("handler")
    send(client, at("material_add", case.pk), kind="source", file=upload("扫描.png", image.getvalue()))
    row = begun(client, Material.objects.get())
    page = client.get(at("redaction_page", row.pk, 1)).content.decode()
    assert "请按位置标注" in page
    send(client, at("redaction_page", row.pk, 1), whole="on")
    assert len(Redaction.objects.get().marks) == 1
    assert client.get(at("redaction_page", row.pk, 2)).status_code == 404


def test_who_may_do_what_with_files(as_, case, source):
    for name in ("material_file", "material_provide", "material_keep", "redaction_begin"):
        assert statuses(as_, at(name, source.pk)) == expected(HANDLERS, READERS), name
    assert statuses(as_, at("material_add", case.pk)) == expected(HANDLERS, READERS)
    row = acts.begin_redaction(source=source, actor=SYSTEM, at=timezone.now())
    for name in ("redaction", "redaction_produce", "redaction_release"):
        assert statuses(as_, at(name, row.pk)) == expected(HANDLERS, READERS), name
    for name in ("redaction_page", "redaction_image"):
        assert statuses(as_, at(name, row.pk, 1)) == expected(HANDLERS, READERS), name
    nothing = {name: 404 if name not in READERS or name in HANDLERS else 403 for name in EVERYBODY}
    assert statuses(as_, at("redaction_result", row.pk, 1)) == nothing
