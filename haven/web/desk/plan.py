"""The pages of plans in a case: what is agreed, writing and agreeing it, what became of it, and what developed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from haven.cases import access
from haven.cases.access import files
from haven.cases.models import Case
from haven.cases.queries.facts import viewer_of
from haven.cases.rules.casework import may_work_on
from haven.kernel import clock
from haven.obligations.access import reviews_of
from haven.obligations.actions import review_case
from haven.people.queries import latest_needs
from haven.risk.queries import highest_band
from haven.support import access as plans
from haven.support import actions, rules
from haven.support.choices import Covers, Told
from haven.support.models import Plan, PlanItem
from haven.support.queries import developments_of, steps_of
from haven.support.rules import Agreeing, Drafted
from haven.web.desk import planshown
from haven.web.desk.casefile import address, show
from haven.web.desk.casework import asked, pressed
from haven.web.desk.drafting import drafted
from haven.web.desk.forms.plan import AgreeForm, DevelopmentForm, ItemForm, OfferedForm, OutcomeForm, ReviewForm
from haven.web.desk.pages import CASEWORK, StaffRequest, perform
from haven.web.desk.shown import name_of
from haven.web.staff.guard import staff_page

READ = ("GET", "HEAD")


@staff_page(*CASEWORK, methods=READ)
def overview(request: StaffRequest, reference: str) -> HttpResponse:
    """Show the plan with each person harmed, what developed, and who looked at the case."""
    now = clock.now()
    case = access.see_case(request.user, reference, at=now, page="plan")
    planned = planshown.by_person(plans.plans_of(request.user, case))
    harmed = [each for each in files.people_in(case) if any(part.part == "harmed" for part in each.parts)]
    context = {
        "people": [_person(each, planned.get(each.person.pk), now) for each in harmed],
        "wishes": planshown.wishes(files.reports_in(case)),
        "covers": list(Covers),
        "working": may_work_on(viewer_of(request.user), is_open=case.is_open),
        "developments": [planshown.development(each, now) for each in developments_of(case)],
        "reviews": [planshown.review(each, now) for each in reviews_of(request.user, case)],
    }
    return show(request, case, "plan", context)


def _person(each: files.InCase, planned: plans.Planned | None, now: datetime) -> dict[str, Any]:
    may_agree = None
    if planned and planned.draft:
        items = [actions.said_of(step.item) for step in planned.draft.steps]
        draft = Drafted(covers=planned.draft.plan.covers, items=items, left_behind=len(planned.left_behind))
        talked = Agreeing(agreed_at=now, told=Told.IN_PERSON, language="en", through="directly")
        may_agree = rules.may_agree(draft, talked, at=now)
    return planshown.person(each, planned, may_agree, now)


@staff_page(*CASEWORK, methods=("POST",))
def begin(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Begin somebody's plan, or its next version."""
    case = access.get_case(request.user, reference)
    found = files.person_in(case, pk)
    if found is None:
        raise Http404("There is nothing here under that reference.")
    covers = request.POST.get("covers") or Covers.WHOLE.value
    return pressed(request, case, "plan", actions.begin_plan, case=case, person=found.person, covers=covers)


