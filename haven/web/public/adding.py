"""The questions of somebody who has come back; those of the form where they are the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from haven.policy.pack import pack
from haven.reports.questions import Kind, Page, Question, pages
from haven.reports.questions.safe import REACH
from haven.reports.questions.shape import always
from haven.reports.questions.what_happened import LONGEST_ACCOUNT

FIRST_OWN_PAGE = 101
"""Page numbers beyond those of the form, so that nothing kept for one stands in for the other."""


def calls_999(danger: Iterable[str]) -> bool:
    """Say whether any of these danger answers calls for 999."""
    known = pack().danger
    return any(known[code].call_999 or known[code].helplines for code in danger if code in known)


def page() -> Page:
    """Return what is asked of somebody who adds to what they told: danger first."""
    return _page(pack().fingerprint)


@lru_cache(maxsize=2)
def _page(fingerprint: str) -> Page:
    (danger,) = pages()[0].questions
    files = next(one for each in pages() for one in each.questions if one.kind == Kind.FILES)
    more = Question(
        code="more",
        kind=Kind.WORDS,
        label=_("What would you like to add?"),
        hint=_("What you told us before stays as it is."),
        longest=LONGEST_ACCOUNT,
        rows=8,
    )
    return Page(number=FIRST_OWN_PAGE, code="add", heading=_("Add something"), questions=(danger, more, files))


def reach_page() -> Page:
    """Return every question about reaching somebody, on one page."""
    return _reach_page(pack().fingerprint)


@lru_cache(maxsize=2)
def _reach_page(fingerprint: str) -> Page:
    preferred = next(one for each in pages() for one in each.questions if one.code == "preferred")
    rest = tuple(replace(one, shown_when=always) for one in REACH)
    return Page(
        number=FIRST_OWN_PAGE + 1, code="reach", heading=_("Change how we reach you"), questions=(preferred, *rest)
    )
