"""Small counts are hidden, and nothing else on the page gives them away."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from haven.insight.suppression import hides_total, is_small, suppressed

pytestmark = pytest.mark.clause("5.1")


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (4, True), (5, False), (900, False)])
def test_counts_from_one_to_four_are_small(count, small):
    assert is_small(count) is small


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([20, 9, 0], [20, 9, 0]),
        ([20, 9, 2], [20, None, None]),
        ([20, 3, 2], [20, None, None]),
        ([3, 0, 0], [None, 0, 0]),
        ([4, 5], [None, None]),
        ([], []),
    ],
)
def test_a_lone_small_count_takes_the_next_smallest_with_it(counts, shown):
    assert suppressed(counts) == shown


@pytest.mark.parametrize(
    ("counts", "hides"),
    [([20, 9], False), ([3, 0], True), ([1, 2], True), ([30, 3, 0], False), ([3], True), ([0, 0], False)],
)
def test_a_total_is_hidden_where_it_says_what_was_hidden(counts, hides):
    assert hides_total(counts) is hides


@given(some.lists(some.integers(0, 40), max_size=8))
def test_no_hidden_count_can_be_worked_out_from_the_total_and_the_rest(counts):
    shown = suppressed(counts)
    assert all(count is None or not is_small(count) for count in shown)
    hidden = [count for count, kept in zip(counts, shown, strict=True) if kept is None]
    if len(hidden) == 1:
        assert hides_total(counts)


@given(some.lists(some.integers(0, 40), max_size=8))
def test_nothing_is_hidden_where_nothing_is_small(counts):
    if not any(map(is_small, counts)):
        assert suppressed(counts) == counts
        assert not hides_total(counts)
