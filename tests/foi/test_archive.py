"""The folder of a case: everything in order, the index, the digests; the same case gives the same bytes."""

import csv
import hashlib
import io
import zipfile

import pytest
from tests.factories import at, day, make_handler, make_request, refused
from tests.foi.paperwork import draft, issued, moment, posted, ready, signed

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.archive.folder import archive, archive_request
from gongkai.foi.models import Request

pytestmark = [pytest.mark.django_db, pytest.mark.fonts]


@pytest.fixture
def case():
    request = ready(make_request())
    for kind, name in (("source", "台账.txt"), ("original", "申请书.txt")):
        acts.add_material(
            request=request,
            kind=kind,
            name=name,
            content=name.encode(),
            actor=SYSTEM,
            at=moment("2024-03-01"),
        )
    acts.remark(request=request, text="请抓紧", actor=SYSTEM, at=moment("2024-03-04"))
    void = signed(request, "assistance", "2024-03-04", recipient="县档案馆")
    acts.void_letter(letter=void, reason="不需要了", actor=SYSTEM, at=moment("2024-03-04"))
    issued(request, "extension", "2024-03-05")
    posted(signed(request, "granted", "2024-03-06"), "2024-03-07")
    return Request.objects.get(pk=request.pk)


def opened(content):
    folder = zipfile.ZipFile(io.BytesIO(content))
    return {name: folder.read(name) for name in folder.namelist()}


def test_everything_in_order_with_its_digest(case):
    officer = make_handler(case.body)
    made = archive_request(request=case, actor=officer, at=at())
    files, short = opened(made), case.body.display_name

    numbers = {number: f"{short}公开〔2024〕第{number}号" for number in (1, 2, 3)}
    assert list(files) == [
        "目录.pdf",
        "目录.csv",
        "01-申请登记表.pdf",
        "02-申请书.txt",
        "03-办理经过.pdf",
        f"04-政府信息公开协助函{numbers[1]}（已作废）.pdf",
        f"05-政府信息公开协助函{numbers[1]}（已作废）.docx",
        f"06-政府信息公开协助函{numbers[1]}（已作废）—审核送达记录.pdf",
        f"07-政府信息公开延期答复告知书{numbers[2]}.pdf",
        f"08-政府信息公开延期答复告知书{numbers[2]}.docx",
        f"09-政府信息公开延期答复告知书{numbers[2]}—审核送达记录.pdf",
        f"10-政府信息公开告知书{numbers[3]}.pdf",
        f"11-政府信息公开告知书{numbers[3]}.docx",
        f"12-政府信息公开告知书{numbers[3]}—审核送达记录.pdf",
        "13-台账.txt",
        "SHA256SUMS.txt",
    ]
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS.txt"].decode().splitlines())
    assert sums == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != "SHA256SUMS.txt"
    }
    index = list(csv.reader(io.StringIO(files["目录.csv"].decode("utf-8-sig"))))
    assert [row[1] for row in index[1:]] == list(files)[2:-1]
    assert index[2] == ["02", "02-申请书.txt", "2024-03-01", "申请书原件", "13", sums["02-申请书.txt"]]
    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.detail["sha256"]) == ("foi.archive_request", hashlib.sha256(made).hexdigest())


def test_the_same_case_gives_the_same_bytes(case):
    assert archive(case) == archive(Request.objects.get(pk=case.pk))


def test_what_is_not_archived_yet():
    request = ready(make_request())
    draft(request, "granted", "2024-03-05")
    reader = make_handler(request.body, role="reader")
    with refused("open", "letters"):
        archive_request(request=request, actor=SYSTEM, at=at())
    with refused("not_permitted", "open", "letters"):
        archive_request(request=request, actor=reader, at=at())


def test_a_file_that_was_changed_is_not_archived(case):
    material = case.materials.first()
    with material.file.storage.open(material.file.name, "wb") as stored:
        stored.write(b"other")
    with pytest.raises(ValueError, match="differs"):
        archive(case)
    assert case.closed_on == day("2024-03-07")
