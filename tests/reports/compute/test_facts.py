"""The facts of the prose that no cell holds."""

import pytest

from gongkai.reports.compute.facts import enumerated


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        (["只有一个。"], "只有一个。"),
        (["甲；", "乙。"], "一是甲；二是乙。"),
        ([str(number) for number in range(11)], "0；1；2；3；4；5；6；7；8；9；10。"),
    ],
)
def test_sentences_are_enumerated_as_official_prose_does(sentences, told):
    assert enumerated(sentences) == told
