"""Words to and from the person who reported, read by them with their code and nowhere else; and a new code for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from haven.cases import access
from haven.cases.models import Case
from haven.correspondence.actions import ask_question, post_update, queue_mail
from haven.correspondence.choices import Way
from haven.correspondence.queries import messages_of as all_messages
from haven.correspondence.queries import reachable
from haven.correspondence.queries.reach import address_of
from haven.correspondence.rules import LONGEST_MESSAGE, may_write
from haven.kernel import clock
from haven.kernel.decision import Decision
from haven.kernel.references import shown_code
from haven.people.queries import latest_needs, latest_safe_contact
from haven.reports.actions import refuse_code, reissue_code
from haven.reports.models import CodeRequest, Report
from haven.reports.queries import reporter_of
from haven.web.components.widgets import Radios
from haven.web.desk import words
from haven.web.desk.contact import safe_rows
from haven.web.desk.pages import CASEWORK, StaffRequest, page, perform, refusal
from haven.web.staff.guard import staff_page

KINDS = {"update": "We wrote", "question": "We asked", "answer": "They answered"}


class MessageForm(forms.Form):
    """An update or a question to the person who reported."""

    kind = forms.ChoiceField(
        label="What is it",
        choices=[("update", "An update: how things stand"), ("question", "A question")],
        widget=Radios,
        initial="update",
    )
    language = forms.ChoiceField(label="In which language is it written")
    words = forms.CharField(
        label="What you want to tell them",
        help_text="They read this with their code. Write nothing that would harm them if somebody else read it.",
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write what you want to tell them"},
    )
    notice = forms.BooleanField(
        label="Also send an e-mail that something new waits",
        help_text="It says nothing of what it is about, and goes at the first safe moment.",
        required=False,
    )
    refusal: Decision | None = None

    def __init__(self, *args: Any, languages: list[tuple[str, str]], may_tell: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not may_tell:
            del self.fields["notice"]
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = languages


class CodeForm(forms.Form):
    """Whether it is the person who reported who asks for a new code."""

    answer = forms.ChoiceField(
        label="Have you made sure that the person who reported is the one who asks?",
        choices=[
            ("yes", "Yes: I reached them by a way that they told us is safe, and spoke with them"),
            ("no", "No, it is somebody else, or nobody can tell"),
        ],
        widget=Radios,
        error_messages={"required": "Choose whether you made sure"},
    )
    refusal: Decision | None = None


@staff_page(*CASEWORK)
def messages_of(request: StaffRequest, reference: str) -> HttpResponse:
    """Show what was written to the person who reported and what they answered, and write to them."""
    now = clock.now()
    report = access.report_for(request.user, reference, at=now)
    person = reporter_of(report)
    may_tell = person is not None and bool(address_of(person)) and reachable(person).may_use(Way.EMAIL)
    form = MessageForm(
        request.POST or None, languages=_languages(report), may_tell=may_tell, initial={"language": _theirs(report)}
    )
    if form.is_valid():
        given = form.cleaned_data
        act = ask_question if given["kind"] == "question" else post_update
        if perform(request, form, act, report=report, words=given["words"], language=given["language"]):
            messages.success(request, "It waits for them behind their code.")
            if given.get("notice") and person is not None:
                matter = _matter(request, report)
                perform(request, form, queue_mail, matter=matter, person=person, words=None, language=given["language"])
            return redirect("desk:messages", report.reference)
    found = all_messages(report)
    context: dict[str, Any] = {
        "report": report,
        "form": form,
        "language": words.language(_theirs(report)),
        "may": may_write(may_do_casework=True, has_words=True, can_be_read=report.code_hash is not None),
        "items": [
            {
                "title": KINDS[each.kind],
                "byline": each.by.name if each.by else "the person who reported",
                "when": words.when(each.at, now),
                "words": each.words,
                "language": each.language,
                "seen": f"first seen {words.when(each.read_at, now)}" if each.read_at else "not seen yet",
                "ours": each.by_id is not None,
            }
            for each in reversed(found)
        ],
    }
    if form.refusal is not None:
        context["refusal"] = refusal(form.refusal)
    return page(request, "report/messages", context, here="queue")


@staff_page(*CASEWORK)
def code(request: StaffRequest, reference: str) -> HttpResponse:
    """Issue a new code once somebody has made sure who asks; it is shown this once, to be told to the person."""
    now = clock.now()
    report = access.report_for(request.user, reference, at=now)
    asked = CodeRequest.objects.filter(report=report, settled_at=None).first()
    form = CodeForm(request.POST or None)
    issued = None
    if form.is_valid():
        if form.cleaned_data["answer"] == "no" and asked is not None:
            if perform(request, form, refuse_code, request=asked):
                messages.success(request, "Recorded. No code was issued, and the old one still opens the report.")
                return redirect("desk:report", report.reference)
        else:
            knows = form.cleaned_data["answer"] == "yes"
            issued = perform(request, form, reissue_code, report=report, knows_who_asks=knows)
    context: dict[str, Any] = {
        "report": report,
        "form": form,
        "asked": words.when(asked.at, now) if asked else "",
        "issued": shown_code(issued) if issued else "",
        "reach": _reach(report),
    }
    if form.refusal is not None:
        context["refusal"] = refusal(form.refusal)
    return page(request, "report/code", context, here="queue")


def _matter(request: StaffRequest, report: Report) -> Case | Report:
    """Return the newest case of a report that the viewer sees, or the report itself while it is in none."""
    return access.visible_cases(request.user).filter(report_links__report=report).order_by("-pk").first() or report


def _languages(report: Report) -> list[tuple[str, str]]:
    """Return the languages that a message may be in, the person's own first."""
    known = dict(words.choices("languages"))
    theirs = _theirs(report)
    return [(theirs, known.get(theirs, theirs)), *((tag, name) for tag, name in known.items() if tag != theirs)]


def _theirs(report: Report) -> str:
    """Return the language that the person who reported reads, as far as it is known."""
    person = reporter_of(report)
    needs = latest_needs([person.pk]).get(person.pk) if person else None
    return (needs.written if needs else "") or report.language


def _reach(report: Report) -> list[dict[str, str]]:
    person = reporter_of(report)
    contact = latest_safe_contact([person.pk]).get(person.pk) if person else None
    return safe_rows(contact, clock.now())
