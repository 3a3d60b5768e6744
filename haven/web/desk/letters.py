"""The pages of a letter: writing it, its translation, what the shield found, approving it, and its documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from haven.cases.models import Case
from haven.confidentiality.models import Check
from haven.confidentiality.queries import latest_check
from haven.homes.models import AgreementClause
from haven.interventions import actions
from haven.interventions.letters.content import Content
from haven.interventions.letters.documents import FORMATS, document
from haven.interventions.models import Intervention
from haven.interventions.queries import check_of, language_read_by, latest_letter, latest_tenure
from haven.kernel import clock
from haven.kernel.decision import Decision, Refused
from haven.trail.recording import record_seen
from haven.web.desk import behaviourshown as shown
from haven.web.desk import words
from haven.web.desk.behaviour import PART, READ, is_twice, load
from haven.web.desk.behavioursaid import said
from haven.web.desk.casefile import address, show
from haven.web.desk.drafting import drafted, seen
from haven.web.desk.forms.behaviour import StepForm
from haven.web.desk.forms.letter import LetterForm, TranslationForm
from haven.web.desk.forms.steps import ClearForm, SendBackForm
from haven.web.desk.pages import CASEWORK, StaffRequest, perform, refusal
from haven.web.staff.guard import staff_page

ALONE = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
"""What a document may do in a browser: nothing but look as it is meant to."""


@staff_page(*CASEWORK)
def letter(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Write the letter; what the shield finds is marked in its place as soon as it is kept."""
    case, step = load(request, reference, pk)
    before, tenure = latest_letter(step), latest_tenure(step)
    clauses = AgreementClause.objects.filter(agreement=tenure.agreement) if tenure else AgreementClause.objects.none()
    reads = language_read_by(tenure)
    form = drafted(
        request,
        case,
        f"letter {pk}",
        LetterForm,
        seen=before.number if before else 0,
        step=step,
        now=clock.now(),
        clauses=list(clauses.order_by("number", "pk")),
        before=before,
        reads_other=bool(reads) and not reads.startswith("en"),
    )
    if form.is_valid():
        made = perform(request, form, actions.write_letter, intervention=step, seen=seen(form), **form.said())
        if made is not None or is_twice(form):
            return _kept(request, case, step)
    language = words.language(reads) if reads else ""
    return _writing(request, case, step, form, "Write the letter", language=language, has_agreement=tenure is not None)


