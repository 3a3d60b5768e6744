"""What the policy requires, worked out from facts: facts in, duties out, by the clocks of the pack."""

from haven.obligations.rules.derivation import duties_of
from haven.obligations.rules.doing import Doing, How, may_record_done, may_take_back
from haven.obligations.rules.facts import (
    AlarmFacts,
    CaseFacts,
    DecisionFacts,
    DoneFacts,
    EventFacts,
    HarmedFacts,
    MessageFacts,
    Owed,
    PlanFacts,
    PoliceFacts,
    Reach,
    ReportFacts,
    ReviewFacts,
    RiskFacts,
    Standing,
    StepFacts,
    standing,
)
from haven.obligations.rules.reviewing import may_review_case

__all__ = [
    "AlarmFacts",
    "CaseFacts",
    "DecisionFacts",
    "Doing",
    "DoneFacts",
    "EventFacts",
    "HarmedFacts",
    "How",
    "MessageFacts",
    "Owed",
    "PlanFacts",
    "PoliceFacts",
    "Reach",
    "ReportFacts",
    "ReviewFacts",
    "RiskFacts",
    "Standing",
    "StepFacts",
    "duties_of",
    "may_record_done",
    "may_review_case",
    "may_take_back",
    "standing",
]
