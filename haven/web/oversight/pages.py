"""What every page of oversight has: who may open it, its menu, and what its reader may see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from haven.accounts.models import Staff
from haven.insight.access import CHECKERS, Eyes, eyes_of
from haven.kernel.clock import local

PARTS = (
    ("overview", "Overview"),
    ("policy", "Policy"),
    ("clocks", "Clocks"),
    ("figures", "Figures"),
    ("trail", "Trail"),
)


class StaffRequest(HttpRequest):
    """A request of somebody whom `staff_page` has let in."""

    user: Staff  # type: ignore[assignment]


def page(request: StaffRequest, name: str, context: dict[str, Any], *, here: str) -> HttpResponse:
    """Answer with a page of oversight, with the menu of its parts that this reader may open."""
    may_read_trail = request.user.has(*CHECKERS)
    parts = [
        {"text": text, "href": reverse(f"oversight:{part}"), "current": part == here}
        for part, text in PARTS
        if part != "trail" or may_read_trail
    ]
    return render(request, f"oversight/{name}.html", {"parts": parts, **context})


def eyes(request: StaffRequest) -> Eyes:
    """Return what this reader may see."""
    return eyes_of(request.user)


def day_and_time(at: datetime) -> str:
    """Return a moment as a reader of figures wants it: 22 November 2026, 14:05."""
    there = local(at)
    return f"{there.day} {there:%B %Y, %H:%M}"
