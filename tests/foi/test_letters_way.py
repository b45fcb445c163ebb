"""A letter from the draft to the signature: opinions, numbers, the frozen text, voiding."""

import pytest
from tests.factories import day, make_body, make_handler, make_request, refused
from tests.foi.paperwork import draft, issued, moment, posted, ready, reviewed, signed

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.letter_text import digest_of, facts_of, is_intact
from gongkai.foi.letters.kinds import KINDS
from gongkai.foi.models import Letter, LetterTemplate, Request
from gongkai.foi.stages import stages_of

pytestmark = pytest.mark.django_db

ON = "2024-03-05"
NOW = moment(ON)


@pytest.fixture
def case():
    return ready(make_request())


def chief_of(request):
    return make_handler(request.body, role="approver")


def test_the_whole_way_of_an_answer(case):
    drafter, reviewer, chief = make_handler(case.body), make_handler(case.body), chief_of(case)
    letter = draft(case, "denied_internal", ON, actor=drafter)
    assert (letter.title, letter.outcome, letter.recipient) == (
        "不予公开政府信息决定书",
        "denied_internal",
        "张三",
    )
    assert "先向青屿县人民政府申请行政复议" in letter.text

    acts.submit_letter(letter=letter, actor=drafter, at=NOW)
    for stage in ("legal", "secrecy"):
        acts.give_opinion(letter=letter, stage=stage, agrees=True, basis="条例", actor=reviewer, at=NOW)
    acts.sign_letter(letter=letter, actor=chief, at=NOW)

    letter.refresh_from_db()
    assert (letter.state, letter.number, letter.signed_by) == (
        "signed",
        f"{case.body.display_name}公开〔2024〕第1号",
        chief,
    )
    assert is_intact(letter)
    assert [(one.stage, one.agrees, one.given_by) for one in letter.opinions.all()] == [
        ("legal", True, reviewer),
        ("secrecy", True, reviewer),
        ("sign", True, chief),
    ]
    told = facts_of(letter, on=day(ON))
    assert (told.number, told.issued_on, told.applicant) == (letter.number, day(ON), "张三")


def test_every_kind_has_its_stages():
    assert {key for key in KINDS if "secrecy" in stages_of(key)} == {
        key for key, one in KINDS.items() if one.fact == "answered"
    } | {"answer_corrected"}
    assert {stages_of(key)[-1] for key in KINDS} == {"sign"}


def test_all_that_the_template_lacks_is_said_at_once(case):
    officer = make_handler(case.body)
    with refused("missing_value", "missing_value") as caught:
        acts.draft_letter(request=case, kind="clarification", facts={"clarify_by": ""}, actor=officer, at=NOW)
    said = [one.message for one in caught.value.obstacles]
    assert ["补正事项" in said[0], "补正期限" in said[1]] == [True, True]


def test_wrong_facts_and_kinds(case):
    officer = make_handler(case.body)

    def attempt(kind="clarification", **facts):
        acts.draft_letter(request=case, kind=kind, facts=facts, actor=officer, at=NOW)

    with refused("kind"):
        attempt("poem")
    with refused("unknown_fact", "bad_fact", "bad_fact"):
        attempt(applicant="李四", clarify_by="三月底", clarify="一句话")
    with refused("outcome"):
        attempt("unclear", reasons="不明确")
    with refused("missing_value"):
        attempt("extension", extension_reasons="忙")
    with refused("field"):
        attempt("third_party_consultation", consulted_content="报价")


def test_a_second_draft_of_the_kind_or_a_second_answer(case):
    draft(case, "granted", ON)
    with refused("again"):
        draft(case, "granted", ON, actor=SYSTEM)
    with refused("second_answer"):
        draft(case, "denied_internal", ON, actor=SYSTEM)


def test_a_body_s_own_text_comes_first(case):
    for body, text in ((None, "全体"), (case.body, "本局{{申请编号}}")):
        LetterTemplate.objects.create(kind="assistance", body=body, text=text, edited_at=NOW)
    assert draft(case, "assistance", ON, recipient="县档案馆").text == f"本局{case.number}"
    other = ready(make_request())
    assert draft(other, "assistance", ON, recipient="县档案馆").text == "全体"


