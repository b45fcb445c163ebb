"""Pages of catalogues: who may what, a table taken over, an item changed, the states of a preview."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from tests.catalogue.conftest import line, official_workbook, saved, sheet_of
from tests.console.conftest import client_for
from tests.factories import make_handler

from gongkai.catalogue.acts import adopt_catalogue, load_reference_catalogue, prepare_import
from gongkai.catalogue.models import Catalogue, ImportDraft, Item
from gongkai.catalogue.queries import rows_of
from gongkai.catalogue.tables.reading import read_table
from gongkai.core.actors import SYSTEM
from gongkai.organisations.acts import add_unit
from gongkai.organisations.enums import Role

pytestmark = pytest.mark.django_db

ADOPTED = dt.date(2024, 3, 1)
TODAY = dt.date.today


@pytest.fixture
def own(bureau):
    return adopt_catalogue(
        body=bureau, catalogue=load_reference_catalogue(), actor=SYSTEM, adopted_on=ADOPTED
    )


@pytest.fixture
def item(own):
    return Item.objects.get(catalogue=own, name="招生计划")


@pytest.fixture
def people(bureau, elsewhere):
    """A browser for each of those the pages tell apart."""
    roles = {"reader": Role.READER, "handler": Role.HANDLER, "approver": Role.APPROVER}
    found = {name: client_for(make_handler(bureau, role)) for name, role in roles.items()}
    return found | {"stranger": client_for(make_handler(elsewhere, Role.APPROVER))}


def to(name, *args):
    return reverse(f"console:{name}", args=args)


def statuses(people, address):
    return {who: client.get(address).status_code for who, client in people.items()}


def file(content, name="目录.xlsx"):
    return SimpleUploadedFile(name, content)


READ_ALL = {"reader": 200, "handler": 200, "approver": 200, "stranger": 404}
WORK = {"reader": 403, "handler": 200, "approver": 200, "stranger": 404}


def test_who_reads_and_who_works(people, own, item):
    draft = prepared(own)
    reading = [
        to("catalogue", own.pk),
        to("catalogue_export", own.pk),
        to("catalogue_edition", own.pk, 1),
        to("catalogue_edition_export", own.pk, 1),
        to("catalogue_item", item.pk),
        to("catalogue_draft", draft.pk),
    ]
    working = [
        *(to(name, own.pk) for name in ("catalogue_table", "catalogue_issue", "catalogue_retire")),
        to("catalogue_item_add", own.pk),
        *(
            to(f"catalogue_item_{name}", item.pk)
            for name in ("edit", "duty", "read_again", "absent", "applies", "retire")
        ),
    ]
    assert {address: statuses(people, address) for address in reading} == dict.fromkeys(reading, READ_ALL)
    assert {address: statuses(people, address) for address in working} == dict.fromkeys(working, WORK)
    upload = {"reader": 403, "handler": 200, "approver": 200, "stranger": 200}
    assert statuses(people, to("catalogue_import")) == upload
    standard = own.based_on
    assert set(statuses(people, to("catalogue", standard.pk)).values()) == {200}
    assert set(statuses(people, to("catalogue_table", standard.pk)).values()) == {403}


def prepared(own, **cells):
    book, _ = sheet_of([line(**cells)])
    return prepare_import(
        content=saved(book),
        file_name="目录.xlsx",
        body=own.body,
        field=own.field,
        catalogue=own,
        actor=SYSTEM,
        at=dt.datetime.now(dt.UTC),
    )


def test_the_list_and_the_catalogue_say_what_is_there(people, own):
    page = people["handler"].get(to("catalogues")).content.decode()
    assert own.title in page
    assert "标准目录" in page
    page = people["handler"].get(to("catalogue", own.pk)).content.decode()
    assert "有1项的公开时限无法从文字判断" in page
    assert "您在“青屿县教育局”没有“审核签发”权限" in page
    assert "第1版" in page


def test_the_exported_table_is_the_one_that_is_read(people, own):
    answer = people["reader"].get(to("catalogue_export", own.pk))
    assert list(read_table(answer.content).rows) == rows_of(own)
    assert load_workbook(io.BytesIO(answer.content)).active.merged_cells.ranges
    edition = people["reader"].get(to("catalogue_edition_export", own.pk, 1))
    assert list(read_table(edition.content).rows) == rows_of(own)
    assert people["reader"].get(to("catalogue_edition", own.pk, 9)).status_code == 404


def test_from_upload_to_confirmation(people, own, bureau):
    handler, approver = people["handler"], people["approver"]
    rows = rows_of(own)
    changed = line(B=rows[0].level1, C=rows[0].level2, D=rows[0].content, E=rows[0].basis, G="县教育局")
    book, _ = sheet_of([changed, line(B="学前教育", C="幼儿园名录")])
    answer = handler.post(to("catalogue_table", own.pk), {"file": file(saved(book)), "once": "a"})
    draft = ImportDraft.objects.get()
    assert answer.url == to("catalogue_draft", draft.pk)
    page = handler.get(answer.url).content.decode()
    for words in ("新增（1项）", "幼儿园名录", "变更（1项）", "县教育局", "停用（33项）", "现在不能确认"):
        assert words in page
    sent = {"adopted_on": TODAY().isoformat(), "note": "增加学前教育", "once": "b"}
    refused = handler.post(answer.url, sent)
    assert refused.status_code == 422
    assert len(rows_of(own)) == 34
    done = approver.post(answer.url, sent)
    assert done.url == to("catalogue", own.pk)
    assert [row.level2 for row in rows_of(own)] == [rows[0].level2, "幼儿园名录"]
    assert approver.post(answer.url, sent | {"once": "c"}).url == to("catalogue", own.pk)
    assert own.editions.count() == 2
    page = approver.get(to("catalogue_edition", own.pk, 2)).content.decode()
    assert "与上一版的差异" in page
    assert "增加学前教育" in page


def test_wrong_cells_are_told_on_the_page_and_nothing_is_kept(people, own):
    book, _ = sheet_of([line(D=None, K="主")])
    answer = people["handler"].post(to("catalogue_table", own.pk), {"file": file(saved(book))})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第4行D列（公开内容（要素））：公开内容（要素）为空（请填写）" in page
    assert "第4行K列（公开方式）：“主”不是√也不是空白" in page
    assert ImportDraft.objects.count() == 0


def test_a_new_catalogue_from_a_table(people, own, bureau, elsewhere):
    stranger = people["stranger"]
    sent = {"body": elsewhere.pk, "file": file(official_workbook()), "once": "n"}
    answer = stranger.post(to("catalogue_import"), sent)
    assert answer.status_code == 422
    assert "新建目录须选择领域" in answer.content.decode()
    sent |= {"file": file(official_workbook()), "field": own.field.pk}
    answer = stranger.post(to("catalogue_import"), sent)
    draft = ImportDraft.objects.get()
    assert answer.url == to("catalogue_draft", draft.pk)
    assert people["handler"].get(answer.url).status_code == 404
    stranger.post(answer.url, {"adopted_on": TODAY().isoformat(), "once": "m"})
    made = Catalogue.objects.get(body=elsewhere)
    assert made.items.exclude(parent=None).count() == 34
    taken = {"body": elsewhere.pk, "catalogue": own.pk, "file": file(official_workbook())}
    assert stranger.post(to("catalogue_import"), taken).status_code == 422


def test_a_draft_is_discarded(people, own):
    draft = prepared(own)
    assert people["reader"].post(to("catalogue_draft_discard", draft.pk)).status_code == 403
    assert people["handler"].post(to("catalogue_draft_discard", draft.pk)).url == to("catalogue", own.pk)
    assert ImportDraft.objects.count() == 0


def test_following_the_standard(people, own):
    answer = people["handler"].post(to("catalogue_update", own.pk))
    draft = ImportDraft.objects.get()
    assert answer.url == to("catalogue_draft", draft.pk)
    page = people["handler"].get(answer.url).content.decode()
    assert "没有差异" in page
    assert "本机关调整过的栏目，予以保留" in page
    assert people["reader"].post(to("catalogue_update", own.pk)).status_code == 403
    own.based_on = None
    own.save()
    assert people["handler"].post(to("catalogue_update", own.pk)).url == to("catalogue", own.pk)


def form_of(client, address):
    form = client.get(address).context["form"]
    return {
        name: value
        for name, field in form.fields.items()
        if (value := form.get_initial_for_field(field, name)) not in (None, False)
    }


def test_an_item_is_changed_by_its_form(people, own, item, bureau):
    add_unit(body=bureau, name="基教股", kind="internal", actor=SYSTEM)
    handler, address = people["handler"], to("catalogue_item_edit", item.pk)
    sent = form_of(handler, address) | {"time_limit": "每年5月底前", "unit": "基教股", "once": "e"}
    assert handler.post(address, sent).url == to("catalogue_item", item.pk)
    item.refresh_from_db()
    assert (item.localised, item.unit.name, item.due_month) == (["time_limit"], "基教股", 5)
    page = handler.get(to("catalogue_item", item.pk)).content.decode()
    assert "标准为：信息形成或者变更之日起20个工作日内" in page
    assert "每年5月31日前公开" in page
    wrong = handler.post(address, sent | {"level2": "", "once": "f"})
    assert wrong.status_code == 422
    nobody = handler.post(address, {k: v for k, v in sent.items() if k != "everybody"} | {"once": "g"})
    assert "公开对象至少选一项" in nobody.content.decode()


def test_a_row_is_added_and_retired(people, own, item):
    handler = people["handler"]
    sent = form_of(handler, to("catalogue_item_edit", item.pk))
    sent |= {"level1": "学前教育", "level2": "幼儿园名录", "once": "h"}
    answer = handler.post(to("catalogue_item_add", own.pk), sent)
    added = Item.objects.get(catalogue=own, name="幼儿园名录")
    assert answer.url == to("catalogue_item", added.pk)
    handler.post(to("catalogue_item_retire", added.pk), {"reason": "误加", "once": "i"})
    assert "已停用" in handler.get(to("catalogue_item", added.pk)).content.decode()


def test_a_duty_is_determined_and_read_again(people, own):
    handler = people["handler"]
    doubtful = Item.objects.exclude(parent=None).get(catalogue=own, rhythm="unknown")
    assert "含以小时计的时限" in handler.get(to("catalogue_item", doubtful.pk)).content.decode()
    address = to("catalogue_item_duty", doubtful.pk)
    sent = {"rhythm": "on_event", "span": "workdays", "reason": "县应急预案", "once": "j"}
    assert "应填写期限" in handler.post(address, sent).content.decode()
    assert handler.post(address, sent | {"term": "1"}).url == to("catalogue_item", doubtful.pk)
    assert "（人工核定）" in handler.get(to("catalogue_item", doubtful.pk)).content.decode()
    handler.post(to("catalogue_item_read_again", doubtful.pk), {"once": "k"})
    doubtful.refresh_from_db()
    assert (doubtful.rhythm, doubtful.duty_by_hand) == ("unknown", False)


def test_an_item_that_does_not_occur(people, own, item):
    handler = people["handler"]
    handler.post(to("catalogue_item_absent", item.pk), {"reason": "由市局统一办理", "once": "l"})
    page = handler.get(to("catalogue_item", item.pk)).content.decode()
    assert "未涉及" in page
    assert "由市局统一办理" in page
    handler.post(to("catalogue_item_applies", item.pk), {"once": "o"})
    item.refresh_from_db()
    assert item.not_applicable == ""


def test_an_edition_is_issued_and_a_catalogue_ended(people, own, item):
    approver = people["approver"]
    sent = {"adopted_on": TODAY().isoformat(), "once": "p"}
    assert "目录与第1版相同" in approver.post(to("catalogue_issue", own.pk), sent).content.decode()
    approver.post(to("catalogue_item_retire", item.pk), {"reason": "合并", "once": "q"})
    assert "停用1项" in approver.get(to("catalogue", own.pk)).content.decode()
    assert approver.post(to("catalogue_issue", own.pk), sent).url == to("catalogue_edition", own.pk, 2)
    ended = {"on": TODAY().isoformat(), "reason": "机构改革", "once": "r"}
    assert approver.post(to("catalogue_retire", own.pk), ended).url == to("catalogue", own.pk)
    assert "机构改革" in approver.get(to("catalogue", own.pk)).content.decode()


def test_the_standard_is_changed_by_the_superuser(own, officers):
    client = client_for(officers["superuser"])
    standard = own.based_on
    book, _ = sheet_of([line()])
    answer = client.post(to("catalogue_table", standard.pk), {"file": file(saved(book)), "once": "s"})
    assert answer.url == to("catalogue_draft", ImportDraft.objects.get().pk)
    client.post(answer.url, {"adopted_on": TODAY().isoformat(), "once": "t"})
    assert len(rows_of(standard)) == 1
