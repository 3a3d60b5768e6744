"""The manager's page: what is late, what nobody has, what has gone quiet, what waits for approval, who carries how much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse

from haven.accounts.choices import Role
from haven.accounts.models import Staff, Team
from haven.cases import access
from haven.interventions.queries import waiting_for_approval
from haven.kernel import clock
from haven.obligations.access import (
    Load,
    Raised,
    ToDo,
    loads_of,
    overdue_of,
    quiet_in,
    reasons_of,
    unowned_in,
)
from haven.obligations.choices import ClosingState
from haven.obligations.models import Closing
from haven.web.desk import duties, words
from haven.web.desk.pages import StaffRequest, page
from haven.web.staff.guard import staff_page

MANAGERS = (Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE)
WAITING_SHOWN = 10
HEAD = [
    {"text": "Caseworker"},
    *({"text": text, "format": "numeric"} for text in ("Critical", "High", "Medium", "Standard", "Late duties", "Weight")),
]
Rows = list[dict[str, Any]]


def second_looks(viewer: Staff, moment: datetime) -> Rows:
    """Return the decisions to open no case that wait for somebody else's look."""
    found = access.reviews_for(viewer, size=WAITING_SHOWN)
    return [
        {
            "reference": each.report.reference,
            "url": f"/desk/reports/{each.report.reference}",
            "what": "Second look: no case was opened",
            "note": f"decided by {each.by.name}",
            "due": f"since {words.when(each.at, moment)}",
            "clause": "3.3.2",
            **_press(each.by_id == viewer.pk, each.report.reference),
        }
        for each in found.rows
    ]


def _press(is_own: bool, reference: str) -> dict[str, Any]:
    if is_own:
        return {"waiting": "Your own decision: somebody else looks"}
    return {"action": {"text": "Look again", "href": f"/desk/reports/{reference}#review"}}


def steps(viewer: Staff, moment: datetime) -> Rows:
    """Return the steps towards people responsible that wait for somebody's approval."""
    found = waiting_for_approval(access.visible_cases(viewer))[:WAITING_SHOWN]
    return [
        {
            "reference": each.case.reference,
            "url": f"/desk/cases/{each.case.reference}/behaviour/{each.pk}",
            "what": f"Approval: {words.label('tools', each.tool).lower()}",
            "note": f"asked by {each.asked_by.name}" if each.asked_by else "",
            "due": f"since {words.when(each.waiting_since, moment)}",
            "clause": "3.5.2",
            **_decide(viewer.pk in (each.proposed_by_id, each.asked_by_id), each.case.reference, f"behaviour/{each.pk}"),
        }
        for each in found
    ]


def closings(viewer: Staff, moment: datetime) -> Rows:
    """Return the proposals to close a case that a manager signs off."""
    rows = Closing.objects.filter(state=ClosingState.PROPOSED, case__in=access.visible_cases(viewer))
    found = rows.select_related("case", "proposed_by").order_by("proposed_at", "pk")[:WAITING_SHOWN]
    return [
        {
            "reference": each.case.reference,
            "url": f"/desk/cases/{each.case.reference}/closing",
            "what": "Closing proposed",
            "note": f"proposed by {each.proposed_by.name}" if each.proposed_by else "",
            "due": f"since {words.when(each.proposed_at, moment)}",
            "clause": "3.4.1",
            **_decide(each.proposed_by_id == viewer.pk, each.case.reference, "closing"),
        }
        for each in found
    ]


def _decide(is_own: bool, reference: str, where: str) -> dict[str, Any]:
    if is_own:
        return {"waiting": "Your own: somebody else decides"}
    return {"action": {"text": "Decide", "href": f"/desk/cases/{reference}/{where}"}}


APPROVALS: list[Callable[[Staff, datetime], Rows]] = [second_looks, steps, closings]
"""What waits for somebody's approval: each function gives rows of a work list for whoever looks, and takes few queries."""


@staff_page(*MANAGERS, methods=("GET", "HEAD"))
def team(request: StaffRequest) -> HttpResponse:
    """Show a manager how the team's work stands: of their own team, and to a head of service of any."""
    moment, teams = clock.now(), _teams(request.user)
    if not teams:
        return page(request, "team", {"teams": [], "team": None}, here="team")
    chosen = _chosen(teams, request.user, request.GET.get("team", ""))
    context: dict[str, Any] = {
        "team": chosen,
        "tabs": [
            {"text": each.name, "href": f"/desk/team?team={each.pk}", "current": each == chosen} for each in teams
        ],
        "lists": _lists(request.user, chosen, moment),
        "loads": {"head": HEAD, "rows": [_load(each) for each in loads_of(request.user, chosen, at=moment)],
                  "first_cell_is_header": True},
    }
    return page(request, "team", context, here="team")


