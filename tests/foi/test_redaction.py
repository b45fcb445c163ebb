"""Redaction as acts: marks, the new file, the verification, the release by a second person, and the letter."""

import io

import pytest
from PIL import Image, ImageDraw
from tests.factories import at, close, make_handler, make_request, refused
from tests.foi.paperwork import draft, ready

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.acts import materials
from gongkai.foi.acts import redaction as redacting
from gongkai.foi.models import Material, Redaction
from gongkai.foi.withholding import withheld_of
from gongkai.redaction.issues import Issue, Verification
from gongkai.redaction.model import Mark

pytestmark = [pytest.mark.django_db, pytest.mark.fonts]

PRIVATE = Mark(page=1, x=20, y=20, width=60, height=20, basis="privacy")
INTERNAL = Mark(page=1, x=20, y=60, width=60, height=20, basis="internal")


def picture():
    image = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(image).text((60, 60), "13800138000", fill="black")
    made = io.BytesIO()
    image.save(made, "PNG", dpi=(144, 144))
    return made.getvalue()


@pytest.fixture
def case():
    return ready(make_request())


@pytest.fixture
def source(case):
    return acts.add_material(
        request=case, kind="source", name="台账.png", content=picture(), actor=SYSTEM, at=at()
    )


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_from_the_marks_to_the_letter(case, source):
    officer, second = make_handler(case.body), make_handler(case.body)
    acts.mark_for_applicant(material=source, actor=officer, at=at())
    begun = acts.begin_redaction(source=again(source), actor=officer, at=at())
    with refused("again"):
        acts.begin_redaction(source=again(source), actor=officer, at=at())
    with refused("no_marks"):
        acts.produce_redaction(redaction=begun, actor=officer, at=at())
    acts.set_marks(redaction=begun, marks=[INTERNAL, PRIVATE], actor=officer, at=at())
    with refused("not_produced"):
        acts.release_redaction(redaction=again(begun), actor=second, at=at())
    made = acts.produce_redaction(redaction=again(begun), actor=officer, at=at())

    assert (made.verified_at, made.bases, again(source).for_applicant) == (
        at(),
        ["privacy", "internal"],
        False,
    )
    assert (made.result.kind, made.result.name, made.result.for_applicant) == (
        "redacted",
        "台账（遮盖）.pdf",
        False,
    )
    with refused("to_be_redacted"):
        acts.mark_for_applicant(material=again(source), actor=officer, at=at())
    with refused("not_released"):
        acts.mark_for_applicant(material=again(made.result), actor=officer, at=at())
    with refused("produced"):
        acts.produce_redaction(redaction=again(begun), actor=officer, at=at())
    with refused("own_marks"):
        acts.release_redaction(redaction=again(begun), actor=officer, at=at())
    acts.release_redaction(redaction=again(begun), actor=second, at=at())
    with refused("released"):
        acts.set_marks(redaction=again(begun), marks=[PRIVATE], actor=officer, at=at())

    assert again(made.result).for_applicant is True
    letter = draft(case, "partial", "2024-03-05", facts={"withheld": None})
    assert letter.facts == {"provision": ["附件"]}
    assert [one.basis for one in withheld_of(case)] == ["条例第十五条", "条例第十六条第一款"]


def test_other_marks_throw_the_old_file_away(case, source, django_capture_on_commit_callbacks):
    begun = acts.begin_redaction(source=source, actor=SYSTEM, at=at())
    acts.set_marks(redaction=begun, marks=[PRIVATE], actor=SYSTEM, at=at())
    first = acts.produce_redaction(redaction=again(begun), actor=SYSTEM, at=at()).result
    with django_capture_on_commit_callbacks(execute=True):
        acts.set_marks(redaction=again(begun), marks=[INTERNAL], seen=[PRIVATE], actor=SYSTEM, at=at())

    row = again(begun)
    assert (row.result, row.verified_at, row.bases) == (None, None, ["internal"])
    assert list(Material.objects.filter(pk=first.pk)) == []
    assert not first.file.storage.exists(first.file.name)
    with refused("changed"):
        acts.set_marks(redaction=row, marks=[PRIVATE], seen=[PRIVATE], actor=SYSTEM, at=at())
    with refused("unchanged"):
        acts.set_marks(redaction=row, marks=[INTERNAL], actor=SYSTEM, at=at())
    with refused("bad_mark"):
        outside = Mark(page=2, x=0, y=0, width=5, height=5, basis="privacy")
        acts.set_marks(redaction=row, marks=[outside], actor=SYSTEM, at=at())


def test_what_was_not_verified_is_not_released(case, source, monkeypatch):
    second = make_handler(case.body)
    begun = acts.begin_redaction(source=source, actor=SYSTEM, at=at())
    acts.set_marks(redaction=begun, marks=[PRIVATE], actor=SYSTEM, at=at())
    failed = Verification((Issue("text_left", "遮盖处仍能读出文字", 1),), ())
    monkeypatch.setattr(redacting, "verify", lambda *_: failed)
    made = acts.produce_redaction(redaction=again(begun), actor=SYSTEM, at=at())

    assert made.verified_at is None
    assert made.findings == [{"code": "text_left", "message": "第1页：遮盖处仍能读出文字", "problem": True}]
    with refused("not_verified"):
        acts.release_redaction(redaction=again(begun), actor=second, at=at())
    with refused("not_released"):
        acts.mark_for_applicant(material=again(made.result), actor=SYSTEM, at=at())


def test_what_cannot_be_redacted(case):
    broken, original = (
        acts.add_material(request=case, kind=kind, name="a.pdf", content=content, actor=SYSTEM, at=at())
        for kind, content in (("source", b"%PDF-1.7 broken"), ("original", picture()))
    )
    with refused("broken_pdf"):
        acts.begin_redaction(source=broken, actor=SYSTEM, at=at())
    with refused("kind"):
        acts.begin_redaction(source=original, actor=SYSTEM, at=at())
    close(case)
    with refused("closed", "kind"):
        acts.begin_redaction(source=again(original), actor=SYSTEM, at=at())


def test_marks_changed_while_the_file_was_made(case, source, monkeypatch):
    begun = acts.begin_redaction(source=source, actor=SYSTEM, at=at())
    acts.set_marks(redaction=begun, marks=[PRIVATE], actor=SYSTEM, at=at())
    original = redacting.redact

    def meanwhile(opened, marks, **kw):
        Redaction.objects.update(marks=[])
        acts.set_marks(redaction=again(begun), marks=[INTERNAL], actor=SYSTEM, at=at())
        return original(opened, marks, **kw)

    monkeypatch.setattr(redacting, "redact", meanwhile)
    from gongkai.core.errors import RefusedError

    with pytest.raises(RefusedError, match="有改动"):
        acts.produce_redaction(redaction=again(begun), actor=SYSTEM, at=at())
    assert again(begun).result is None
    assert materials.read(source) == picture()
