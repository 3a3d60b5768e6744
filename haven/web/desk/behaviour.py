"""The pages about conduct: steps proposed and taken, the gate that each passes, and what is recorded for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
from haven.interventions import access as steps_access
from haven.interventions import actions
from haven.interventions.actions.letters import prepared_by
from haven.interventions.actions.shared import ALREADY
from haven.interventions.letters.documents import FORMATS
from haven.interventions.models import Intervention
from haven.interventions.queries import check_of, gate_of, latest_letter, tool_facts
from haven.interventions.rules import may_carry_out, may_wait_for_approval
from haven.interventions.rules.steps import rank_of
from haven.kernel import clock
from haven.kernel.decision import Decision
from haven.people.models import Person
from haven.web.desk import behaviourshown as shown
from haven.web.desk.behavioursaid import said
from haven.web.desk.casefile import address, show
from haven.web.desk.casework import asked as asked_with
from haven.web.desk.drafting import drafted
from haven.web.desk.forms import behaviour as forms
from haven.web.desk.forms import steps as step_forms
from haven.web.desk.pages import CASEWORK, StaffRequest, perform, refusal
from haven.web.desk.shown import name_of
from haven.web.staff.guard import staff_page

READ = ("GET", "HEAD")
PART = "behaviour"


@dataclass(frozen=True, slots=True)
class Page:
    """A page on which one thing is recorded for a step."""

    form: type[forms.StepForm]
    act: Callable[..., Any]
    title: str
    done: str = "Recorded. What was recorded before is kept."


ABOUT_STEP = {
    "risk": Page(forms.RiskForm, actions.review_risk, "What the step may do, and what keeps them safe"),
    "evidence": Page(forms.EvidenceForm, actions.choose_evidence, "What it rests on"),
    "fairness": Page(forms.ProportionateForm, actions.assess_proportionality, "Equality and proportionality"),
    "heard": Page(forms.HearingForm, actions.record_hearing, "Hearing the person responsible"),
    "support": Page(forms.SupportForm, actions.consider_support, "Help to change"),
    "agreement": Page(step_forms.TenureForm, actions.find_tenure, "The agreement that it rests on"),
    "screening": Page(step_forms.ScreenForm, actions.screen, "Whether it could harm somebody"),
    "served": Page(step_forms.ServiceForm, actions.record_service, "Record that it was carried out", "Recorded."),
    "outcome": Page(step_forms.OutcomeForm, actions.record_outcome, "What came of it", "Recorded."),
    "end": Page(step_forms.EndForm, actions.end_intervention, "End this step", "Ended."),
}
ABOUT_PERSON = {
    "asked": Page(forms.ConsultForm, actions.record_consultation, "Ask about this step"),
    "wishes": Page(forms.AgainstForm, actions.go_against_wishes, "Go against their wishes"),
    "told": Page(forms.ToldForm, actions.tell_before, "Told before it happens"),
    "consent": Page(step_forms.ConsentForm, actions.record_consent, "Taking part"),
}


@staff_page(*CASEWORK, methods=READ)
def overview(request: StaffRequest, reference: str) -> HttpResponse:
    """List the steps of a case, the newest first."""
    now = clock.now()
    case = access.see_case(request.user, reference, at=now, page=PART)
    context = {
        "steps": [shown.line(each, now) for each in steps_access.interventions_of(request.user, case)],
        "working": may_work_on(viewer_of(request.user), is_open=case.is_open),
        "has_responsible": any(part.part == "responsible" for each in files.people_in(case) for part in each.parts),
    }
    return show(request, case, PART, context)


@staff_page(*CASEWORK)
def propose(request: StaffRequest, reference: str) -> HttpResponse:
    """Propose a step; nothing of it happens before everything that the policy asks for is there."""
    case = access.get_case(request.user, reference)
    form = drafted(request, case, "step-proposal", forms.ProposeForm, people=files.people_in(case), now=clock.now())
    if form.is_valid() and (made := perform(request, form, actions.propose, case=case, **form.said())):
        messages.success(request, "Proposed. Below is what must be there before it can be carried out.")
        return redirect("desk:step", case.reference, made.pk)
    return asked_with(request, case, PART, form, "Propose a step", "Propose it")


@staff_page(*CASEWORK, methods=READ)
def step(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Show one step: every condition of its gate, its documents, what was recorded, and what came of it."""
    now = clock.now()
    case = access.see_case(request.user, reference, at=now, page=PART)
    return _show_step(request, case, steps_access.get_intervention(request.user, case, pk), now)


