"""A day in three boxes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from haven.web.components.widgets import DateParts


class DateOfParts(forms.Field):
    """A day in three boxes; empty is no date."""

    widget = DateParts

    def wrong_parts(self, typed: dict[str, str]) -> tuple[str, ...]:
        """Say which boxes cannot be right."""
        if not any(typed.values()):
            return ()
        empty = tuple(part for part in ("day", "month", "year") if not typed.get(part))
        return empty or (() if _date(typed) else ("day",))

    def clean(self, value: Any) -> date | None:
        """Return the day, None where nothing was typed, or say what is wrong."""
        typed = {part: str((value or {}).get(part) or "") for part in ("day", "month", "year")}
        if not any(typed.values()):
            return None
        found = _date(typed)
        if found is None:
            raise forms.ValidationError("Write a day that there is, such as 27 3 2026")
        return found


def _date(typed: dict[str, str]) -> date | None:
    try:
        return date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
    except (ValueError, OverflowError):
        return None
