"""What can be done in a case: each page loads the case, checks its form, asks for one act, and answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from haven.cases import access, actions
from haven.cases.access import files
from haven.cases.models import Case, CaseAccess
from haven.kernel import clock
from haven.people import actions as people_actions
from haven.web.desk.casefile import address, pattern_context, show
from haven.web.desk.forms.case import (
    AssignForm,
    FindingForm,
    KnownPersonForm,
    LetInForm,
    NeedsForm,
    OccasionForm,
    PersonForm,
    RestrictForm,
    SafeContactForm,
)
from haven.web.desk.forms.triage import ConflictForm
from haven.web.desk.pages import CASEWORK, StaffRequest, page, perform, refusal
from haven.web.desk.shown import name_of
from haven.web.staff.guard import staff_page


@staff_page(*CASEWORK)
def add_person(request: StaffRequest, reference: str) -> HttpResponse:
    """Put somebody new into a case."""
    case = access.get_case(request.user, reference)
    form = PersonForm(request.POST or None)
    if form.is_valid() and perform(
        request, form, actions.add_new_person, case=case, part=form.cleaned_data["part"], **form.particulars()
    ):
        messages.success(request, "Added. Their name may be known already: see below.")
        return redirect(address(case, "people"))
    return asked(request, case, "people", form, "Add a person", "Add them")


@staff_page(*CASEWORK)
def add_known_person(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Put somebody on record into a case, found by the search."""
    case = access.get_case(request.user, reference)
    person = access.get_person(request.user, pk, at=clock.now())
    form = KnownPersonForm(request.POST or None)
    if form.is_valid() and perform(request, form, actions.add_person, case=case, person=person, **form.cleaned_data):
        messages.success(request, "Added.")
        return redirect(address(case, "people"))
    return asked(request, case, "people", form, f"Add {name_of(person)}", "Add them")


@staff_page(*CASEWORK, methods=("POST",))
def end_part(request: StaffRequest, reference: str, pk: int, part: int) -> HttpResponse:
    """End somebody's part in a case."""
    case = access.get_case(request.user, reference)
    found = next((each for each in _person(case, pk).parts if each.pk == part), None)
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return _pressed(request, case, "people", actions.end_part, part=found)


@staff_page(*CASEWORK, methods=("POST",))
def same_person(request: StaffRequest, reference: str, pk: int, other: int) -> HttpResponse:
    """Confirm that somebody in a case is the same person as another record, or take that back."""
    case = access.get_case(request.user, reference)
    person = _person(case, pk).person
    if request.POST.get("apart"):
        return _pressed(request, case, "people", actions.take_people_apart, person=person)
    same_as = access.get_person(request.user, other, at=clock.now())
    return _pressed(request, case, "people", actions.confirm_same_person, person=person, same_as=same_as)


@staff_page(*CASEWORK)
def safe_contact(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Record how somebody in a case can be reached without harm."""
    case = access.get_case(request.user, reference)
    found = _person(case, pk)
    form = SafeContactForm(request.POST or None, contact=found.safe_contact)
    if form.is_valid() and perform(
        request, form, people_actions.record_safe_contact, person=found.person, ways=form.said()
    ):
        messages.success(request, "Recorded. Earlier versions are kept.")
        return redirect(address(case, "people"))
    return asked(
        request, case, "people", form, f"How to reach {name_of(found.person)} safely", "Record", template="safe-contact"
    )


@staff_page(*CASEWORK)
def needs(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Record what somebody in a case needs so that they can be heard."""
    case = access.get_case(request.user, reference)
    found = _person(case, pk)
    form = NeedsForm(request.POST or None, needs=found.needs)
    if form.is_valid() and perform(request, form, people_actions.record_needs, person=found.person, needs=form.said()):
        messages.success(request, "Recorded. Earlier versions are kept.")
        return redirect(address(case, "people"))
    return asked(request, case, "people", form, f"What {name_of(found.person)} needs", "Record")


@staff_page(*CASEWORK)
def add_occasion(request: StaffRequest, reference: str) -> HttpResponse:
    """Write one occasion down."""
    case = access.get_case(request.user, reference)
    harmed = [each.person for each in files.people_in(case) if any(part.part == "harmed" for part in each.parts)]
    form = OccasionForm(request.POST or None, case=case, harmed=harmed)
    if form.is_valid() and perform(request, form, actions.record_incident, case=case, told=form.said()):
        messages.success(request, "Written down.")
        return redirect(address(case, "happened"))
    return asked(request, case, "happened", form, "Write down an occasion", "Keep it", template="occasion")


@staff_page(*CASEWORK)
def add_finding(request: StaffRequest, reference: str) -> HttpResponse:
    """Add one of the four findings."""
    case = access.get_case(request.user, reference)
    source = request.GET.get("source", "")
    form = FindingForm(request.POST or None, initial={"source": source})
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("source", "value", "grounds")}
        if perform(request, form, actions.record_finding, case=case, **given):
            messages.success(request, "Added. What was said before stands as it was.")
            return redirect(address(case, "findings"))
    return asked(request, case, "findings", form, "Add a finding", "Add it", fields=["source", "grounds"])


