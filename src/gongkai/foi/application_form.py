"""The form 政府信息公开申请表: empty, to be filled in by hand, or filled in for an applicant who asks orally (条例 art. 29)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.foi.enums import ApplicantKind, FactKind
from gongkai.foi.identity import IdentityType, clean_identity_number
from gongkai.foi.models.materials import MaterialKind
from gongkai.typesetting.document import Form, FormCell, FormRow, OfficialDocument, Paragraph

if TYPE_CHECKING:
    from gongkai.foi.models import Request
    from gongkai.organisations.models import Body

TITLE = "政府信息公开申请表"
FORMS = ("纸质", "电子文件", "光盘等")
WAYS = ("邮寄", "自行领取", "电子邮件", "当面查阅、抄录")
NEEDS = "（阅读困难、视听障碍等，写明需要怎样的帮助）"
AUTHORITY = "附授权委托书和代理人身份证明"

Answers = dict[str, str]


def application_form(body: Body) -> OfficialDocument:
    """One official form for citizens and for organisations; what 条例 art. 29 asks for and nothing beyond it."""
    return _document(body, {}, _notes(body))


def filled_application_form(case: Request) -> OfficialDocument:
    """The same with what the applicant said, for him to read or hear and to sign. It names him in the clear."""
    by = f"（{case.registered_by.name}）" if case.registered_by else ""
    note = (
        f"申请编号{case.number}。本表由工作人员{by}根据申请人口述代填，已交申请人阅看或者向申请人宣读，"
        "申请人核对无误后签名；不能签名的，按手印。"
    )
    return _document(case.body, _answers(case) | {"note": note}, [])


def _document(body: Body, answers: Answers, notes: Iterable[str]) -> OfficialDocument:
    return OfficialDocument(
        issuer=body.name,
        title=TITLE,
        blocks=(_form(answers), *(Paragraph(text) for text in notes)),
        seal=False,
        subject=f"向{body.name}申请公开政府信息用",
    )


def _answers(case: Request) -> Answers:
    """What stands in the form, by the place where it stands; what nobody said stays empty."""
    applicant = case.applicant
    common = {
        "name": applicant.name,
        "number": applicant.identity_number,
        "phone": applicant.phone,
        "email": applicant.email,
        "address": applicant.address,
    }
    is_person = applicant.kind == ApplicantKind.NATURAL
    who = {f"{'person' if is_person else 'organisation'}.{key}": value for key, value in common.items()}
    submitted = case.facts.filter(kind=FactKind.SUBMITTED, cancelled_at=None).first()
    on = submitted.on if submitted else timezone.localdate(case.registered_at)
    return who | {
        "person.document": _document_kind(applicant.identity_number) if is_person else "",
        "organisation.kind": "" if is_person else applicant.get_kind_display(),
        "agent.name": case.agent_name,
        "agent.phone": case.agent_phone,
        "agent.authority": AUTHORITY if case.materials.filter(kind=MaterialKind.AUTHORITY).exists() else "",
        "subject": case.subject,
        "description": case.description,
        "form": case.wanted_form,
        "way": case.wanted_delivery,
        "needs": case.special_needs,
        "on": f"{on.year}年{on.month}月{on.day}日",
    }


def _document_kind(number: str) -> str:
    """A resident's number shows what it is; the kind of any other document is written in by hand."""
    try:
        clean_identity_number(IdentityType.RESIDENT, number)
    except ValidationError:
        return ""
    return str(IdentityType.RESIDENT.label)


def _boxes(offered: Iterable[str], chosen: str, other: str = "") -> str:
    """The boxes with the chosen one filled; what is none of them is written behind ``other``."""
    boxes = [f"{'■' if chosen == one else '□'}{one}" for one in offered]
    if other:
        known = not chosen or any(chosen == one for one in offered)
        boxes.append(f"□{other}：" if known else f"■{other}：{chosen}")
    return "　".join(boxes)


