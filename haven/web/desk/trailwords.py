"""Entries of the trail in words: what was done, seen or refused, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from haven.accounts.models import Staff
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
    "person.safe_contact_recorded": "Recorded how to reach somebody safely",
    "person.needs_recorded": "Recorded what somebody needs",
    "evidence.copy_asked_for": "Looked at a picture",
    "evidence.original_asked_for": "Downloaded an original",
    "case.brought_over_closed": "Was brought over as closed",
}
PAGES = {
    "overview": "the overview",
    "people": "the people",
    "happened": "what happened",
    "findings": "the findings",
    "patterns": "the patterns",
    "papers": "the papers",
    "trail": "the trail",
}


def trail_items(entries: Iterable[Entry], now: datetime) -> list[dict[str, Any]]:
    """Return entries as items of a timeline, in two queries at most."""
    rows = list(entries)
    staff = {row.actor_id for row in rows if row.actor_kind == "staff" and row.actor_id}
    names = dict(Staff.objects.filter(pk__in=staff).values_list("pk", "name"))
    return [
        {
            "title": _title(row),
            "byline": _who(row, names),
            "at": row.at.isoformat(),
            "when": words.when(row.at, now),
            "text": _more(row),
        }
        for row in rows
    ]


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
    return ""
