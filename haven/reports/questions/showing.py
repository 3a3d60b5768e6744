"""What was answered, in words: for the check page and for the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from haven.reports.answers import PERMISSION, is_non_answer, says_something
from haven.reports.questions import Page, all_questions, asked_pages
from haven.reports.questions.shape import Answers, Kind, Question, Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One question, as the desk calls it and as it was asked, and what was answered."""

    code: str
    page: int
    section: str
    name: str
    asked: str
    lines: tuple[str, ...]
    is_words: bool
    is_answered: bool
    is_skipped: bool


def rows(answers: Answers, *, language: str, homes: Mapping[str, str], empty: bool = True) -> Iterator[Row]:
    """Give a row for each question that is asked; `homes` gives the address of a home by its id."""
    for page in asked_pages(answers):
        yield from _rows_of(page, page.asked(answers), answers, language, homes, empty)


def told_rows(answers: Answers, *, homes: Mapping[str, str], language: str = "en") -> tuple[Row, ...]:
    """Return a row for each question with an answer of any kind, for the desk, in its language."""
    with override(language):
        found = [
            row
            for page, question in all_questions()
            if question.code in answers
            for row in _rows_of(page, (question,), answers, language, homes, False)
        ]
    return tuple({row.code: row for row in found}.values())


def _rows_of(
    page: Page, asked: Iterable[Question], answers: Answers, language: str, homes: Mapping[str, str], empty: bool
) -> Iterator[Row]:
    for question in asked:
        if question.kind == Kind.FILES or (not empty and question.code not in answers):
            continue
        answer = answers.get(question.code)
        yield Row(
            code=question.code,
            page=page.number,
            section=str(page.section),
            name=str(question.name),
            asked=_asked(page, question),
            lines=tuple(_lines(question, answer, language, homes)),
            is_words=question.kind == Kind.WORDS,
            is_answered=answer is not None and not is_non_answer(answer),
            is_skipped=not says_something(answer),
        )


def _asked(page: Page, question: Question) -> str:
    """Return a question as it was asked; one that only names somebody is said with the heading of its page."""
    return f"{page.heading} {question.label}" if question.code.startswith(PERMISSION) else str(question.label)


def _lines(question: Question, answer: object, language: str, homes: Mapping[str, str]) -> list[str]:
    if answer is None:
        return []
    if isinstance(answer, Mapping):
        return [_said_nothing(answer["non_answer"])] if is_non_answer(answer) else [_date(answer)]
    if question.kind == Kind.HOME:
        return [homes.get(str(answer), str(answer))]
    labels = {one.code: one.label for one in question.offered(language)}
    given = answer if isinstance(answer, list | tuple) else [answer]
    return [labels.get(str(one), str(one)) for one in given]


def _said_nothing(why: str) -> str:
    words: dict[str, Words] = {
        "skipped": _("Not answered"),
        "unknown": _("I do not know"),
        "declined": _("I prefer not to say"),
    }
    return str(words[why])


def _date(parts: Mapping[str, str]) -> str:
    """Return a date of which day and month may be missing, in words."""
    given = date(int(parts["year"]), int(parts.get("month") or 1), int(parts.get("day") or 1))
    return date_format(given, "j F Y" if parts.get("day") else "F Y" if parts.get("month") else "Y")
