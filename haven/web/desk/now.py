"""What needs me now: the first page of the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases import access
from haven.cases.access import CaseFilters
from haven.kernel import clock
from haven.web.desk import words
from haven.web.desk.caselist import row as case_row
from haven.web.desk.pages import CASEWORK, DESK, StaffRequest, page
from haven.web.desk.queue import row as queue_row
from haven.web.staff.guard import staff_page

SHOWN = 10


@staff_page(*DESK, methods=("GET", "HEAD"))
def now(request: StaffRequest) -> HttpResponse:
    """Show what this member of staff has to do next, in the order in which the policy's clocks run out."""
    moment = clock.now()
    lists: list[dict[str, Any]] = []
    if request.user.has(*CASEWORK):
        lists = _casework(request.user, moment)
    if request.user.has(Role.CALL_HANDLER):
        lists.append(_logged(request.user, moment))
    return page(request, "now", {"lists": lists}, here="now")


def _casework(staff: Staff, moment: datetime) -> list[dict[str, Any]]:
    queue = access.queue_for(staff, size=SHOWN)
    mine = access.cases_for(staff, CaseFilters(whose="mine"), size=SHOWN)
    return [
        {
            "title": "Reports to decide about",
            "rows": [queue_row(report, moment) for report in queue.rows],
            "more": {"text": "The whole queue", "href": "/desk/queue"} if queue.next else None,
            "empty": "Nothing waits for a decision.",
        },
        {
            "title": "My open cases",
            "rows": [case_row(case, moment) for case in mine.rows],
            "more": {"text": "All my cases", "href": "/desk/cases"} if mine.next else None,
            "empty": "You have no open case.",
        },
    ]


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
        "more": None,
        "empty": "You have logged nothing on this shift.",
    }
