"""What may be written to the person who reported, and what they may answer."""

import pytest

from haven.correspondence import rules

BOTH = [True, False]


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize("casework", BOTH)
@pytest.mark.parametrize("words", BOTH)
@pytest.mark.parametrize("readable", BOTH)
def test_only_a_caseworker_writes_something_that_somebody_can_read(casework, words, readable):
    decision = rules.may_write(may_do_casework=casework, has_words=words, can_be_read=readable)
    assert decision.allowed is (casework and words and readable)
    assert (decision.clause, decision.guard) == ("3.4.1", "correspondence.may_write")


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize("question", BOTH)
@pytest.mark.parametrize("own", BOTH)
@pytest.mark.parametrize("words", BOTH)
@pytest.mark.parametrize("short", BOTH)
def test_only_ones_own_question_is_answered_and_with_something(question, own, words, short):
    decision = rules.may_answer(is_question=question, is_own=own, has_words=words, is_short_enough=short)
    assert decision.allowed is (question and own and words and short)
