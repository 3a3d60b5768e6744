"""The first page, the page before the first question, how to stay safe, and the language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import override

from haven.kernel import clock
from haven.policy import working_days
from haven.policy.pack import pack
from haven.web.public.pages import public, show_kept
from haven.web.public.posted import posted
from haven.web.public.timing import within_words


@public("GET")
def start(request: HttpRequest) -> HttpResponse:
    """Say how long it takes, who reads it and when, and what we never do."""
    at = clock.now()
    triage = (
        pack()
        .standards["triage"]
        .within(band=pack().clocks.unassessed_band, out_of_hours=not working_days.is_office_hours(at))
    )
    words = within_words(triage)
    return show_kept(request, "start", (words,), lambda: {"reads_within": words, "languages_open": True})


@public("GET")
def before(request: HttpRequest) -> HttpResponse:
    """Say what the exit button does, that history is not erased, and how to come back."""
    return show_kept(request, "before", (), dict)


@public("GET")
def safe(request: HttpRequest) -> HttpResponse:
    """Say how to stay safe on a telephone or computer that others use."""
    return show_kept(request, "safe", (), dict)


@public("POST")
def language(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language from now on, and go back to the page that was open."""
    sent = posted(request)
    known = {code.split("-")[0]: code for code, _name in settings.LANGUAGES}
    chosen = known.get(sent.first("language"), settings.LANGUAGE_CODE)
    with override(chosen):
        response = HttpResponseRedirect(_own_path(sent.first("next")))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        httponly=True,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        path="/",
    )
    return response


def _own_path(path: str) -> str:
    """Return a path of this site, or the first page for anything else."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isascii() and path.isprintable()
    return path if is_own else "/"
