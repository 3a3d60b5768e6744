"""The clocks that a service standard may run: elapsed, calendar days and working days (DOMAIN 4.2 and 4.3)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
END_OF_WORKING_DAY = time(17)
LAST_MINUTE = time(23, 59)
_SATURDAY = 5


class ClockKind(StrEnum):
    """What a clock counts."""

    ELAPSED = "elapsed"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


_WRITTEN = re.compile(r"(\d{1,5}) (min|h|d|WD)")
_MINUTES = {"min": 1, "h": 60}


@dataclass(frozen=True)
class Clock:
    """One clock: `amount` is in minutes when elapsed, else in days.

    Elapsed clocks never pause. A calendar-day clock ends with its last day, local time. A working-day clock ends at
    17:00 local time on the nth working day after the day on which it began.
    """

    kind: ClockKind
    amount: int

    @classmethod
    def read(cls, written: str) -> "Clock":
        """Read `at once`, `15 min`, `4 h`, `same day`, `90 d` or `2 WD`; raises ValueError for anything else."""
        if written == "at once":
            return cls(ClockKind.ELAPSED, 0)
        if written == "same day":
            return cls(ClockKind.CALENDAR_DAYS, 0)
        found = _WRITTEN.fullmatch(written)
        if found is None or int(found[1]) == 0:
            raise ValueError(
                f"{written!r} is no clock; write 'at once', '15 min', '4 h', 'same day', '90 d' or '2 WD'"
            )
        amount, unit = int(found[1]), found[2]
        if unit in _MINUTES:
            return cls(ClockKind.ELAPSED, amount * _MINUTES[unit])
        return cls(ClockKind.WORKING_DAYS if unit == "WD" else ClockKind.CALENDAR_DAYS, amount)

    @property
    def is_elapsed(self) -> bool:
        """Whether it runs through nights, weekends and bank holidays by the hour."""
        return self.kind is ClockKind.ELAPSED

    def __str__(self) -> str:
        if self.amount == 0:
            return "at once" if self.is_elapsed else "same day"
        if self.kind is ClockKind.ELAPSED:
            return f"{self.amount // 60} h" if self.amount % 60 == 0 else f"{self.amount} min"
        return f"{self.amount} {'WD' if self.kind is ClockKind.WORKING_DAYS else 'd'}"

    @property
    def in_words(self) -> str:
        """Say it to a person: "within 4 hours", "by 5pm on the second working day after"."""
        if self.amount == 0:
            return "at once" if self.is_elapsed else "the same day"
        if self.kind is ClockKind.ELAPSED:
            hours, minutes = divmod(self.amount, 60)
            return f"within {_counted(hours, 'hour') if not minutes else _counted(self.amount, 'minute')}"
        if self.kind is ClockKind.CALENDAR_DAYS:
            return f"within {_counted(self.amount, 'day')}"
        return f"by 5pm, {_counted(self.amount, 'working day')} later"


def _counted(amount: int, unit: str) -> str:
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"


def end_of(clock: Clock, started_at: datetime, days_off: frozenset[date]) -> datetime:
    """Return when a clock that began at `started_at` ends, in UTC; refuses a time that names no zone."""
    began = in_utc(started_at)
    if clock.is_elapsed:
        return began + timedelta(minutes=clock.amount)
    if clock.kind is ClockKind.CALENDAR_DAYS:
        return max(began, _at(local_day(began) + timedelta(days=clock.amount), LAST_MINUTE))
    return _end_of_working_day(local_day(began), clock.amount, days_off)


def nth_working_day(day: date, count: int, days_off: frozenset[date]) -> date:
    """Return the nth working day after a day, which is itself day 0 even when it is a working day."""
    if count < 1:
        raise ValueError("Count at least one working day.")
    while count:
        day += timedelta(days=1)
        if is_working_day(day, days_off):
            count -= 1
    return day


@lru_cache(maxsize=16_384)  # rebuilding the duties of every open case asks for the same days over and over
def _end_of_working_day(day: date, count: int, days_off: frozenset[date]) -> datetime:
    return _at(nth_working_day(day, count, days_off), END_OF_WORKING_DAY)


def is_working_day(day: date, days_off: frozenset[date]) -> bool:
    """Say whether a day is a Monday to Friday and no bank holiday."""
    return day.weekday() < _SATURDAY and day not in days_off


def local_day(at: datetime) -> date:
    """Return the day in London on which this time falls."""
    return _local_day(in_utc(at))


@lru_cache(maxsize=4_096)  # the clocks of one report mostly begin at the same moment
def _local_day(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def in_utc(at: datetime) -> datetime:
    """Return the same moment in UTC; raises ValueError for a time that names no zone."""
    if at.tzinfo is None:
        raise ValueError("A time without its zone cannot be decided on.")
    return at if at.tzinfo is UTC else at.astimezone(UTC)


def _at(day: date, clock_time: time) -> datetime:
    return datetime.combine(day, clock_time, tzinfo=LONDON).astimezone(UTC)
