"""By when each duty is due; the times come from the landlord's service standards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from haven.obligations.rules.facts import AlarmFacts, ClosedFacts, DecisionFacts, ReportFacts, RiskFacts, UnreachedFacts
from haven.policy import working_days
from haven.policy.bands import Band
from haven.policy.register import REGISTER, duty


@duty("ack", ("3.2.1", "3.3.2"), "Say that the report has arrived, by a safe way only")
def acknowledgement_due(report: ReportFacts) -> datetime:
    """Work out by when the person must hear that the report has arrived (clause 3.2.1)."""
    return working_days.due("ack", report.received_at, report.band)


@duty("triage", ("3.3.2", "2.0(b)"), "A trained person reads it and checks for danger")
def triage_due(report: ReportFacts) -> datetime:
    """Work out by when a trained person must have read the report (clause 3.3.2)."""
    return working_days.due("triage", report.received_at, report.band)


@duty("danger_handover", "3.2.2(b)", "Danger told of out of hours is taken on by somebody")
def danger_due(alarm: AlarmFacts) -> datetime:
    """Work out by when somebody must have taken an alarm that rang out of hours (clause 3.2.2(b))."""
    return working_days.due("danger_handover", alarm.raised_at, Band.CRITICAL)


@duty("assign", ("3.4.1", "3.5.1"), "A named caseworker looks after it")
def caseworker_due(report: ReportFacts) -> datetime:
    """Work out by when a named caseworker must have it (clause 3.4.1)."""
    return working_days.due("assign", report.received_at, report.band)


@duty("recorded_reason_review", ("3.3.2", "2.0(b)"), "Somebody else looks at a report that became no case")
def review_due(decision: DecisionFacts) -> datetime:
    """Work out by when somebody else must have reviewed a decision to open no case (clause 3.3.2)."""
    return working_days.due("recorded_reason_review", decision.at)


@duty("first_contact", ("3.5.1", "3.4.1", "2.0(a)"), "Speak with the person, both ways")
def first_contact_due(report: ReportFacts) -> datetime:
    """Work out by when somebody must have spoken with the person who reported (clause 3.5.1)."""
    return working_days.due("first_contact", report.received_at, report.band)


@duty("interview", ("3.3.2", "3.3.1"), "Talk it through at length, somewhere safe")
def interview_due(report: ReportFacts) -> datetime:
    """Work out by when the full interview must have been held (clause 3.3.2)."""
    return working_days.due("interview", report.received_at, report.band)


@duty("risk_initial", ("3.3.5", "3.3.1"), "How great the danger is, is assessed and signed")
def first_assessment_due(report: ReportFacts) -> datetime:
    """Work out by when the danger must have been assessed for the first time (clause 3.3.5)."""
    return working_days.due("risk_initial", report.received_at, report.band)


@duty("risk_review", ("3.3.5", "3.3.1"), "The danger is looked at again, the sooner the greater it is")
def next_assessment_due(risk: RiskFacts) -> datetime:
    """Work out by when a person's or household's danger must be looked at again (clause 3.3.5)."""
    return working_days.due("risk_review", risk.at, risk.band)


@duty("assessment_completion", "3.3.5", "What was left open in an assessment is asked")
def completion_due(risk: RiskFacts) -> datetime:
    """Work out by when an incomplete assessment must have been followed by a whole one (clause 3.3.5)."""
    return working_days.due("assessment_completion", risk.at, risk.band)


@duty("police_decision", ("3.6.1", "3.2.3"), "Ask whether the police may be told, and record the answer")
def police_decision_due(report: ReportFacts, contact_at: datetime | None) -> datetime:
    """Work out by when the person must have been asked about the police (clause 3.6.1).

    The clock runs from the first contact, and from when that was due if nobody has made it.
    """
    contact_due = first_contact_due(report)
    start = contact_due if contact_at is None else min(contact_at, contact_due)
    return working_days.due("police_decision", start, report.band)


@duty("police_notify", "3.6.1", "The police are told after a yes")
def police_notice_due(report: ReportFacts, said_yes_at: datetime) -> datetime:
    """Work out by when the police must have been told after the person said yes (clause 3.6.1)."""
    return working_days.due("police_notify", said_yes_at, report.band)


@duty("update", ("3.4.1", "2.0(b)"), "News for the person, even when there is nothing new")
def update_due(report: ReportFacts, contact_at: datetime) -> datetime:
    """Work out by when the person must hear from us again after a confirmed contact (clause 3.4.1)."""
    return working_days.due("update", contact_at, report.band)


@duty("contact_again", ("3.4.1", "3.3.3"), "Reach them another way, where an e-mail did not get through")
def contact_again_due(unreached: UnreachedFacts, band: Band) -> datetime:
    """Work out by when somebody must be reached another way (clause 3.4.1)."""
    return working_days.due("contact_again", unreached.at, band)


@duty("welfare_check", ("3.3.3(a)", "3.4.1"), "Think of the welfare of somebody who cannot be reached")
def welfare_due(unreached: UnreachedFacts, band: Band) -> datetime:
    """Work out by when it must be decided what is done for somebody who cannot be reached (clause 3.3.3(a))."""
    return working_days.due("welfare_check", unreached.at, band)


@duty("closure_letter", ("3.4.1", "3.4.3(c)"), "They have it in writing that the case is closed, where that is safe")
def closure_letter_due(closed: ClosedFacts) -> datetime:
    """Work out by when the letter about closing must have gone (clause 3.4.1)."""
    return working_days.due("closure_letter", closed.at)


@duty("aftercare", ("3.4.1", "2.0(c)"), "Ask how they are, some weeks after closing")
def aftercare_due(closed: ClosedFacts) -> datetime:
    """Work out by when somebody must have asked how they are since the case was closed (clause 3.4.1)."""
    return working_days.due("aftercare", closed.at)


@duty("survey", "3.1.2-B", "Ask how we did, if that is safe and wanted")
def survey_due(closed: ClosedFacts) -> datetime:
    """Work out by when they must have been asked how we did (clause 3.1.2-B)."""
    return working_days.due("survey", closed.at)


@duty("emergency_repair_attend", "3.3.7", "Somebody is there for the emergency repair that was asked for")
def repair_due(report: ReportFacts) -> datetime:
    """Work out by when somebody must be there for a broken door, window or lock (clause 3.3.7)."""
    return working_days.due("emergency_repair_attend", report.received_at, report.band)


@duty("emergency_repair_safe", "3.3.7", "After damage to a door, window or lock the home is safe again")
def made_safe_due(report: ReportFacts) -> datetime:
    """Work out by when the home must be safe after a broken door, window or lock (clause 3.3.7)."""
    return working_days.due("emergency_repair_safe", report.received_at, report.band)


@duty("graffiti_hate", "3.3.7", "Hateful graffiti is photographed, then removed or covered")
def graffiti_due(report: ReportFacts) -> datetime:
    """Work out by when hateful graffiti must be gone (clause 3.3.7)."""
    return working_days.due("graffiti_hate", report.received_at, report.band)


@duty("homeless_referral", "3.3.8", "Council and police are asked to help somebody who cannot stay tonight")
def place_for_tonight_due(report: ReportFacts) -> datetime:
    """Work out by when council and police must have been asked, where staying is too dangerous (clause 3.3.8)."""
    return working_days.due("homeless_referral", report.received_at, report.band)


@duty("interpreter_remote", "3.4.3(b)", "An interpreter is on the line for whoever needs one")
def interpreter_due(report: ReportFacts) -> datetime:
    """Work out by when an interpreter must be on the line (clause 3.4.3(b))."""
    return working_days.due("interpreter_remote", report.received_at, report.band)


@duty("translation_essential", "3.4.3(c)", "Essential papers are in the language of whoever needs it")
def translation_due(report: ReportFacts) -> datetime:
    """Work out by when essential papers must be translated (clause 3.4.3(c))."""
    return working_days.due("translation_essential", report.received_at, report.band)


FOR_NEEDS: Mapping[str, Callable[[ReportFacts], datetime]] = MappingProxyType(
    {
        "emergency_repair_attend": repair_due,
        "emergency_repair_safe": made_safe_due,
        "graffiti_hate": graffiti_due,
        "homeless_referral": place_for_tonight_due,
        "interpreter_remote": interpreter_due,
        "translation_essential": translation_due,
    }
)
"""The duties that a need starts; the pack says which need asks for which."""

ALONG_WITH = {"emergency_repair_attend": ("emergency_repair_safe",)}
"""What is owed besides whenever a need asks for something."""


def clause_of(key: str) -> str:
    """Return the first clause that a duty carries out."""
    return REGISTER.duties[key].clauses[0]
