"""Safe days and times: when somebody can be reached without harm, as a line that a person can write and read.

`Mon-Fri 10:00-14:00, Sat 18:00-20:00`, in English clock time. Days may be left out: then every day is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from haven.kernel.clock import LONDON, local

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EXAMPLE = "Mon-Fri 10:00-14:00, Sat 18:00-20:00"
_CLOCK = r"([01]?\d|2[0-3])[:.]([0-5]\d)"
_PART = re.compile(
    rf"(?:(?P<first>[a-z]{{3,9}})(?:\s*[-–]\s*(?P<last>[a-z]{{3,9}}))?\s+)?{_CLOCK}\s*[-–]\s*{_CLOCK}", re.IGNORECASE
)


class NotUnderstood(ValueError):
    """A line of times that does not read like the example; the message says which part."""


@dataclass(frozen=True, slots=True)
class Window:
    """Some days of the week (Monday is 0) and the hours of them that are safe."""

    days: frozenset[int]
    opens: time
    closes: time

    def holds(self, at: datetime) -> bool:
        """Say whether a moment lies in it, by English clock time."""
        there = local(at)
        return there.weekday() in self.days and self.opens <= there.time() < self.closes


def read(line: str) -> tuple[Window, ...]:
    """Return the windows that a line names, none for an empty one; raises NotUnderstood."""
    return tuple(_window(part.strip()) for part in line.split(",") if part.strip())


def _window(part: str) -> Window:
    found = _PART.fullmatch(part)
    if found is None:
        raise NotUnderstood(f"“{part}” is not understood. Write it like this: {EXAMPLE}")
    opens, closes = (time(int(found[hour]), int(found[hour + 1])) for hour in (3, 5))
    if opens >= closes:
        raise NotUnderstood(f"“{part}” ends before it begins.")
    first = _day(found["first"], part) if found["first"] else 0
    last = _day(found["last"], part) if found["last"] else (first if found["first"] else 6)
    span = (last - first) % 7
    return Window(frozenset((first + step) % 7 for step in range(span + 1)), opens, closes)


def _day(word: str, part: str) -> int:
    try:
        return DAYS.index(word[:3].capitalize())
    except ValueError:
        raise NotUnderstood(f"“{part}” names no day of the week. Write it like this: {EXAMPLE}") from None


def next_within(windows: tuple[Window, ...], at: datetime) -> datetime:
    """Return the first moment from `at` on that lies in one of the windows; `at` itself where there are none.

    A window that begins in the hour that is left out in spring is passed over: it might be over when it begins.
    """
    if not windows or any(window.holds(at) for window in windows):
        return at
    today = local(at).date()
    starts = [
        (window, datetime.combine(today + timedelta(days=ahead), window.opens, tzinfo=LONDON).astimezone(UTC))
        for ahead in range(15)
        for window in windows
    ]
    return min(start for window, start in starts if start > at and window.holds(start)).astimezone(at.tzinfo)


def part_of_week(at: datetime) -> tuple[bool, int]:
    """Return in which part of the week a moment lies: weekend or not; morning, afternoon or evening."""
    there = local(at)
    return there.weekday() > 4, (there.hour >= 12) + (there.hour >= 17)


def parts_of_week(windows: tuple[Window, ...]) -> int:
    """Return in how many parts of the week somebody can be reached; six where no times were named."""
    parts = {
        (day > 4, part)
        for window in windows
        for day in window.days
        for part, (begins, ends) in enumerate(((time(0), time(12)), (time(12), time(17)), (time(17), time.max)))
        if window.opens < ends and window.closes > begins
    }
    return len(parts) or 6