@staff_page(*CASEWORK)
def translation(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Put in the translated text of the letter; the English stands beside each part."""
    case, step = load(request, reference, pk)
    before = latest_letter(step)
    if before is None:
        raise Http404("There is nothing here under that reference.")
    reads = language_read_by(latest_tenure(step))
    more: dict[str, Any] = {"step": step, "now": clock.now(), "letter": before, "reads": reads}
    form = drafted(request, case, f"translation {pk}", TranslationForm, seen=before.number, **more)
    if form.is_valid():
        made = perform(request, form, actions.write_letter, intervention=step, seen=seen(form), **form.said())
        if made is not None or is_twice(form):
            return _kept(request, case, step)
    return _writing(request, case, step, form, "The translated letter", has_agreement=True)


def _kept(request: StaffRequest, case: Case, step: Intervention) -> HttpResponse:
    """Say what the shield made of the letter that was kept."""
    step.refresh_from_db(fields=["text_hash"])
    check = latest_check(case, step.text_hash)
    found = check.found if check else 0
    if found:
        things = "one thing" if found == 1 else f"{found} things"
        messages.warning(request, f"Kept. The shield found {things} that could tell who told: see below.")
        return redirect("desk:letter", case.reference, step.pk)
    messages.success(request, "Kept. The shield found nothing in it.")
    return redirect("desk:step", case.reference, step.pk)


def _writing(
    request: StaffRequest, case: Case, step: Intervention, form: Any, title: str, **more: Any
) -> HttpResponse:
    before, check, now = latest_letter(step), check_of(step), clock.now()
    is_this = check is not None and before is not None and check.text_hash == before.text_hash
    context: dict[str, Any] = {
        "form": form,
        "form_title": title,
        "page_title": f"{title} (step {step.pk})",
        "found": shown.found_lines(check, before, now) if is_this else [],
        "parts": shown.letter_parts(before, check) if before and is_this else [],
        "advice": shown.advice(before) if before else [],
        "version": before,
        "written": f"{before.by.name}, {words.when(before.at, now)}" if before else "",
        "back": f"{address(case, PART)}/{step.pk}",
        **more,
    }
    if form.refusal is not None:
        context["refusal"] = refusal(form.refusal)
    return show(request, case, PART, context, "letter")


@staff_page(*CASEWORK, methods=("POST",))
def check(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Let the shield look at the letter again, under what the case knows now."""
    return _pressed(request, reference, pk, actions.check_letter, "The shield has looked at it again.")


@staff_page(*CASEWORK, methods=("POST",))
def ask(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Ask for approval."""
    return _pressed(request, reference, pk, actions.ask_for_approval, "It waits for somebody else’s approval.")


def _pressed(request: StaffRequest, reference: str, pk: int, act: Any, done: str) -> HttpResponse:
    case, step = load(request, reference, pk)
    form = StepForm(step=step, now=clock.now())
    if perform(request, form, act, intervention=step):
        messages.success(request, done)
    elif form.refusal is not None:
        messages.warning(request, f"{form.refusal.reason} (policy {form.refusal.clause}) {form.refusal.remedy}")
    return redirect("desk:step", case.reference, step.pk)


@staff_page(*CASEWORK)
def decide(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Read a step as it would be taken, clear what the shield found one by one, approve it or send it back."""
    case, step = load(request, reference, pk)
    now = clock.now()
    back = SendBackForm(request.POST if request.POST.get("go") == "back" else None, step=step, now=now)
    clear = ClearForm(request.POST if request.POST.get("go") == "clear" else None, step=step, now=now)
    refused: Decision | None = None
    text = request.POST.get("text", "")
    if request.POST.get("go") == "approve":
        held = StepForm(request.POST, step=step, now=now)
        press = held.cleaned_data["press"] if held.is_valid() else None
        if perform(request, held, actions.approve, intervention=step, text_hash=text, press=press) or is_twice(held):
            return _decided(request, case, step, "Approved.")
        refused = held.refusal
    elif back.is_bound and back.is_valid():
        if perform(request, back, actions.send_back, intervention=step, text_hash=text, **back.said()) or is_twice(back):
            return _decided(request, case, step, "Sent back.")
        refused = back.refusal
    elif clear.is_bound and clear.is_valid():
        if _cleared(request, step, clear):
            messages.success(request, "Cleared.")
            return redirect("desk:decide-step", case.reference, step.pk)
        refused = clear.refusal
    return _deciding(request, case, step, back, clear, now, refused)


def _cleared(request: StaffRequest, step: Intervention, form: ClearForm) -> bool:
    found = check_of(step)
    number = request.POST.get("number", "")
    if found is None or not number.isdecimal():
        raise Http404("There is nothing here under that reference.")
    given = {"check": found, "number": int(number), "reason": form.cleaned_data["reason"]}
    return perform(request, form, actions.clear_found, intervention=step, **given) is not None


def _decided(request: StaffRequest, case: Case, step: Intervention, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect("desk:step", case.reference, step.pk)


def _deciding(
    request: StaffRequest,
    case: Case,
    step: Intervention,
    back: SendBackForm,
    clear: ClearForm,
    now: datetime,
    refused: Decision | None,
) -> HttpResponse:
    step.refresh_from_db(fields=["text_hash", "waiting_since", "state"])
    written, found = latest_letter(step), check_of(step)
    is_this: Check | None = found if found and written and found.text_hash == written.text_hash else None
    context: dict[str, Any] = {
        "step": shown.line(step, now),
        "page_title": f"Read and decide (step {step.pk})",
        "purpose": step.purpose,
        "form": back,
        "clear": clear,
        "cleared_number": request.POST.get("number", ""),
        "text": step.text_hash,
        "found": shown.found_lines(is_this, written, now),
        "parts": shown.letter_parts(written, is_this) if written else [],
        "whole": shown.whole(Content.from_json(written.content)) if written else "",
        "advice": shown.advice(written) if written else [],
        "said": said(step, now),
        "press": StepForm(step=step, now=now)["press"],
        "back": f"{address(case, PART)}/{step.pk}",
    }
    if refused is not None:
        context["refusal"] = refusal(refused)
    return show(request, case, PART, context, "decide")


@staff_page(*CASEWORK, methods=READ)
def documents(request: StaffRequest, reference: str, pk: int, kind: str) -> HttpResponse:
    """Hand out the letter as it is now, in one format, under a name that says nothing."""
    case, step = load(request, reference, pk)
    written = latest_letter(step)
    if written is None or kind not in FORMATS:
        raise Http404("There is nothing here under that reference.")
    record_seen(act="letter.taken", subject=case, by=request.user, at=clock.now(), intervention=step.pk, format=kind)
    try:
        made = document(Content.from_json(written.content), kind=kind, number=written.pk)
    except Refused as refused:
        messages.warning(request, f"{refused.decision.reason} {refused.decision.remedy}")
        return redirect("desk:step", case.reference, step.pk)
    answer = HttpResponse(made.content, content_type=made.media_type)
    answer["Content-Disposition"] = f'{"inline" if kind == "html" else "attachment"}; filename="{made.name}"'
    answer["Content-Security-Policy"] = ALONE
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
