"""Decisions: allowed or not, why, by which clause, and what would allow it."""

import dataclasses

import pytest

from haven.kernel.decision import Decision, Refused, require


def test_yes_names_its_clause_and_is_true():
    decision = Decision.yes(clause="3.3.1")
    assert decision
    assert decision.allowed
    assert decision.clause == "3.3.1"


def test_no_carries_reason_clause_and_remedy_and_is_false():
    decision = Decision.no("The case is closed.", clause="3.3.5", remedy="Reopen it.")
    assert not decision
    assert (decision.reason, decision.clause, decision.remedy) == ("The case is closed.", "3.3.5", "Reopen it.")


def test_a_decision_cannot_be_changed_after_it_was_made():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Decision.no("No.", clause="3.3.5").allowed = True


def test_a_decision_needs_a_clause():
    with pytest.raises(TypeError):
        Decision.yes()
    with pytest.raises(TypeError):
        Decision.no("No.")


def test_a_stamp_says_which_guard_decided_and_changes_nothing_else():
    decision = Decision.no("No.", clause="3.3.5")
    stamped = decision.by("cases.may_open")
    assert stamped.guard == "cases.may_open"
    assert dataclasses.replace(stamped, guard="") == decision


def test_require_goes_on_or_raises_with_the_decision():
    require(Decision.yes(clause="3.3.1"))
    with pytest.raises(Refused, match="closed") as refusal:
        require(Decision.no("The case is closed.", clause="3.3.5"))
    assert refusal.value.decision.clause == "3.3.5"
