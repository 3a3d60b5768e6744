"""What every page of the desk has: the menu, the alarms that ring, and how an act is asked for and refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from haven.accounts.choices import CASE_ROLES, Role
from haven.accounts.models import Staff
from haven.cases import access
from haven.cases.access.alarms import MOST as SHOWN_ALARMS
from haven.kernel import clock
from haven.kernel.decision import Decision, Refused
from haven.web.desk import drafting, words
from haven.web.desk.requests import StaffRequest as StaffRequest
from haven.web.desk.trailwords import trail_items
from haven.web.staff import navigation

CASEWORK = tuple(sorted(CASE_ROLES))
"""The roles that have a desk with reports and cases."""
DESK = (*CASEWORK, Role.CALL_HANDLER)
"""The roles that have a desk at all."""


def page(
    request: StaffRequest, template: str, context: dict[str, Any], *, here: str = "", status: int = 200
) -> HttpResponse:
    """Answer with a page of the desk; `here` is the entry of the menu that it belongs to."""
    ringing = alarms(request.user)
    everything = {
        "nav": menu(request, here),
        "alarms": ringing[:SHOWN_ALARMS],
        "more_alarms": len(ringing) > SHOWN_ALARMS,
        "page_error": any(form.errors for form in _forms(context)) or "refusal" in context,
        "meanwhile": _meanwhile(request, context),
        **context,
    }
    return render(request, f"desk/{template}.html", everything, status=status)


def menu(request: StaffRequest, here: str) -> list[dict[str, Any]]:
    """Return the entries beside the name, with the one that this page belongs to marked."""
    current = reverse(f"desk:{here}") if here else ""
    return [{**entry, "current": entry["url"] == current} for entry in navigation.shown_to(request)]


def alarms(staff: Staff) -> list[dict[str, Any]]:
    """Return the alarms that ring and that this member of staff may take, longest first."""
    now = clock.now()
    return [
        {"alarm": alarm, "reference": alarm.report.reference, "since": words.span(now - alarm.raised_at)}
        for alarm in access.alarms_for(staff)
    ]


def perform(request: StaffRequest, form: Any, act: Callable[..., Any], /, **particulars: Any) -> Any:
    """Ask for an act in the name of whoever is signed in; return what it made, or None with the form told why not.

    The same press of a form made by `drafting.drafted` is done once, and takes its draft away.
    """
    try:
        return drafting.once(request, lambda: act(**particulars, by=request.user, at=clock.now()))
    except Refused as refused:
        form.refusal = refused.decision
        return None


def refusal(decision: Decision, **more: Any) -> dict[str, Any]:
    """Return what the refusal box shows."""
    return {
        "reason": decision.reason,
        "clause": decision.clause,
        "remedy": decision.remedy,
        "kept": True,
        **more,
    }


def _meanwhile(request: StaffRequest, context: dict[str, Any]) -> dict[str, Any] | None:
    """Return what others did while somebody was writing, in words, where one of the page's forms has to show it."""
    for form in _forms(context):
        if found := drafting.meanwhile(form, request.user):
            return {"done": trail_items(found.entries, clock.now()), "both": found.both}
    return None


def _forms(context: dict[str, Any]) -> list[forms.BaseForm]:
    return [value for value in context.values() if isinstance(value, forms.BaseForm) and value.is_bound]
