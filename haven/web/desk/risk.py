"""The pages of risk in a case: how great it is and why, assessing it, judging it, and the person responsible."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from haven.cases import access
from haven.cases.access import files
from haven.cases.models import Case
from haven.cases.queries.facts import viewer_of
from haven.cases.rules.casework import may_work_on
from haven.kernel import clock
from haven.kernel.decision import Decision
from haven.obligations.queries.looks import causes_to_look
from haven.people.models import Person
from haven.risk import access as risks
from haven.risk import actions, rules
from haven.risk.choices import About
from haven.risk.models import Answer, Assessment
from haven.risk.queries import latest_of, occasions_recorded
from haven.risk.rules import scheme, weigh
from haven.web.desk import riskshown, words
from haven.web.desk.casefile import address, show
from haven.web.desk.casework import asked as asked_with
from haven.web.desk.forms.risk import CIRCUMSTANCES, SIGNING, AssessmentForm, JudgementForm, LookForm
from haven.web.desk.pages import CASEWORK, StaffRequest, perform, refusal
from haven.web.desk.shown import name_of
from haven.web.staff.guard import staff_page

READ = ("GET", "HEAD")


@staff_page(*CASEWORK, methods=READ)
def overview(request: StaffRequest, reference: str) -> HttpResponse:
    """Show the risk to each person and household, how it came about, and whom nobody has looked at yet."""
    now = clock.now()
    case = access.see_case(request.user, reference, at=now, page="risk")
    found, people = risks.risks_of(request.user, case), files.people_in(case)
    recorded, causes = occasions_recorded(case), causes_to_look(case)
    context = {
        "risks": [riskshown.risk(each, now, recorded, causes) for each in found],
        "unassessed": riskshown.unassessed(case, people, found),
        "alleged": riskshown.looks(people, risks.looks_of(request.user, case), now),
        "working": may_work_on(viewer_of(request.user), is_open=case.is_open),
    }
    return show(request, case, "risk", context)


@staff_page(*CASEWORK, methods=READ)
def assessment(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Show one assessment with every answer, who gave it, and what it scored."""
    now = clock.now()
    case = access.see_case(request.user, reference, at=now, page="risk")
    found = risks.get_assessment(request.user, case, pk)
    context = {
        "name": riskshown.target(found),
        "badge": riskshown.badge(found.band, found.is_incomplete),
        "why": found.explanation,
        "parts": riskshown.bands_of(found),
        "signed": riskshown.signed(found, now),
        "judgements": [riskshown.judgement(each, now) for each in found.judgements.all()],
        "groups": riskshown.answers(scheme(), found.answers.all()),
        "back": address(case, "risk"),
    }
    return show(request, case, "risk", context, "assessment")


