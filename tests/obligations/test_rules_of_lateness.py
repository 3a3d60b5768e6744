"""Who is asked why something was late, and what counts as an answer, as truth tables; no database."""

import pytest

from haven.obligations.rules import Why, may_give_reason, says_something

pytestmark = pytest.mark.clause("2.0(b)")


@pytest.mark.parametrize(
    ("is_theirs", "is_late", "allowed"), [(True, True, True), (False, True, False), (True, False, False)]
)
def test_whoever_owes_what_is_late_says_why(is_theirs, is_late, allowed):
    assert may_give_reason(Why(code="NO_STAFF"), is_theirs=is_theirs, is_late=is_late).allowed is allowed


@pytest.mark.parametrize(
    ("code", "words", "allowed"),
    [
        ("NO_STAFF", "", True),
        ("NO_STAFF", "Two of us were ill.", True),
        ("OTHER", "A flood in the office.", True),
        ("OTHER", "", False),
        ("OTHER", "   ", False),
        ("LAZINESS", "It was.", False),
        ("", "", False),
    ],
)
def test_a_reason_is_one_of_the_landlords_and_has_words_where_the_code_says_too_little(code, words, allowed):
    assert says_something(Why(code=code, words=words)).allowed is allowed
    assert may_give_reason(Why(code=code, words=words), is_theirs=True, is_late=True).allowed is allowed
