"""Interventions, the acts by which each condition is met, and letters; acts and letters are only ever added."""

from haven.interventions.models.acts import (
    AgainstWishes,
    Approval,
    Consultation,
    EvidenceChosen,
    HearingHeld,
    Outcome,
    Proportionality,
    RiskReview,
    SupportConsidered,
    TenureFound,
    ToldBefore,
)
from haven.interventions.models.intervention import Intervention
from haven.interventions.models.letters import Letter
from haven.interventions.models.mediation import Consent, Screening

__all__ = [
    "AgainstWishes",
    "Approval",
    "Consent",
    "Consultation",
    "EvidenceChosen",
    "HearingHeld",
    "Intervention",
    "Letter",
    "Outcome",
    "Proportionality",
    "RiskReview",
    "Screening",
    "SupportConsidered",
    "TenureFound",
    "ToldBefore",
]
