"""The page about closing a case: the whole checklist, what everybody harmed says, the proposal; and opening it again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from haven.cases import access
from haven.cases.access import files
from haven.cases.models import Case
from haven.kernel import clock
from haven.obligations import actions
from haven.obligations.choices import Reason
from haven.obligations.models import Closing
from haven.obligations.queries.closing import Proposed, closing_facts, closings_of, harmed_in, proposal_of
from haven.obligations.rules.closing import CHECKLIST
from haven.people.models import Person
from haven.people.queries import latest_needs
from haven.web.desk import words
from haven.web.desk.casefile import address, show
from haven.web.desk.casework import asked
from haven.web.desk.drafting import drafted
from haven.web.desk.forms.closing import ProposalForm, ReopenForm, SendBackForm, ViewForm
from haven.web.desk.pages import CASEWORK, StaffRequest, perform, refusal
from haven.web.desk.shown import name_of
from haven.web.staff.guard import staff_page


@staff_page(*CASEWORK, methods=("GET", "HEAD"))
def overview(request: StaffRequest, reference: str) -> HttpResponse:
    """Show what stands between a case and its closing, line by line, and what was decided before."""
    now = clock.now()
    case = access.see_case(request.user, reference, at=now, page="closing")
    return show(request, case, "closing", _context(request, case))


def _context(request: StaffRequest, case: Case, **more: Any) -> dict[str, Any]:
    now = clock.now()
    harmed, waiting = harmed_in(case), proposal_of(case)
    facts = closing_facts(case, _proposed(waiting), by=request.user, at=now)
    return {
        "people": [
            {
                "pk": each.pk,
                "name": name_of(each),
                "view": harmed.views[each.pk].get_view_display() if each.pk in harmed.views else "",
                "words": harmed.views[each.pk].words if each.pk in harmed.views else "",
                "when": words.when(harmed.views[each.pk].at, now) if each.pk in harmed.views else "",
            }
            for each in harmed.people
        ],
        "lines": [{"text": text, "decision": line(facts)} for text, line in CHECKLIST],
        "waiting": _shown(waiting, now) if waiting else None,
        "before": [_shown(each, now) for each in closings_of(case) if each != waiting],
        "is_own": waiting is not None and waiting.proposed_by_id == request.user.pk,
        **more,
    }


def _proposed(closing: Closing | None) -> Proposed:
    if closing is None:
        return Proposed()
    return Proposed(
        reasons=tuple(closing.reasons),
        words=closing.words or "",
        letter=closing.letter or "",
        letter_by=closing.letter_by,
        letter_language=closing.letter_language,
        by=closing.proposed_by_id,
    )


def _shown(closing: Closing, now: Any) -> dict[str, Any]:
    return {
        "pk": closing.pk,
        "state": closing.get_state_display(),
        "reasons": [Reason(code).label for code in closing.reasons],
        "words": closing.words,
        "letter": closing.letter,
        "language": closing.letter_language,
        "letter_by": closing.get_letter_by_display() if closing.letter_by else "",
        "byline": f"{closing.proposed_by.name if closing.proposed_by else 'Haven'}, {words.when(closing.proposed_at, now)}",
        "decided": _decided(closing, now),
        "why": closing.decided_why,
    }


def _decided(closing: Closing, now: Any) -> str:
    if closing.decided_at is None:
        return ""
    who = closing.decided_by.name if closing.decided_by else "Haven"
    return f"{closing.get_state_display()} by {who}, {words.when(closing.decided_at, now)}"


@staff_page(*CASEWORK)
def view(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Record what somebody harmed thinks of closing."""
    case = access.get_case(request.user, reference)
    person = next((each for each in harmed_in(case).people if each.pk == pk), None)
    if person is None:
        raise Http404("There is nothing here under that reference.")
    form = drafted(request, case, f"closing-view {pk}", ViewForm)
    if form.is_valid() and perform(
        request, form, actions.record_view, case=case, person=person, **form.cleaned_data
    ):
        messages.success(request, "Recorded.")
        return redirect(address(case, "closing"))
    return asked(request, case, "closing", form, f"What {name_of(person)} thinks of closing", "Record it")


@staff_page(*CASEWORK)
def propose(request: StaffRequest, reference: str) -> HttpResponse:
    """Propose to close a case, with reasons and the letter."""
    case = access.get_case(request.user, reference)
    form = drafted(request, case, "closing", ProposalForm, language=_language(harmed_in(case).people))
    if form.is_valid() and perform(request, form, actions.propose_closing, case=case, proposed=form.said()):
        messages.success(request, "Proposed. The case stays open until every line holds.")
        return redirect(address(case, "closing"))
    return asked(request, case, "closing", form, "Propose to close", "Propose it")


def _language(people: list[Person]) -> str:
    needs = latest_needs([each.pk for each in people])
    return next((each.written for each in needs.values() if each.written), "en")


@staff_page(*CASEWORK, methods=("POST",))
def close(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Close a case by its proposal."""
    case = access.get_case(request.user, reference)
    form = SendBackForm()
    if perform(request, form, actions.close_case, closing=_closing(case, pk)):
        messages.success(request, "Closed. The letter goes as you chose; four weeks on, ask how they are.")
        return redirect(address(case, "closing"))
    assert form.refusal is not None
    return show(request, case, "closing", _context(request, case, refusal=refusal(form.refusal, kept=False)))


@staff_page(*CASEWORK)
def send_back(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Send a proposal back, or withdraw one's own."""
    case = access.get_case(request.user, reference)
    form = drafted(request, case, f"closing-back {pk}", SendBackForm)
    if form.is_valid() and perform(
        request, form, actions.send_back_closing, closing=_closing(case, pk), why=form.cleaned_data["why"]
    ):
        messages.success(request, "Recorded. The case stays open.")
        return redirect(address(case, "closing"))
    return asked(request, case, "closing", form, "Not yet", "Record it")


def _closing(case: Case, pk: int) -> Closing:
    found = Closing.objects.filter(case=case, pk=pk).select_related("case__sealing_key").first()
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return found


@staff_page(*CASEWORK)
def reopen(request: StaffRequest, reference: str) -> HttpResponse:
    """Open a closed case again, on what somebody says now."""
    case = access.get_case(request.user, reference)
    people = [each.person for each in files.people_in(case) if any(part.part != "responsible" for part in each.parts)]
    form = drafted(request, case, "reopening", ReopenForm, people=people)
    if form.is_valid():
        given = form.cleaned_data
        person = next((each for each in people if str(each.pk) == given["person"]), None)
        opened = perform(
            request,
            form,
            actions.reopen_case,
            case=case,
            person=person,
            words=given["words"],
            danger=tuple(given["danger"]),
            channel=given["channel"],
            language=given["language"],
        )
        if opened is not None:
            messages.success(request, "Opened again, as a case that goes on from the closed one.")
            return redirect(address(opened))
    return asked(request, case, "closing", form, "Open it again", "Open it again")