@staff_page(*CASEWORK, methods=("POST",))
def harassment(request: StaffRequest, reference: str) -> HttpResponse:
    """Say that a case is harassment, or that it is not."""
    case = access.get_case(request.user, reference)
    is_harassment = request.POST.get("is_harassment") == "yes"
    held = _Held()
    if perform(request, held, actions.decide_harassment, case=case, is_harassment=is_harassment):
        messages.success(request, "Marked as harassment." if is_harassment else "Not marked as harassment any more.")
        return redirect(address(case, "patterns"))
    context = {**pattern_context(request.user, case, clock.now()), "refusal": refusal(held.refusal, kept=False)}
    return show(request, case, "patterns", context)


@staff_page(*CASEWORK)
def assign(request: StaffRequest, reference: str) -> HttpResponse:
    """Give a case to a caseworker and a stand-in."""
    case = access.get_case(request.user, reference)
    form = AssignForm(request.POST or None, viewer=request.user, case=case)
    if form.is_valid() and perform(request, form, actions.assign_case, case=case, **form.cleaned_data):
        messages.success(request, "Recorded.")
        return _back(request, case)
    return asked(request, case, "case", form, "Give it to somebody", "Record")


@staff_page(*CASEWORK)
def restrict(request: StaffRequest, reference: str) -> HttpResponse:
    """Change who may see a case."""
    case = access.get_case(request.user, reference)
    form = RestrictForm(request.POST or None, initial={"restriction": case.restriction})
    if form.is_valid() and perform(request, form, actions.restrict_case, case=case, **form.cleaned_data):
        messages.success(request, "Recorded.")
        return redirect(address(case, "restrict"))
    return _who_sees(request, case, form, LetInForm())


@staff_page(*CASEWORK, methods=("POST",))
def let_in(request: StaffRequest, reference: str) -> HttpResponse:
    """Let somebody into a case by name, or end it."""
    case = access.get_case(request.user, reference)
    if ending := request.POST.get("end"):
        found = CaseAccess.objects.filter(case=case, pk=int(ending) if ending.isdecimal() else 0, until=None).first()
        if found is None:
            raise Http404("There is nothing here under that reference.")
        return _pressed(request, case, "restrict", actions.let_out, access=found)
    form = LetInForm(request.POST)
    if form.is_valid() and perform(request, form, actions.let_in, case=case, **form.cleaned_data):
        messages.success(request, "They may see this case now.")
        return redirect(address(case, "restrict"))
    return _who_sees(request, case, RestrictForm(initial={"restriction": case.restriction}), form)


@staff_page(*CASEWORK)
def conflict(request: StaffRequest, reference: str) -> HttpResponse:
    """Declare that somebody must not know of this case."""
    case = access.get_case(request.user, reference)
    form = ConflictForm(request.POST or None, viewer=request.user)
    if form.is_valid() and perform(request, form, actions.declare_conflict, subject=case, **form.cleaned_data):
        messages.success(request, "Recorded. They no longer see anything of it.")
        return _back(request, case)
    context: dict[str, Any] = {"subject": case, "form": form, "back": address(case)}
    if form.refusal is not None:
        context["refusal"] = refusal(form.refusal)
    return page(request, "conflict", context, here="cases")


def asked(
    request: StaffRequest,
    case: Case,
    part: str,
    form: Any,
    title: str,
    button: str,
    *,
    template: str = "form",
    fields: list[str] | None = None,
) -> HttpResponse:
    """Answer with a form of the case, and with the refusal where its act was refused."""
    shown = [form[name] for name in fields] if fields else list(form)
    context = {"form": form, "shown": shown, "form_title": title, "button": button, "back": address(case, part)}
    if form.refusal is not None:
        context["refusal"] = refusal(form.refusal)
    return show(request, case, part, context, template)


def _who_sees(request: StaffRequest, case: Case, form: RestrictForm, letting: LetInForm) -> HttpResponse:
    refused = letting.refusal if form.refusal is None else form.refusal
    context: dict[str, Any] = {
        "form": form,
        "letting": letting,
        "let_in": files.let_into(case),
        "locked_out": files.locked_out_of(case),
        "back": address(case),
    }
    if refused is not None:
        context["refusal"] = refusal(refused)
    return show(request, case, "case", context, "restrict")


class _Held:
    """Holds the refusal of a press that has no form."""

    refusal: Any = None


def pressed(request: StaffRequest, case: Case, back: str, act: Any, /, **particulars: Any) -> HttpResponse:
    """Ask for an act that needs nothing typed, and go back to a page of the case with what became of it."""
    held = _Held()
    if perform(request, held, act, **particulars):
        messages.success(request, "Recorded.")
    else:
        messages.warning(request, f"{held.refusal.reason} (policy {held.refusal.clause})")
    return redirect(address(case, back))


def _pressed(request: StaffRequest, case: Case, back: str, act: Any, /, **particulars: Any) -> HttpResponse:
    return pressed(request, case, back, act, case=case, **particulars)


def _person(case: Case, pk: int) -> files.InCase:
    found = files.person_in(case, pk)
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return found


def _back(request: StaffRequest, case: Case) -> HttpResponse:
    """Go back to the case, or to the list where one may not see it any more."""
    still = access.visible_cases(request.user).filter(pk=case.pk).exists()
    return redirect(address(case)) if still else redirect("desk:cases")
