"""Oversight at a glance, its clocks and its figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from haven.insight import counting
from haven.insight.access import READERS, Eyes
from haven.insight.clauses import DutyRow, FigureRow, State, assurance
from haven.insight.counting import Counted
from haven.insight.figures import FIGURES
from haven.kernel import clock
from haven.obligations.queries import Counts
from haven.obligations.queries import counts as duty_counts
from haven.policy.register import REGISTER
from haven.trail.queries import latest_seal
from haven.web.oversight import shown
from haven.web.oversight.pages import StaffRequest, day_and_time, eyes, page
from haven.web.oversight.policy import STATES, duty_row
from haven.web.staff.guard import READ, staff_page

FIRST = ("read_in_time", "alarm_to_taken", "spoken_in_time", "reports_by_channel")
GROUPS = (
    (
        "Reporting",
        (
            "reports_by_channel", "arrival_to_logged", "reports_by_language", "reports_by_identity", "wishes_recorded",
            "reports_by_strand", "reports_by_patch", "equality_answers",
        ),
    ),
    (
        "Time kept",
        (
            "read_in_time", "alarm_to_taken", "caseworker_in_time", "spoken_in_time", "informed_in_time",
            "made_safe_in_time", "late_reasons", "watched_cases",
        ),
    ),
    (
        "Decisions and what comes back",
        (
            "decisions", "second_looks", "cases_opened", "open_cases", "repeat_homes", "police_choice", "steps_after_asking",
            "steps_by_tool",
            "confidence_kept",
        ),
    ),
)  # fmt: skip


@staff_page(*READERS, methods=READ)
def overview(request: StaffRequest) -> HttpResponse:
    """Show how far the policy is carried out, how its clocks stand and the first figures."""
    now, sight = clock.now(), eyes(request)
    found = assurance(at=now)
    by_name = {row.definition.name: row for clause in found.clauses for row in clause.figures}
    by_key = {row.key: row for clause in found.clauses for row in clause.duties}
    duties = {key: by_key[key] for key in REGISTER.duties if key in by_key}
    context = {
        "states": [
            {
                "number": len(found.in_state(state)),
                "text": STATES[state][0].lower(),
                "url": f"{reverse('oversight:policy')}?state={state}",
            }
            for state in State
        ],
        "clauses": len(found.clauses),
        "late": [_late(row, sight) for row in duties.values() if row.counts.late],
        "owed": any(row.counts.all for row in duties.values()),
        "figures": [shown.figure(by_name[name], sight) for name in FIRST if name in by_name],
        "counted": day_and_time(found.counted_at),
        "sealed": _sealed(),
    }
    return page(request, "overview", context, here="overview")


@staff_page(*READERS, methods=READ)
def clocks(request: StaffRequest) -> HttpResponse:
    """Show every duty and how it stands."""
    now, sight = clock.now(), eyes(request)
    counts = duty_counts(at=now)
    rows = [
        duty_row(DutyRow(key=each.key, summary=each.summary, counts=counts.get(each.key, Counts())), sight)
        | {"clauses": each.clauses}
        for each in REGISTER.duties.values()
    ]
    return page(request, "clocks", {"duties": rows, "counted": day_and_time(now), "eyes": sight}, here="clocks")


@staff_page(*READERS, methods=READ)
def figures(request: StaffRequest) -> HttpResponse:
    """Show every figure with its definition."""
    sight, counted = eyes(request), counting.current(clock.now())
    context = {
        "groups": [{"title": title, "figures": _figures(names, counted, sight)} for title, names in GROUPS],
        "counted": day_and_time(counted.at),
        "hides": not sight.small_numbers,
    }
    return page(request, "figures", context, here="figures")


def _figures(names: tuple[str, ...], counted: Counted, sight: Eyes) -> list[dict[str, Any]]:
    return [
        shown.figure(FigureRow(definition=FIGURES[name], result=counted.figures[name]), sight)
        for name in names
        if name in counted.figures
    ]


def _late(row: DutyRow, sight: Eyes) -> dict[str, Any]:
    shown_row = duty_row(row, sight)
    cell = next(each for each in shown_row["cells"] if each["name"] == "late")
    return {"label": shown_row["label"], "number": cell["text"], "href": cell["href"]}


def _sealed() -> str:
    seal = latest_seal()
    return day_and_time(seal.at) if seal else ""
