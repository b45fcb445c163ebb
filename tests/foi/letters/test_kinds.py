"""Every usual form is there, once, with its article and its recipient."""

import pytest

from gongkai.foi.enums import FactKind
from gongkai.foi.letters.kinds import KINDS, Recipient, Remedies, kind_of, of_outcome
from gongkai.foi.letters.samples import sample_facts
from gongkai.law.outcomes import OUTCOMES


def test_the_letters_by_recipient():
    found = {who: [key for key, one in KINDS.items() if one.recipient is who] for who in Recipient}
    assert found[Recipient.THIRD_PARTY] == [
        "third_party_consultation",
        "third_party_result",
        "third_party_override",
    ]
    assert found[Recipient.OTHER_BODY] == ["co_author_consultation", "assistance", "transfer"]
    assert found[Recipient.ON_FILE] == ["service_receipt"]
    assert [len(keys) for keys in found.values()] == [36, 3, 3, 1]


def test_every_outcome_has_its_letter_with_its_article():
    assert {one.outcome for one in KINDS.values() if one.is_decision} == set(OUTCOMES)
    for key, ending in OUTCOMES.items():
        kind = of_outcome(key)
        named = "" if ending.article.startswith("政府信息公开工作年度报告") else ending.article
        assert (kind.outcome, kind.article) == (key, named), key


def test_what_is_no_outcome_has_no_letter_of_decision():
    with pytest.raises(ValueError, match="没有“receipt”这种处理结果"):
        of_outcome("receipt")


def test_an_unknown_kind_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="没有“refusal”这种文书，可用的是：receipt、clarification、"):
        kind_of("refusal")


def test_facts_are_those_of_a_case():
    assert {one.fact for one in KINDS.values() if one.fact} <= set(FactKind.values)


def test_who_is_told_of_remedies():
    """Steps on the way carry none; neither does what gives the applicant all he asked for."""
    without = [key for key, one in KINDS.items() if one.remedies is Remedies.NONE]
    assert without == [
        "receipt",
        "clarification",
        "reasons_request",
        "extension",
        "reasonable_term",
        "consultation_notice",
        "fee_notice",
        "third_party_consultation",
        "co_author_consultation",
        "assistance",
        "transfer",
        "withdrawn",
        "record_corrected",
        "record_forwarded",
        "service_receipt",
    ]


def test_every_kind_has_sample_facts_of_the_body_that_asks():
    from gongkai.foi.letters.facts import BodyFacts

    body = BodyFacts("某县人民政府", review_organ="某市人民政府")
    assert {sample_facts(one, body=body).body for one in KINDS.values()} == {body}
