"""Files of documents: who gets them, how they are named, in pieces, and after their document left."""

import pytest
from tests.factories import make_body, make_handler
from tests.portal.made import add_edition, leave, make_document, make_file

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 4


def got(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def document():
    return make_document(make_body(), files=[("报名表.docx", CONTENT)])


@pytest.fixture
def one(document):
    return document.editions.get().attachments.get()


def test_a_file_is_saved_under_its_name_and_never_opened_in_our_name(client, one):
    response = client.get(one.public_path)
    assert (response.status_code, got(response)) == (200, CONTENT)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%8A%A5")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["ETag"] == f'"{one.sha256}"'
    assert response["Cache-Control"] == "public, no-cache"
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("name", "role", "shown"),
    [("图.png", "picture", True), ("图.png", "attachment", False), ("图.svg", "picture", False)],
)
def test_only_pictures_of_the_text_are_shown(client, document, name, role, shown):
    made = make_file(document.editions.get(), name, b"x", role=role)
    assert client.get(made.public_path)["Content-Disposition"].startswith("inline" if shown else "attachment")


@pytest.mark.parametrize(
    ("asked", "status", "start", "stop"),
    [
        ("bytes=0-0", 206, 0, 1),
        ("bytes=10-19", 206, 10, 20),
        ("bytes=1000-", 206, 1000, 1024),
        ("bytes=-24", 206, 1000, 1024),
        ("bytes=-9999", 206, 0, 1024),
        ("bytes=1000-9999", 206, 1000, 1024),
        ("bytes=5-4", 200, 0, 1024),
        ("bytes=0-1,5-6", 200, 0, 1024),
        ("items=0-1", 200, 0, 1024),
        ("bytes=-", 200, 0, 1024),
        (f"bytes=0-{'9' * 5000}", 200, 0, 1024),
    ],
)
def test_pieces_of_a_file(client, one, asked, status, start, stop):
    response = client.get(one.public_path, headers={"range": asked})
    assert (response.status_code, got(response)) == (status, CONTENT[start:stop])
    if status == 206:
        assert response["Content-Range"] == f"bytes {start}-{stop - 1}/1024"
        assert response["Content-Length"] == str(stop - start)


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=2000-3000", "bytes=-0"])
def test_a_piece_beyond_the_end_is_refused(client, one, asked):
    response = client.get(one.public_path, headers={"range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */1024")


def test_a_piece_of_another_state_of_the_file_is_answered_whole(client, one):
    response = client.get(one.public_path, headers={"range": "bytes=0-1", "if-range": '"other"'})
    assert response.status_code == 200


def test_who_has_the_file_is_told_so(client, one):
    response = client.get(one.public_path, headers={"if-none-match": f'"{one.sha256}"'})
    assert (response.status_code, response.content) == (304, b"")


def test_a_question_for_the_head_carries_no_content(client, one):
    response = client.head(one.public_path)
    assert (response.status_code, response["Content-Length"], got(response)) == (200, "1024", b"")


def test_a_file_of_a_draft_is_for_officers_of_its_body_alone(client):
    body = make_body()
    draft = make_document(body, published=False, files=[("甲.pdf", b"x")]).editions.get().attachments.get()
    assert client.get(draft.public_path).status_code == 404
    client.force_login(make_handler(make_body()), backend="gongkai.accounts.backends.OfficerBackend")
    assert client.get(draft.public_path).status_code == 404
    client.force_login(make_handler(body), backend="gongkai.accounts.backends.OfficerBackend")
    response = client.get(draft.public_path)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.parametrize(
    ("way", "status"), [("error", 410), ("by_law", 451), ("archived", 200), ("ended", 200)]
)
def test_a_file_goes_where_its_document_goes(client, document, one, way, status):
    leave(document, way)
    assert client.get(one.public_path).status_code == status


def test_one_address_holds_the_file_of_the_current_edition(client, document, one):
    later = add_edition(document)
    make_file(later, "报名表.docx", b"new", public_id=one.public_id)
    assert got(client.get(one.public_path)) == b"new"
    assert got(client.get(f"{one.public_path}?edition=1")) == CONTENT


def test_a_file_that_the_next_edition_no_longer_has_is_gone_but_stays_with_its_edition(client, document, one):
    add_edition(document)
    assert client.get(one.public_path).status_code == 410
    assert got(client.get(f"{one.public_path}?edition=1")) == CONTENT
    for number in ("2", "x", "²", "999999"):
        assert client.get(f"{one.public_path}?edition={number}").status_code in {404, 410}
    leave(document, "error")
    assert client.get(f"{one.public_path}?edition=1").status_code == 410


def test_a_file_that_is_lost_from_storage_is_not_found(client, one):
    one.file.storage.delete(one.file.name)
    assert client.get(one.public_path).status_code == 404


def test_an_unknown_file_is_not_found(client):
    assert client.get("/files/00000000-0000-0000-0000-000000000000/").status_code == 404
