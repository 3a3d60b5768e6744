"""What needs me now: the first page of the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases import access
from haven.kernel import clock
from haven.obligations.access import duties_for
from haven.web.desk import duties, words
from haven.web.desk.pages import CASEWORK, DESK, StaffRequest, page
from haven.web.desk.queue import row as queue_row
from haven.web.staff.guard import staff_page

SHOWN = 10


@staff_page(*DESK, methods=("GET", "HEAD"))
def now(request: StaffRequest) -> HttpResponse:
    """Show what this member of staff has to do next, in the order in which the policy's clocks run out."""
    moment = clock.now()
    context: dict[str, Any] = {"lists": []}
    if request.user.has(*CASEWORK):
        context |= _casework(request.user, moment, only_mine=request.GET.get("mine") == "1")
    if request.user.has(Role.CALL_HANDLER):
        context["lists"].append(_logged(request.user, moment))
    return page(request, "now", context, here="now")


def _casework(staff: Staff, moment: datetime, *, only_mine: bool) -> dict[str, Any]:
    """Return the duties of somebody and of their team, late ones first, with how many of each."""
    owed = duties_for(staff, at=moment, only_mine=only_mine)
    groups = [("Late", owed.late), ("Today", owed.today), ("This week", owed.this_week), ("Later", owed.later)]
    lists = [{"title": title, "rows": duties.rows(found, moment)} for title, found in groups if found]
    counts = [{"number": len(found), "text": title.lower(), "late": title == "Late"} for title, found in groups[:3]]
    return {"lists": lists, "counts": counts, "is_cut": owed.is_cut, "only_mine": only_mine, "has_duties": True}


def _logged(staff: Staff, moment: datetime) -> dict[str, Any]:
    """Return what a call handler logged on this shift, and nothing else."""
    found = access.visible_reports(staff, at=moment).filter(logged_by=staff).select_related("home", "read_by")
    rows = found.defer("account", "answers", "tokens").order_by("-logged_at")[:SHOWN]
    return {
        "title": "Logged by you on this shift",
        "rows": [
            {**queue_row(report, moment), "due": f"logged {words.when(report.logged_at, moment)}", "late": False}
            for report in rows
        ],
        "empty": "You have logged nothing on this shift.",
    }
