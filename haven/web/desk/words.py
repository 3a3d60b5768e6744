"""Codes of the record turned into the words that staff read; labels are the landlord's, from the policy pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from haven.homes.models import Property
from haven.kernel.clock import local
from haven.policy.pack import pack

URGENCIES = {
    0: ("critical", "Danger now"),
    1: ("critical", "Critical"),
    2: ("high", "High"),
    3: ("medium", "Medium"),
    4: ("standard", "Standard"),
}
"""The level (which gives shape and colour) and the word of each step of urgency."""


def urgency(step: int) -> dict[str, str]:
    """Return what the risk component shows for a step of urgency."""
    level, text = URGENCIES.get(step, URGENCIES[4])
    return {"level": level, "text": text}


def label(table: str, code: str) -> str:
    """Return the landlord's word for a code, the staff's word where there is one, else the code made readable."""
    entry = getattr(pack(), table).get(code)
    if entry is None:
        return readable(code)
    return getattr(entry, "staff_label", "") or getattr(entry, "label", "") or getattr(entry, "name", "") or code


def labels(table: str, codes: Iterable[str]) -> str:
    """Return the words for several codes, with commas between."""
    return ", ".join(label(table, code) for code in codes)


def choices(table: str) -> list[tuple[str, str]]:
    """Return the codes and words of a table of the pack, for a select or checkboxes."""
    return [(code, label(table, code)) for code in getattr(pack(), table)]


def readable(code: str) -> str:
    """Return a code that the pack no longer knows as words."""
    return code.replace("_", " ").lower().capitalize() if code else ""


def language(tag: str) -> str:
    """Return a language's English name."""
    return label("languages", tag)


def area(home: Property | None) -> str:
    """Return the patch that a home is in, which says where without saying which door."""
    return label("patches", home.patch) if home else "Not known"


def when(at: datetime | None, now: datetime) -> str:
    """Return a moment as staff read it: today 14:05, yesterday 09:10, Mon 2 Nov 16:00, 3 Mar 2025 12:00."""
    if at is None:
        return "never"
    then, today = local(at), local(now)
    clock = f"{then:%H:%M}"
    days = (today.date() - then.date()).days
    if days in (-1, 0, 1):
        return f"{ {-1: 'tomorrow', 0: 'today', 1: 'yesterday'}[days] } {clock}"
    if then.year == today.year:
        return f"{then:%a} {then.day} {then:%b} {clock}"
    return f"{then.day} {then:%b %Y} {clock}"


def day(on: date) -> str:
    """Return a day as staff read it: Mon 2 Nov 2026."""
    return f"{on:%a} {on.day} {on:%b %Y}"


def due(at: datetime, now: datetime) -> str:
    """Return by when something is due, and how late it is or how long is left."""
    if at < now:
        return f"due {when(at, now)}, {span(now - at)} late"
    return f"due {when(at, now)}, {span(at - now)} left"


def span(length: timedelta) -> str:
    """Return a length of time in its largest unit."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def happened(row: Any) -> str:
    """Return when something happened, as exactly as it is known (a report's days or an occasion's times)."""
    kind = getattr(row, "when_known", "") or ("ongoing" if row.is_ongoing else "")
    first, last = (_day(row.happened_from), _day(row.happened_to))
    if not first and not last:
        return "It goes on" if kind == "ongoing" else "Not known"
    if kind == "ongoing":
        return f"Since {first}, and goes on" if first else "It goes on"
    if first and last and first != last:
        return f"Between {first} and {last}"
    return f"About {first or last}" if kind == "approximate" else (first or last)


def _day(value: Any) -> str:
    if value is None:
        return ""
    there = local(value) if isinstance(value, datetime) else value
    text = f"{there:%a} {there.day} {there:%b %Y}"
    has_time = isinstance(value, datetime) and (there.hour or there.minute)
    return f"{text} {there:%H:%M}" if has_time else text


def chosen(rows: Mapping[str, str], code: str) -> str:
    """Return the word for a fixed code."""
    return rows.get(code, readable(code))
