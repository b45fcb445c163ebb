import pytest

from gongkai.core.errors import Obstacle, RefusedError, refuse_if


def test_an_obstacle_reads_as_a_sentence_with_its_remedy():
    assert str(Obstacle("closed", "申请已办结")) == "申请已办结"
    assert str(Obstacle("closed", "申请已办结", "请更正答复")) == "申请已办结（请更正答复）"


def test_no_obstacle_no_refusal():
    assert refuse_if([]) is None
    assert refuse_if(iter(())) is None


def test_every_obstacle_is_told():
    found = (Obstacle("a", "甲"), Obstacle("b", "乙", "改", "field"))

    with pytest.raises(RefusedError) as caught:
        refuse_if(one for one in found)
    assert caught.value.obstacles == found
    assert str(caught.value) == "甲；乙（改）"
