"""The only place that asks what time it is, and what surfaces say of times.

Only `web`, `api`, `jobs` and `demo` may call `now()`; everything below is told the time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """Return the same moment as clocks in England show it."""
    return at.astimezone(LONDON)


def local_date(at: datetime) -> date:
    """Return the date in England at that moment."""
    return local(at).date()
