"""What somebody who has come back can add or change: words and files, permissions, safe contact."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from haven.evidence.actions import keep
from haven.evidence.models import Item
from haven.kernel import clock
from haven.kernel.decision import Refused
from haven.reports import actions, questions
from haven.reports.answers import PERMISSION, codes_in, text_in, ways_of
from haven.reports.choices import Scope
from haven.reports.languages import language_of
from haven.reports.models import Report
from haven.reports.queries import latest_permissions
from haven.reports.questions import Page
from haven.reports.questions.reading import Reading, read_page
from haven.web.public import adding, asking
from haven.web.public.mine import own
from haven.web.public.pages import language_of_page, show
from haven.web.public.posted import Posted, posted
from haven.web.public.steps import note_broken, refused_words


@own("GET", "POST")
def add(request: HttpRequest, report: Report) -> HttpResponse:
    """Take further words and files, with the question about danger first."""
    if request.method != "POST":
        return _add_page(request)
    sent = posted(request)
    reading = _read(adding.page(), sent, {})
    note_broken(reading, sent)
    if reading.errors:
        return _add_page(request, sent, reading)
    items, messages = _items(request, report)
    danger = codes_in(reading.answers, "danger")
    added = text_in(reading.answers, "more")
    told = tuple(code for code in danger if code != "NONE")
    if not added.strip() and not items and not told:
        reading.errors = {"files": " ".join(messages)} if messages else {"more": _("Write something, or choose a file")}
        return _add_page(request, sent, reading)
    actions.add_to_report(
        report=report,
        words=added,
        danger=told,
        items=items,
        language=language_of(added, language_of_page()),
        by=report,
        at=clock.now(),
    )
    if messages:
        return _add_page(request, None, Reading(errors={"files": " ".join(messages)}), rest_is_kept=True)
    return HttpResponseRedirect("/mine/now" if adding.calls_999(told) else "/mine?ok=added")


def _add_page(
    request: HttpRequest, sent: Posted | None = None, reading: Reading | None = None, *, rest_is_kept: bool = False
) -> HttpResponse:
    page = adding.page()
    errors = reading.errors if reading else {}
    state = asking.State(language=language_of_page(), sent=sent.values if sent else None, errors=errors)
    return show(
        request,
        "mine/add",
        questions=asking.questions_html(page, page.questions, state),
        error_list=asking.error_list(page, state),
        page_error=bool(errors),
        rest_is_kept=rest_is_kept,
    )


def _items(request: HttpRequest, report: Report) -> tuple[list[Item], list[str]]:
    """Keep the files that were sent with the report's key; return them, and a message for each that was refused."""
    items, messages = [], []
    if (refusal := getattr(request, "upload_refusal", None)) is not None:
        messages.append(refused_words(refusal.reason, refusal.remedy))
    for file in request.FILES.getlist("files"):
        try:
            items.append(
                keep(
                    sealing_key=report.sealing_key, name=file.name, file=cast(BinaryIO, file), by=report, at=clock.now()
                )
            )
        except Refused as refused:
            said = refused_words(refused.decision.reason, refused.decision.remedy)
            messages.append(f"“{file.name}”: {said}")
    return items, messages


@own("GET")
def now(request: HttpRequest, report: Report) -> HttpResponse:
    """Show how to get help at once, after what was added said that there is danger."""
    return show(request, "now", back="/mine", on="/mine?ok=added", page=questions.page_numbered(2))


@own("GET", "POST")
def allow(request: HttpRequest, report: Report) -> HttpResponse:
    """Show whom we may tell, and keep what is changed."""
    page = next(one for one in questions.pages() if one.code == "permissions")
    latest = latest_permissions(report)
    if request.method != "POST":
        stored = {f"{PERMISSION}{recipient}": scope.upper() for recipient, scope in latest.items()}
        return _page(request, page, "mine/allow", asking.State(language=language_of_page(), answers=stored))
    sent = posted(request)
    reading = _read(page, sent, {})
    if reading.errors:
        state = asking.State(language=language_of_page(), sent=sent.values, errors=reading.errors)
        return _page(request, page, "mine/allow", state)
    for recipient, scope in _changed(reading.answers, latest).items():
        actions.change_permission(
            report=report,
            recipient=recipient,
            scope=scope,
            how="code",
            language=language_of_page(),
            by=report,
            at=clock.now(),
        )
    return HttpResponseRedirect("/mine?ok=allowed")


def _changed(answers: dict[str, Any], latest: dict[str, Scope]) -> dict[str, Scope]:
    given = {code.removeprefix(PERMISSION): text_in(answers, code) for code in answers}
    found = {recipient: Scope(code.lower()) for recipient, code in given.items() if code.lower() in Scope.values}
    return {recipient: scope for recipient, scope in found.items() if latest.get(recipient) != scope}


@own("GET", "POST")
def reach(request: HttpRequest, report: Report) -> HttpResponse:
    """Take a new way of reaching the person; what they said before is not shown, and is replaced as a whole."""
    page = adding.reach_page()
    if request.method != "POST":
        return _page(request, page, "mine/reach", asking.State(language=language_of_page()))
    sent = posted(request)
    reading = _read(page, sent, {})
    note_broken(reading, sent)
    ways = ways_of(reading.answers)
    if not reading.errors and (ways is None or not text_in(reading.answers, "preferred")):
        reading.errors["preferred"] = _("Choose how we can reach you, or that we should not")
    if reading.errors or ways is None:
        state = asking.State(language=language_of_page(), sent=sent.values, errors=reading.errors)
        return _page(request, page, "mine/reach", state)
    actions.change_safe_contact(report=report, ways=ways, by=report, at=clock.now())
    return HttpResponseRedirect("/mine?ok=reach")


def _page(request: HttpRequest, page: Page, template: str, state: asking.State) -> HttpResponse:
    return show(
        request,
        template,
        page=page,
        questions=asking.questions_html(page, page.questions, state),
        error_list=asking.error_list(page, state),
        page_error=bool(state.errors),
    )


def _read(page: Page, sent: Posted, answers: dict[str, Any]) -> Reading:
    return read_page(
        page,
        sent.values,
        answers=answers,
        language=language_of_page(),
        today=clock.local_date(clock.now()),
        homes=lambda postcode: [],
    )
