"""The rules of interventions (clause 3.5.2; DOMAIN.md 6)."""

from haven.interventions.rules.facts import RANKS, Gate, ToolFacts
from haven.interventions.rules.gate import (
    CONDITIONS,
    Standing,
    may_carry_out,
    may_wait_for_approval,
    missing,
    standing,
    state_of,
)
from haven.interventions.rules.steps import Proposal
from haven.policy.register import record

record("3.5.2", "interventions.Intervention", "Each step about somebody's conduct, from proposal to end")
record("3.5.2", "interventions.Consultation", "What each person harmed wished and feared about each step")
record("3.5.2", "interventions.AgainstWishes", "Why a manager went against wishes, the safety plan, and when they were told")
record("3.5.2", "interventions.RiskReview", "What each step may do to the people harmed, and what keeps them safe")
record("3.5.2", "interventions.EvidenceChosen", "What each step rests on, and why it is enough")
record("3.5.2", "interventions.Proportionality", "Equality and proportionality, looked at before steps that need it")
record("3.5.2", "interventions.HearingHeld", "What the person responsible said, or why they were not heard")
record(("3.4.4", "3.4.5"), "interventions.SupportConsidered", "Help to change that was offered, or why not")
record("3.5.2(a)", "interventions.TenureFound", "The tenancy and agreement that a step rests on")
record(("3.5.2(a)", "3.4.3(c)"), "interventions.Letter", "Every version of every letter, its language and clauses")
record("3.5.2", "interventions.Approval", "Who approved each step with which text, or sent it back")
record("3.5.2", "interventions.ToldBefore", "How each person harmed was told before a step")
record("3.5.2", "interventions.Outcome", "What came of each step")
record("3.5.2(c)", "interventions.Screening", "What was found before mediation")
record("3.5.2(c)", "interventions.Consent", "Who agreed to mediation")

__all__ = [
    "CONDITIONS",
    "RANKS",
    "Gate",
    "Proposal",
    "Standing",
    "ToolFacts",
    "may_carry_out",
    "may_wait_for_approval",
    "missing",
    "standing",
    "state_of",
]
