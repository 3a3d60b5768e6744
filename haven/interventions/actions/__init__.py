"""What is done for and about interventions; each act is one transaction and one entry of the trail."""

from haven.interventions.actions.conditions import (
    Asked,
    Reasons,
    assess_proportionality,
    choose_evidence,
    consider_support,
    go_against_wishes,
    record_consultation,
    record_hearing,
    review_risk,
    tell_before,
)
from haven.interventions.actions.deciding import approve, ask_for_approval, record_outcome, record_service, send_back
from haven.interventions.actions.letters import Draft, check_letter, clear_found, find_tenure, write_letter
from haven.interventions.actions.mediation import record_consent, screen
from haven.interventions.actions.proposing import end_intervention, propose

__all__ = [
    "Asked",
    "Draft",
    "Reasons",
    "approve",
    "ask_for_approval",
    "assess_proportionality",
    "check_letter",
    "choose_evidence",
    "clear_found",
    "consider_support",
    "end_intervention",
    "find_tenure",
    "go_against_wishes",
    "propose",
    "record_consent",
    "record_consultation",
    "record_hearing",
    "record_outcome",
    "record_service",
    "review_risk",
    "screen",
    "send_back",
    "tell_before",
    "write_letter",
]
