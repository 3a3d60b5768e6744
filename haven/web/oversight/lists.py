"""The lists behind the numbers: duties by reference, and the trail in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from haven.cases.models import Case
from haven.insight.access import CHECKERS, LISTS, duties_behind, locked_chains
from haven.kernel import clock
from haven.kernel.clock import LONDON
from haven.kernel.references import read_reference
from haven.policy.register import REGISTER
from haven.reports.models import Report
from haven.trail.access import Wanted, whole_trail
from haven.trail.models import Entry
from haven.trail.recording import record_seen
from haven.trail.words import ACTS, actor, sentence, subject
from haven.web.desk import words
from haven.web.oversight import shown
from haven.web.oversight.forms import TrailFilters
from haven.web.oversight.pages import StaffRequest, page
from haven.web.staff.guard import READ, staff_page

STANDINGS = {
    "open": "open, not yet late",
    "late": "late now",
    "met": "done in time",
    "met_late": "done late",
    "missed": "not done before it ended",
    "lapsed": "no longer needed",
}
CHAIN = re.compile(r"(report|case|staff|partner):\d{1,18}|system")


@staff_page(*LISTS, methods=READ)
def duties(request: StaffRequest) -> HttpResponse:
    """List the duties that a number counts, by reference; that it was looked at stays in the trail."""
    key, standing = request.GET.get("duty", ""), request.GET.get("standing", "")
    if key not in REGISTER.duties or standing not in STANDINGS:
        raise Http404("No such list.")
    now = clock.now()
    found = duties_behind(request.user, key, standing, at=now, after=request.GET.get("after", ""))
    record_seen(act="duties.listed", subject=None, by=request.user, at=now, duty=key, standing=standing)
    rows = [
        {
            "reference": duty.case.reference if duty.case else duty.report.reference,
            "due": words.when(duty.due_at, now),
            "settled": _settled(duty, now),
            "late": duty.due_at < now and duty.met_at is None and duty.ended_at is None,
        }
        for duty in found.rows
    ]
    context = {
        "label": shown.duty_label(key),
        "standing": STANDINGS[standing],
        "clauses": REGISTER.duties[key].clauses,
        "rows": rows,
        "not_shown": found.not_shown,
        "next": _further(request, found.next),
    }
    return page(request, "duties", context, here="clocks")


def _settled(duty: Any, now: datetime) -> str:
    if duty.met_at:
        return f"done {words.when(duty.met_at, now)}"
    if duty.ended_at:
        return f"ended {words.when(duty.ended_at, now)}"
    return words.due(duty.due_at, now).partition(", ")[2]


@staff_page(*CHECKERS, methods=READ)
def trail(request: StaffRequest) -> HttpResponse:
    """Show the whole trail, newest first, without a name; that it was read is in the trail itself."""
    form = TrailFilters(request.GET or None)
    wanted = _wanted(form.cleaned_data) if form.is_valid() else Wanted()
    now = clock.now()
    before, locked = _number(request.GET.get("before", "")), locked_chains(request.user)
    found = whole_trail(request.user, wanted, at=now, without=locked, before=before)
    context = {
        "form": form,
        "chips": _chips(request, form),
        "rows": _rows(found.rows, now),
        "next": _further(request, str(found.next or ""), name="before"),
        "page_error": bool(form.errors),
    }
    return page(request, "trail", context, here="trail")


def _wanted(asked: dict[str, Any]) -> Wanted:
    day = asked.get("until")
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=LONDON) if day else None
    return Wanted(
        chain=chain_of(asked["about"]),
        act=asked["act"],
        outcome=asked["outcome"],
        guard=asked["guard"],
        actor=asked["actor"],
        until=end,
    )


def chain_of(about: str) -> str:
    """Return the chain that somebody asked for: by its name, or by the reference of a report or case."""
    text = about.strip()
    if not text or CHAIN.fullmatch(text):
        return text
    reference = read_reference(text)
    for model in (Report, Case):
        pk = model.objects.filter(reference=reference).values_list("pk", flat=True).first() if reference else None
        if pk is not None:
            return f"{model._meta.model_name}:{pk}"
    return "none"


def _rows(entries: Iterable[Entry], now: datetime) -> list[dict[str, Any]]:
    entries = list(entries)
    references = _references(entries)
    return [
        {
            "when": words.when(entry.at, now),
            "at": entry.at.isoformat(),
            "said": sentence(entry),
            "who": actor(entry),
            "about": references.get(entry.chain) or subject(entry),
            "chain": entry.chain,
            "seq": entry.seq,
            "refused": entry.outcome == "refused",
            "clause": entry.clause,
            "guard": entry.guards[-1] if entry.outcome == "refused" and entry.guards else "",
        }
        for entry in entries
    ]


def _references(entries: list[Entry]) -> dict[str, str]:
    """Return the references of the reports and cases whose chains these entries are in; two queries."""
    found: dict[str, str] = {}
    for kind, model in (("report", Report), ("case", Case)):
        pks = {entry.chain.partition(":")[2] for entry in entries if entry.chain.startswith(f"{kind}:")}
        rows = model.objects.filter(pk__in=pks).values_list("pk", "reference")
        found |= {f"{kind}:{pk}": reference for pk, reference in rows}
    return found


def _chips(request: StaffRequest, form: TrailFilters) -> list[dict[str, str]]:
    if not form.is_valid():
        return []
    chips = []
    for name, value in form.cleaned_data.items():
        if value not in ("", None):
            rest = request.GET.copy()
            for gone in (name, "before"):
                rest.pop(gone, None)
            chips.append({"text": f"{form.fields[name].label}: {_said(name, value)}", "href": f"?{rest.urlencode()}"})
    return chips


def _said(name: str, value: Any) -> str:
    return ACTS.get(value, str(value)) if name == "act" else str(value)


def _further(request: StaffRequest, place: str, name: str = "after") -> dict[str, str] | None:
    if not place:
        return None
    asked = {key: value for key, value in request.GET.items() if key != name}
    return {"href": f"?{urlencode({**asked, name: place})}", "text": "Further back"}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