@staff_page(*CASEWORK)
def assess_person(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Assess the risk to somebody harmed, group of questions by group."""
    case = access.get_case(request.user, reference)
    return _assessing(request, case, About.PERSON, _somebody(case, pk).person)


@staff_page(*CASEWORK)
def assess_household(request: StaffRequest, reference: str) -> HttpResponse:
    """Assess the risk to the household of the case's home."""
    case = access.get_case(request.user, reference)
    return _assessing(request, case, About.HOUSEHOLD, None)


def _assessing(request: StaffRequest, case: Case, about: About, person: Person | None) -> HttpResponse:
    """Ask the next group of questions, or sign what was answered; what was typed goes from step to step."""
    blocked = _blocked(request, case, about, person)
    if not blocked.allowed:
        return _refused(request, case, blocked)
    last = latest_of(case, person=person.pk if person else None, home=None if person else case.home_id)
    form = AssessmentForm(request.POST or None, scheme=scheme(), before=_answers_of(last))
    step, valid = _step(request, form), form.is_valid()
    if valid and request.POST.get("go") == "sign":
        made = perform(
            request, form, actions.record_assessment, case=case, told=form.told(about, person)
        )
        if made is not None:
            messages.success(request, f"Signed. The risk is {made.band}. What was assessed before is kept.")
            return redirect(address(case, "risk"))
    name = name_of(person) if person else f"the household at {case.home.one_line if case.home else ''}"
    return _asked(request, case, form, step, name, last)


def _step(request: StaffRequest, form: AssessmentForm) -> str:
    """Return the step to show: the one asked for, or the first in which something is wrong."""
    if not form.is_bound:
        return form.steps[0]
    if wrong := form.first_wrong():
        return wrong
    here = request.POST.get("step", "")
    number = form.steps.index(here) if here in form.steps else 0
    number += {"next": 1, "back": -1}.get(request.POST.get("go", ""), 0)
    return form.steps[min(max(number, 0), len(form.steps) - 1)]


def _asked(
    request: StaffRequest, case: Case, form: AssessmentForm, step: str, name: str, last: Assessment | None
) -> HttpResponse:
    now = clock.now()
    group = form.scheme.groups.get(step)
    context: dict[str, Any] = {
        "form": form,
        "name": name,
        "step": step,
        "number": form.steps.index(step) + 1,
        "count": len(form.steps),
        "group": group,
        "questions": riskshown.asked(form, step, words.when(last.at, now) if last else ""),
        "carried": form.carried(step),
        "is_first": step == form.steps[0],
        "is_last": step == SIGNING,
        "back": address(case, "risk"),
    }
    if step in (CIRCUMSTANCES, SIGNING):
        context |= _what_holds(request, case, form, now)
    if form.refusal is not None:
        context["refusal"] = refusal(form.refusal)
    return show(request, case, "risk", context, "risk-step")


def _what_holds(request: StaffRequest, case: Case, form: AssessmentForm, now: datetime) -> dict[str, Any]:
    """Return what the record says by itself, and what the answers would come to."""
    known = actions.circumstances_of(case, (), by=request.user, at=now)
    labels = {code: each.label for code, each in form.scheme.circumstances.items()}
    found = {"on_record": [labels[code] for code in labels if code in known.codes]}
    if not form.is_valid():
        return found
    ticked = actions.circumstances_of(case, form.cleaned_data["circumstances"], by=request.user, at=now)
    answers = form.told(About.PERSON, None).values
    return {**found, "preview": riskshown.preview(weigh(form.scheme, answers, ticked))}


def _answers_of(last: Assessment | None) -> dict[str, Answer]:
    return {each.question: each for each in last.answers.all()} if last else {}


def _blocked(request: StaffRequest, case: Case, about: About, person: Person | None) -> Decision:
    """Return whether this may be assessed at all, before anything is asked."""
    working = may_work_on(viewer_of(request.user), is_open=case.is_open)
    if not working.allowed:
        return working
    parts = _somebody(case, person.pk).parts if person else []
    harmed = any(each.part == "harmed" for each in parts)
    return rules.may_be_assessed(about, is_harmed=harmed, has_home=case.home_id is not None)


@staff_page(*CASEWORK)
def judge(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Raise or lower the band of the latest assessment by professional judgement."""
    case = access.get_case(request.user, reference)
    found = risks.get_assessment(request.user, case, pk)
    form = JudgementForm(request.POST or None)
    if form.is_valid() and perform(request, form, actions.judge_band, assessment=found, **form.cleaned_data):
        messages.success(request, "Recorded. The assessment itself stands as it was.")
        return redirect(address(case, "risk"))
    title = f"Judge the risk: {riskshown.target(found)}"
    return asked_with(request, case, "risk", form, title, "Record")


@staff_page(*CASEWORK)
def look(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Look at the life of somebody who may be responsible; no score comes of it."""
    case = access.get_case(request.user, reference)
    person = _somebody(case, pk).person
    before = risks.looks_of(request.user, case).get(person.pk, [])
    form = LookForm(request.POST or None, before=before[0] if before else None)
    if form.is_valid() and perform(
        request,
        form,
        actions.look_at_subject,
        case=case,
        person=person,
        said=form.said(),
        remarks=form.cleaned_data["remarks"],
    ):
        messages.success(request, "Recorded. Earlier looks are kept.")
        return redirect(address(case, "risk"))
    return asked_with(request, case, "risk", form, f"What lies behind: {name_of(person)}", "Record", template="look")


def _somebody(case: Case, pk: int) -> files.InCase:
    found = files.person_in(case, pk)
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return found


def _refused(request: StaffRequest, case: Case, decision: Decision) -> HttpResponse:
    """Say why nothing can be assessed here."""
    context = {"refusal": refusal(decision, kept=False), "back": address(case, "risk")}
    return show(request, case, "risk", context, "refused")
