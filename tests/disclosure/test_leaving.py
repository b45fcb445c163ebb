import datetime as dt
import uuid
from http import HTTPStatus

import pytest
from tests.disclosure.walking import published
from tests.factories import codes

from gongkai.core.actors import SYSTEM
from gongkai.disclosure import acts, queries
from gongkai.disclosure.models import Attachment, Departure, Document


@pytest.fixture
def online(draft, staff, at):
    return Document.objects.get(pk=published(draft, staff, at).document_id)


@pytest.fixture
def other(body, at):
    document = acts.register_document(
        body=body, title="新的通知", kind="policy", made_on=dt.date(2024, 3, 1), actor=SYSTEM, at=at
    )
    edition = acts.add_edition(document=document, text="新", actor=SYSTEM, at=at)
    acts.publish_edition(edition=edition, actor=SYSTEM, at=at)
    return Document.objects.get(pk=document.pk)


def stand(document):
    return queries.standing(Document.objects.get(pk=document.pk))


def leave(document, staff, at, way, **given):
    given = {"reason": "内容有误", "basis": "", "into": None} | given
    return acts.leave_document(document=document, way=way, actor=staff["signer"], at=at, **given)


@pytest.mark.parametrize(
    ("way", "given", "status"),
    [
        ("error", {}, HTTPStatus.GONE),
        ("by_law", {"basis": "法院裁定"}, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS),
    ],
)
def test_what_left_the_site_says_so_and_comes_back(way, given, status, online, staff, at):
    departure = leave(online, staff, at, way, **given)
    found = stand(online)
    assert (found.status, found.edition, found.departure.reason) == (status, None, "内容有误")
    assert not Document.objects.public().filter(pk=online.pk).exists()
    acts.return_document(departure=departure, reason="查明无误", actor=staff["signer"], at=at)
    assert stand(online).status == HTTPStatus.OK
    assert Departure.objects.get().returned_at == at


def test_what_was_merged_leads_on(online, other, body, staff, at):
    leave(online, staff, at, "merged", into=other)
    assert (stand(online).status, stand(online).into) == (HTTPStatus.MOVED_PERMANENTLY, other)
    third = acts.register_document(
        body=body, title="再新的", kind="policy", made_on=dt.date(2024, 3, 1), actor=SYSTEM, at=at
    )
    acts.publish_edition(
        edition=acts.add_edition(document=third, text="再", actor=SYSTEM, at=at), actor=SYSTEM, at=at
    )
    third.refresh_from_db()
    leave(other, staff, at, "merged", into=third)
    assert stand(online).into == third
    leave(third, staff, at, "error")
    assert (stand(online).status, stand(online).into) == (HTTPStatus.GONE, None)


def test_an_archived_document_keeps_its_address_and_leaves_the_lists(online, staff, at):
    departure = leave(online, staff, at, "archived")
    assert stand(online).status == HTTPStatus.OK
    assert stand(online).departure == departure
    assert Document.objects.public().count() == 1
    assert Document.objects.listed().count() == 0
    acts.return_document(departure=departure, reason="仍在用", actor=staff["signer"], at=at)
    assert Document.objects.listed().count() == 1


def test_an_ended_document_stays_with_its_banner(online, staff):
    acts.end_document(
        document=online,
        how="repealed",
        on=dt.date(2024, 4, 1),
        basis="青政〔2024〕9号",
        actor=staff["signer"],
    )
    found = stand(online)
    assert (found.status, found.departure.way, found.departure.basis) == (
        HTTPStatus.OK,
        "ended",
        "青政〔2024〕9号",
    )
    departure = Departure.objects.get()
    acts.return_document(departure=departure, reason="登记有误", actor=staff["signer"], at=departure.at)
    online.refresh_from_db()
    assert (online.ended_on, online.ended_how) == (None, "")


@pytest.mark.parametrize(
    ("way", "given", "found"),
    [
        ("error", {"reason": " "}, ["no_reason"]),
        ("by_law", {}, ["no_basis"]),
        ("merged", {}, ["no_into"]),
        ("ended", {}, ["way"]),
        ("nowhere", {}, ["way"]),
    ],
)
def test_what_keeps_a_document_where_it_is(way, given, found, online, staff, at):
    given = {"reason": "有误"} | given
    assert codes(acts.why_not_leave(online, way=way, actor=staff["signer"], at=at, **given)) == found


def test_merging_leads_only_to_something_public(online, other, staff, at):
    given = {"way": "merged", "reason": "并", "actor": staff["signer"], "at": at}
    assert codes(acts.why_not_leave(online, into=online, **given)) == ["itself"]
    leave(other, staff, at, "error")
    assert codes(acts.why_not_leave(online, into=other, **given)) == ["into_not_public"]
    assert codes(acts.why_not_leave(online, **(given | {"way": "error"}), into=other)) == ["into"]


def test_leaving_is_for_who_approves_and_for_what_is_online(online, document, staff, at):
    given = {"way": "error", "reason": "误", "at": at}
    assert codes(acts.why_not_leave(online, actor=staff["drafter"], **given)) == ["not_permitted"]
    leave(online, staff, at, "error")
    online.refresh_from_db()
    assert codes(acts.why_not_leave(online, actor=staff["signer"], **given)) == ["not_online"]


def test_a_return_says_why_and_happens_once(online, staff, at):
    departure = leave(online, staff, at, "error")
    given = {"actor": staff["signer"], "at": at}
    assert codes(acts.why_not_return(departure, reason=" ", **given)) == ["no_reason"]
    acts.return_document(departure=departure, reason="无误", **given)
    departure.refresh_from_db()
    assert "returned" in codes(acts.why_not_return(departure, reason="又", **given))


def test_a_new_edition_brings_a_document_back(online, staff, at):
    leave(online, staff, at, "error")
    edition = acts.add_edition(document=online, text="处理后", actor=staff["drafter"], at=at)
    published(edition, staff, at)
    assert stand(online).edition == edition
    assert Departure.objects.get().returned_at == at


def test_files_are_open_only_while_their_document_is(draft, staff, at):
    file = acts.add_file(edition=draft, name="表.txt", content="名单".encode(), actor=staff["drafter"], at=at)
    assert queries.attachment_access(file.public_id).status == HTTPStatus.NOT_FOUND
    document = published(draft, staff, at).document
    assert queries.may_be_public(file.public_id) == file
    departure = leave(document, staff, at, "by_law", basis="法院裁定")
    assert queries.attachment_access(file.public_id).status == HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS
    acts.return_document(departure=departure, reason="撤销", actor=staff["signer"], at=at)
    assert queries.may_be_public(file.public_id) == file
    leave(document, staff, at, "error")
    assert queries.attachment_access(file.public_id).status == HTTPStatus.GONE
    assert queries.attachment_access(uuid.uuid4()).status == HTTPStatus.NOT_FOUND


def test_a_replaced_file_keeps_its_address(draft, staff, at):
    by = {"actor": staff["drafter"], "at": at}
    file = acts.add_file(edition=draft, name="表.txt", content="旧".encode(), **by)
    document = published(draft, staff, at).document
    second = acts.add_edition(document=document, text="二", **by)
    row = second.attachments.get()
    assert (row.public_id, row.file.name) == (file.public_id, file.file.name)
    acts.add_file(edition=second, name="表.txt", content="新".encode(), replaces=row, **by)
    assert queries.may_be_public(file.public_id) == file
    published(second, staff, at)
    now = queries.may_be_public(file.public_id)
    assert (now.edition, now.file.read().decode()) == (second, "新")
    assert Attachment.objects.get(pk=file.pk).file.read().decode() == "旧"
