"""The page of contacts in a case, and recording them: conversations, tries, e-mail, and who sees that they are safe."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from haven.cases import access
from haven.cases.access import files
from haven.cases.access.files import InCase
from haven.cases.models import Case
from haven.correspondence import actions
from haven.correspondence.choices import StillSafe
from haven.correspondence.models import Contact
from haven.correspondence.queries import contacts_of, mails_of, reachable, welfare_of
from haven.kernel import clock
from haven.people.models import Person
from haven.reports.models import Report
from haven.reports.queries import reporter_of
from haven.web.desk import contactshown, words
from haven.web.desk.casefile import address, show
from haven.web.desk.casework import asked
from haven.web.desk.forms.contact import ContactForm, MailForm, ReasonForm, WelfareForm
from haven.web.desk.pages import CASEWORK, StaffRequest, page, perform, refusal
from haven.web.desk.shown import name_of
from haven.web.staff.guard import staff_page

SHOWN = 50


@staff_page(*CASEWORK, methods=("GET", "HEAD"))
def overview(request: StaffRequest, reference: str) -> HttpResponse:
    """Show who can be reached how, every contact and try, and the e-mail."""
    now = clock.now()
    case = access.see_case(request.user, reference, at=now, page="contact")
    every = request.GET.get("all") == "1"
    rows = list(contacts_of(case) if every else contacts_of(case)[: SHOWN + 1])
    context = {
        "people": [contactshown.somebody(case, each, now) for each in _reachable(case)],
        "contacts": [contactshown.contact(each, now) for each in (rows if every else rows[:SHOWN])],
        "more": not every and len(rows) > SHOWN,
        "mails": [contactshown.mail(each, now) for each in mails_of(case)[:SHOWN]],
        "welfare": [contactshown.welfare(each, now) for each in welfare_of(case)],
        "reports": [each for each in files.reports_in(case) if each.code_hash],
    }
    return show(request, case, "contact", context)


@staff_page(*CASEWORK)
def add(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Record a contact with somebody in a case, or a try."""
    case = access.get_case(request.user, reference)
    found = _somebody(case, pk)
    hours = _unread_hours(found.person)
    form = ContactForm(
        request.POST or None, now=clock.now(), hours=hours, initial={"interview": request.GET.get("talk", "no")}
    )
    if form.is_valid():
        made = perform(request, form, actions.record_contact, matter=case, person=found.person, told=form.said())
        if made is not None:
            return _recorded(request, case, made)
    title = f"A contact with {name_of(found.person)}"
    return asked(request, case, "contact", form, title, "Record it", template="contact-form")


def _recorded(request: StaffRequest, case: Case, made: Contact) -> HttpResponse:
    """Say what was recorded, and go on to how to reach them where that has changed."""
    if made.not_counted:
        why = made.get_not_counted_display().lower()
        messages.warning(request, f"Recorded. It does not count as a try: {why}.")
    else:
        messages.success(request, "Recorded.")
    if made.still_safe == StillSafe.CHANGED:
        return redirect("desk:safe-contact", case.reference, made.person_id)
    return redirect(address(case, "contact"))


@staff_page(*CASEWORK)
def add_to_report(request: StaffRequest, reference: str) -> HttpResponse:
    """Record a contact with whoever reported, before there is a case."""
    now = clock.now()
    report = access.report_for(request.user, reference, at=now)
    person = _teller(report)
    form = ContactForm(request.POST or None, now=now, hours=_unread_hours(person))
    if form.is_valid() and perform(
        request, form, actions.record_contact, matter=report, person=person, told=form.said()
    ):
        messages.success(request, "Recorded.")
        return redirect("desk:report", report.reference)
    context: dict[str, Any] = {
        "report": report,
        "form": form,
        "so_far": [contactshown.contact(each, now) for each in contacts_of(report)[:SHOWN]],
    }
    if form.refusal is not None:
        context["refusal"] = refusal(form.refusal)
    return page(request, "report/contact", context, here="queue")


@staff_page(*CASEWORK)
def take_back(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Take back a contact that was recorded by mistake."""
    case = access.get_case(request.user, reference)
    found = contacts_of(case).filter(pk=pk).first()
    if found is None:
        raise Http404("There is nothing here under that reference.")
    form = ReasonForm(request.POST or None)
    if form.is_valid() and perform(
        request, form, actions.take_contact_back, contact=found, reason=form.cleaned_data["reason"]
    ):
        messages.success(request, "Taken back. The record stays, with your reason.")
        return redirect(address(case, "contact"))
    return asked(request, case, "contact", form, "Take a contact back", "Take it back")


@staff_page(*CASEWORK)
def write(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Write somebody an e-mail; it goes at the first safe moment, or it is stopped there."""
    case = access.get_case(request.user, reference)
    found = _somebody(case, pk)
    theirs = found.needs.written if found.needs and found.needs.written else "en"
    known = dict(words.choices("languages"))
    languages = [(theirs, known.get(theirs, theirs)), *((tag, name) for tag, name in known.items() if tag != theirs)]
    form = MailForm(request.POST or None, languages=languages)
    if form.is_valid():
        made = perform(request, form, actions.queue_mail, matter=case, person=found.person, **form.cleaned_data)
        if made is not None:
            waits = made.not_before > made.at
            when = f"It goes {words.when(made.not_before, made.at)}, when it is safe." if waits else "It is on its way."
            messages.success(request, when)
            return redirect(address(case, "contact"))
    return asked(request, case, "contact", form, f"An e-mail to {name_of(found.person)}", "Send it")


@staff_page(*CASEWORK, methods=("POST",))
def came_back(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Record that an e-mail came back."""
    case = access.get_case(request.user, reference)
    found = mails_of(case).filter(pk=pk).first()
    if found is None:
        raise Http404("There is nothing here under that reference.")
    form = ReasonForm()
    if perform(request, form, actions.returned, mail=found) is None:
        assert form.refusal is not None
        messages.error(request, form.refusal.reason)
    return redirect(address(case, "contact"))


@staff_page(*CASEWORK)
def welfare(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Decide who sees whether somebody is safe who cannot be reached."""
    case = access.get_case(request.user, reference)
    found = _somebody(case, pk)
    form = WelfareForm(request.POST or None)
    if form.is_valid() and perform(
        request, form, actions.decide_welfare, case=case, person=found.person, **form.cleaned_data
    ):
        messages.success(request, "Recorded. The case stays open.")
        return redirect(address(case, "contact"))
    return asked(request, case, "contact", form, f"Is {name_of(found.person)} safe?", "Record it")


def _reachable(case: Case) -> list[InCase]:
    """Return everybody in a case but those who are only responsible: reaching them is a step of its own (3.5.2)."""
    return [each for each in files.people_in(case) if any(part.part != "responsible" for part in each.parts)]


def _somebody(case: Case, pk: int) -> InCase:
    found = files.person_in(case, pk)
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return found


def _teller(report: Report) -> Person:
    found = reporter_of(report)
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return found


def _unread_hours(person: Person) -> str:
    """Return the safe times that somebody named in words of their own, where nothing else is known."""
    known = reachable(person)
    return known.hours if known.has_unread_times else ""
