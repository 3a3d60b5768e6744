"""The drafts that wait for whoever typed them: kept, listed, thrown away; nobody else sees that they are there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from haven.accounts.models import Staff
from haven.cases.drafts import MOST, drafts_for, drafts_waiting
from haven.kernel import clock
from haven.web.desk import drafting, words
from haven.web.desk.pages import CASEWORK, StaffRequest, page
from haven.web.staff.guard import staff_page

NAMES = {
    "person": "Add a person",
    "safe-contact": "How to reach somebody safely",
    "needs": "What somebody needs",
    "occasion": "An occasion",
    "finding": "A finding",
    "assign": "Give it to somebody",
    "done": "Something done",
    "late": "Why something is late",
    "message": "A message",
    "contact": "A contact",
    "plan-step": "A step of a plan",
    "plan-agreed": "What was agreed",
    "plan-outcome": "What became of a step",
    "development": "Something that happened since",
    "manager-look": "A manager’s look",
    "closing": "A proposal to close",
    "closing-view": "What somebody thinks of closing",
    "closing-back": "Sending a proposal back",
    "reopening": "Opening it again",
    "mail": "An e-mail",
    "taking-back": "Taking a contact back",
    "welfare": "Whether somebody is safe",
    "decide": "A decision about a report",
    "review": "A second look",
    "assessment": "An assessment of risk",
    "judgement": "A judgement of risk",
    "look": "What lies behind",
    "step-proposal": "A proposal for a step",
    "step-record": "Something recorded for a step",
    "letter": "A letter",
    "translation": "A translated letter",
}
"""What each form is called in the list; the first word of a draft's form says which it is."""


def waiting(staff: Staff) -> int:
    """Count the drafts of a member of staff, for the top of every page."""
    return drafts_waiting(staff, at=clock.now())


@staff_page(*CASEWORK, methods=("GET", "HEAD"))
def drafts(request: StaffRequest) -> HttpResponse:
    """List one's own drafts, the latest first."""
    now = clock.now()
    rows = [
        {
            "pk": each.pk,
            "reference": each.case.reference if each.case else each.report.reference if each.report else "",
            "what": NAMES.get(each.form.split()[0], words.readable(each.form.split()[0].replace("-", " "))),
            "when": words.when(each.at, now),
            "address": each.address,
        }
        for each in drafts_for(request.user, at=now)[:MOST]
    ]
    return page(request, "drafts", {"rows": rows}, here="drafts")


@staff_page(*CASEWORK, methods=("POST",))
def keep(request: StaffRequest) -> HttpResponse:
    """Keep what was typed into a form of the desk."""
    return drafting.keep(request)


@staff_page(*CASEWORK, methods=("POST",))
def throw_away(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw one of one's own drafts away."""
    if not drafts_for(request.user, at=clock.now()).filter(pk=pk).delete()[0]:
        raise Http404("There is nothing here under that reference.")
    messages.success(request, "Thrown away.")
    return redirect("desk:drafts")
