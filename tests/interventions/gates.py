"""A gate through which a step may go, to take single things out of; no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from haven.interventions.choices import Condition, Evidence, Hearing, Side, View
from haven.interventions.rules.facts import (
    Approved,
    Assessed,
    Chosen,
    Consented,
    Consulted,
    Gate,
    Heard,
    Reviewed,
    Screened,
    Shielded,
    Tenure,
    ToldFirst,
    ToolFacts,
    Weighed,
    Written,
)

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PROPOSER, WRITER, CHECKER, APPROVER = 1, 2, 3, 4
MOTHER, FATHER, SUBJECT = 11, 12, 13
LETTER = ToolFacts(
    label="First warning letter", is_voluntary=False, is_legal=True, has_letter=True, rests_on_agreement=True, rank=0
)
MEDIATION = ToolFacts(
    label="Mediation", is_voluntary=True, is_legal=False, has_letter=False, rests_on_agreement=False, rank=1
)
BEFORE = AT - HOUR
EARLY = AT - DAY


def gate(**changed) -> Gate:
    """Everything there, for a legal letter and one person harmed."""
    whole = Gate(
        at=AT,
        tool=LETTER,
        proposed_at=AT - 2 * DAY,
        proposed_by=PROPOSER,
        harmed=frozenset({MOTHER}),
        consulted=(Consulted(person=MOTHER, asked_at=EARLY, at=EARLY, view=View.AGREES),),
        assessed=(Assessed(person=MOTHER, at=EARLY),),
        reviewed=Reviewed(at=BEFORE, in_place_at=BEFORE),
        evidence=Chosen(at=BEFORE, kinds=frozenset({Evidence.RECORDING})),
        weighed=Weighed(at=BEFORE, is_proportionate=True),
        heard=Heard(at=BEFORE, result=Hearing.HEARD),
        supported_at=BEFORE,
        tenure=Tenure(at=BEFORE, tenancy=1, agreement=7, is_running=True, agreement_now=7, is_shared_with_harmed=False),
        letter=Written(
            at=BEFORE, by=WRITER, text_hash="abc", language="en", reads="", is_agreed_language=False,
            clause_agreements=frozenset({7}),
        ),
        shield=Shielded(at=BEFORE, text_hash="abc", is_this_shield=True, open_findings=0),
        approved=Approved(at=BEFORE, by=APPROVER, rank=0, approves=True, text_hash="abc"),
        told=(ToldFirst(person=MOTHER, at=BEFORE, told_at=BEFORE),),
    )  # fmt: skip
    return replace(whole, **changed)


def meeting(**changed) -> Gate:
    """Everything there for mediation that both agreed to."""
    both = (
        Consented(at=BEFORE, person=MOTHER, side=Side.HARMED, agrees=True),
        Consented(at=BEFORE, person=SUBJECT, side=Side.RESPONSIBLE, agrees=True),
    )
    whole = gate(
        tool=MEDIATION,
        tenure=None,
        letter=None,
        shield=None,
        weighed=None,
        screened=Screened(at=BEFORE, dangers=frozenset(), is_trained_in_hate=True),
        consents=both,
        approved=Approved(at=BEFORE, by=APPROVER, rank=1, approves=True, text_hash=""),
    )
    return replace(whole, **changed)


GONE = {
    Condition.CONSULTED: {"consulted": ()},
    Condition.RISK: {"reviewed": None},
    Condition.EVIDENCE: {"evidence": None},
    Condition.PROPORTIONATE: {"weighed": None},
    Condition.HEARD: {"heard": None},
    Condition.SUPPORT: {"supported_at": None},
    Condition.TENURE: {"tenure": None},
    Condition.LETTER: {"letter": None},
    Condition.SHIELD: {"shield": None},
    Condition.APPROVED: {"approved": None},
    Condition.TOLD: {"told": ()},
}
"""What is taken away so that a condition is missing."""


def later(at: datetime) -> dict[Condition, dict]:
    """Each condition as if it were dated at this moment."""
    whole = gate()
    return {
        Condition.CONSULTED: {"consulted": (replace(whole.consulted[0], at=at),)},
        Condition.RISK: {"reviewed": replace(whole.reviewed, at=at)},
        Condition.EVIDENCE: {"evidence": replace(whole.evidence, at=at)},
        Condition.PROPORTIONATE: {"weighed": replace(whole.weighed, at=at)},
        Condition.HEARD: {"heard": replace(whole.heard, at=at)},
        Condition.SUPPORT: {"supported_at": at},
        Condition.TENURE: {"tenure": replace(whole.tenure, at=at)},
        Condition.LETTER: {"letter": replace(whole.letter, at=at)},
        Condition.SHIELD: {"shield": replace(whole.shield, at=at)},
        Condition.APPROVED: {"approved": replace(whole.approved, at=at)},
        Condition.TOLD: {"told": (replace(whole.told[0], at=at),)},
    }