def test_a_changed_text_needs_its_opinions_anew(case):
    letter = reviewed(draft(case, "granted", ON), ON)
    chief, editor = chief_of(case), make_handler(case.body)
    acts.edit_letter(letter=letter, seen=digest_of(letter), text="现予提供。", actor=editor, at=NOW)
    letter.refresh_from_db()

    with refused("unreviewed", "unreviewed"):
        acts.sign_letter(letter=letter, actor=chief, at=NOW)
    for stage in ("legal", "secrecy"):
        acts.give_opinion(letter=letter, stage=stage, agrees=True, basis="条例", actor=chief, at=NOW)
    with refused("again"):
        acts.give_opinion(letter=letter, stage="legal", agrees=True, actor=chief, at=NOW)
    acts.sign_letter(letter=letter, actor=chief, at=NOW)
    assert letter.opinions.count() == 5


def test_who_wrote_it_neither_reviews_nor_signs_it(case):
    chief, editor = chief_of(case), chief_of(case)
    letter = draft(case, "granted", ON, actor=chief)
    acts.edit_letter(letter=letter, seen=digest_of(letter), text="现予提供。", actor=editor, at=NOW)
    acts.submit_letter(letter=letter, actor=chief, at=NOW)

    for author in (chief, editor):
        with refused("own_draft"):
            acts.give_opinion(letter=letter, stage="legal", agrees=True, actor=author, at=NOW)
        with refused("own_draft", "unreviewed", "unreviewed"):
            acts.sign_letter(letter=Letter.objects.get(pk=letter.pk), actor=author, at=NOW)
    with refused("no_officer", "unreviewed", "unreviewed"):
        acts.sign_letter(letter=letter, actor=SYSTEM, at=NOW)
    handler = make_handler(case.body)
    with refused("not_permitted", "unreviewed", "unreviewed"):
        acts.sign_letter(letter=letter, actor=handler, at=NOW)


def test_a_refusal_sends_it_back_and_is_kept(case):
    letter = draft(case, "granted", ON)
    acts.submit_letter(letter=letter, actor=letter.made_by, at=NOW)
    reviewer, chief = make_handler(case.body), chief_of(case)

    with refused("no_opinion"):
        acts.give_opinion(letter=letter, stage="legal", agrees=False, actor=reviewer, at=NOW)
    with refused("no_basis"):
        acts.give_opinion(letter=letter, stage="secrecy", agrees=True, actor=reviewer, at=NOW)
    with refused("sign"):
        acts.give_opinion(letter=letter, stage="sign", agrees=True, actor=chief, at=NOW)
    with refused("not_permitted"):
        acts.give_opinion(letter=letter, stage="sign", agrees=False, opinion="重写", actor=reviewer, at=NOW)
    acts.give_opinion(letter=letter, stage="sign", agrees=False, opinion="重写", actor=chief, at=NOW)

    letter.refresh_from_db()
    assert (letter.state, [one.opinion for one in letter.opinions.all()]) == ("draft", ["重写"])
    with refused("state"):
        acts.give_opinion(letter=letter, stage="legal", agrees=True, actor=reviewer, at=NOW)


def test_two_editors_lose_nothing(case):
    letter = draft(case, "granted", ON)
    seen = digest_of(letter)
    acts.edit_letter(letter=letter, seen=seen, text="甲改", actor=SYSTEM, at=NOW)
    with refused("changed"):
        acts.edit_letter(letter=letter, seen=seen, text="乙改", actor=SYSTEM, at=NOW)
    letter.refresh_from_db()
    assert letter.text == "甲改"
    with refused("unchanged"):
        acts.edit_letter(letter=letter, seen=digest_of(letter), text="甲改", actor=SYSTEM, at=NOW)
    with refused("empty"):
        acts.edit_letter(letter=letter, seen=digest_of(letter), text=" ", actor=SYSTEM, at=NOW)
    with pytest.raises(TypeError, match="number"):
        acts.edit_letter(letter=letter, seen=seen, number="1", actor=SYSTEM, at=NOW)


