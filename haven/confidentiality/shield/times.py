"""Days and hours of what happened and of when it was told, in every usual English spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time

from haven.confidentiality.shield.facts import Finding, Kind, Protected

NEAR = 20
"""Minutes: a time as near as this to one of theirs is theirs."""
MONTHS = "january february march april may june july august september october november december".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}


def _number_words() -> dict[str, int]:
    found = {word: value for value, word in enumerate(_SMALL)} | _TENS
    for ten, value in _TENS.items():
        found |= {f"{ten} {_SMALL[one]}": value + one for one in range(1, 10)}
    return found | {"quarter": 15, "half": 30, "a quarter": 15}


def _ordinal_words() -> dict[str, int]:
    found = {word: value for value, word in enumerate(_ORDINALS, start=1)} | {"thirtieth": 30, "thirty first": 31}
    return found | {f"twenty {_ORDINALS[one - 1]}": 20 + one for one in range(1, 10)}


NUMBERS, ORDINALS = _number_words(), _ordinal_words()


def _any(words: Iterable[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(each).replace(r"\ ", r"[\s\-]+") for each in longest)


_MONTH = (
    r"(?P<month>" + "|".join(rf"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in MONTHS) + r"|sept)\b\.?"
)
_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
    r"s?\b\.?"
)
_DAY = rf"(?P<day>\d{{1,2}}(?:\s?(?:st|nd|rd|th))?|{_any(ORDINALS)})"
_YEAR = r"(?:[\s,]+(?P<year>(?:19|20)\d\d|['’]?\d\d)\b(?!\s*[:.]\d|\s*(?:am|pm)))?"
_FRONT = rf"(?:\b{_WEEKDAY}[\s,]+(?:the\s+)?)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_FRONT}\b{_DAY}(?:\s+day)?(?:\s+of)?[\s\-/.,]*{_MONTH}{_YEAR}",
        rf"{_FRONT}\b{_MONTH}[\s\-,]*(?:the\s+)?{_DAY}(?!\d|:)\b{_YEAR}",
        rf"{_FRONT}\b(?P<year>(?:19|20)\d\d)[\-/.](?P<number>\d{{1,2}})[\-/.](?P<day>\d{{1,2}})\b",
        rf"{_FRONT}\b(?P<day>\d{{1,2}})\s?[/.\-]\s?(?P<number>\d{{1,2}})\s?[/.\-]\s?(?P<year>(?:19|20)?\d\d)\b",
        rf"{_FRONT}(?<![\d£.:])\b(?P<day>\d{{1,2}})/(?P<number>\d{{1,2}})\b(?!/)",
        r"\b(?P<year>20\d\d)(?P<number>[01]\d)(?P<day>[0-3]\d)\b",
    )
)
_LATER_ORDINALS = _any(set(ORDINALS) - {"first", "second", "third"})
_THE_DAY = re.compile(
    rf"(?:\b{_WEEKDAY}[\s,]+)?\bthe\s+(?P<day>\d{{1,2}}\s?(?:st|nd|rd|th)|{_LATER_ORDINALS})\b"
    r"(?!\s+(?:century|time|floor|of\s+(?:the|these|this|our)))",
    re.IGNORECASE,
)
_BARE_WEEKDAY = re.compile(
    r"\b(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)days?\b"
    r"|\b(?P<short>Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?(?=\s+(?:night|morning|evening|afternoon|\d))",
    re.IGNORECASE,
)
_SPAN = r"(?:from|between)?\s*\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm)?\s*(?:to|-|–|until|and|till)\s*\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm)?"
_WEEK = r"\bmon(?:day)?s?\s*(?:to|-|–|until|and|till)\s*(?:fri|sun|satur|thurs)(?:day)?s?\b"
_OFFICE = re.compile(rf"(?:{_SPAN}[\s,]+)?{_WEEK}(?:[\s,]+{_SPAN})?", re.IGNORECASE)
"""When an office is open, which tells nothing: Monday to Friday, from 9am to 5pm."""
_LATELY = re.compile(
    r"\byesterday\b|\blast\s+(?:night|weekend)\b|\bthe\s+other\s+(?:night|day|evening|week)\b|\bearlier\s+today\b"
    r"|\bthe\s+day\s+before\s+yesterday\b|\bthis\s+morning\b"
    rf"|\b(?:\d+|{_any(_SMALL[1:])}|a\s+few|couple\s+of)\s+(?:days|nights|evenings|hours|weeks)\s+ago\b",
    re.IGNORECASE,
)
_HOUR = rf"(?P<hour>\d{{1,2}}|{_any(_SMALL[1:13])}|noon|midday|midnight)"
_HALF = (
    r"(?:\s*(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?)"
    r"|\s+(?:o['’]?\s?clock\s*)?(?:in\s+the|at)\s+(?P<part>morning|afternoon|evening|night)\b)?"
)
_MINUTE = _any(set(NUMBERS) - {"half", "quarter", "a quarter", "zero"})
_WORD_HOUR = _any(_SMALL[1:13])
_AMPM = r"(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?)"
_PART = r"\s+(?:in\s+the|at)\s+(?P<part>morning|afternoon|evening|night)\b"
_ABOUT = r"\b(?:at|around|about|by|before|after|near(?:ly)?|just\s+(?:before|after|gone))"
_COUNTS = rf"(?:{_any(_SMALL)}|times?|people|days?|weeks?|months?|years?|hours?|minutes?|occasions?|of)"
_TIMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d£.:/])\b(?P<hour>[01]?\d|2[0-4])\s?[:.h]\s?(?P<minute>[0-5]\d)(?![\d/])(?!\.\d|\s?%)"
        rf"(?:\s?(?:hrs?|hours)\b)?{_HALF}",
        r"\b(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?(?:hrs?|hours|h)\b",
        rf"\b(?P<away>\d{{1,2}}|{_any(NUMBERS)})(?:\s+minutes?)?\s+(?P<way>to|past|before|after|till)\s+{_HOUR}\b{_HALF}",
        rf"\bhalf[\s\-]+(?P<bare>\d{{1,2}}|{_WORD_HOUR})\b{_HALF}",
        rf"\b(?P<hour>\d{{1,2}})\s*{_AMPM}",
        rf"\b(?P<hour>{_WORD_HOUR})\s+(?P<minute>{_MINUTE})\b\s*{_AMPM}",
        rf"\b{_HOUR}\s+o['’]?\s?clock(?:{_PART})?",
        rf"{_ABOUT}\s+(?P<hour>{_WORD_HOUR}|noon|midday|midnight)\b(?!\s+{_COUNTS}\b){_HALF}",
        rf"\b(?P<hour>{_WORD_HOUR}|\d{{1,2}}){_PART}",
        rf"\b(?P<hour>{_WORD_HOUR})\s*{_AMPM}",
    )
)
"""Times: 21:40, 2140 hrs, twenty to ten, half nine, 9pm, nine forty p.m., ten o'clock, about ten, ten at night."""


