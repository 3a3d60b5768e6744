"""The page of somebody who has come back: what is new, what was promised, and what they can add or change.

It shows nothing of what they told us: somebody else may hold the telephone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from haven.correspondence import actions as words
from haven.correspondence.models import Message
from haven.correspondence.queries import has_unread, messages_of
from haven.correspondence.rules import LONGEST_MESSAGE
from haven.kernel import clock
from haven.kernel.decision import Refused
from haven.reports.models import Report
from haven.web.public import errors
from haven.web.public.checking import promised
from haven.web.public.pages import View, language_of_page, public, show
from haven.web.public.posted import posted
from haven.web.public.timing import when_words
from haven.web.public.visits import report_of

DONE = ("added", "allowed", "reach", "answered")


def own(*methods: str) -> Callable[[Callable[..., HttpResponse]], View]:
    """Make a view a public page of the report that this visit may see; any other visitor sees the neutral page."""

    def decorate(view: Callable[..., HttpResponse]) -> View:
        @public(*methods)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            report = report_of(request, clock.now())
            return errors.over(request) if report is None else view(request, report, **kwargs)

        return answer

    return decorate


@own("GET")
def mine(request: HttpRequest, report: Report) -> HttpResponse:
    """Show what is new, what was asked, what was promised, and what can be done here."""
    return _mine(request, report)


def _mine(
    request: HttpRequest, report: Report, *, wrong: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    at = clock.now()
    messages = messages_of(report)
    unread = has_unread(messages)
    return show(
        request,
        "mine/mine",
        reference=report.reference,
        unread=sum(1 for one in messages if one.by_id and not one.read_at),
        messages=[] if unread else _shown(messages, at, wrong),
        steps=promised(report),
        received=when_words(report.received_at, at),
        said=request.GET.get("ok", "") if request.GET.get("ok") in DONE else "",
        error_list=[{"text": wrong["message"], "href": f"#words-{wrong['question']}"}] if wrong else [],
        page_error=bool(wrong),
    )


def _shown(messages: list[Message], at: Any, wrong: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return messages newest first, each question with its answers and the words of one that could not be kept."""
    answers: dict[int | None, list[Message]] = {}
    for one in messages:
        answers.setdefault(one.answers_id, []).append(one)
    own_words = [one for one in messages if one.by_id is not None]
    return [
        {
            "message": one,
            "control": f"words-{one.pk}",
            "when": when_words(one.at, at),
            "answers": [{"words": each.words, "when": when_words(each.at, at)} for each in answers.get(one.pk, [])],
            "wrong": wrong if wrong and wrong["question"] == one.pk else None,
        }
        for one in reversed(own_words)
    ]


@own("POST")
def read(request: HttpRequest, report: Report) -> HttpResponse:
    """Show what is new, and record that the person has seen it."""
    words.mark_read(report=report, by=report, at=clock.now())
    return HttpResponseRedirect("/mine")


@own("POST")
def reply(request: HttpRequest, report: Report) -> HttpResponse:
    """Keep the answer to a question."""
    sent = posted(request)
    number = sent.first("question")
    question = next((one for one in messages_of(report) if str(one.pk) == number), None)
    if question is None:
        return errors.nothing_here(request)
    given = sent.first("words").replace("\r\n", "\n")
    if "words" in sent.broken:
        return _wrong_reply(request, report, question, given, None)
    try:
        words.answer_question(question=question, words=given, language=language_of_page(), by=report, at=clock.now())
    except Refused as refused:
        return _wrong_reply(request, report, question, given, refused)
    return HttpResponseRedirect("/mine?ok=answered")


def _wrong_reply(
    request: HttpRequest, report: Report, question: Message, given: str, refused: Refused | None
) -> HttpResponse:
    message = _reply_message(given, refused)
    return _mine(request, report, wrong={"question": question.pk, "words": given, "message": message})


def _reply_message(given: str, refused: Refused | None) -> str:
    if refused is None:
        return _("Some letters did not reach us as you wrote them. Please write them again.")
    if not given.strip():
        return _("Write your answer first")
    if len(given) > LONGEST_MESSAGE:
        return _("This is too long for one answer. Send it in parts.")
    return _("This question can no longer be answered")
