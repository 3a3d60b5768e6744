"""Checking and sending what was written, and the receipt."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from haven.kernel import clock
from haven.kernel.decision import Refused
from haven.kernel.references import shown_code
from haven.obligations.queries import promises_for
from haven.obligations.queries.promises import Promise
from haven.reports import access, actions, questions
from haven.reports.answers import can_be_reached, says_something, text_in
from haven.reports.drafts import Opened
from haven.reports.languages import language_of
from haven.reports.models import Report
from haven.reports.queries import addresses_of
from haven.reports.questions.reading import has_account
from haven.reports.questions.showing import Row, rows
from haven.web.public import errors
from haven.web.public.pages import language_of_page, public, show
from haven.web.public.timing import by_words
from haven.web.public.visits import draft_of

LONGEST_SHOWN = 5_000


@public("GET", "POST")
def check(request: HttpRequest) -> HttpResponse:
    """Show everything that was answered, or send it."""
    draft = draft_of(request, clock.now())
    if draft is None:
        return errors.over(request)
    if draft.is_sent:
        return HttpResponseRedirect("/done")
    if missing := _missing(draft):
        return HttpResponseRedirect(f"/c/{missing}")
    if request.method == "POST":
        return _send(request, draft)
    answers = questions.pruned(draft.answers)
    homes = addresses_of([text_in(answers, "home")])
    every = [row for row in rows(answers, language=language_of_page(), homes=homes, empty=False) if not row.is_skipped]
    return show(
        request,
        "check",
        sections=_sections(every),
        files=actions.files_of(draft),
        unseen=[page for page in questions.asked_pages(answers) if _is_unseen(page, answers)],
        can_be_reached=can_be_reached(text_in(answers, "preferred")),
        back=_last_seen(answers),
    )


def _missing(draft: Opened) -> int:
    """Return the page of a compulsory answer that is missing, or 0."""
    if not draft.answers.get("danger"):
        return 1
    return 0 if has_account(draft.answers) else 3


def _is_unseen(page: questions.Page, answers: dict[str, Any]) -> bool:
    return bool(page.questions) and not any(says_something(answers.get(one.code)) for one in page.questions)


def _last_seen(answers: dict[str, Any]) -> str:
    seen = [page.number for page in questions.asked_pages(answers) if not _is_unseen(page, answers) and page.questions]
    return f"/p/{seen[-1]}" if seen else "/p/1"


def _sections(every: list[Row]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in every:
        found.setdefault(row.section, []).append({"row": row, "lines": [_cut(line) for line in row.lines]})
    return [{"title": title, "rows": several} for title, several in found.items()]


def _cut(line: str) -> dict[str, Any]:
    """Return a line as the check page shows it: very long words are kept whole and shown in part."""
    return {"text": line[:LONGEST_SHOWN], "more": max(0, len(line) - LONGEST_SHOWN)}


def _send(request: HttpRequest, draft: Opened) -> HttpResponse:
    language = language_of(text_in(draft.answers, "account"), language_of_page())
    try:
        receipt = actions.send_draft(token=draft.token, language=language, at=clock.now())
    except Refused:
        return HttpResponseRedirect("/check")
    return HttpResponseRedirect("/done") if receipt else errors.over(request)


@public("GET")
def done(request: HttpRequest) -> HttpResponse:
    """Show the receipt, and what happens now; the same as often as it is asked for while the visit lasts."""
    at = clock.now()
    draft = draft_of(request, at)
    receipt = actions.receipt_of(draft) if draft else None
    report = access.report_of_draft(draft) if draft and receipt else None
    if draft is None or receipt is None or report is None:
        return errors.over(request) if draft is None else HttpResponseRedirect("/check")
    return show(
        request,
        "done",
        reference=receipt.reference,
        code=shown_code(receipt.code),
        steps=[one for one in promised(report) if not one["done"]],
        report=report,
        can_be_reached=can_be_reached(text_in(report.answers, "preferred")),
        was_asked=bool(draft.content.get("monitored")),
    )


def promised(report: Report) -> list[dict[str, Any]]:
    """Return what the person was promised, by when, and what became of it, soonest first (clause 3.4.1)."""
    at = clock.now()
    return [_promise(one, at) for one in promises_for(report, language_of_page())]


def _promise(promise: Promise, at: datetime) -> dict[str, Any]:
    words = promise.words if promise.is_own else _(promise.words)
    if promise.is_broken:
        return {"when": _("Not done"), "text": " ".join([words, _("We did not do this. We are sorry.")]), "done": False}
    if promise.kept_at is not None:
        return {"when": _("Done"), "text": words, "done": True}
    late = promise.due_at < at
    text = " ".join([words, _("This is late. We are sorry.")]) if late else words
    return {"when": by_words(promise.due_at, at), "text": text, "done": False}
