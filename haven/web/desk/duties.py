"""Duties at the desk: what is due, by which clause, the one thing to press; recording one as done; why one was late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from haven.kernel import clock
from haven.obligations.access import ToDo, get_duty, reasons_of
from haven.obligations.actions import explain_lateness, record_done
from haven.obligations.models import Duty, LateReason
from haven.obligations.rules import How, Standing
from haven.obligations.rules.doing import RECORDABLE
from haven.web.desk import words
from haven.web.desk.drafting import drafted
from haven.web.desk.forms.duties import DoneForm, LateForm
from haven.web.desk.pages import CASEWORK, StaffRequest, page, perform, refusal
from haven.web.staff.guard import staff_page

TALKS = ("first_contact", "interview", "update", "contact_again", "welfare_check", "aftercare")
PRESSES: dict[str, tuple[str, str]] = {
    "triage": ("Read", "{report}"),
    **dict.fromkeys(RECORDABLE, ("Record it", "{duty}")),
    **dict.fromkeys(TALKS, ("Record contact", "{about}/contact")),
    "assign": ("Give it out", "{case}/assign"),
    "police_decision": ("Ask", "{about}/contact"),
    "recorded_reason_review": ("Look again", "{report}#review"),
    "risk_initial": ("Assess", "{case}/risk"),
    "risk_review": ("Assess", "{case}/risk"),
    "assessment_completion": ("Assess", "{case}/risk"),
    "action_plan": ("Plan", "{case}/plan"),
    "safety_plan": ("Plan", "{case}/plan"),
    "plan_item": ("Record it", "{case}/plan"),
    "second_caseworker": ("Name one", "{case}/assign"),
    "case_review": ("Look at it", "{case}/plan/review"),
}
"""The one thing to press for each duty, and where that is done; one that leads into a case needs a case;
`{about}` is the case, or the report while there is none."""


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
    text, where = PRESSES.get(duty.key, ("Open", at))
    if "{case}" in where and not duty.case_reference:
        text, where = ("Decide", "{report}#decide") if duty.key == "assign" else ("Open", at)
    report = f"/desk/reports/{duty.report_reference}"
    return {"text": text, "href": where.format(report=report, case=at, about=at, duty=f"/desk/duties/{duty.id}")}


def explain(duty: ToDo) -> dict[str, str]:
    """Return where somebody says why a duty was late."""
    return {"text": "Say why", "href": f"/desk/duties/{duty.id}/late"}


def unexplained(duties: Iterable[ToDo], now: datetime) -> list[dict[str, Any]]:
    """Return duties that were late and have no reason, as rows of a work list."""
    return [{**_row(each, now), "due": _was_late(each, now), "late": False, "action": explain(each)} for each in duties]


def _was_late(duty: ToDo, now: datetime) -> str:
    """Say by how much something was late, or that it was never done."""
    if duty.settled_at is None:
        return words.due(duty.due_at, now)
    late = words.span(duty.settled_at - duty.due_at)
    return f"done {late} late" if duty.standing is Standing.MET_LATE else "never done"


def said(reasons: Iterable[LateReason], now: datetime) -> list[dict[str, str]]:
    """Return why something was late, in words."""
    return [
        {
            "text": words.label("late_reasons", each.code),
            "words": each.words or "",
            "by": f"{each.by.name}, {words.when(each.at, now)}",
        }
        for each in reasons
    ]


@staff_page(*CASEWORK)
def done(request: StaffRequest, pk: int) -> HttpResponse:
    """Record that a duty was done, when and how, and why late if it was."""
    now = clock.now()
    duty = get_duty(request.user, pk, at=now)
    form = drafted(request, duty.case or duty.report, _key("done", duty), DoneForm, now=now, due_at=duty.due_at)
    if form.is_valid():
        given = {"done_at": form.done_at(), "how": How(form.cleaned_data["how"]), "words": form.cleaned_data["words"]}
        if perform(request, form, record_done, duty=duty, late=form.why(), **given):
            messages.success(request, "Recorded.")
            return redirect(_about(duty))
    return _page(request, duty, form, now, "duty")


@staff_page(*CASEWORK)
def late(request: StaffRequest, pk: int) -> HttpResponse:
    """Say why a duty is late, was done late, or was never done (2.0(b))."""
    now = clock.now()
    duty = get_duty(request.user, pk, at=now)
    form = drafted(request, duty.case or duty.report, _key("late", duty), LateForm)
    if form.is_valid() and perform(request, form, explain_lateness, duty=duty, why=form.why()):
        messages.success(request, "Recorded. It stands beside the duty, and is counted.")
        return redirect(_about(duty))
    return _page(request, duty, form, now, "duty-late")


def _key(name: str, duty: Duty) -> str:
    """Return what tells the form of this duty from others; its number may change when duties are derived again."""
    return f"{name} {duty.report_id} {duty.key} {duty.occasion}"[:60]


def _about(duty: Duty) -> str:
    return f"/desk/cases/{duty.case.reference}" if duty.case else f"/desk/reports/{duty.report.reference}"


def _page(request: StaffRequest, duty: Duty, form: Any, now: datetime, template: str) -> HttpResponse:
    ended = duty.met_at or duty.ended_at
    context: dict[str, Any] = {
        "duty": duty,
        "label": words.label("standards", duty.key),
        "due": f"was due {words.when(duty.due_at, now)}" if ended else words.due(duty.due_at, now),
        "form": form,
        "back": _about(duty),
        "reference": duty.case.reference if duty.case else duty.report.reference,
        "reasons": said(next(iter(reasons_of([duty]).values()), []), now),
    }
    if form.refusal is not None:
        context["refusal"] = refusal(form.refusal)
    return page(request, template, context, here="now")
