"""Due times by the landlord's pack: service standards, working days, bank holidays and office hours.

Times are decided in Europe/London and returned in UTC. An elapsed clock never pauses; a working-day clock ends at
17:00 on the nth working day after the day on which it began; where several run, the earliest wins (DOMAIN 4.2, 4.3).
The landlord's own closure days never move a due time.
"""

from datetime import date, datetime

from haven.policy.bands import Band
from haven.policy.pack import Pack, pack
from haven.policy.pack.clocks import LONDON, Clock, end_of, in_utc, local_day
from haven.policy.pack.clocks import is_working_day as _is_working_day
from haven.policy.pack.clocks import nth_working_day as _nth_working_day
from haven.policy.pack.tables_landlord import WEEKDAYS
from haven.policy.pack.tables_work import Standard

__all__ = [
    "UnknownStandard",
    "due",
    "ends",
    "is_bank_holiday",
    "is_office_hours",
    "is_working_day",
    "local_day",
    "nth_working_day",
]


class UnknownStandard(LookupError):
    """A service standard that the pack does not have."""


def due(
    standard: str | Standard,
    started_at: datetime,
    band: Band | str | None = None,
    out_of_hours: bool | None = None,
    *,
    by: Pack | None = None,
) -> datetime:
    """Return when a service standard that began to run at `started_at` is due: the earliest of its clocks, in UTC.

    With no band, the pack's band for what nobody has assessed yet applies. Whether it began out of hours is worked
    out from the office hours unless it is said.
    """
    rules = by or pack()
    kept = standard if isinstance(standard, Standard) else _standard(rules, standard)
    how_great = band if isinstance(band, Band) else _band(band, rules)
    outside = _began_outside(kept, started_at, rules) if out_of_hours is None else out_of_hours
    clocks = kept.within(band=how_great, out_of_hours=outside)
    if len(clocks) == 1:
        return end_of(clocks[0], started_at, rules.days_off)
    return min(end_of(clock, started_at, rules.days_off) for clock in clocks)


def _band(band: str | None, rules: Pack) -> Band:
    return rules.clocks.unassessed_band if band is None else Band(band)


def _began_outside(standard: Standard, started_at: datetime, rules: Pack) -> bool:
    """Say whether a clock began out of hours; not worked out for a standard to which it makes no difference."""
    return standard.minds_the_hour and not is_office_hours(started_at, by=rules)


def ends(clock: Clock | str, started_at: datetime, *, by: Pack | None = None) -> datetime:
    """Return when one clock, such as `24 h` or `2 WD`, that began at `started_at` ends, in UTC."""
    return end_of(Clock.read(clock) if isinstance(clock, str) else clock, started_at, (by or pack()).days_off)


def nth_working_day(day: date, count: int, *, by: Pack | None = None) -> date:
    """Return the nth working day after a day, which is itself day 0 even when it is a working day."""
    return _nth_working_day(day, count, (by or pack()).days_off)


def is_working_day(day: date, *, by: Pack | None = None) -> bool:
    """Say whether a day is a Monday to Friday and no bank holiday in England and Wales.

    Beyond the days that the pack covers only weekends are left out, so that a due time may come early, never late.
    """
    return _is_working_day(day, (by or pack()).days_off)


def is_bank_holiday(day: date, *, by: Pack | None = None) -> bool:
    """Say whether the pack lists this day as a bank holiday that is kept."""
    return day in (by or pack()).days_off


def is_office_hours(at: datetime, *, by: Pack | None = None) -> bool:
    """Say whether the office answers at this time: its hours, no bank holiday and no closure day."""
    rules = by or pack()
    local = in_utc(at).astimezone(LONDON)
    hours, today = rules.office_hours, local.date()
    if WEEKDAYS[local.weekday()] not in hours.days or today in rules.days_off or today in hours.closure_days:
        return False
    return hours.opens <= local.time() < hours.closes


def _standard(rules: Pack, name: str) -> Standard:
    try:
        return rules.standards[name]
    except KeyError:
        raise UnknownStandard(f"The pack has no service standard {name!r}.") from None