def _label(text: str, *, rows: int = 1, columns: int = 1) -> FormCell:
    return FormCell(text, label=True, rowspan=rows, colspan=columns)


def _row(*cells: FormCell, height: float = 8) -> FormRow:
    """Low enough for the whole form to stand on one page."""
    return FormRow(cells, height=height)


def _form(answers: Answers) -> Form:
    def two(first: str, key: str, second: str, other: str) -> tuple[FormCell, ...]:
        return (
            _label(first),
            FormCell(answers.get(key, "")),
            _label(second),
            FormCell(answers.get(other, "")),
        )

    def one(label: str, text: str) -> tuple[FormCell, ...]:
        return (_label(label), FormCell(text, colspan=3))

    def wide(label: str, text: str) -> tuple[FormCell, ...]:
        return (_label(label, columns=2), FormCell(text, colspan=3))

    def said(key: str) -> str:
        return answers.get(key, "")

    kinds = [str(kind.label) for kind in ApplicantKind if kind != ApplicantKind.NATURAL]
    rows = [
        _row(
            _label("申\n请\n人", rows=11),
            _label("公民", rows=4),
            *two("姓名", "person.name", "联系电话", "person.phone"),
        ),
        _row(*two("证件名称", "person.document", "证件号码", "person.number")),
        _row(*two("电子邮箱", "person.email", "邮政编码", "person.postcode")),
        _row(*one("通信地址", said("person.address"))),
        _row(_label("法人\n或者\n其他\n组织", rows=5), *one("名称", said("organisation.name"))),
        _row(*one("类别", _boxes(kinds, said("organisation.kind"))), height=12),
        _row(
            *two("统一社会\n信用代码", "organisation.number", "法定代\n表人", "organisation.head"), height=12
        ),
        _row(*two("联系人", "organisation.contact", "联系电话", "organisation.phone")),
        _row(*two("通信地址", "organisation.address", "电子邮箱", "organisation.email")),
        _row(_label("代理\n人", rows=2), *two("姓名", "agent.name", "联系电话", "agent.phone")),
        _row(*one("授权", _boxes([AUTHORITY], said("agent.authority")))),
        _row(_label("所\n需\n信\n息", rows=6), *wide("名称", said("subject")), height=10),
        _row(*wide("文号", said("document_number"))),
        _row(*wide("便于查询的\n其他特征描述", said("description")), height=14 if said("note") else 26),
        _row(*wide("信息形式", _boxes(FORMS, said("form"), "其他"))),
        _row(*wide("获取途径", _boxes(WAYS, said("way"), "其他" if said("way") not in {"", *WAYS} else ""))),
        _row(*wide("需要的帮助", said("needs") or NEEDS)),
        _row(
            _label("申请人签名\n（盖章）", columns=3),
            FormCell(),
            _label("申请日期"),
            FormCell(said("on")),
            height=12,
        ),
    ]
    if said("note"):
        rows.insert(-1, _row(_label("代填说明", columns=3), FormCell(said("note"), colspan=3)))
    return Form((9, 12, 22, 43, 22, 48), tuple(rows), TITLE)


def _notes(body: Body) -> list[str]:
    office = body.office or body.name
    address = f"，地址：{body.address}" if body.address else ""
    phone = f"，电话：{body.phone}" if body.phone else ""
    return [
        "填表说明：1. 公民填“公民”一栏，法人或者其他组织填“法人或者其他组织”一栏；请附身份证明复印件。一张表只写一项信息。",
        "2. 所需信息请写明名称、文号，或者便于查找的特征（时间、地点、事项、对象）。不知道文号可以不填。",
        "3. 没有选择形式和途径的，本机关按照信息的实际情况提供。书写有困难的，可以口头提出，由工作人员代填。",
        f"4. 本表交{office}{address}{phone}。信封请注明“政府信息公开申请”。",
    ]
