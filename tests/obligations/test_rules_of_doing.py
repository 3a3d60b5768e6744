"""When something may be recorded as done, as truth tables; no database."""

from datetime import timedelta

import pytest

from haven.obligations.rules import Doing, How, may_record_done, may_take_back
from haven.obligations.rules.doing import DECISIONS, may_stand
from tests.obligations.conftest import HOUR, SUNDAY

LATER = SUNDAY + timedelta(days=1)


def doing(**said) -> Doing:
    """Paint taken off an hour after the report."""
    return Doing(
        **{
            "key": "graffiti_hate",
            "how": How.BY_OTHERS,
            "done_at": SUNDAY + HOUR,
            "starts_at": SUNDAY,
            "due_at": SUNDAY + 4 * HOUR,
            "is_open": True,
            "does_casework": True,
            **said,
        }
    )


@pytest.mark.clause("3.4.1", "3.5.1", "2.0(b)")
@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        ({}, True),
        ({"how": How.IN_PERSON}, True),
        ({"how": How.VOICEMAIL}, False),
        ({"key": "ack", "how": How.WRITING}, True),
        ({"key": "first_contact"}, False),
        ({"key": "interview"}, False),
        ({"key": "update"}, False),
        ({"key": "triage"}, False),
        ({"is_open": False}, False),
        ({"does_casework": False}, False),
        ({"done_at": LATER + HOUR}, False),
        ({"done_at": LATER}, False),
        ({"done_at": LATER, "has_reason": True}, True),
        ({"done_at": LATER, "due_at": SUNDAY}, True),
        ({"done_at": SUNDAY + 4 * HOUR}, True),
        ({"done_at": SUNDAY + 5 * HOUR}, False),
        ({"done_at": SUNDAY - HOUR}, False),
        ({"done_at": SUNDAY}, True),
    ],
)
def test_when_something_may_be_recorded_as_done(said, allowed):
    assert may_record_done(doing(**said), at=LATER).allowed is allowed


@pytest.mark.clause("2.0(b)")
def test_what_was_done_late_needs_its_reason_by_name():
    refused = may_record_done(doing(done_at=LATER), at=LATER)
    assert (refused.clause, refused.remedy) == ("2.0(b)", "Say why it was late.")


@pytest.mark.clause("3.4.1")
def test_only_what_was_recorded_can_be_taken_back_and_only_by_caseworkers():
    assert may_take_back(does_casework=True, is_done=True)
    assert not may_take_back(does_casework=True, is_done=False)
    assert not may_take_back(does_casework=False, is_done=True)


@pytest.mark.clause("3.3.2")
@pytest.mark.parametrize(("manages", "allowed"), [(True, True), (False, False)])
def test_only_a_manager_says_that_a_manager_knows(manages, allowed):
    assert may_stand(doing(key="manager_alert", manages=manages)).allowed is allowed
    decision = may_record_done(doing(key="manager_alert", manages=manages), at=LATER)
    assert decision.allowed is allowed


@pytest.mark.clause("3.3.3(a)", "3.6.2", "3.4.3(d)")
@pytest.mark.parametrize("key", sorted(DECISIONS))
def test_a_decision_needs_its_reason(key):
    assert not may_stand(doing(key=key, words=" "))
    assert not may_record_done(doing(key=key, words=" "), at=LATER)
    assert may_record_done(doing(key=key, words="She says no; he is in custody tonight."), at=LATER)