def _lists(viewer: Staff, team: Team, moment: datetime) -> list[dict[str, Any]]:
    """Return the four lists of the page, each with what it says when it is empty."""
    overdue = overdue_of(viewer, team, at=moment)
    unowned = unowned_in(viewer, team, at=moment)
    quiet = quiet_in(viewer, team, at=moment)
    waiting = [row for rows in APPROVALS for row in rows(viewer, moment)]
    return [
        _list("Nobody has it", [_unowned(each, moment) for each in unowned.rows], unowned.is_cut),
        _list("Gone quiet", [_quiet(each, moment) for each in quiet.rows], quiet.is_cut),
        _list("Overdue", _overdue(overdue.rows, moment), overdue.is_cut),
        _list("Waiting for approval", waiting, False),
    ]


def _list(title: str, rows: Rows, is_cut: bool) -> dict[str, Any]:
    anchor = title.lower().replace(" ", "-")
    return {"title": title, "rows": rows, "is_cut": is_cut, "number": f"{len(rows)}{'+' if is_cut else ''}", "id": anchor}


def _overdue(rows: list[ToDo], moment: datetime) -> Rows:
    reasons = reasons_of(rows)
    found = []
    for each, row in zip(rows, duties.rows(rows, moment), strict=True):
        said = duties.said(reasons.get(each.identity, [])[:1], moment)
        why = f"{said[0]['text']} ({said[0]['by']})" if said else "no reason given yet"
        found.append({**row, "note": f"{each.staff_name or 'Nobody has it yet'} · {why}"})
    return found


def _unowned(raised: Raised, moment: datetime) -> dict[str, Any]:
    gone = raised.case.caseworker
    since = raised.watch.unowned_from
    return {
        **_case(raised),
        "what": f"{gone.name} does not work on cases any more" if gone else "No caseworker",
        "due": "" if gone or since is None else words.due(since, moment),
        "clause": "3.4.1",
        "action": {"text": "Give it out", "href": f"/desk/cases/{raised.case.reference}/assign"},
    }


def _quiet(raised: Raised, moment: datetime) -> dict[str, Any]:
    unheard = raised.watch.unheard_from is not None and raised.watch.unheard_from <= moment
    return {
        **_case(raised),
        "what": "Nothing two-way with the person" if unheard else "Nobody did anything in it",
        "note": raised.case.caseworker.name if raised.case.caseworker else "Nobody has it",
        "due": words.due(raised.watch.quiet_from, moment),
        "clause": "3.4.1" if unheard else "3.5.1",
        "action": {"text": "Open", "href": f"/desk/cases/{raised.case.reference}"},
    }


def _case(raised: Raised) -> dict[str, Any]:
    level = words.urgency(raised.case.urgency)
    return {
        "risk": level["level"],
        "risk_text": level["text"],
        "reference": raised.case.reference,
        "url": f"/desk/cases/{raised.case.reference}",
        "late": True,
    }


def _load(load: Load) -> list[dict[str, Any]]:
    """Return one row of the table of who carries how much."""
    more = "+" if load.is_more else ""
    numbers = [*load.cases.values(), f"{load.late}{more}", f"{load.weight}{more}"]
    return [{"text": load.staff.name}, *({"text": str(number), "format": "numeric"} for number in numbers)]


def _teams(viewer: Staff) -> list[Team]:
    rows = Team.objects.order_by("name", "pk")
    return list(rows if viewer.has(Role.HEAD_OF_SERVICE) else rows.filter(staff=viewer))


def _chosen(teams: list[Team], viewer: Staff, wanted: str) -> Team:
    """Return the team that was asked for; raises Http404 for one that the viewer does not lead."""
    if wanted:
        found = next((each for each in teams if str(each.pk) == wanted), None)
        if found is None:
            raise Http404("There is nothing here under that reference.")
        return found
    return next((each for each in teams if each.pk == viewer.team_id), teams[0])
