"""What each act of the trail is called, in words that anybody can read; a test says that none is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from haven.trail.models import Entry

ACTS = {
    "alarm.taken": "Took an alarm",
    "alarm.told": "Told somebody of an alarm, or tried to",
    "case.assigned": "Gave a case to a caseworker",
    "case.brought_over_closed": "Brought over a closed case",
    "case.closed": "Closed a case",
    "case.finding_recorded": "Added a finding",
    "case.harassment_decided": "Decided whether it is harassment",
    "case.incident_recorded": "Wrote down an occasion",
    "case.joined": "Let a report join a case",
    "case.let_in": "Let somebody into a restricted case",
    "case.let_out": "Ended that somebody was let in",
    "case.new_person_added": "Added somebody new to a case",
    "case.opened": "Opened a case",
    "case.opened_to_read": "Opened a case to read",
    "case.people_taken_apart": "Took two records apart again",
    "case.person_added": "Added somebody to a case",
    "case.person_ended": "Ended somebody’s part in a case",
    "case.reopened_as": "Opened a case that goes on from a closed one",
    "case.reopening_asked": "Opened a closed case again",
    "case.restricted": "Changed who sees a case",
    "case.reviewed": "Looked at a case as a manager",
    "case.same_person_confirmed": "Confirmed that two records are one person",
    "closing.proposed": "Proposed to close a case",
    "closing.sent_back": "Sent a proposal to close back",
    "closing.view_recorded": "Recorded what somebody thinks of closing",
    "code.asked_for": "Asked for a new code",
    "code.issued": "Issued a new code",
    "code.refused": "Refused a new code",
    "conflict.declared": "Declared a conflict of interest",
    "contact.recorded": "Recorded a contact",
    "contact.taken_back": "Took a contact back",
    "contact.welfare_decided": "Decided about somebody who cannot be reached",
    "development.recorded": "Recorded something that happened",
    "duties.listed": "Looked at a list of duties",
    "duty.done": "Recorded something as done",
    "duty.done_taken_back": "Took back that something was done",
    "evidence.copied": "Made copies of a picture",
    "evidence.copy_asked_for": "Looked at a picture",
    "evidence.copy_found_damaged": "Found a copy damaged",
    "evidence.forgotten": "Forgot a file that was never sent",
    "evidence.found_damaged": "Found a file damaged",
    "evidence.kept": "Took in a file",
    "evidence.mask_set": "Covered or uncovered a picture",
    "evidence.original_asked_for": "Downloaded an original file",
    "evidence.orphans_cleared": "Cleared away files that belong to nothing",
    "evidence.scan_asked_for": "Asked for a file to be scanned",
    "evidence.scanned": "Scanned a file",
    "intervention.against_wishes": "Went against the wishes of a person harmed",
    "intervention.approval_asked": "Asked for approval of a step",
    "intervention.approved": "Approved a step",
    "intervention.carried_out": "Carried out a step",
    "intervention.consent_recorded": "Recorded whether somebody takes part",
    "intervention.consulted": "Asked a person harmed about a step",
    "intervention.ended": "Ended a step",
    "intervention.evidence_chosen": "Chose the evidence for a step",
    "intervention.finding_cleared": "Left in a letter what the shield found",
    "intervention.heard": "Recorded the side of the person responsible",
    "intervention.letter_written": "Wrote a letter",
    "intervention.outcome_recorded": "Recorded what came of a step",
    "intervention.proportionality_assessed": "Looked at equality and proportionality",
    "intervention.proposed": "Proposed a step",
    "intervention.risk_reviewed": "Looked at what a step may do",
    "intervention.screened": "Screened mediation",
    "intervention.sent_back": "Sent a step back",
    "intervention.shield_asked": "Let the shield look at a letter",
    "intervention.support_considered": "Thought about help to change",
    "intervention.tenure_found": "Found the agreement that a step rests on",
    "intervention.told_before": "Told a person harmed before a step",
    "letter.taken": "Took a letter as a document",
    "mail.queued": "Wrote an e-mail",
    "mail.returned": "Noted that an e-mail came back",
    "mail.settled": "Settled an e-mail",
    "messages.read": "Read messages",
    "password.changed": "Changed a password",
    "people.searched": "Searched for somebody",
    "permission.changed": "Changed a permission",
    "person.confirmed_same": "Confirmed that two records are one person",
    "person.needs_recorded": "Recorded what somebody needs",
    "person.recorded": "Recorded a person",
    "person.safe_contact_confirmed": "Confirmed how to reach somebody safely",
    "person.safe_contact_recorded": "Recorded how to reach somebody safely",
    "person.taken_apart": "Took two records apart again",
    "plan.agreed": "Agreed a plan with the person",
    "plan.begun": "Began a plan, or its next version",
    "plan.step_ended": "Recorded what became of a step of a plan",
    "plan.step_removed": "Took a step out of a draft plan",
    "plan.step_written": "Wrote a step of a plan",
    "plan.steps_offered": "Put steps in the landlord’s words into a plan",
    "question.answered": "Answered a question",
    "question.asked": "Asked a question",
    "recovery_codes.made": "Made recovery codes",
    "report.added_to": "Added to a report",
    "report.opened_to_read": "Opened a report to read",
    "report.opened_with_code": "Opened a report with its code",
    "report.received": "Took in a report",
    "risk.assessed": "Assessed a risk",
    "risk.judged": "Raised or lowered a risk by judgement",
    "risk.subject_looked_at": "Looked at the life of the person responsible",
    "safe_contact.changed": "Changed how they can be reached safely",
    "second_factor.added": "Added a second factor",
    "second_factor.removed": "Removed a second factor",
    "second_factor.renamed": "Renamed a second factor",
    "second_factor.reset": "Reset somebody’s second factors",
    "session.ended": "Ended a session",
    "sessions.ended": "Ended every other session",
    "shield.checked": "Looked for what would tell who told",
    "shield.cleared": "Cleared something that the shield found",
    "sign_in.confirmed": "Confirmed who they are",
    "sign_in.done": "Signed in",
    "sign_in.failed": "Failed to sign in",
    "staff.added": "Added an account",
    "staff.came_back": "Let somebody back who had left",
    "staff.left": "Closed an account",
    "staff.link_issued": "Issued a set-up link",
    "staff.link_used": "Used a set-up link",
    "staff.moved": "Moved somebody to another team",
    "staff.on_call_set": "Changed who is on call",
    "staff.role_granted": "Granted a role",
    "staff.role_revoked": "Took a role away",
    "team.added": "Added a team",
    "trail.read": "Read the trail",
    "triage.decided": "Decided about a report",
    "triage.left_without_case": "Left a report without a case",
    "triage.reviewed": "Looked again at a decision",
    "triage.taken_up": "Began to read a report",
    "update.posted": "Wrote news for the person",
}
ACTORS = {"staff": "Staff", "reporter": "The person who reported", "partner": "A partner", "system": "Haven"}
SUBJECTS = {
    "accounts.staff": "account",
    "cases.case": "case",
    "cases.triagedecision": "decision",
    "confidentiality.check": "check",
    "confidentiality.clearing": "clearing",
    "evidence.item": "file",
    "interventions.intervention": "step",
    "people.person": "person",
    "people.safecontact": "safe contact",
    "people.needs": "needs",
    "reports.report": "report",
    "risk.assessment": "assessment",
    "risk.judgement": "judgement",
    "risk.subjectlook": "look",
}


def sentence(entry: Entry) -> str:
    """Say in words what an entry says was done, opened or refused."""
    said = ACTS.get(entry.act) or entry.act.replace("_", " ").replace(".", ": ").capitalize()
    return f"Refused: {said[0].lower()}{said[1:]}" if entry.outcome == "refused" else said


def actor(entry: Entry) -> str:
    """Say who did it, by number and never by name."""
    who = ACTORS.get(entry.actor_kind, entry.actor_kind.capitalize())
    return f"{who} {entry.actor_id}" if entry.actor_kind in ("staff", "partner") and entry.actor_id else who


def subject(entry: Entry) -> str:
    """Say what it was done to, by kind and number."""
    if not entry.subject_id:
        return ""
    kind = SUBJECTS.get(entry.subject_kind, entry.subject_kind.rpartition(".")[2])
    return f"{kind} {entry.subject_id}"
