"""Checks what was sent for one page of questions; every wrong answer gets its message, and the right ones are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from haven.reports.answers import non_answer, text_in
from haven.reports.choices import NonAnswer
from haven.reports.questions.offered import DECLINED, UNKNOWN
from haven.reports.questions.shape import Answers, Kind, Page, Question

Posted = Mapping[str, list[str]]
Homes = Callable[[str], list[tuple[int, str]]]
NOT_LISTED = "not_listed"
_PARTS = ("day", "month", "year")
EARLIEST_YEAR = 1900


class Wrong(Exception):
    """An answer that cannot be kept; its message says what to do."""


@dataclass(slots=True)
class Reading:
    """The answers of one page as they were sent: those that can be kept, and what is wrong with the others."""

    answers: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Sent:
    posted: Posted
    language: str
    today: date
    homes: Homes


def read_page(page: Page, posted: Posted, *, answers: Answers, language: str, today: date, homes: Homes) -> Reading:
    """Return what a page was answered with; `homes` gives the homes at a postcode, `today` is England's date."""
    reading = Reading()
    sent = _Sent(posted, language, today, homes)
    for question in page.questions:
        if not question.shown_when({**answers, **reading.answers}) or question.kind == Kind.FILES:
            continue
        try:
            reading.answers.update(_READERS[question.kind](question, sent))
        except Wrong as wrong:
            reading.errors[question.code] = str(wrong)
    if "when_from" in reading.answers and "when_to" in reading.answers:
        _check_order(reading)
    return reading


def _check_order(reading: Reading) -> None:
    first, last = (_sortable(reading.answers[code]) for code in ("when_from", "when_to"))
    if first and last and last < first[: len(last)]:
        reading.errors["when_to"] = _("The last day must not be before the first")
        del reading.answers["when_to"]


def _sortable(parts: Mapping[str, str]) -> tuple[int, ...]:
    if not parts.get("year"):
        return ()
    return tuple(int(parts[part]) for part in ("year", "month", "day") if parts.get(part))


def _first(sent: _Sent, code: str) -> str:
    return (sent.posted.get(code) or [""])[0]


def _skipped(question: Question) -> dict[str, Any]:
    if question.required:
        raise Wrong(str(question.required))
    return {question.code: non_answer(NonAnswer.SKIPPED)}


def _read_one(question: Question, sent: _Sent) -> dict[str, Any]:
    given = _first(sent, question.code)
    if not given:
        return _skipped(question)
    return {question.code: _checked(question, sent.language, given)}


def _read_many(question: Question, sent: _Sent) -> dict[str, Any]:
    given = [one for one in dict.fromkeys(sent.posted.get(question.code) or []) if one]
    if not given:
        return _skipped(question)
    alone = {one.code for one in question.offered(sent.language) if one.is_exclusive} | {UNKNOWN, DECLINED}
    found = [_checked(question, sent.language, one) for one in given]
    if len(given) > 1 and alone.intersection(given):
        raise Wrong(_("One of your answers stands alone. Tick it, or the others."))
    return {question.code: found[0] if isinstance(found[0], dict) else found}


def _checked(question: Question, language: str, given: str) -> str | dict[str, str]:
    """Return the code if it was offered, or the non-answer that it stands for."""
    if (given == UNKNOWN and question.unknown) or (given == DECLINED and question.declined):
        return non_answer(NonAnswer(given))
    if any(one.code == given for one in question.offered(language)):
        return given
    raise Wrong(_("Choose from the answers on the page"))


def _read_text(question: Question, sent: _Sent) -> dict[str, Any]:
    given = tidy(_first(sent, question.code))
    if not given.strip():
        return _skipped(question)
    if len(given) > question.longest:
        raise Wrong(_too_long(len(given), question.longest))
    return {question.code: given}


def _too_long(length: int, longest: int) -> str:
    return _("Too long by %(over)s. There is room for %(longest)s letters.") % {
        "over": f"{length - longest:,}",
        "longest": f"{longest:,}",
    }


def tidy(text: str) -> str:
    """Return text with its lines ended as they were typed, which browsers change on the way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_date(question: Question, sent: _Sent) -> dict[str, Any]:
    typed = {part: _digits(_first(sent, f"{question.code}-{part}")) for part in _PARTS}
    if not any(typed.values()):
        return _skipped(question)
    if wrong := wrong_parts(typed, sent.today):
        raise Wrong(_date_message(wrong[0], typed))
    return {question.code: {part: value for part, value in typed.items() if value}}


def _digits(text: str) -> str:
    """Return the digits of any script as 0 to 9; anything else stays, to be found wrong."""
    return "".join(str(int(one)) if one.isdecimal() else one for one in text.strip())


def wrong_parts(typed: Mapping[str, str], today: date) -> tuple[str, ...]:
    """Return which of day, month and year cannot be right; a month needs its year, a day its month."""
    numbers = {part: int(value) for part, value in typed.items() if _is_number(value)}
    bad = [part for part in _PARTS if typed.get(part) and part not in numbers]
    if bad:
        return tuple(bad)
    if not typed.get("year"):
        return ("year",)
    if not EARLIEST_YEAR <= numbers["year"] <= today.year:
        return ("year",)
    if typed.get("day") and not typed.get("month"):
        return ("month",)
    if typed.get("month") and not 1 <= numbers["month"] <= 12:
        return ("month",)
    return () if _exists_by(numbers, today) else ("day",)


def _is_number(text: str) -> bool:
    return len(text) <= 4 and text.isascii() and text.isdigit()


def _exists_by(numbers: Mapping[str, int], today: date) -> bool:
    try:
        return date(numbers["year"], numbers.get("month", 1), numbers.get("day", 1)) <= today
    except ValueError:
        return False


def _date_message(part: str, typed: Mapping[str, str]) -> str:
    if part == "month" and typed.get("day") and not typed.get("month"):
        return _("Write the month as well, or leave the day empty")
    messages = {
        "day": _("Write a day that has been, such as 27"),
        "month": _("Write the month as a number from 1 to 12"),
        "year": _("Write the year with four numbers, such as 2026"),
    }
    return messages[part]


def _read_home(question: Question, sent: _Sent) -> dict[str, Any]:
    """Read a postcode and, from the homes at it, which one; a home that is not at the postcode is refused."""
    postcode = tidy(_first(sent, "postcode")).strip().upper()
    if len(postcode) > question.longest:
        raise Wrong(_too_long(len(postcode), question.longest))
    found: dict[str, Any] = {"postcode": postcode} if postcode else {}
    given = _first(sent, question.code)
    if not given or given == NOT_LISTED:
        return {**found, **_skipped(question)}
    known = {str(number) for number, _address in sent.homes(postcode)} if postcode else set()
    if given not in known:
        raise Wrong(_("Choose from the answers on the page"))
    return {**found, question.code: given}


_READERS: dict[Kind, Callable[[Question, _Sent], dict[str, Any]]] = {
    Kind.ONE: _read_one,
    Kind.LIST: _read_one,
    Kind.MANY: _read_many,
    Kind.LINE: _read_text,
    Kind.WORDS: _read_text,
    Kind.DATE: _read_date,
    Kind.HOME: _read_home,
}


def has_account(answers: Answers) -> bool:
    """Say whether something was told."""
    return bool(text_in(answers, "account").strip())