def _show_step(
    request: StaffRequest, case: Case, found: Intervention, now: datetime, refused: Decision | None = None
) -> HttpResponse:
    found.case = case
    gate, people = gate_of(found, now), files.people_in(case)
    letter, check = latest_letter(found), check_of(found)
    me = viewer_of(request.user)
    context: dict[str, Any] = {
        "step": shown.line(found, now),
        "page_title": f"Step {found.pk}",
        "facts": shown.facts(found, now),
        "purpose": found.purpose,
        "conditions": shown.checklist(found, gate, people, now),
        "consents": _consents(found, people),
        "carry_out": None if found.is_done or found.is_over else may_carry_out(gate),
        "may_wait": may_wait_for_approval(gate),
        "is_waiting": found.waiting_since is not None,
        "is_preparing": not (found.is_done or found.is_over),
        "may_decide": request.user.pk not in prepared_by(found) and rank_of(me) >= tool_facts(found).rank,
        "is_done": found.is_done,
        "is_over": found.is_over,
        "letter": letter,
        "found": shown.found_lines(check, letter, now),
        "is_old_check": check is not None and check.text_hash != found.text_hash,
        "formats": [(kind, text) for kind, (text, *_) in FORMATS.items()] if letter else [],
        "outcomes": shown.outcomes(found, now),
        "said": said(found, now),
        "working": may_work_on(me, is_open=case.is_open),
        "back": address(case, PART),
    }
    if refused is not None:
        context["refusal"] = refusal(refused, kept=False)
    return show(request, case, PART, context, "step")


def _consents(found: Intervention, people: list[files.InCase]) -> list[dict[str, Any]]:
    """Return whom to ask whether they take part."""
    if not tool_facts(found).is_voluntary:
        return []
    sides = [each for each in people if _is_side(each, found)]
    return [{"pk": each.person.pk, "name": name_of(each.person)} for each in sides]


def _is_side(each: files.InCase, found: Intervention) -> bool:
    return each.person.pk == found.subject_id or any(part.part == "harmed" for part in each.parts)


@staff_page(*CASEWORK)
def record(request: StaffRequest, reference: str, pk: int, what: str) -> HttpResponse:
    """Record one thing for a step."""
    if what not in ABOUT_STEP:
        raise Http404("There is nothing here under that reference.")
    case, found = load(request, reference, pk)
    return _recorded(request, case, found, what, ABOUT_STEP[what])


@staff_page(*CASEWORK)
def record_about(request: StaffRequest, reference: str, pk: int, what: str, person: int) -> HttpResponse:
    """Record for a step what one person in the case said or was told."""
    case, found = load(request, reference, pk)
    somebody = files.person_in(case, person)
    if what not in ABOUT_PERSON or somebody is None:
        raise Http404("There is nothing here under that reference.")
    return _recorded(request, case, found, what, ABOUT_PERSON[what], person=somebody.person)


def load(request: StaffRequest, reference: str, pk: int) -> tuple[Case, Intervention]:
    """Return a case that the viewer may see and one of its steps, or 404."""
    case = access.get_case(request.user, reference)
    found = steps_access.get_intervention(request.user, case, pk)
    found.case = case
    return case, found


def _recorded(
    request: StaffRequest, case: Case, found: Intervention, what: str, page: Page, **about: Person
) -> HttpResponse:
    """Ask, record and go back to the step; what is refused is said with its clause, and what was typed is kept."""
    title = ": ".join([page.title, *map(name_of, about.values())])
    name = " ".join(map(str, ["step-record", found.pk, what, *(person.pk for person in about.values())]))
    form = drafted(request, case, name, page.form, step=found, now=clock.now())
    if form.is_valid():
        made = perform(request, form, page.act, intervention=found, **about, **form.said())
        if made is not None or is_twice(form):
            messages.success(request, page.done if made is not None else ALREADY)
            return redirect("desk:step", case.reference, found.pk)
    context: dict[str, Any] = {
        "form": form,
        "shown": list(form),
        "form_title": title,
        "page_title": f"{page.title} (step {found.pk})",
        "button": "Record",
        "back": f"{address(case, PART)}/{found.pk}",
    }
    if form.refusal is not None:
        context["refusal"] = refusal(form.refusal)
    return show(request, case, PART, context, "step-form")


def is_twice(form: forms.StepForm) -> bool:
    """Say whether the same press came a second time: nothing is wrong then."""
    return form.refusal is not None and form.refusal.reason == ALREADY
