"""What the policy requires, worked out from facts: facts in, duties out, by the clocks of the pack."""

from haven.obligations.rules.derivation import duties_of
from haven.obligations.rules.doing import Doing, How, may_record_done, may_take_back
from haven.obligations.rules.facts import (
    AlarmFacts,
    CaseFacts,
    ClosedFacts,
    ContactFacts,
    DecisionFacts,
    DoneFacts,
    MessageFacts,
    Owed,
    PoliceFacts,
    Reach,
    ReportFacts,
    RiskFacts,
    Standing,
    UnreachedFacts,
    WelfareFacts,
    standing,
)

__all__ = [
    "AlarmFacts",
    "CaseFacts",
    "ClosedFacts",
    "ContactFacts",
    "DecisionFacts",
    "Doing",
    "DoneFacts",
    "How",
    "MessageFacts",
    "Owed",
    "PoliceFacts",
    "Reach",
    "ReportFacts",
    "RiskFacts",
    "Standing",
    "UnreachedFacts",
    "WelfareFacts",
    "duties_of",
    "may_record_done",
    "may_take_back",
    "standing",
]
