import datetime as dt

import pytest

from gongkai.disclosure.acts import add_edition, register_document

AT = dt.datetime(2024, 3, 5, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture
def at():
    return AT


@pytest.fixture
def approver(appointed):
    return appointed("approver")


@pytest.fixture
def document(body, approver):
    return register_document(
        body=body,
        title="关于做好2024年义务教育招生工作的通知",
        kind="policy",
        made_on=dt.date(2024, 3, 1),
        actor=approver,
        at=AT,
        document_number="青教体〔2024〕3号",
    )


@pytest.fixture
def edition(document, approver):
    return add_edition(document=document, text="一、招生范围\n二、报名时间", actor=approver, at=AT)


@pytest.fixture
def staff(appointed):
    """Four officers of the bureau: who drafts, two who review, who signs."""
    return {
        "drafter": appointed("handler"),
        "unit": appointed("handler"),
        "secrecy": appointed("handler"),
        "signer": appointed("approver"),
    }


@pytest.fixture
def draft(document, staff):
    """A draft of the drafter's."""
    return add_edition(document=document, text="<p>一、招生范围</p>", actor=staff["drafter"], at=AT)
