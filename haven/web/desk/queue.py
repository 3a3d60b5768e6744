"""The one queue of reports that wait for a decision, and the decisions that wait for a second look."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from haven.accounts.choices import Role
from haven.cases import access
from haven.kernel import clock
from haven.reports.choices import State
from haven.reports.models import Report
from haven.web.desk import words
from haven.web.desk.forms.filters import QueueFilterForm
from haven.web.desk.pages import CASEWORK, StaffRequest, page
from haven.web.staff.guard import staff_page


@staff_page(*CASEWORK, methods=("GET", "HEAD"))
def queue(request: StaffRequest) -> HttpResponse:
    """Show the reports not yet decided: danger first, then the clock."""
    form = QueueFilterForm(request.GET)
    found = access.queue_for(request.user, form.filters(), after=request.GET.get("after", ""))
    now = clock.now()
    rows = [row(report, now) for report in found.rows]
    context = {"rows": rows, "filters": form, "chips": form.chips(), "next": further(request, found.next)}
    return page(request, "queue/queue", context, here="queue")


@staff_page(Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE, methods=("GET", "HEAD"))
def reviews(request: StaffRequest) -> HttpResponse:
    """Show the decisions to open no case that wait for somebody else's look."""
    found = access.reviews_for(request.user, after=request.GET.get("after", ""))
    now = clock.now()
    rows = [
        {
            **_what(decision.report),
            "due": f"decided {words.when(decision.at, now)}",
            "note": _note(decision.report, now),
            "waiting": "Your own decision" if decision.by_id == request.user.pk else "",
            "action": None
            if decision.by_id == request.user.pk
            else {"text": "Look again", "href": f"/desk/reports/{decision.report.reference}"},
            "clause": "3.3.2",
        }
        for decision in found.rows
    ]
    return page(request, "queue/reviews", {"rows": rows, "next": further(request, found.next)}, here="reviews")


def row(report: Report, now: datetime) -> dict[str, Any]:
    """Return one row of the queue: how urgent, by when, from where and about what; no name and no words."""
    reader = report.read_by if report.state == State.READING else None
    return {
        **_what(report),
        "due": words.due(report.triage_due_at, now),
        "late": report.triage_due_at < now,
        "clause": "3.3.2",
        "action": {"text": "Read", "href": f"/desk/reports/{report.reference}"},
        "note": _note(report, now, f"{reader.name} is reading it" if reader else ""),
    }


def _what(report: Report) -> dict[str, Any]:
    level = words.urgency(report.urgency)
    strands = words.labels("strands", report.strands) or "No reason told"
    return {
        "risk": level["level"],
        "risk_text": level["text"],
        "reference": report.reference,
        "url": f"/desk/reports/{report.reference}",
        "what": strands,
    }


def _note(report: Report, now: datetime, *more: str) -> str:
    """Return when and how a report came, in which language, from which area, and who reads it."""
    received = f"received {words.when(report.received_at, now)}"
    parts = [received, words.label("channels", report.channel), words.language(report.language)]
    return " · ".join([*parts, words.area(report.home), *(each for each in more if each)])


def further(request: StaffRequest, after: str) -> dict[str, str] | None:
    """Return the link to the next page of a list, with its filters."""
    if not after:
        return None
    kept = {key: value for key, value in request.GET.items() if key != "after" and value}
    return {"href": f"?{urlencode({**kept, 'after': after})}", "text": "Next page"}
