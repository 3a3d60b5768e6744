"""What the policy requires, worked out from facts: facts in, duties out, by the clocks of the pack."""

from haven.obligations.rules.derivation import duties_of
from haven.obligations.rules.facts import (
    AlarmFacts,
    CaseFacts,
    DecisionFacts,
    MessageFacts,
    Owed,
    ReportFacts,
    Standing,
    standing,
)

__all__ = [
    "AlarmFacts",
    "CaseFacts",
    "DecisionFacts",
    "MessageFacts",
    "Owed",
    "ReportFacts",
    "Standing",
    "duties_of",
    "standing",
]
