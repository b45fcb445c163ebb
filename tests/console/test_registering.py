"""Registering at the desk: numbers that can be right, what the same person asked before, the papers to print."""

import datetime as dt
import html
import io
import re

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from tests.console.test_forms import errors, register
from tests.factories import SYSTEM, make_applicant, make_request

from gongkai.audit.models import Entry
from gongkai.core.query_codes import shown_code
from gongkai.foi import acts
from gongkai.foi.models import Applicant, Request
from gongkai.typesetting.fonts import FontMissing

pytestmark = pytest.mark.django_db

RESIDENT = "33078119900101007X"
CREDIT_CODE = "91110000600037341L"


# Numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "chosen", "number", "field", "words"),
    [
        ("natural", "", "330781199001010071", "identity_number", "校验不符"),
        ("natural", "", "3307811990010100", "identity_number", "现在有16位"),
        ("natural", "", "330781900101001", "identity_number", "一代身份证已经停用"),
        ("natural", "", "33078119901301007X", "identity_number", "出生年月日"),
        ("natural", "", "E12345678", "identity_number", "请改选证件种类"),
        ("natural", "passport", "护照", "identity_number", "护照号码由5至17位"),
        ("natural", "hk_mo", "X12345678", "identity_number", "字母H或者M"),
        ("natural", "compatriot", RESIDENT, "identity_number", "81、82或者83开头"),
        ("business", "", "91110000600037341M", "identity_number", "校验不符"),
        ("business", "", "9111000060003734", "identity_number", "现在有16位"),
        ("public_good", "", RESIDENT, "identity_number", "统一社会信用代码|校验不符|代码"),
        ("business", "passport", "E12345678", "identity_type", "单位没有护照"),
    ],
)
def test_a_number_that_cannot_be_right_is_told_at_its_field_and_nothing_is_lost(
    as_, kind, chosen, number, field, words
):
    answer = register(
        as_("handler"), kind=kind, identity_type=chosen, identity_number=number, address="某路1号"
    )
    told = errors(answer)
    assert list(told) == [field]
    assert re.search(words, told[field][0])
    if field == "identity_number":
        assert "先留空登记" in told[field][0]
    page = html.unescape(answer.content.decode())
    assert all(typed in page for typed in ("张三", number, "某路1号", "经费决算"))
    assert (Request.objects.count(), Applicant.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "chosen", "number", "kept"),
    [
        ("natural", "", "３３０７８１１９９００１０１００７ｘ", RESIDENT),
        ("natural", "passport", "e 1234 5678", "E12345678"),
        ("natural", "military", "南字第01234567号", "南字第01234567号"),
        ("natural", "foreigner", "USA123456789012", "USA123456789012"),
        ("natural", "", "", ""),
        ("business", "", "91110000600037341l", CREDIT_CODE),
        ("other", "other", "HK-1234567", "HK-1234567"),
        ("other", "", "", ""),
    ],
)
def test_a_number_that_can_be_right_is_kept_as_it_is_found_again(as_, kind, chosen, number, kept):
    register(as_("handler"), kind=kind, identity_type=chosen, identity_number=number)
    assert Applicant.objects.get().identity_number == kept


# The same applicant --------------------------------------------------------------------------------------------


def once_more(client, answer, **data):
    """Press the button of the page again, with what stands in it."""
    form = answer.context["form"]
    typed = {field.html_name: field.value() for field in form if field.value() not in {None, False}}
    return client.post(reverse("console:request_add"), typed | {"seen": answer.context["seen"]} | data)


def test_what_the_same_person_asked_before_is_shown_before_anything_is_registered(as_, bureau):
    client = as_("handler")
    known = make_applicant(bureau, name="张三", identity_number=RESIDENT)
    earlier = make_request(
        bureau, applicant=known, subject="2024年经费决算", submitted_on=dt.date(2024, 5, 2)
    )
    answer = register(client, identity_number=RESIDENT, subject="2024年的经费决算", submitted_on="2024-05-06")
    assert "还有1件申请，其中1件可能与本件重复" in errors(answer)["__all__"][0]
    page = answer.content.decode()
    assert (earlier.number in page, "可能重复" in page) == (True, True)
    assert re.search(r"2024年5月，本件是该申请人向本机关提出的第 <span class=\"num\">2</span> 件", page)
    assert Request.objects.count() == 1

    made = once_more(client, answer)
    again = once_more(client, answer)
    assert (made.status_code, again.url) == (302, made.url)
    assert Request.objects.count() == 2
    assert Request.objects.latest("pk").applicant == known


