"""Whoever downloads a published report can reckon its digest again with nothing but docs/report-schema.md."""

import datetime as dt
import hashlib
import json
from decimal import Decimal

import pytest
from tests.factories import at, close, make_body, make_handler, make_request

from gongkai.law.report.cells import Cell
from gongkai.organisations.enums import Role
from gongkai.reports import acts

pytestmark = pytest.mark.django_db


def reckoned(file):
    """The digest by the words of the documentation; uses nothing of ours."""
    content = json.loads(file)

    def plain(value):
        if value is None:
            return None
        text = f"{Decimal(str(value)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    sections = {key: [line.strip() for line in text.split("\n")] for key, text in content["sections"].items()}
    said = {
        "agency": content["agency"],
        "digest": 1,
        "figures": {key: plain(cell["value"]) for key, cell in content["cells"].items()},
        "format": content["format"],
        "sections": {key: [line for line in lines if line] for key, lines in sections.items() if any(lines)},
        "title": content["title"],
        "year": content["year"],
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def published(body, handler, approver, version, now):
    acts.submit(version=version, actor=handler, at=now)
    version.refresh_from_db()
    acts.approve(version=version, actor=approver, at=now + dt.timedelta(hours=1))
    version.refresh_from_db()
    acts.publish(version=version, actor=handler, at=now + dt.timedelta(hours=2))
    version.refresh_from_db()
    return version


@pytest.fixture
def bureau():
    body = make_body(name="清溪县教育局", slug="qingxi")
    close(make_request(body))
    return body


def test_the_digest_of_every_public_version_can_be_reckoned_from_its_file(client, bureau):
    handler, approver, now = make_handler(bureau), make_handler(bureau, role=Role.APPROVER), at(2025, 1, 10)
    first = acts.open_report(body=bureau, year=2024, actor=handler, at=now)
    acts.set_section_text(
        version=first,
        key="other",
        template="  本年度新收申请{{新收申请件数}}件。\n\n\u3000\u3000没有其他事项。 ",
        actor=handler,
        at=now,
    )
    acts.adjust(
        version=first,
        cell=Cell(2, "fee_wan", "amount_wan"),
        value=Decimal("12.3400"),
        reason="漏登一笔",
        actor=handler,
        at=now,
    )
    published(bureau, handler, approver, first, now)
    file = client.get("/bodies/qingxi/reports/2024/json/").content.decode()
    assert (reckoned(file), json.loads(file)["digest"]) == (first.digest, first.digest)

    later = now + dt.timedelta(days=1)
    second = acts.start_correction(annual=first.report, actor=handler, reason="少计一笔", at=later)
    acts.adjust(
        version=second,
        cell=Cell(2, "fee_wan", "amount_wan"),
        value=Decimal("20.5"),
        reason="漏登两笔",
        actor=handler,
        at=later,
    )
    published(bureau, handler, approver, second, later)
    corrected = client.get("/bodies/qingxi/reports/2024/json/").content.decode()
    former = client.get("/bodies/qingxi/reports/2024/json/?version=1").content.decode()
    assert (reckoned(corrected), reckoned(former)) == (second.digest, first.digest)
    assert first.digest != second.digest
    assert json.loads(corrected)["adjustments"] == {
        "t2.fee_wan.amount_wan": {"computed": "0", "reason": "漏登两笔"}
    }


def test_the_parts_of_a_file_stand_in_the_order_of_the_report(client, bureau):
    """Whatever order the database keeps them in."""
    handler, approver, now = make_handler(bureau), make_handler(bureau, role=Role.APPROVER), at(2025, 1, 10)
    version = acts.open_report(body=bureau, year=2024, actor=handler, at=now)
    published(bureau, handler, approver, version, now)
    content = json.loads(client.get("/bodies/qingxi/reports/2024/json/").content)
    assert list(content["sections"]) == [
        "lead",
        "overview",
        "proactive",
        "requests",
        "disputes",
        "problems",
        "other",
    ]
