"""Finding: by reference, by name, by address. What is looked for is posted and kept under an id."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from haven.accounts.models import Staff
from haven.cases import access
from haven.cases.access.searches import LONGEST, keep_search, words_of_search
from haven.homes.queries import at_address
from haven.kernel import clock
from haven.kernel.references import read_reference
from haven.web.desk import caseshown
from haven.web.desk.pages import CASEWORK, StaffRequest, page
from haven.web.desk.shown import PARTS, name_of
from haven.web.staff.guard import staff_page

HOMES = 10


class FindForm(forms.Form):
    """A reference, a name or an address."""

    words = forms.CharField(
        label="Find",
        help_text="A reference, a name, or an address or postcode of ours.",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Write what you look for",
            "max_length": f"Write at most {LONGEST} characters",
        },
    )


@staff_page(*CASEWORK)
def find(request: StaffRequest) -> HttpResponse:
    """Ask what to look for; a reference leads straight to what it names."""
    form = FindForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data["words"]
        if reference := read_reference(given):
            return _by_reference(request, form, reference)
        return redirect("desk:found", keep_search(request.user, given, at=clock.now()))
    return page(request, "find/find", {"form": form}, here="find")


@staff_page(*CASEWORK, methods=("GET", "HEAD"))
def found(request: StaffRequest, pk: str) -> HttpResponse:
    """Show who and what was found, as far as this member of staff may know."""
    now = clock.now()
    looked_for = words_of_search(request.user, pk, at=now)
    hits = access.search_people(request.user, looked_for, at=now)
    context = {
        "form": FindForm(initial={"words": looked_for}),
        "hits": [_hit(hit, now) for hit in hits.hits],
        "are_more": hits.are_more,
        "homes": _homes(request.user, looked_for, now),
        "looked_for": looked_for,
    }
    return page(request, "find/found", context, here="find")


def _by_reference(request: StaffRequest, form: FindForm, reference: str) -> HttpResponse:
    now = clock.now()
    if access.visible_cases(request.user).filter(reference=reference).exists():
        return redirect("desk:case", reference)
    if access.visible_reports(request.user, at=now).filter(reference=reference).exists():
        return redirect("desk:report", reference)
    form.add_error("words", "There is nothing under this reference that you can see.")
    return page(request, "find/find", {"form": form}, here="find")


def _hit(hit: access.Hit, now: datetime) -> dict[str, Any]:
    return {
        "name": name_of(hit.person),
        "homes": [f"{each.get_part_display()} at {each.tenancy.property.one_line}" for each in hit.seen.homes],
        "cases": [{**caseshown.case_line(case, now), "part": ", ".join(parts)} for case, parts in hit.seen.parts],
        "reports": [
            {**caseshown.report_line(each.report, now), "part": PARTS.get(each.part, each.part)}
            for each in hit.seen.reports
        ],
    }


def _homes(viewer: Staff, looked_for: str, now: datetime) -> list[dict[str, Any]]:
    """Return our homes at an address, each with the matters there that the viewer may see."""
    homes = at_address(looked_for)[:HOMES]
    matters = access.matters_at(viewer, homes, at=now)
    return [
        {
            "address": home.one_line,
            "cases": [caseshown.case_line(case, now) for case in matters.cases.get(home.pk, [])],
            "reports": [caseshown.report_line(report, now) for report in matters.reports.get(home.pk, [])],
        }
        for home in homes
    ]
