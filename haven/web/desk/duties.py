"""Duties at the desk: what is due, by which clause, the one thing to press; and recording one as done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from haven.kernel import clock
from haven.obligations.access import ToDo, get_duty
from haven.obligations.actions import record_done
from haven.obligations.rules.doing import RECORDABLE, How
from haven.web.desk import words
from haven.web.desk.forms.duties import DoneForm
from haven.web.desk.pages import CASEWORK, StaffRequest, page, perform, refusal
from haven.web.staff.guard import staff_page

READ = {"triage", "ack"}
PLAN = {"action_plan": "Plan", "safety_plan": "Plan", "plan_item": "Record it"}
TALKS = {"first_contact", "interview", "update", "contact_again", "welfare_check", "aftercare"}
RISK = {"risk_initial", "risk_review", "assessment_completion"}


def rows(duties: Iterable[ToDo], now: datetime) -> list[dict[str, Any]]:
    """Return duties as rows of a work list."""
    return [_row(each, now) for each in duties]


def lines(duties: Iterable[ToDo], now: datetime) -> list[dict[str, Any]]:
    """Return duties as rows of a summary list, for a page that says which report or case they are about."""
    return [_line(each, now) for each in duties]


def _line(duty: ToDo, now: datetime) -> dict[str, Any]:
    press = _press(duty, address_of(duty))
    due = format_html("{}<br><span class='hv-soft'>policy {}</span>", words.due(duty.due_at, now), duty.clause)
    return {
        "key": {"text": duty.label},
        "value": {"text": due, "classes": "hv-late" if duty.is_late else ""},
        "actions": {"items": [{**press, "visually_hidden_text": f": {duty.label}"}]},
    }


def _row(duty: ToDo, now: datetime) -> dict[str, Any]:
    level = words.urgency(duty.urgency)
    at = address_of(duty)
    return {
        "risk": level["level"],
        "risk_text": level["text"],
        "reference": duty.reference,
        "url": at,
        "what": duty.label,
        "note": "" if duty.is_mine else (duty.staff_name or "Nobody has it yet"),
        "due": words.due(duty.due_at, now),
        "late": duty.is_late,
        "clause": duty.clause,
        "action": _press(duty, at),
    }


def address_of(duty: ToDo) -> str:
    """Return where the report or case of a duty stands."""
    if duty.case_reference:
        return f"/desk/cases/{duty.case_reference}"
    return f"/desk/reports/{duty.report_reference}"


def _press(duty: ToDo, at: str) -> dict[str, str]:
    """Return the one thing to press for a duty."""
    if duty.key in RECORDABLE:
        return {"text": "Record it", "href": f"/desk/duties/{duty.id}"}
    if duty.key == "assign" and duty.case_reference:
        return {"text": "Give it out", "href": f"{at}/assign"}
    if duty.key in TALKS:
        where = f"{at}/contact" if duty.case_reference else f"/desk/reports/{duty.report_reference}/contact"
        return {"text": "Record contact", "href": where}
    if duty.key in RISK and duty.case_reference:
        return {"text": "Assess", "href": f"{at}/risk"}
    if duty.key in PLAN and duty.case_reference:
        return {"text": PLAN[duty.key], "href": f"{at}/plan"}
    if duty.key == "second_caseworker" and duty.case_reference:
        return {"text": "Name one", "href": f"{at}/assign"}
    if duty.key == "case_review" and duty.case_reference:
        return {"text": "Look at it", "href": f"{at}/plan/review"}
    if duty.key in READ:
        return {"text": "Read", "href": f"/desk/reports/{duty.report_reference}"}
    return {"text": "Open", "href": at}


@staff_page(*CASEWORK)
def done(request: StaffRequest, pk: int) -> HttpResponse:
    """Record that a duty was done, when and how."""
    now = clock.now()
    duty = get_duty(request.user, pk, at=now)
    form = DoneForm(request.POST or None, now=now)
    back = f"/desk/cases/{duty.case.reference}" if duty.case else f"/desk/reports/{duty.report.reference}"
    if form.is_valid():
        given = {"done_at": form.done_at(), "how": How(form.cleaned_data["how"]), "words": form.cleaned_data["words"]}
        if perform(request, form, record_done, duty=duty, **given):
            messages.success(request, "Recorded.")
            return redirect(back)
    context: dict[str, Any] = {
        "duty": duty,
        "label": words.label("standards", duty.key),
        "due": words.due(duty.due_at, now),
        "form": form,
        "back": back,
        "reference": duty.case.reference if duty.case else duty.report.reference,
    }
    if form.refusal is not None:
        context["refusal"] = refusal(form.refusal)
    return page(request, "duty", context, here="now")
