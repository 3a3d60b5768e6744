"""The policy, clause by clause: what carries it out, how often, and which tests hold it (DESIGN idea 1)."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse

from haven.insight import tested
from haven.insight.access import READERS, Eyes
from haven.insight.clauses import Assurance, ClauseRow, DutyRow, GuardRow, State, assurance, clause_row
from haven.kernel import clock
from haven.policy.clauses import CLAUSES, UnknownClause
from haven.policy.pack import pack
from haven.web.oversight import shown
from haven.web.oversight.pages import StaffRequest, day_and_time, eyes, page
from haven.web.staff.guard import READ, staff_page

STATES = {
    State.CARRIED_OUT: ("Carried out", "govuk-tag--green"),
    State.PARTLY: ("Partly", "govuk-tag--yellow"),
    State.EMPTY: ("Empty", "govuk-tag--grey"),
}
MEANING = {
    State.CARRIED_OUT: "What the clause needs is in Haven, and tests hold it.",
    State.PARTLY: "Some of what the clause needs is in Haven.",
    State.EMPTY: "Nothing in Haven carries this clause out yet.",
}


@staff_page(*READERS, methods=READ)
def policy(request: StaffRequest) -> HttpResponse:
    """List the clauses, all of them or those that are carried out so far."""
    found = assurance(at=clock.now())
    chosen = request.GET.get("state", "")
    state = State(chosen) if chosen in list(State) else None
    rows = found.in_state(state) if state else found.clauses
    context = {
        "filters": _filters(found, state),
        "meaning": MEANING[state] if state else "",
        "sections": _sections(rows),
        "tests": found.tests,
        "tests_known": tested.are_known(),
        "counted": day_and_time(found.counted_at),
        "title": _title(),
    }
    return page(request, "policy", context, here="policy")


@staff_page(*READERS, methods=READ)
def clause(request: StaffRequest, number: str) -> HttpResponse:
    """Show one clause with everything that carries it out, and what it still lacks."""
    try:
        row, counted_at = clause_row(number, at=clock.now())
    except UnknownClause:
        raise Http404("No such clause.") from None
    sight = eyes(request)
    context = {
        "row": row,
        "tag": _tag(row.state),
        "meaning": MEANING[row.state],
        "own_text": _own_text(number),
        "guards": [_guard(guard, sight) for guard in row.guards],
        "duties": [duty_row(duty, sight) for duty in row.duties],
        "records": [{"holds": each.summary, "count": shown.number(each.count, sight)} for each in row.records],
        "figures": [shown.figure(each, sight) for each in row.figures],
        "tests": row.tests,
        "tests_known": tested.are_known(),
        "missing": _missing(row),
        "counted": day_and_time(counted_at),
        "pages": _neighbours(number),
        "eyes": sight,
    }
    return page(request, "clause", context, here="policy")


def _missing(row: ClauseRow) -> list[str]:
    """Say in words what the clause still needs before it is carried out."""
    found = [row.gap] if row.gap else []
    found += [f"no {kind} stands behind it yet" for kind in row.missing]
    if row.untested:
        found.append(f"{_plural(len(row.untested), 'guard')} without a test that names this clause")
    elif row.needs_tests and row.state is not State.EMPTY:
        found.append("no test names this clause yet")
    return found


def _title() -> str:
    version = pack().policy
    return f"{version.title}, version {version.version}"


def _own_text(number: str) -> str:
    text = pack().policy_text.get(number)
    return text.text if text else ""


def _filters(found: Assurance, chosen: State | None) -> list[dict[str, Any]]:
    address = reverse("oversight:policy")
    every = {"text": "All clauses", "number": len(found.clauses), "href": address, "current": chosen is None}
    each = [
        {
            "text": STATES[state][0],
            "number": len(found.in_state(state)),
            "href": f"{address}?state={state}",
            "current": chosen is state,
        }
        for state in State
    ]
    return [every, *each]


def _sections(rows: tuple[ClauseRow, ...]) -> list[dict[str, Any]]:
    return [
        {"number": section.number, "title": section.title, "rows": [_line(row) for row in inside]}
        for section, inside in groupby(rows, key=lambda row: row.clause.section)
    ]


def _line(row: ClauseRow) -> dict[str, Any]:
    counts = (
        (len(row.guards), "guard"),
        (len(row.duties), "duty"),
        (len(row.records), "record"),
        (len(row.figures), "figure"),
        (len(row.tests), "test"),
    )
    return {
        "number": row.clause.number,
        "heading": row.clause.heading,
        "summary": row.clause.summary,
        "href": reverse("oversight:clause", args=[row.clause.number]),
        "tag": _tag(row.state),
        "is_letter": row.clause.parent is not None,
        "behind": " · ".join(_plural(number, word) for number, word in counts if number),
    }


def _plural(number: int, word: str) -> str:
    many = {"duty": "duties"}.get(word, f"{word}s")
    return f"{number:,} {word if number == 1 else many}"


def _tag(state: State) -> dict[str, str]:
    text, classes = STATES[state]
    return {"text": text, "classes": classes}


def _guard(row: GuardRow, sight: Eyes) -> dict[str, Any]:
    asked = urlencode({"guard": row.name})
    address = reverse("oversight:trail") if sight.trail else ""
    return {
        "refuses": row.summary[:1].upper() + row.summary[1:],
        "name": row.name,
        "asked": shown.number(row.asked.asked, sight),
        "asked_href": f"{address}?{asked}" if address and row.asked.asked else "",
        "refused": shown.number(row.asked.refused, sight),
        "refused_href": f"{address}?{asked}&outcome=refused" if address and row.asked.refused else "",
        "tests": len(row.tests),
    }


def duty_row(row: DutyRow, sight: Eyes) -> dict[str, Any]:
    """Return one duty and how it stands, with the list behind each number for those who may see it."""
    counts = row.counts
    names = ("met", "met_late", "missed", "late", "open")
    values = (counts.met, counts.met_late, counts.missed, counts.late, counts.open - counts.late)
    texts = shown.numbers(values, sight)
    return {
        "key": row.key,
        "label": shown.duty_label(row.key),
        "share": shown.percent(counts.met, (counts.met, counts.failed), sight),
        "cells": [
            {"name": name, "text": text, "href": _behind(row.key, name) if sight.lists and value else ""}
            for name, value, text in zip(names, values, texts, strict=True)
        ],
        "late": counts.late,
    }


def _behind(key: str, standing: str) -> str:
    return f"{reverse('oversight:duties')}?{urlencode({'duty': key, 'standing': standing})}"


def _neighbours(number: str) -> dict[str, Any]:
    """Return the clause before and the clause after, for the links at the foot."""
    order = list(CLAUSES)
    place = order.index(number)
    found: dict[str, Any] = {}
    for name, other in (("previous", place - 1), ("next", place + 1)):
        if 0 <= other < len(order):
            each = CLAUSES[order[other]]
            found[name] = {
                "href": reverse("oversight:clause", args=[each.number]),
                "text": f"{each.number} {each.heading}",
            }
    return found
