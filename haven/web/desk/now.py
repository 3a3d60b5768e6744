"""What needs me now: the first page of the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases import access
from haven.kernel import clock
from haven.obligations.access import duties_for, owed_reasons
from haven.web.desk import duties, words
from haven.web.desk.pages import CASEWORK, DESK, StaffRequest, page
from haven.web.desk.queue import row as queue_row
from haven.web.staff.guard import staff_page

SHOWN = 10
FILTERS = {"mine": "Only mine", "cover": "With cover"}
"""What narrows the list down to one's own, and what adds what those owe for whom one stands in."""
COUNTED = (("late", "late"), ("today", "today"), ("this_week", "this week"))


@staff_page(*DESK, methods=("GET", "HEAD"))
def now(request: StaffRequest) -> HttpResponse:
    """Show what this member of staff has to do next, what is late first, the greatest danger before the rest."""
    moment = clock.now()
    context: dict[str, Any] = {"lists": []}
    if request.user.has(*CASEWORK):
        context |= _casework(request, moment)
    if request.user.has(Role.CALL_HANDLER):
        context["lists"].append(_logged(request.user, moment))
    return page(request, "now", context, here="now")


def _casework(request: StaffRequest, moment: datetime) -> dict[str, Any]:
    """Return the duties of somebody and of their team, late ones first, with how many of each; and what to explain."""
    chosen = {name: request.GET.get(name) == "1" for name in FILTERS}
    owed = duties_for(request.user, at=moment, only_mine=chosen["mine"], with_cover=chosen["cover"])
    groups = [("Late", owed.late), ("Today", owed.today), ("This week", owed.this_week), ("Later", owed.later)]
    lists = [{"title": title, "rows": duties.rows(found, moment)} for title, found in groups if found]
    reasons = owed_reasons(request.user, at=moment, most=SHOWN)
    if reasons:
        lists.append({"title": "Say why it was late", "rows": duties.unexplained(reasons, moment)})
    more = "" if owed.is_counted else "+"
    counts = [
        {"number": f"{owed.counts[when]}{more}", "text": text, "late": when == "late" and owed.counts[when] > 0}
        for when, text in COUNTED
    ]
    return {
        "lists": lists,
        "counts": counts,
        "is_cut": owed.is_cut,
        "filters": [_toggle(chosen, name) for name in FILTERS],
        "has_duties": True,
    }


def _toggle(chosen: dict[str, bool], name: str) -> dict[str, Any]:
    """Return a filter with the address that switches it on or off and leaves the other as it is."""
    wanted = {**chosen, name: not chosen[name]}
    query = "&".join(f"{each}=1" for each, is_on in wanted.items() if is_on)
    return {"text": FILTERS[name], "is_on": chosen[name], "href": f"/desk/?{query}" if query else "/desk/"}


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
