"""Filters of the lists; they live in the address, and hold codes only, never a name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms

from haven.cases.access import CaseFilters, QueueFilters
from haven.cases.choices import CaseState
from haven.web.desk import words
from haven.web.desk.forms.offering import offer

ANY = ("", "Any")


def _select(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[ANY])


class _Filters(forms.Form):
    """A form whose unreadable answers count as not given, and whose chosen ones are shown as chips."""

    use_required_attribute = False
    tables = {"strand": "strands", "patch": "patches", "channel": "channels", "language": "languages"}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, table in self.tables.items():
            if name in self.fields:
                offer(self, name, [ANY, *words.choices(table)])
        offer(self, "urgency", [ANY, *((str(step), text) for step, (_level, text) in LEVELS)])
        self.full_clean()

    def chosen(self, name: str) -> Any:
        """Return what was chosen, or nothing where it was not understood."""
        return self.cleaned_data.get(name) if name in self.cleaned_data else ""

    def chips(self) -> list[dict[str, str]]:
        """Return what is chosen, each with the address that takes it away."""
        given = {name: self.data.get(name) for name in (*self.fields, *self.kept) if self.data.get(name)}
        found = []
        for name, field in self.fields.items():
            value = self.chosen(name)
            if not value or name in self.kept:
                continue
            text = dict(getattr(field, "choices", [])).get(value, field.label)
            rest = {key: each for key, each in given.items() if key != name}
            found.append({"text": str(text), "href": f"?{urlencode(rest)}"})
        return found

    kept: tuple[str, ...] = ()

    def urgency_step(self) -> int | None:
        """Return the step of urgency that was chosen."""
        value = self.chosen("urgency")
        return int(value) if value else None


LEVELS = [(step, pair) for step, pair in words.URGENCIES.items() if step != 5]


class QueueFilterForm(_Filters):
    """What narrows the queue down."""

    urgency = _select("Danger")
    strand = _select("Strand")
    patch = _select("Area")
    channel = _select("How it came")
    language = _select("Language")

    def filters(self) -> QueueFilters:
        """Return the filters as the queue takes them."""
        return QueueFilters(
            channel=self.chosen("channel") or "",
            strand=self.chosen("strand") or "",
            language=self.chosen("language") or "",
            patch=self.chosen("patch") or "",
            urgency=self.urgency_step(),
        )


class CaseFilterForm(_Filters):
    """Whose cases, in which state, and what narrows them down."""

    whose = forms.ChoiceField(
        required=False,
        choices=[("mine", "Mine"), ("cover", "With cover"), ("team", "My team"), ("let_in", "Let in"), ("all", "All")],
        widget=forms.HiddenInput,
    )
    state = forms.ChoiceField(label="State", required=False, choices=CaseState.choices)
    urgency = _select("Danger")
    strand = _select("Strand")
    patch = _select("Area")
    flag = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[ANY, ("hate", "Hate-related"), ("harassment", "Harassment"), ("unassigned", "Without a caseworker")],
    )
    kept = ("whose",)

    def filters(self, usual: str) -> CaseFilters:
        """Return the filters as the list of cases takes them; `usual` is whose cases are shown unless others are asked."""
        flag = self.chosen("flag")
        return CaseFilters(
            whose=self.chosen("whose") or usual,
            state=self.chosen("state") or CaseState.OPEN,
            strand=self.chosen("strand") or "",
            patch=self.chosen("patch") or "",
            urgency=self.urgency_step(),
            hate=flag == "hate",
            harassment=flag == "harassment",
            unassigned=flag == "unassigned",
        )