@dataclass(frozen=True, slots=True)
class Said:
    """A day as a text says it; what it leaves open is None."""

    day: int
    month: int | None
    year: int | None
    weekday: int | None


def found_times(text: str, protected: Protected) -> Iterator[Finding]:
    """Find the days and hours of what happened and of when it was told."""
    days = {moment.day for moment in protected.moments}
    if not days:
        return
    yield from _dates(text, days)
    for match in _LATELY.finditer(text):
        yield Finding(match.start(), match.end(), Kind.DATE, match[0], "Says when, counted from today")
    hours = {_minutes(moment.at) for moment in protected.moments if moment.at is not None}
    yield from _hours(text, hours)


def _dates(text: str, days: set[date]) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = [match.span() for match in _OFFICE.finditer(text)]
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if not (said := _said(match)):
                continue
            taken.append(match.span())
            if any(_is_that_day(one, each) for one in said for each in days):
                yield Finding(match.start(), match.end(), Kind.DATE, match[0], "The day that something happened or was told")
    for pattern, why in ((_THE_DAY, "The day of the month"), (_BARE_WEEKDAY, "The day of the week")):
        for match in pattern.finditer(text):
            if _is_free(match.span(), taken) and any(_fits(match, each) for each in days):
                yield Finding(match.start(), match.end(), Kind.DATE, match[0], why)


