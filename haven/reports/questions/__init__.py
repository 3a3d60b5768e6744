"""The one list of questions, from which the form, the check page and the desk's display are built (DOMAIN.md 2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from haven.policy.pack import pack
from haven.reports.questions import people, safe, what_happened
from haven.reports.questions.shape import Answers, Choice, Kind, Page, Question

__all__ = [
    "Answers", "Choice", "Kind", "Page", "Question", "all_questions", "asked_pages", "page_numbered", "pages", "pruned",
    "step_after", "step_before",
]  # fmt: skip


@lru_cache(maxsize=4)
def _pages(fingerprint: str) -> tuple[Page, ...]:
    return (*what_happened.PAGES, *people.PAGES, *safe.pages())


def pages() -> tuple[Page, ...]:
    """Return every page in order; page n is the nth."""
    return _pages(pack().fingerprint)


def page_numbered(number: int) -> Page | None:
    """Return the page with this number, or None."""
    every = pages()
    return every[number - 1] if 1 <= number <= len(every) else None


def all_questions() -> Iterator[tuple[Page, Question]]:
    """Give every question with its page, in order."""
    return ((page, question) for page in pages() for question in page.questions)


def asked_pages(answers: Answers) -> tuple[Page, ...]:
    """Return the pages that are shown, given what was answered."""
    return tuple(page for page in pages() if page.shown_when(answers))


def step_after(number: int, answers: Answers) -> Page | None:
    """Return the page that follows this one, or None when the last was reached."""
    return next((page for page in asked_pages(answers) if page.number > number), None)


def step_before(number: int, answers: Answers) -> Page | None:
    """Return the page that comes before this one, or None for the first."""
    return next((page for page in reversed(asked_pages(answers)) if page.number < number), None)


def pruned(answers: Answers) -> dict[str, Any]:
    """Return the answers without those to questions that, given the others, are not asked."""
    codes = {question.code for page in asked_pages(answers) for question in page.asked(answers)}
    codes |= {"postcode"} if "home" in codes else set()
    kept = {code: answer for code, answer in answers.items() if code in codes}
    return kept if len(kept) == len(answers) else pruned(kept)
