"""The timeline of a case: what was done in it and with its reports, newest first, by kind, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from haven.cases.access import files
from haven.cases.models import Case
from haven.reports.models import Report
from haven.web.desk.trailwords import trail_items

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "": ("Everything done", ()),
    "contact": (
        "Contact",
        ("contact.", "mail.", "update.", "question.", "messages.", "code.", "safe_contact.", "person.safe_contact"),
    ),
    "happened": ("What happened", ("report.", "case.incident", "case.finding", "case.harassment", "evidence.")),
    "risk": ("Risk", ("risk.", "alarm.")),
    "people": ("People", ("case.person", "case.new_person", "case.people", "case.same", "person.")),
    "plan": ("Plan", ("plan.", "development.", "case.reviewed")),
    "duties": ("Duties", ("duty.",)),
    "behaviour": ("Behaviour", ("intervention.", "shield.")),
    "closing": ("Closing", ("closing.", "case.closed", "case.reopen")),
    "who": ("Who has it", ("case.assigned", "case.restricted", "case.let", "conflict.", "case.told_upward", "triage.")),
    "seen": ("Who opened it", ()),
}
"""What the timeline can be narrowed down to, by the beginnings of the acts; a part that adds acts adds them here."""


def timeline(case: Case, reports: Sequence[Report], kind: str, after: str, now: datetime) -> dict[str, Any]:
    """Return one page of the timeline, with the filter that it stands under."""
    kind = kind if kind in KINDS else ""
    outcome = "seen" if kind == "seen" else "done"
    found = files.timeline_of(case, reports, acts=KINDS[kind][1], outcome=outcome, after=after)
    return {
        "items": trail_items(found.rows, now),
        "kinds": [
            {"text": text, "href": f"?{urlencode({'kind': code})}#timeline" if code else "?#timeline", "is_on": code == kind}
            for code, (text, _acts) in KINDS.items()
        ],
        "next": {"href": f"?{urlencode({'kind': kind, 'after': found.next})}#timeline"} if found.next else None,
        "is_first": not after,
    }