@staff_page(*CASEWORK)
def offered(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Put steps in the landlord's words into a draft."""
    case, plan = _plan(request, reference, pk)
    needs = frozenset(code for report in files.reports_in(case) for code in report.needs)
    form = drafted(request, case, f"plan-offered {pk}", OfferedForm, band=highest_band(case), needs=needs)
    if form.is_valid() and perform(request, form, actions.add_from_pack, plan=plan, **form.cleaned_data):
        messages.success(request, "Added. Write each anew for this person.")
        return redirect(address(case, "plan"))
    return asked(request, case, "plan", form, f"Steps for {name_of(plan.person)}", "Add them")


@staff_page(*CASEWORK)
def add_item(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Write a step of a draft."""
    case, plan = _plan(request, reference, pk)
    return _written(request, case, plan, None)


@staff_page(*CASEWORK)
def change_item(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Write a step of a draft anew."""
    case, item = _item(request, reference, pk)
    return _written(request, case, item.plan, item)


def _written(request: StaffRequest, case: Case, plan: Plan, item: PlanItem | None) -> HttpResponse:
    form = drafted(request, case, f"plan-step {plan.pk} {item.pk if item else 'new'}", ItemForm, item=item)
    if form.is_valid() and perform(request, form, actions.write_item, plan=plan, item=item, said=form.said()):
        messages.success(request, "Written.")
        return redirect(address(case, "plan"))
    return asked(request, case, "plan", form, f"A step for {name_of(plan.person)}", "Keep it")


@staff_page(*CASEWORK, methods=("POST",))
def remove_item(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Take a step out of a draft."""
    case, item = _item(request, reference, pk)
    return pressed(request, case, "plan", actions.remove_item, plan=item.plan, item=item)


@staff_page(*CASEWORK)
def agree(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Record that the person agreed, and the copy they were given."""
    case, plan = _plan(request, reference, pk)
    needs = latest_needs([plan.person_id]).get(plan.person_id)
    form = drafted(request, case, f"plan-agreed {pk}", AgreeForm, now=clock.now(), needs=needs)
    if form.is_valid() and perform(request, form, actions.agree_plan, plan=plan, agreeing=form.agreeing()):
        messages.success(request, "Agreed. What we promised with a day can be seen on their page.")
        return redirect(address(case, "plan"))
    return asked(request, case, "plan", form, f"Agreed with {name_of(plan.person)}", "They have agreed")


@staff_page(*CASEWORK)
def outcome(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Record what became of a step."""
    case, item = _item(request, reference, pk)
    form = drafted(request, case, f"plan-outcome {pk}", OutcomeForm, now=clock.now())
    if form.is_valid() and perform(request, form, actions.end_item, item=item, **form.cleaned_data):
        messages.success(request, "Recorded.")
        return redirect(address(case, "plan"))
    return asked(request, case, "plan", form, item.words, "Record")


@staff_page(*CASEWORK, methods=READ)
def copy(request: StaffRequest, reference: str, pk: int, size: str = "") -> HttpResponse:
    """Show a plan as the person gets it on paper: what, who and by when, and nothing that says why."""
    case = access.see_case(request.user, reference, at=clock.now(), page="plan")
    plan = plans.get_plan(request.user, case, pk)
    steps = [planshown.step(each, clock.now()) for each in steps_of(Plan.objects.filter(pk=plan.pk))]
    context = {"plan": plan, "steps": steps, "is_large": size == "large", "back": address(case, "plan")}
    return render(request, "desk/case/plan-copy.html", context)


@staff_page(*CASEWORK)
def develop(request: StaffRequest, reference: str) -> HttpResponse:
    """Record something that happened in the matter."""
    case = access.get_case(request.user, reference)
    form = drafted(request, case, "development", DevelopmentForm, now=clock.now())
    if form.is_valid():
        said = {"kind": form.cleaned_data["kind"], "words": form.cleaned_data["words"], "learnt_at": form.moment()}
        if perform(request, form, actions.record_development, case=case, **said):
            messages.success(request, "Recorded. What follows from it is due now.")
            return redirect(address(case))
    return asked(request, case, "plan", form, "What happened", "Record")


@staff_page(*CASEWORK)
def review(request: StaffRequest, reference: str) -> HttpResponse:
    """Record a manager's look at a case."""
    case = access.get_case(request.user, reference)
    form = drafted(request, case, "manager-look", ReviewForm)
    if form.is_valid() and perform(request, form, review_case, case=case, **form.cleaned_data):
        messages.success(request, "Recorded.")
        return redirect(address(case, "plan"))
    return asked(request, case, "plan", form, "A manager’s look at the case", "Record")


def _plan(request: StaffRequest, reference: str, pk: int) -> tuple[Case, Plan]:
    case = access.get_case(request.user, reference)
    return case, plans.get_plan(request.user, case, pk)


def _item(request: StaffRequest, reference: str, pk: int) -> tuple[Case, PlanItem]:
    case = access.get_case(request.user, reference)
    return case, plans.get_item(request.user, case, pk)

