"""The list of cases that somebody may see."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases import access
from haven.cases.models import Case
from haven.kernel import clock
from haven.web.desk import words
from haven.web.desk.forms.filters import CaseFilterForm
from haven.web.desk.pages import CASEWORK, StaffRequest, page
from haven.web.desk.queue import further
from haven.web.staff.guard import staff_page

WHOSE = {
    "mine": "Mine",
    "cover": "With cover",
    "team": "My team",
    "let_in": "Let in by name",
    "all": "All teams",
}


@staff_page(*CASEWORK, methods=("GET", "HEAD"))
def cases(request: StaffRequest) -> HttpResponse:
    """Show one list of cases: own, covered, the team's, let into, or all for a head of service; newest first."""
    form = CaseFilterForm(request.GET)
    filters = form.filters(_usual(request.user))
    found = access.cases_for(request.user, filters, after=request.GET.get("after", ""))
    now = clock.now()
    context = {
        "rows": [row(case, now) for case in found.rows],
        "filters": form,
        "chips": form.chips(),
        "next": further(request, found.next),
        "tabs": _tabs(request, filters.whose),
        "title": WHOSE.get(filters.whose, "Cases"),
    }
    return page(request, "cases", context, here="cases")


def _usual(viewer: Staff) -> str:
    """Return whose cases somebody comes for: a manager their team's, a head of service everybody's, others their own."""
    if viewer.has(Role.TEAM_MANAGER):
        return "team"
    return "all" if viewer.has(Role.HEAD_OF_SERVICE) else "mine"


def row(case: Case, now: datetime) -> dict[str, Any]:
    """Return one row of a list of cases; no name and no words of anybody's."""
    level = words.urgency(case.urgency)
    kinds = [words.labels("strands", case.strands)]
    kinds += ["Harassment"] if case.is_harassment else []
    worker = case.caseworker.name if case.caseworker else ""
    return {
        "risk": level["level"],
        "risk_text": level["text"],
        "reference": case.reference,
        "url": f"/desk/cases/{case.reference}",
        "what": ", ".join(kind for kind in kinds if kind) or "No strand perceived",
        "note": " · ".join([words.area(case.home), worker or "Nobody has it yet"]),
        "due": f"opened {words.when(case.opened_at, now)}",
        "late": False,
        "clause": "",
        "action": {"text": "Open", "href": f"/desk/cases/{case.reference}"},
    }


def _tabs(request: StaffRequest, whose: str) -> list[dict[str, Any]]:
    mine = ["mine", "cover", "team", "let_in"] if request.user.has(Role.CASEWORKER, Role.TEAM_MANAGER) else ["mine"]
    mine += ["all"] if request.user.has(Role.HEAD_OF_SERVICE) else []
    kept = {key: value for key, value in request.GET.items() if key not in ("after", "whose") and value}
    return [
        {"text": WHOSE[each], "href": f"?{urlencode({'whose': each, **kept})}", "current": each == whose}
        for each in mine
    ]
