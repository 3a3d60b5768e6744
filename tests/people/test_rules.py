"""What may be recorded about people, as truth tables; no database."""

import pytest

from haven.people import rules


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize(("safe", "allowed"), [(None, True), ("yes", True), ("no", False), ("unknown", False)])
def test_only_a_way_known_to_be_safe_is_preferred(safe, allowed):
    assert rules.may_prefer(preferred="Letter", safe=safe).allowed == allowed


@pytest.mark.clause("3.5.1")
@pytest.mark.parametrize(
    ("same", "already", "allowed"), [(False, False, True), (True, False, False), (False, True, False)]
)
def test_only_two_records_become_one_person(same, already, allowed):
    assert rules.may_be_one_person(are_same_record=same, are_one_already=already).allowed == allowed


@pytest.mark.clause("3.5.1")
@pytest.mark.parametrize(("seen", "now", "allowed"), [(None, 3, True), (3, 3, True), (0, 0, True), (2, 3, False), (-1, 0, False)])
def test_nothing_is_written_over_that_somebody_has_not_seen(seen, now, allowed):
    assert rules.is_as_seen(seen=seen, now=now).allowed is allowed
