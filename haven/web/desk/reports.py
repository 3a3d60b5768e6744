"""A report: what was told, who and what it may be the same as, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from haven.cases import access, actions
from haven.cases.choices import Outcome
from haven.cases.models import Case, TriageDecision
from haven.kernel import clock
from haven.reports.choices import State
from haven.reports.models import Report
from haven.reports.queries import reporter_of
from haven.web.desk import shown
from haven.web.desk.forms.triage import ConflictForm, DecideForm, ReviewForm, sign_shown
from haven.web.desk.pages import CASEWORK, DESK, StaffRequest, page, perform, refusal
from haven.web.staff.guard import staff_page


@staff_page(*DESK, methods=("GET", "HEAD"))
def report(request: StaffRequest, reference: str) -> HttpResponse:
    """Show a report whole, leave in the trail that it was opened, and ask what becomes of it."""
    found = access.see_report(request.user, reference, at=clock.now())
    return _show(request, found)


@staff_page(*CASEWORK, methods=("POST",))
def take_up(request: StaffRequest, reference: str) -> HttpResponse:
    """Say that one is reading this report."""
    found = access.report_for(request.user, reference, at=clock.now())
    asked = _Asked()
    if perform(request, asked, actions.take_up, report=found):
        return redirect("desk:report", found.reference)
    return _show(request, found, refused=asked.refusal)


@staff_page(*CASEWORK, methods=("POST",))
def decide(request: StaffRequest, reference: str) -> HttpResponse:
    """Decide what becomes of a report; what was typed is kept whatever the answer."""
    now = clock.now()
    found = access.report_for(request.user, reference, at=now)
    known = access.known_of(request.user, found, at=now)
    form = DecideForm(request.POST, viewer=request.user, report=found, cases=known.cases)
    if not form.is_valid():
        return _show(request, found, known=known, form=form)
    made = _decided(request, form, found)
    if made is None:
        found.refresh_from_db(fields=["state", "version", "read_by", "read_at"])
        return _show(request, found, known=known, form=form, refused=form.refusal)
    return _onward(request, found, made)


@staff_page(*CASEWORK, methods=("POST",))
def review(request: StaffRequest, reference: str) -> HttpResponse:
    """Uphold or overturn that a report made no case."""
    found = access.report_for(request.user, reference, at=clock.now())
    decision = _to_review(found)
    if decision is None:
        raise Http404("There is nothing here under that reference.")
    form = ReviewForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        upheld = given["answer"] == "uphold"
        if perform(request, form, actions.review_decision, decision=decision, is_upheld=upheld, reason=given["reason"]):
            messages.success(request, "Upheld." if upheld else f"{found.reference} is back in the queue.")
            return redirect("desk:reviews")
    return _show(request, found, review_form=form, refused=form.refusal)


@staff_page(*CASEWORK)
def conflict(request: StaffRequest, reference: str) -> HttpResponse:
    """Declare that somebody must not know of this report."""
    found = access.report_for(request.user, reference, at=clock.now())
    form = ConflictForm(request.POST or None, viewer=request.user)
    if form.is_valid() and perform(request, form, actions.declare_conflict, subject=found, **form.cleaned_data):
        messages.success(request, "Recorded. They no longer see anything of it.")
        mine = form.cleaned_data["staff"] == request.user
        return redirect("desk:queue") if mine else redirect("desk:report", found.reference)
    context = {"subject": found, "form": form, "back": f"/desk/reports/{found.reference}"}
    if form.refusal is not None:
        context["refusal"] = refusal(form.refusal)
    return page(request, "conflict", context, here="queue")


class _Asked:
    """Holds the refusal of an act that has no form."""

    refusal: Any = None


def _decided(request: StaffRequest, form: DecideForm, report: Report) -> Case | TriageDecision | None:
    """Ask for the act that was chosen."""
    given, seen = form.cleaned_data, form.seen()
    further = {"is_further": report.state == State.DECIDED}
    new = {name: given[name] for name in ("team", "caseworker", "summary")}
    if given["outcome"] == Outcome.OPEN:
        return perform(request, form, actions.open_case, report=report, seen=seen, **new, **further)
    if given["outcome"] == Outcome.JOIN:
        return perform(request, form, actions.join_case, report=report, case=given["case"], seen=seen, **further)
    if given["outcome"] == Outcome.LINK:
        return perform(
            request, form, actions.link_to_closed_case, report=report, case=given["case"], seen=seen, **new, **further
        )
    return perform(request, form, actions.leave_without_case, report=report, seen=seen, reason=given["reason"])


def _onward(request: StaffRequest, report: Report, made: Case | TriageDecision) -> HttpResponse:
    if isinstance(made, TriageDecision):
        messages.success(request, f"{report.reference} makes no case. Somebody else will look at it again.")
        return redirect("desk:queue")
    messages.success(request, f"{report.reference} is in {made.reference} now.")
    if access.visible_cases(request.user).filter(pk=made.pk).exists():
        return redirect("desk:case", made.reference)
    return redirect("desk:queue")


def _to_review(report: Report) -> TriageDecision | None:
    waiting = TriageDecision.objects.filter(report=report, outcome=Outcome.NEITHER, reviewed_at=None)
    return waiting.select_related("by", "report__sealing_key").order_by("-at", "-pk").first()


def _show(
    request: StaffRequest,
    report: Report,
    *,
    known: access.Known | None = None,
    form: DecideForm | None = None,
    review_form: ReviewForm | None = None,
    refused: Any = None,
) -> HttpResponse:
    """Answer with the report's page, around a form that may have been filled in."""
    now = clock.now()
    may_decide = request.user.has(*CASEWORK)
    context = {"form": None, "review_form": None, **shown.report_context(request.user, report, now)}
    if may_decide:
        known = known or access.known_of(request.user, report, at=now)
        if form is None:
            form = DecideForm(
                viewer=request.user,
                report=report,
                cases=known.cases,
                initial={"version": report.version, "shown": sign_shown(report, known)},
            )
        elif refused is not None:
            form.data = data = request.POST.copy()
            data["version"], data["shown"] = str(report.version), sign_shown(report, known)
        context |= {"known": shown.known_context(known, now), "form": form}
        if context["to_review"]:
            context["review_form"] = review_form or ReviewForm()
    if refused is not None:
        context["refusal"] = refusal(refused, kept=form is not None and form.is_bound)
    more = {"may_decide": may_decide, "has_reporter": reporter_of(report) is not None}
    return page(request, "report/report", {**context, **more}, here="queue")
