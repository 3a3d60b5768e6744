"""What the policy requires, worked out from facts: facts in, duties out, by the clocks of the pack."""

from haven.obligations.rules.derivation import duties_of
from haven.obligations.rules.doing import Doing, How, may_record_done, may_take_back
from haven.obligations.rules.facts import (
    AlarmFacts,
    CaseFacts,
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
from haven.obligations.rules.lateness import Why, may_give_reason, says_something

__all__ = [
    "AlarmFacts",
    "CaseFacts",
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
    "Why",
    "duties_of",
    "may_give_reason",
    "may_record_done",
    "may_take_back",
    "says_something",
    "standing",
]