def _is_free(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return all(span[1] <= start or span[0] >= end for start, end in taken)


def _fits(match: re.Match[str], day: date) -> bool:
    given = match.groupdict()
    weekday = given.get("weekday") or given.get("short")
    if weekday and _weekday(weekday) != day.weekday():
        return False
    return given.get("day") is None or _day(given["day"] or "") == day.day


def _said(match: re.Match[str]) -> list[Said]:
    """Return the days that a match can mean: with figures alone, the English and the American reading."""
    given = {"year": None, "weekday": None, "month": None, "number": None, **match.groupdict()}
    day, year = _day(given["day"] or ""), _year(given["year"])
    weekday = _weekday(given["weekday"]) if given["weekday"] else None
    if given["month"]:
        month = next(i for i, name in enumerate(MONTHS, start=1) if name.startswith(given["month"].rstrip(".").lower()[:3]))
        readings = [(day, month)]
    else:
        number = int(given["number"] or 0)
        readings = [(day, number), (number, day)]
    return [Said(d, m, year, weekday) for d, m in readings if 1 <= d <= 31 and 1 <= m <= 12]


def _is_that_day(said: Said, day: date) -> bool:
    return said.day == day.day and said.month in (None, day.month) and said.year in (None, day.year, day.year % 100)


def _day(written: str) -> int:
    figures = re.match(r"\d+", written)
    return int(figures[0]) if figures else ORDINALS.get(_spaced(written), 0)


def _year(written: str | None) -> int | None:
    return int(written.lstrip("'’")) if written else None


def _weekday(written: str) -> int:
    return next(i for i, name in enumerate(DAYS) if name.startswith(written.lower()[:3]))


def _hours(text: str, hours: set[int]) -> Iterator[Finding]:
    taken = [match.span() for match in _OFFICE.finditer(text)]
    for pattern in _TIMES:
        for match in pattern.finditer(text):
            if _is_free(match.span(), taken) and any(_is_near(each, other) for each in _meant(match) for other in hours):
                yield Finding(match.start(), match.end(), Kind.TIME, match[0], "The time that something happened or was told")


def _meant(match: re.Match[str]) -> set[int]:
    """Return the minutes of the day that a match can mean; morning and evening where it does not say which."""
    given = match.groupdict()
    if bare := given.get("bare"):
        hour, minute = _number(bare), 30
    else:
        hour, minute = _number(given.get("hour") or ""), _number(given.get("minute") or "") if given.get("minute") else 0
    if away := given.get("away"):
        away_minutes = _number(away)
        minute = -away_minutes if (given.get("way") or "").lower() in ("to", "before", "till") else away_minutes
    base = hour * 60 + minute
    return {(base + shift) % 1440 for shift in _shifts(hour, given)}


def _shifts(hour: int, given: dict[str, str | None]) -> tuple[int, ...]:
    half, part = (given.get("half") or "").lower()[:1], (given.get("part") or "").lower()
    if hour > 12 or (given.get("hour") or "").lower() in ("midnight", "noon", "midday"):
        return (0,)
    if half == "a" or part == "morning":
        return (-720,) if hour == 12 else (0,)
    if half == "p" or part in ("afternoon", "evening"):
        return (0,) if hour == 12 else (720,)
    return (0, 720)


def _number(written: str) -> int:
    said = _spaced(written)
    if said in ("noon", "midday"):
        return 12
    if said == "midnight":
        return 24
    return int(said) if said.isdecimal() else NUMBERS.get(said, 0)


def _spaced(written: str) -> str:
    return re.sub(r"[\s\-]+", " ", written.strip().lower())


def _is_near(one: int, other: int) -> bool:
    apart = abs(one - other)
    return min(apart, 1440 - apart) <= NEAR


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
