"""Entries of the trail in words: what was done, seen or refused, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from haven.accounts.models import Staff
from haven.cases.rules.casework import finding_words
from haven.correspondence.choices import Result, Way
from haven.trail.models import Entry
from haven.web.desk import words

ACTS = {
    "case.opened": "Opened the case",
    "case.joined": "Let a report join",
    "case.reopened_as": "Opened this case, which goes on from a closed one",
    "case.assigned": "Gave the case to somebody",
    "case.restricted": "Changed who sees the case",
    "case.let_in": "Let somebody in by name",
    "case.let_out": "Ended that somebody was let in",
    "case.person_added": "Added a person",
    "case.person_ended": "Ended somebody’s part",
    "case.incident_recorded": "Wrote down an occasion",
    "case.finding_recorded": "Added a finding",
    "case.harassment_decided": "Said whether it is harassment",
    "case.opened_to_read": "Opened",
    "conflict.declared": "Declared a conflict of interest",
    "report.received": "Reported",
    "report.opened_to_read": "Opened the report",
    "triage.taken_up": "Began to read",
    "triage.decided": "Decided about the report",
    "triage.left_without_case": "Left the report without a case",
    "triage.reviewed": "Looked again at the decision",
    "alarm.taken": "Took the alarm",
    "alarm.told": "Told somebody of the alarm, or tried to",
    "person.safe_contact_recorded": "Recorded how to reach somebody safely",
    "person.needs_recorded": "Recorded what somebody needs",
    "evidence.copy_asked_for": "Looked at a picture",
    "evidence.original_asked_for": "Downloaded an original",
    "case.brought_over_closed": "Was brought over as closed",
    "case.new_person_added": "Added a person who was not on record",
    "case.same_person_confirmed": "Confirmed that two records are one person",
    "case.people_taken_apart": "Took back that two records are one person",
    "person.recorded": "Recorded a person",
    "person.confirmed_same": "Confirmed that two records are one person",
    "person.taken_apart": "Took back that two records are one person",
    "person.safe_contact_confirmed": "Confirmed how to reach somebody safely",
    "people.searched": "Searched for somebody",
    "report.added_to": "Added to the report",
    "permission.changed": "Changed whom we may tell",
    "safe_contact.changed": "Changed how they can be reached",
    "code.asked_for": "Asked for a new code",
    "code.issued": "Issued a new code",
    "code.refused": "Refused a new code",
    "update.posted": "Wrote an update",
    "question.asked": "Asked a question",
    "question.answered": "Answered a question",
    "messages.read": "Read the messages",
    "contact.recorded": "Recorded a contact or a try",
    "contact.taken_back": "Took a contact back",
    "contact.welfare_decided": "Decided about somebody who cannot be reached",
    "mail.queued": "Wrote an e-mail",
    "mail.returned": "Noted that an e-mail came back",
    "mail.settled": "An e-mail was sent, stopped or given up",
    "case.closed": "Closed the case",
    "case.reopening_asked": "Opened a closed case again",
    "closing.proposed": "Proposed to close",
    "closing.sent_back": "Sent the proposal to close back, or withdrew it",
    "closing.view_recorded": "Recorded what somebody thinks of closing",
    "duty.done": "Recorded as done",
    "duty.done_taken_back": "Took back that it was done",
    "case.reviewed": "Looked at the case as a manager",
    "plan.begun": "Began a plan, or its next version",
    "plan.steps_offered": "Put steps in the landlord’s words into a plan",
    "plan.step_written": "Wrote a step of the plan",
    "plan.step_removed": "Took a step out of the draft plan",
    "plan.agreed": "Agreed the plan with them",
    "plan.step_ended": "Recorded what became of a step of the plan",
    "development.recorded": "Recorded something that happened",
    "duty.late_explained": "Said why something was late",
    "case.told_upward": "Told somebody above that the case waits, or tried to",
    "risk.assessed": "Assessed a risk",
    "risk.judged": "Raised or lowered a risk",
    "risk.subject_looked_at": "Looked at the life of the person responsible",
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
    "shield.checked": "Looked for what would tell who told",
    "shield.cleared": "Cleared something that the shield found",
    "evidence.kept": "Gave a file",
    "evidence.copied": "Made a copy of a picture",
    "evidence.scanned": "Checked a file for anything harmful",
    "evidence.scan_asked_for": "Asked for a file to be checked",
    "evidence.mask_set": "Covered or uncovered a picture",
    "evidence.found_damaged": "Found a stored file damaged",
    "evidence.copy_found_damaged": "Found a copy damaged",
    "evidence.forgotten": "Forgot a file that was never sent",
}
PAGES = {
    "overview": "the overview",
    "people": "the people",
    "happened": "what happened",
    "risk": "the risk",
    "behaviour": "the behaviour",
    "plan": "the plan",
    "findings": "the findings",
    "patterns": "the patterns",
    "papers": "the papers",
    "trail": "the trail",
    "visit": "the sheet for a visit",
}


def trail_items(entries: Iterable[Entry], now: datetime) -> list[dict[str, Any]]:
    """Return entries, newest first, as items of a timeline; pages that one person opened in a row stand as one."""
    rows = _runs(entries)
    staff = {row.actor_id for run in rows for row in run if row.actor_kind == "staff" and row.actor_id}
    names = dict(Staff.objects.filter(pk__in=staff).values_list("pk", "name"))
    return [
        {
            "title": _title(row) if len(run) == 1 else f"Opened {len(run)} pages",
            "byline": _who(row, names),
            "at": row.at.isoformat(),
            "when": words.when(row.at, now),
            "text": _more(row),
        }
        for run in rows
        for row in run[:1]
    ]


def _runs(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Put together what one person merely opened, one page after the other, within an hour."""
    runs: list[list[Entry]] = []
    for entry in entries:
        before = runs[-1][0] if runs else None
        goes_on = (
            before is not None
            and entry.act == before.act == "case.opened_to_read"
            and entry.actor_id == before.actor_id
            and abs(before.at - entry.at) < timedelta(hours=1)
        )
        if goes_on:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _title(entry: Entry) -> str:
    text = ACTS.get(entry.act, words.readable(entry.act.replace(".", " ")))
    if entry.act == "case.opened_to_read":
        text = f"Opened {PAGES.get(entry.codes.get('page', ''), 'a page')}"
    return f"Refused: {text[0].lower()}{text[1:]}" if entry.outcome == "refused" else text


def _who(entry: Entry, names: dict[int, str]) -> str:
    if entry.actor_kind == "staff":
        return names.get(entry.actor_id or 0, "somebody who worked here")
    return {"reporter": "the person who reported", "system": "Haven", "partner": "a partner"}.get(entry.actor_kind, "")


def _more(entry: Entry) -> str:
    if entry.outcome == "refused":
        return f"Policy {entry.clause}" if entry.clause else ""
    if entry.act == "case.restricted":
        return f"From {entry.codes.get('before')} to {entry.codes.get('after')}"
    if entry.act == "case.harassment_decided":
        return "It is" if entry.codes.get("is_harassment") else "It is not"
    if entry.act == "contact.recorded":
        way = words.chosen(dict(Way.choices), entry.codes.get("way", ""))
        return f"{way}: {words.chosen(dict(Result.choices), entry.codes.get('result', '')).lower()}"
    if entry.act in ("risk.assessed", "risk.judged"):
        return str(entry.codes.get("band", "")).capitalize()
    if entry.act == "case.finding_recorded":
        return finding_words(entry.codes.get("source", ""), entry.codes.get("value", ""))
    if entry.act.startswith("duty."):
        return words.label("standards", entry.codes.get("key", ""))
    return ""
