"""Afterwards, and only for whoever wants to: who people are who tell us things, kept apart from what they told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from haven.kernel import clock
from haven.reports import drafts
from haven.reports.monitoring import QUESTIONS, keep_monitoring
from haven.reports.questions import Page
from haven.reports.questions.reading import read_page
from haven.web.public import asking, errors
from haven.web.public.pages import language_of_page, public, show
from haven.web.public.posted import posted
from haven.web.public.visits import draft_of

PAGE = Page(number=201, code="more", heading="", questions=QUESTIONS)


@public("GET", "POST")
def more(request: HttpRequest) -> HttpResponse:
    """Ask nine voluntary questions once after a report was sent; the answers are joined to nothing."""
    at = clock.now()
    draft = draft_of(request, at)
    if draft is None or not draft.is_sent:
        return errors.over(request)
    if draft.content.get("monitored"):
        return HttpResponseRedirect("/done")
    if request.method != "POST":
        return _shown(request, asking.State(language=language_of_page()))
    sent = posted(request)
    reading = read_page(
        PAGE,
        sent.values,
        answers={},
        language=language_of_page(),
        today=clock.local_date(at),
        homes=lambda postcode: [],
    )
    if reading.errors:
        return _shown(request, asking.State(language=language_of_page(), sent=sent.values, errors=reading.errors))
    keep_monitoring({one.code: sent.first(one.code) for one in QUESTIONS}, at=at)
    drafts.change(draft, lambda content: content.update(monitored=True), at)
    return HttpResponseRedirect("/done")


def _shown(request: HttpRequest, state: asking.State) -> HttpResponse:
    drawn = [asking.question_html(one, state) for one in QUESTIONS]
    return show(
        request,
        "more",
        heading=_("Some questions about you"),
        questions=SafeString("".join(drawn)),
        error_list=asking.error_list(PAGE, state),
        page_error=bool(state.errors),
    )