def test_who_changes_the_applicant_is_shown_the_others_of_that_one(as_, bureau):
    client = as_("handler")
    make_request(bureau, applicant=make_applicant(bureau, name="张三"), subject="甲")
    make_request(bureau, applicant=make_applicant(bureau, name="李四"), subject="乙")
    first = register(client)
    second = once_more(client, first, name="李四")
    assert second.status_code == 422
    assert second.context["seen"] not in {"", first.context["seen"]}
    assert once_more(client, second, name="李四").status_code == 302


def test_a_stranger_has_no_others_and_is_registered_at_once(as_, bureau):
    client = as_("handler")
    make_request(bureau, applicant=make_applicant(bureau, name="张三", identity_number="E7654321"))
    make_request(applicant=None, subject="经费决算")  # of another body
    assert register(client, identity_number=RESIDENT).status_code == 302


def test_a_name_without_a_number_may_be_the_same_person(as_, bureau):
    make_request(bureau, applicant=make_applicant(bureau, name="张三"), subject="校车")
    answer = register(as_("handler"), identity_number=RESIDENT)
    assert "（或者同名的人）在本机关还有1件申请（请核对" in errors(answer)["__all__"][0]


def test_the_eleventh_of_a_month_is_told(as_, bureau):
    known = make_applicant(bureau, name="张三", identity_number=RESIDENT)
    for day in range(1, 11):
        make_request(bureau, applicant=known, submitted_on=dt.date(2024, 5, day))
    page = register(as_("handler"), identity_number=RESIDENT).content.decode()
    assert '第 <span class="num">11</span> 件' in page
    assert "超过 10 件的部分收费" in page


def test_the_others_of_a_known_applicant_stand_on_the_page_from_the_start(as_, records):
    client = as_("handler")
    address = f"{reverse('console:request_add')}?applicant={records.waiting.applicant_id}"
    page = client.get(address)
    assert records.waiting.number in page.content.decode()
    form = page.context["form"]
    data = {"channel": "in_person", "subject": "另一件", "submitted_on": "2024-05-06"}
    data |= {"body": form["body"].value(), "once": form["once"].value(), "seen": page.context["seen"]}
    assert client.post(address, data).status_code == 302


def test_the_page_costs_the_same_with_one_other_and_with_three(as_, bureau, django_assert_max_num_queries):
    client = as_("handler")
    known = make_applicant(bureau, name="张三", identity_number=RESIDENT)
    address = f"{reverse('console:request_add')}?applicant={known.pk}"
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make_request(bureau, applicant=known)
        with django_assert_max_num_queries(40) as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]


# On paper ----------------------------------------------------------------------------------------------------------


def words(content):
    pages = pypdfium2.PdfDocument(content)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


@pytest.fixture
def case(bureau):
    applicant = make_applicant(
        bureau, name="申屠无名", identity_number=RESIDENT, phone="13800000000", address="某路1号"
    )
    more = {"wanted_form": "纸质", "wanted_delivery": "自行领取", "special_needs": "请用大字"}
    return make_request(
        bureau,
        applicant=applicant,
        channel="oral",
        subject="校舍台账",
        submitted_on=timezone.localdate(),
        **more,
    )


def test_the_slip_is_offered_after_registering_and_holds_no_code_and_no_name(as_, case):
    client = as_("handler")
    code = acts.issue_query_code(request=case, actor=SYSTEM, at=timezone.now())
    address = reverse("console:request_slip", args=[case.pk, "pdf"])
    assert address in client.get(reverse("console:request", args=[case.pk])).content.decode()
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    told = words(answer.content)
    today = timezone.localdate()
    for part in (
        case.number,
        "校舍台账",
        "申***",
        "口头",
        f"{today.year}年{today.month}月{today.day}日",
        "答复期限",
    ):
        assert part in told
    assert f"/requests/?number={case.number}" in told or f"number={case.number}" in told
    assert [one for one in ("申屠无名", RESIDENT, "13800000000", code, shown_code(code)) if one in told] == []


@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("http://localhost", "http://testserver/bodies/"),
        ("https://www.qingyu.gov.cn", "https://www.qingyu.gov.cn/bodies/"),
    ],
)
def test_the_slip_leads_to_where_the_public_finds_the_site(as_, case, settings, site, address):
    settings.GONGKAI_SITE_ADDRESS = site
    told = words(as_("handler").get(reverse("console:request_slip", args=[case.pk, "pdf"])).content)
    assert address in told