def test_refilled_from_changed_facts(case):
    letter = draft(case, "clarification", ON)
    facts = {"clarify": ["请写明学校"], "clarify_by": day("2024-03-22")}
    acts.edit_letter(letter=letter, seen=digest_of(letter), facts=facts, refill=True, actor=SYSTEM, at=NOW)
    letter.refresh_from_db()
    assert letter.facts == {"clarify": ["请写明学校"], "clarify_by": "2024-03-22"}
    assert "请写明学校" in letter.text
    assert "2024年3月22日" in letter.text


def test_a_signed_letter_is_frozen(case):
    letter = signed(case, "granted", ON)
    with refused("state"):
        acts.edit_letter(letter=letter, seen=digest_of(letter), text="改", actor=SYSTEM, at=NOW)
    with refused("state"):
        acts.submit_letter(letter=letter, actor=SYSTEM, at=NOW)
    Letter.objects.filter(pk=letter.pk).update(text="篡改")
    letter.refresh_from_db()
    with refused("altered"):
        posted(letter, ON, actor=SYSTEM)


def test_the_text_shows_what_was_signed_whatever_changes_later(case):
    letter = signed(case, "granted", ON)
    before = facts_of(letter, on=day(ON))
    case.applicant.name = "李四"
    case.applicant.save()
    assert facts_of(Letter.objects.get(pk=letter.pk), on=day("2024-06-01")) == before


def test_numbers_are_without_gaps_and_a_void_one_stays_used(case):
    body = case.body
    first = signed(case, "assistance", ON, recipient="县档案馆")
    acts.void_letter(letter=first, reason="收文机关写错", actor=SYSTEM, at=NOW)
    second = signed(case, "assistance", ON, recipient="市档案馆")
    next_year = signed(ready(make_request(body, submitted_on=day("2025-01-03"))), "granted", "2025-01-06")
    elsewhere = signed(ready(make_request()), "granted", ON)

    first.refresh_from_db()
    assert (first.state, first.void_reason) == ("void", "收文机关写错")
    assert [one.number for one in (first, second, next_year)] == [
        f"{body.display_name}公开〔2024〕第1号",
        f"{body.display_name}公开〔2024〕第2号",
        f"{body.display_name}公开〔2025〕第1号",
    ]
    assert elsewhere.number == f"{elsewhere.request.body.display_name}公开〔2024〕第1号"
    with refused("state"):
        acts.void_letter(letter=first, reason="再作废", actor=SYSTEM, at=NOW)


def test_a_refused_signature_uses_no_number(case):
    letter = reviewed(draft(case, "granted", ON), ON)
    stranger = make_handler(make_body(), role="approver")
    with refused("not_permitted"):
        acts.sign_letter(letter=letter, actor=stranger, at=NOW)
    assert acts.sign_letter(letter=letter, actor=chief_of(case), at=NOW).number.endswith("第1号")


def test_what_left_the_house_is_not_voided(case):
    letter = issued(case, "clarification", ON)
    with refused("state"):
        acts.void_letter(letter=letter, reason="不想要了", actor=SYSTEM, at=NOW)


def test_a_step_that_became_impossible_is_refused_at_the_signature(case):
    """The applicant withdrew while the extension was under review."""
    letter = reviewed(draft(case, "extension", ON), ON)
    acts.withdraw_request(request=case, on=day(ON), actor=SYSTEM, at=NOW)
    chief = chief_of(case)
    with refused("closed"):
        acts.sign_letter(letter=letter, actor=chief, at=NOW)


def test_nothing_personal_in_the_audit(case):
    letter = signed(case, "granted", ON)
    posted(letter, ON)
    said = "\n".join(
        f"{one.target_name}{one.detail}{one.reason}{one.actor_name}" for one in Entry.objects.all()
    )
    assert "张三" not in said
    assert Request.objects.get(pk=case.pk).outcome == "granted"
