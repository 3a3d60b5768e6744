"""The sheet for a visit: made for paper and for a bag that may be lost. No narrative, nothing about what the case is.

Whoever finds it learns where somebody is to be met and what was agreed, and not why (UX.md): no strand, no danger, no
word of what happened or of who may be responsible. An address to which a visit is not known to be safe is not on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from haven.cases.access import files
from haven.cases.access.files import InCase
from haven.cases.models import Case
from haven.obligations.access import ToDo, duties_of_case
from haven.people.choices import Safe
from haven.web.desk import words
from haven.web.desk.casefile import address, part
from haven.web.desk.contact import WAYS, needs_rows
from haven.web.desk.requests import StaffRequest
from haven.web.desk.shown import name_of

TO_DO = {
    "first_contact": "Speak with them",
    "interview": "Talk at length",
    "update": "Tell them how things stand",
    "contact_again": "Ask which way to use from now on",
    "action_plan": "Agree on what happens next",
    "aftercare": "Ask how they are",
    "risk_initial": "Go through the questions",
    "risk_review": "Go through the questions again",
    "assessment_completion": "Ask what was left open",
    "police_decision": "Ask for their choice, and write it down",
    "emergency_repair_attend": "Look at doors, windows and locks",
    "graffiti_hate": "Look at the outside walls",
    "interpreter_remote": "Have the interpreter on the line",
    "translation_essential": "Bring the papers in their language",
}
"""What is due, in words that say nothing to whoever finds the sheet; a duty without such words is not on it."""
DETAILS = (("name_to_use", "Say that you are"), ("code_word", "Code word"), ("times", "Only at"), ("hours", "They said"))


@part("visit")
def visit(request: StaffRequest, case: Case, now: datetime) -> HttpResponse:
    """Show where to go, whom to ask for, in which ways, what they need and what is due; for paper."""
    harmed = [each for each in files.people_in(case) if any(one.part == "harmed" for one in each.parts)]
    reports = [each.pk for each in files.reports_in(case)]
    context = {
        "case": case,
        "back": address(case),
        "people": [_somebody(each, case, now) for each in harmed],
        "due": _due(duties_of_case(request.user, case, reports, at=now).next, now),
        "printed": words.when(now, now),
    }
    return render(request, "desk/visit.html", context)


def _somebody(each: InCase, case: Case, now: datetime) -> dict[str, Any]:
    """Return what one needs to know to meet somebody, and no address that is not known to be safe."""
    contact = each.safe_contact
    details = (contact.details if contact else None) or {}
    may_visit = contact is not None and contact.visit == Safe.YES
    venue = str(details.get("venue") or "")
    home = case.home.one_line if case.home and may_visit else ""
    safe = [text for way, text in WAYS if contact is not None and getattr(contact, way) == Safe.YES]
    rows = [
        ("Where", venue or home or "Not at home: a visit is not known to be safe. Agree on a place first."),
        ("Ask for", name_of(each.person)),
        *((text, str(details[name])) for name, text in DETAILS if details.get(name)),
        ("Telephone", str(details.get("number") or "") if contact and contact.call == Safe.YES else ""),
        ("Safe", ", ".join(safe) or "Nothing is known to be safe"),
        ("Confirmed", words.when(contact.confirmed_at, now) if contact and contact.confirmed_at else "Never"),
        *((row["term"], row["text"]) for row in needs_rows(each.needs)),
    ]
    return {"name": name_of(each.person), "rows": [{"key": term, "value": text} for term, text in rows if text]}


def _due(duties: Iterable[ToDo], now: datetime) -> list[str]:
    found = [f"{TO_DO[each.key]}, by {words.when(each.due_at, now)}" for each in duties if each.key in TO_DO]
    return list(dict.fromkeys(found))