def test_the_slip_of_what_is_not_received_yet_says_so(as_, bureau):
    case = make_request(bureau, channel="fax", received=False)
    told = words(as_("handler").get(reverse("console:request_slip", args=[case.pk, "pdf"])).content)
    assert "待确认" in told
    assert "第三十一条" in told
    assert "答复期限20" not in told


def test_the_form_filled_in_for_who_asks_orally_is_recorded_as_a_look(as_, case):
    client = as_("handler")
    address = reverse("console:request_form_file", args=[case.pk, "pdf"])
    assert address in client.get(reverse("console:request", args=[case.pk])).content.decode()
    told = words(client.post(address).content)
    for part in (
        "申屠无名", RESIDENT, "居民身份证", "13800000000", "某路1号", "校舍台账", "■纸质", "■自行领取", "□邮寄", "请用大字",
        "代填", "申请人签名", case.number,
    ):  # fmt: skip
        assert part in told
    assert Entry.objects.filter(verb="foi.view_applicant", target_id=str(case.pk)).count() == 1


def test_the_form_of_an_organisation_with_an_agent_as_word(as_, bureau):
    applicant = make_applicant(bureau, kind="research", name="某研究院", identity_number=CREDIT_CODE)
    case = make_request(
        bureau, applicant=applicant, agent_name="李代理", agent_phone="13900139000", wanted_form="缩微胶片"
    )
    acts.add_material(
        request=case, kind="authority", name="a.pdf", content=b"%PDF-1.4\n", actor=SYSTEM, at=timezone.now()
    )
    answer = as_("handler").post(reverse("console:request_form_file", args=[case.pk, "docx"]))
    cells = {
        cell.text
        for table in Document(io.BytesIO(answer.content)).tables
        for row in table.rows
        for cell in row.cells
    }
    said = "\n".join(cells)
    for part in ("某研究院", CREDIT_CODE, "■科研机构", "李代理", "■附授权委托书", "■其他：缩微胶片"):
        assert part in said


def test_by_post_nobody_fills_in_a_form(as_, bureau):
    case = make_request(bureau, channel="registered_mail", received=False)
    page = as_("handler").get(reverse("console:request", args=[case.pk])).content.decode()
    assert reverse("console:request_slip", args=[case.pk, "docx"]) in page
    assert "代填的申请表" not in page


@pytest.mark.parametrize(("name", "status"), [("reader", 403), ("stranger", 404)])
def test_the_papers_are_for_who_handles(as_, case, name, status):
    client = as_(name)
    assert client.get(reverse("console:request_slip", args=[case.pk, "pdf"])).status_code == status
    assert client.post(reverse("console:request_form_file", args=[case.pk, "pdf"])).status_code == status
    assert not Entry.objects.filter(verb="foi.view_applicant").exists()


def test_an_unknown_kind_of_file_is_not_there(as_, case):
    assert as_("handler").get(reverse("console:request_slip", args=[case.pk, "exe"])).status_code == 404


def test_without_a_font_the_page_says_what_to_do(as_, case, monkeypatch):
    from gongkai.console.views import registering

    def none(*_, **__):
        raise FontMissing

    monkeypatch.setitem(registering.FILES, "pdf", (none, "application/pdf"))
    answer = as_("handler").get(reverse("console:request_slip", args=[case.pk, "pdf"]), follow=True)
    assert "请改用Word文件打印" in answer.content.decode()


def test_an_act_that_was_refused_leaves_no_number_behind(as_, bureau):
    """Shown first, registered later: the numbers stay without a gap."""
    client = as_("handler")
    make_request(bureau, applicant=make_applicant(bureau, name="张三"), submitted_on=dt.date(2024, 5, 2))
    answer = register(client)
    once_more(client, answer)
    assert [one.number for one in Request.objects.order_by("pk")] == ["2024-0001", "2024-0002"]


def test_what_is_too_long_or_no_day_is_told_with_the_remedy(as_):
    told = errors(register(as_("handler"), subject="甲" * 301, submitted_on="2026-13-01"))
    assert told == {
        "subject": ["最多300个字，现在有301个，请写短一些。"],
        "submitted_on": ["日期不正确，请写成 2025-03-01 的样子。"],
    }
