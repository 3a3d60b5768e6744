"""Widgets that ask in the shape of our components: choices with hints, dates that may be approximate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _


class _Guided:
    """What one may say about single choices of a question."""

    def __init__(
        self,
        *args: Any,
        hints: Mapping[str, Any] | None = None,
        reveals: Mapping[str, Sequence[str] | str] | None = None,
        divider_before: str | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.hints = dict(hints or {})
        self.reveals = dict(reveals or {})
        self.divider_before = divider_before


class Radios(_Guided, forms.RadioSelect):
    """One of several. `hints` by value; `reveals` names the fields shown under a value; a divider."""


class Checkboxes(_Guided, forms.CheckboxSelectMultiple):
    """Any of several. `exclusive` is the value ("none of these") that clears the others."""

    def __init__(self, *args: Any, exclusive: str | None = None, **more: Any) -> None:
        more.setdefault("divider_before", exclusive)
        super().__init__(*args, **more)
        self.exclusive = exclusive


class Files(forms.ClearableFileInput):
    """One or several files; the form reads them by way of `SeveralFiles`."""

    allow_multiple_selected = True


class DateParts(forms.Widget):
    """Day, month and year in boxes of their own; named `when-day`, `when-month`, `when-year`."""

    parts = ("day", "month", "year")

    def labels(self) -> dict[str, str]:
        """Return the words above each box, in the language of the page."""
        return {"day": _("Day"), "month": _("Month"), "year": _("Year")}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """Return what was typed, part by part; an empty mapping when all boxes are empty."""
        typed = {part: (data.get(f"{name}-{part}") or "").strip() for part in self.parts}
        return typed if any(typed.values()) else {}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Say whether none of the boxes was sent."""
        return not any(f"{name}-{part}" in data for part in self.parts)

    def typed(self, value: Any) -> dict[str, str]:
        """Return a value, typed or stored, part by part as it stands in the boxes."""
        if isinstance(value, Mapping):
            return {part: str(value.get(part) or "") for part in self.parts}
        if value is None or value == "":
            return dict.fromkeys(self.parts, "")
        return {part: str(getattr(value, part, "") or "") for part in self.parts}

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """Return no id: a group of boxes has a legend, not a label."""
        return ""
