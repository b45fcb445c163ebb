from hypothesis import given
from hypothesis import strategies as st

from gongkai.demo.days import chance
from gongkai.demo.shares import amounts, split

WEIGHTS = st.lists(st.integers(0, 100), min_size=1, max_size=60).filter(any)


@given(st.integers(0, 100_000), WEIGHTS)
def test_parts_add_up_and_no_weight_gets_nothing(total, weights):
    parts = split(total, weights)
    assert sum(parts) == total
    assert all(
        0 <= part - total * weight / sum(weights) + 1 <= 2
        for part, weight in zip(parts, weights, strict=True)
    )


def test_the_largest_remainders_get_the_rest():
    assert split(10, (1, 1, 1)) == [4, 3, 3]
    assert split(7, (2, 0, 1)) == [5, 0, 2]
    assert split(0, (1, 2)) == [0, 0]


@given(st.integers(1, 60), st.integers())
def test_amounts_add_up_and_none_is_too_small(count, seed):
    found = amounts(chance(str(seed)), 1_120_543_900, count, 1_200_000)
    assert (len(found), sum(found)) == (count, 1_120_543_900)
    assert min(found) >= 1_200_000
