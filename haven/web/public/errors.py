"""Pages for what is not there, not allowed, or over: each says little, and none loses what was typed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from haven.web.public.pages import never_kept, show

NOT_KEPT_FROM_FORMS = ("token", "csrfmiddlewaretoken")


def over(request: HttpRequest) -> HttpResponse:
    """Show the neutral page that stands where a visit has ended; it says nothing of what was there."""
    return show(request, "over", show_exit=False)


def nothing_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page."""
    return never_kept(show(request, "nothing", status=404, show_exit=False))


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say nothing but that there is no such page: missing and forbidden look the same."""
    return nothing_here(request)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was sent could not be read, for example because it was too long."""
    return never_kept(show(request, "unreadable", status=400))


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, and how to reach us otherwise."""
    return never_kept(show(request, "went_wrong", status=500))


def not_from_us(request: HttpRequest, reason: str = "", **more: Any) -> HttpResponse:
    """Show what was sent once more, to be sent again, when the form's secret is missing or old.

    Nothing is kept until the person presses the button of this page themselves.
    """
    kept = [
        (name, value)
        for name in request.POST
        if name not in NOT_KEPT_FROM_FORMS and "password" not in name
        for value in request.POST.getlist(name)
    ]
    return never_kept(show(request, "again", status=403, kept=kept, action=request.path))
